/** When the census may call the purge safe: each single reason against it is enough. */
import { describe, expect, it } from 'vitest';
import { EMPTY_CENSUS } from '../../src/keys/stored-key.ts';
import type { TargetCensus } from '../../src/progress/events.ts';
import { judgePurge, type PurgeInput } from '../../src/rotation/purge.ts';
import { verbatim } from '../../src/text/message.ts';
import { rootOf, ROOTS } from './scenario.ts';

const aTarget = (name: string, changes: Partial<TargetCensus> = {}): TargetCensus => ({
  targetNo: 1,
  name,
  column: `dbo.${name}.Wrapped`,
  census: { ...EMPTY_CENSUS, new: 7, empty: 2 },
  opened: 7,
  unopened: 0,
  ...changes,
});
const one = (keyClass: 'old' | 'foreign' | 'unreadable'): Partial<TargetCensus> => ({
  census: { ...EMPTY_CENSUS, new: 7, [keyClass]: 1 },
});
const lacking = (purpose: 'see' | 'write'): PurgeInput['rights'] => ({
  known: true,
  value: {
    missing: [{ purpose, permission: 'VIEW DEFINITION', on: 'the database' }],
    tablesToMake: [],
    unfitTables: [],
  },
});
const COLUMN = { schema: 'dbo', table: 'Other', column: 'Blob', type: 'IMAGE' };

/** Nothing speaks against it. */
const SAFE: PurgeInput = {
  targets: [aTarget('disks'), aTarget('files')],
  unmapped: [],
  rights: { known: true, value: { missing: [], tablesToMake: [], unfitTables: [] } },
  roots: ROOTS,
};

describe('the purge', () => {
  it('is safe when every key of every target is under the new root, and every column is known', () => {
    expect(judgePurge(SAFE)).toEqual({ verdict: 'safe', reasons: [] });
    expect(judgePurge({ ...SAFE, rights: lacking('write') }).verdict).toBe('safe');
    expect(judgePurge({ ...SAFE, roots: { ...ROOTS, old: rootOf('A', { hasPrivateKey: false }) } }).verdict).toBe(
      'safe',
    );
  });

  it.each<readonly [string, Partial<PurgeInput>, unknown]>([
    ['a key under the old root', on(one('old')), { kind: 'old', target: 'files', keys: 1 }],
    ['a key under no known root', on(one('foreign')), { kind: 'foreign', target: 'files', keys: 1 }],
    ['an unreadable key', on(one('unreadable')), { kind: 'unreadable', target: 'files', keys: 1 }],
    ['a key that was not opened', on({ unopened: 3 }), { kind: 'unopened', target: 'files', keys: 3 }],
    ['a column that the key map does not name', { unmapped: [COLUMN] }, { kind: 'unmapped-column', column: COLUMN }],
    ['a schema that cannot be seen', { rights: lacking('see') }, { kind: 'hidden-schema', because: expect.anything() }],
    [
      'rights that are not known',
      { rights: { known: false, because: verbatim('no answer') } },
      { kind: 'hidden-schema', because: verbatim('no answer') },
    ],
    [
      'a new root without its private key',
      { roots: { ...ROOTS, new: rootOf('B', { hasPrivateKey: false }) } },
      { kind: 'certificate-only' },
    ],
  ])('is not proven safe by %s, which alone is named', (_, changes, reason) => {
    expect(judgePurge({ ...SAFE, ...changes })).toEqual({ verdict: 'not-proven', reasons: [reason] });
  });

  it('names every reason, target by target', () => {
    const { reasons } = judgePurge({
      ...SAFE,
      targets: [aTarget('disks', { ...one('old'), unopened: 2 }), aTarget('files', one('unreadable'))],
      unmapped: [COLUMN],
    });
    expect(reasons.map(({ kind }) => kind)).toEqual(['old', 'unopened', 'unreadable', 'unmapped-column']);
  });
});

/** The last of two targets is otherwise. */
function on(changes: Partial<TargetCensus>): Partial<PurgeInput> {
  return { targets: [aTarget('disks'), aTarget('files', changes)] };
}
