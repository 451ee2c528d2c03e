import { describe, expect, it } from 'vitest';
import type { TargetCensus } from '../../src/progress/events.ts';
import { assertAsPlanned, differencesFrom, makePlan, type PlanSubject } from '../../src/rotation/saved-plan.ts';
import { DISKS, FILES, KEY_MAP, makeScenario, prepareStart, rootOf, ROOTS, run, targetOf } from './scenario.ts';

function censusOf(name: string, overrides: Partial<TargetCensus['census']> = {}, unopened = 0): TargetCensus {
  const census = { old: 100, new: 5, foreign: 1, unreadable: 2, empty: 3, ...overrides };
  return { targetNo: 1, name, column: `dbo.${name}.Wrapped`, census, opened: 10, unopened };
}

const SUBJECT: PlanSubject = {
  toolVersion: '0.1.0',
  server: 'KEYS\\SES',
  database: 'srkey',
  roots: ROOTS,
  keyMap: { ...KEY_MAP, ignore: [{ schema: 'dbo', table: 'Machine', column: 'Photo', reason: 'a picture' }] },
  census: [censusOf('disks'), censusOf('files')],
};
const aPlan = (drift = { keys: 0, reason: 'no key may differ' }) =>
  makePlan(SUBJECT, { createdAt: new Date('2026-11-20T22:00:00Z'), isFull: false, drift });

const differences = (now: Partial<PlanSubject>, { drift = 0, isUnderWay = false } = {}): string[] =>
  differencesFrom(aPlan({ keys: drift, reason: 'agents enrol' }), { ...SUBJECT, ...now }, isUnderWay).map(String);

const withDisks = (disks: Partial<TargetCensus['census']>, unopened = 0): Partial<PlanSubject> => ({
  census: [censusOf('disks', disks, unopened), censusOf('files')],
});

describe('a saved plan', () => {
  it('holds for what it was made of, through a file and with other cases of letters in names', () => {
    const plan = JSON.parse(JSON.stringify(aPlan())) as ReturnType<typeof aPlan>;
    expect(differencesFrom(plan, SUBJECT, false)).toEqual([]);
    expect(differences({ server: 'keys\\ses', database: 'SRKEY' })).toEqual([]);
  });

  it.each<[string, Partial<PlanSubject>, RegExp]>([
    ['tool version', { toolVersion: '0.2.0' }, /^tool: planned with 0\.1\.0, this is 0\.2\.0$/],
    ['server', { server: 'OTHER' }, /^server: planned KEYS\\SES, found OTHER$/],
    ['database', { database: 'srkey_copy' }, /^database: planned srkey, found srkey_copy$/],
    ['old root', { roots: { ...ROOTS, old: rootOf('X') } }, /^old root: planned CN=Root A \(.*\), given CN=Root X \(/],
    ['new root', { roots: { ...ROOTS, new: rootOf('X') } }, /^new root: planned CN=Root B \(.*\), given CN=Root X \(/],
    [
      'new certificate of the same key',
      { roots: { ...ROOTS, new: { ...ROOTS.new, fingerprint: 'BB:02' } } },
      /^new root: planned CN=Root B \(.*\), given CN=Root B \(BB:02\)$/,
    ],
    ['ignored column', { keyMap: KEY_MAP }, /^key map: dbo\.Machine\.Photo was ignored$/],
    [
      'missing target',
      { keyMap: { ...SUBJECT.keyMap, targets: [DISKS] } },
      /^key map: target files \(dbo\.files\.Wrapped\) is missing from the key map$/,
    ],
    [
      'added target',
      {
        keyMap: { ...SUBJECT.keyMap, targets: [DISKS, FILES, targetOf('more')] },
        census: [censusOf('disks'), censusOf('files'), censusOf('more')],
      },
      /^key map: target more is not in the plan$/,
    ],
    [
      'changed target',
      { keyMap: { ...SUBJECT.keyMap, targets: [DISKS, targetOf('files', { encoding: 'hex' })] } },
      /^key map: target files .* is defined differently: encoding was binary and is now hex$/,
    ],
    ['new keys', withDisks({ old: 101 }), /^disks: old: planned 100, found 101$/],
    ['fewer keys', withDisks({ new: 4 }), /^disks: new: planned 5, found 4$/],
    ['unopened keys', withDisks({}, 7), /^disks: unopened: planned 0, found 7$/],
  ])('names a difference, once: %s', (_, now, difference) => {
    expect(differences(now)).toEqual([expect.stringMatching(difference)]);
  });

  it('names all of several differences', () => {
    expect(differences({ server: 'OTHER', ...withDisks({ old: 1, empty: 0 }) })).toHaveLength(3);
  });

  it('lets counts differ by the stated drift and no more, and repeats its reason', () => {
    expect(differences(withDisks({ old: 150, foreign: 0 }), { drift: 50 })).toEqual([]);
    expect(differences(withDisks({ old: 151 }), { drift: 50 })).toEqual([
      'disks: old: planned 100, found 151; at most 50 keys may differ (agents enrol)',
    ]);
  });

  it('of a run under way takes keys that moved to the new root for planned ones, and nothing else', () => {
    expect(differences(withDisks({ old: 40, new: 65 }), { isUnderWay: true })).toEqual([]);
    expect(differences(withDisks({ old: 40, new: 65 }))).toHaveLength(2);
    expect(differences(withDisks({ old: 40, new: 64, unreadable: 3 }), { isUnderWay: true })).toEqual([
      'disks: old or new: planned 105, found 104',
      'disks: unreadable: planned 2, found 3',
    ]);
  });

  it('refuses with a code of its own, naming each difference', () => {
    expect(() => assertAsPlanned(aPlan(), { ...SUBJECT, server: 'OTHER' }, false)).toThrow(
      expect.objectContaining({
        code: 'E_PLAN',
        exitCode: 4,
        message: expect.stringMatching(/no longer holds\nserver: planned KEYS\\SES, found OTHER$/),
      }),
    );
  });
});

describe('a change held to a plan', () => {
  const keyMap = KEY_MAP;
  const planned = (disksOld: number) =>
    makePlan(
      {
        ...SUBJECT,
        keyMap,
        census: [
          censusOf('disks', { old: disksOld, new: 1, foreign: 1, unreadable: 1, empty: 1 }),
          censusOf('files', { old: 4, new: 0, foreign: 0, unreadable: 0, empty: 1 }),
        ],
      },
      { createdAt: new Date(0), isFull: false, drift: { keys: 0, reason: '' } },
    );

  it('is carried out when all is as planned, and its resumption too', async () => {
    const scenario = makeScenario();
    const stop = new AbortController();
    const first = prepareStart(scenario, {
      savedPlan: planned(5),
      lanes: 1,
      stop: stop.signal,
      watch: (event) => (event.type === 'batch' ? stop.abort() : undefined),
    });
    await expect(run(first)).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    expect(await run(prepareStart(scenario, { savedPlan: planned(5) }))).toMatchObject({ resumed: true, exit: 3 });
    expect(await run(prepareStart(scenario, { savedPlan: planned(5) }))).toMatchObject({ batches: 0 });
  });

  it('asks nobody and writes nothing when a count differs', async () => {
    let asked = 0;
    const start = prepareStart(makeScenario(), {
      savedPlan: planned(6),
      client: { readOnly: true },
      confirm: () => Promise.resolve((asked += 1) > 0),
    });
    await expect(run(start)).rejects.toMatchObject({
      code: 'E_PLAN',
      message: expect.stringMatching(/disks: old: planned 6, found 5$/),
    });
    expect(asked).toBe(0);
    // the counts before the change are no result of it
    expect(start.events.filter(({ type }) => type === 'census' || type === 'left-behind')).toEqual([]);
  });
});
