import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPlan, planText } from '../../src/config/plan-file.ts';
import type { SavedPlan } from '../../src/keys/saved-plan.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PLAN: SavedPlan = {
  version: 1,
  toolVersion: '0.1.0',
  createdAt: '2026-11-20T22:00:00.000Z',
  server: 'KEYS\\SES',
  database: 'srkey',
  oldRoot: { subject: 'CN=A', fingerprint: 'AA:BB', publicKeyId: 'aa' },
  newRoot: { subject: 'CN=B', fingerprint: 'CC:DD', publicKeyId: 'bb' },
  isFull: false,
  drift: { keys: 3, reason: 'agents enrol' },
  targets: [
    {
      name: 'disk keys',
      definition: { v: 1, schema: 'dbo', table: 'DiskKey', key: ['Id'], value: 'V', envelope: 'cms' },
      census: { old: 9, new: 0, foreign: 0, unreadable: 0, empty: 1, unopened: 0 },
    },
  ],
  ignore: ['dbo.Machine.Photo'],
};

const written = (content: string): string => temporaryFolder().write('plan.json', content);

describe('the file of a plan', () => {
  it('reads back as it was written, on many lines', () => {
    expect(loadPlan(written(planText(PLAN)))).toEqual(PLAN);
    expect(planText(PLAN).split('\n').length).toBeGreaterThan(40);
  });

  it.each<[string, (plan: Record<string, unknown>) => unknown, RegExp]>([
    ['another version', (plan) => ({ ...plan, version: 2 }), /version/],
    ['an unknown entry', (plan) => ({ ...plan, note: 'x' }), /note: there is no such entry/],
    ['a missing entry', ({ server: _, ...plan }) => plan, /server/],
    ['a count that is none', (plan) => ({ ...plan, drift: { keys: -1, reason: '' } }), /drift\.keys/],
    ['no target', (plan) => ({ ...plan, targets: [] }), /targets/],
  ])('is refused with %s', (_, change, complaint) => {
    const path = written(JSON.stringify(change({ ...PLAN })));
    expect(() => loadPlan(path)).toThrow(
      expect.objectContaining({ code: 'E_CONFIG', message: expect.stringMatching(complaint) }),
    );
  });

  it('is refused when it is no JSON, and when it is not there', () => {
    expect(() => loadPlan(written('{'))).toThrow(/plan .* is not valid JSON/);
    expect(() => loadPlan(join(temporaryFolder().path, 'none.json'))).toThrow(/cannot read the plan/);
  });
});
