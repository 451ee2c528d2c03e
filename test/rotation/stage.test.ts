/** Staging ahead of the switch, and the change that then only swaps. */
import { describe, expect, it } from 'vitest';
import { fc, rounds } from '../support/random.ts';
import type { SrkeyError } from '../../src/errors.ts';
import type { ColumnValue } from '../../src/keys/stored-key.ts';
import { endStateOf, expectConsistent, expectStaged } from './invariants.ts';
import {
  DISK_VALUES,
  DISKS,
  FILE_VALUES,
  FILES,
  KEY_MAP,
  liveKeys,
  makeScenario,
  prepareStart,
  ROOTS,
  run,
  runStage,
  type Scenario,
} from './scenario.ts';
import { plaintextOf } from './toy-workers.ts';

function valuesOf(scenario: Scenario): readonly (readonly [number, ColumnValue])[] {
  return [DISKS, FILES].flatMap((target) => [...scenario.db.table(target).rows]);
}

/** How many rows were rewrapped by the workers of a start. */
const rewrapped = (start: ReturnType<typeof prepareStart>): number => start.workers.proofs.length;

describe('stage', () => {
  it('fills the journal and touches no live value', async () => {
    const scenario = makeScenario();
    const before = valuesOf(scenario);
    const result = await runStage(prepareStart(scenario));
    expect(valuesOf(scenario)).toEqual(before);
    expect(scenario.db.runs[0]?.state).toBe('staged');
    expect(result.targets).toMatchObject([
      { name: 'disks', rows: 9, staged: 5, new: 1, foreign: 1, unreadable: 1, empty: 1, stale: 0 },
      { name: 'files', rows: 5, staged: 4, empty: 1, stale: 0 },
    ]);
    expect(result.exit).toBe(3);
    expect(result.leftBehind.map(({ key }) => key)).toEqual([['50'], ['70']]);
    expectStaged(scenario);
  });

  it('run again on an unchanged database, reads only', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario));
    scenario.db.writes.length = 0;
    const again = prepareStart(scenario);
    const result = await runStage(again);
    expect(scenario.db.writes).toEqual(['take']);
    expect(result).toMatchObject({ resumed: true, batches: 0 });
    expect(rewrapped(again)).toBe(0);
  });

  it('run again, works only on rows added, changed or deleted since', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario));
    scenario.db.table(DISKS).rows.set(10, 'A:changed').set(15, 'A:added').delete(60);
    scenario.db.table(FILES).rows.set(999, 'A:added');
    const again = prepareStart(scenario);
    const result = await runStage(again);
    expect(rewrapped(again)).toBe(3);
    expect(result.targets).toMatchObject([
      { rows: 9, staged: 5, stale: 0 },
      { rows: 6, staged: 5, stale: 0 },
    ]);
    expect(scenario.db.runs[0]?.targets.get(1)?.journal.get(60)?.outcome).toBe('deleted');
    expect(scenario.db.runs[0]?.state).toBe('staged');
    expectStaged(scenario);
  });

  it('stages a target that was added to the key map since', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario, { keyMap: { ...KEY_MAP, targets: [DISKS] } }));
    const again = prepareStart(scenario);
    await runStage(again);
    expect(rewrapped(again)).toBe(FILE_VALUES.length);
    expectStaged(scenario);
  });

  it('ends although others go on writing, and says how many rows moved', async () => {
    const scenario = makeScenario();
    let count = 0;
    const between = (_: number, name: string): void => {
      if (name === 'account') scenario.db.table(DISKS).rows.set(10, `A:moved-${(count += 1)}`);
    };
    const result = await runStage(prepareStart(scenario, { client: { between } }));
    expect(result.targets[0]).toMatchObject({ stale: 1 });
    expect(scenario.db.runs[0]?.state).toBe('staged');
  });

  it('is refused when the change is under way or done', async () => {
    const scenario = makeScenario();
    const cut = prepareStart(scenario, {
      client: { fault: (_, name) => (name === 'commitBatch' ? 'stop-before' : null) },
    });
    await expect(run(cut)).rejects.toThrow();
    await expect(runStage(prepareStart(scenario))).rejects.toMatchObject({ code: 'E_RUN_MISMATCH' });
    await run(prepareStart(scenario));
    await expect(runStage(prepareStart(scenario))).rejects.toThrow(/done: there is nothing left to stage/);
  });
});

describe('a change of a staged run', () => {
  it('needs no room for a second journal', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario));
    const full = { freeBytes: 10, sizeBytes: 1e9, growthBytes: 0 };
    scenario.db.serverFacts = { space: { known: true, value: { data: full, log: full } } };
    expect((await run(prepareStart(scenario))).exit).toBe(3);
  });

  it('swaps without rewrapping a single key, and ends where a direct one does', async () => {
    const [staged, direct] = [makeScenario(), makeScenario()];
    await run(prepareStart(direct));
    await runStage(prepareStart(staged));
    const start = prepareStart(staged);
    const result = await run(start);
    expect(rewrapped(start)).toBe(0);
    expect(result).toMatchObject({ resumed: true, exit: 3, runId: 1 });
    expect(endStateOf(staged)).toEqual(endStateOf(direct));
    expectConsistent(staged);
  });

  it('rewraps only what was added or changed since, and misses nothing', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario));
    const { rows } = scenario.db.table(DISKS);
    rows.set(10, 'A:changed').set(15, 'A:added').set(60, 'B:fresh').delete(80);
    rows.delete(90);
    rows.set(90, 'A:d7');
    const start = prepareStart(scenario);
    await run(start);
    expect(rewrapped(start)).toBe(3); // changed, added, and the one that is new already
    const keys = Object.fromEntries(liveKeys(scenario, DISKS).map((each) => [each.key, each]));
    expect(keys[10]).toMatchObject({ class: 'new', content: 'changed' });
    expect(keys[15]).toMatchObject({ class: 'new', content: 'added' });
    expect(keys[60]).toMatchObject({ class: 'new', content: 'fresh' });
    expect(keys[90]).toMatchObject({ class: 'new', content: 'd7' });
    expect(keys).not.toHaveProperty('80');
  });

  it('goes on where an unfinished staging stopped', async () => {
    for (const stopAt of [1, 3, 5]) {
      const scenario = makeScenario();
      const direct = makeScenario();
      await run(prepareStart(direct));
      let commits = 0;
      const stopping = prepareStart(scenario, {
        lanes: 1,
        client: { fault: (_, name) => (name === 'commitBatch' && (commits += 1) === stopAt ? 'stop-before' : null) },
      });
      await expect(runStage(stopping)).rejects.toMatchObject({ code: 'E_DB_REFUSED' });
      expect(scenario.db.runs[0]?.state).toBe('staging');
      await run(prepareStart(scenario));
      expect(endStateOf(scenario)).toEqual(endStateOf(direct));
      expectConsistent(scenario);
    }
  });

  it('is never one for another root: a root generated again is refused, and the way out named', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario));
    const before = valuesOf(scenario);
    const again = { ...ROOTS, new: { ...ROOTS.new, publicKeyId: 'key-B2', subject: 'CN=Root B' } };
    for (const job of [run, runStage]) {
      const refusal: unknown = await job(prepareStart(scenario, { roots: again })).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'E_RUN_MISMATCH', exitCode: 4 });
      expect((refusal as SrkeyError).hint).toMatch(/srkey drop-journal --run 1/);
    }
    expect(valuesOf(scenario)).toEqual(before);
  });
});

const deed = fc.record({
  key: fc.integer({ min: 1, max: 12 }).map((n) => n * 5),
  value: fc.oneof(
    fc.nat(99).map((n) => `A:w${n}`),
    fc.nat(99).map((n) => `B:w${n}`),
    fc.constantFrom(null, '', 'X:1', 'damaged', 'DELETE', 'BACK'),
  ),
});

describe('any deeds of others between stage, stage again and change', () => {
  it('leave no key under the old root, and every key with the plaintext written last', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { maxLength: 8 }),
        fc.array(deed, { maxLength: 8 }),
        fc.boolean(),
        async (first, second, isStagedAgain) => {
          const scenario = makeScenario(['A:d1', 'A:d2', null, 'A:d4', 'B:d5', 'A:d6'], []);
          const { rows } = scenario.db.table(DISKS);
          const original = new Map(rows);
          const write = (deeds: typeof first): void => {
            for (const { key, value } of deeds) {
              if (value === 'DELETE' || (value === 'BACK' && !original.has(key))) rows.delete(key);
              else rows.set(key, value === 'BACK' ? (original.get(key) ?? null) : value);
            }
            rows.set(5, 'A:anchor');
          };
          rows.set(5, 'A:anchor');
          await runStage(prepareStart(scenario));
          write(first);
          if (isStagedAgain) {
            await runStage(prepareStart(scenario));
            expectStaged(scenario);
          }
          write(second);
          const last = new Map(rows);
          await run(prepareStart(scenario));
          for (const [key, value] of last) {
            if (value?.toString().startsWith('A:') === true) {
              expect(rows.get(key)).toMatch(`B:${plaintextOf(value)}#`);
            } else expect(rows.get(key)).toBe(value);
          }
          expect([...rows.keys()].sort()).toEqual([...last.keys()].sort());
          expect(scenario.db.runs[0]?.state).toBe('done');
        },
      ),
      { numRuns: rounds(300) },
    );
  });
});

describe('a state of layout 1', () => {
  it('is brought forward by the next start, and goes on', async () => {
    const scenario = makeScenario(DISK_VALUES, []);
    const cut = prepareStart(scenario, {
      client: { fault: (_, name) => (name === 'commitBatch' ? 'kill-after' : null) },
    });
    await Promise.race([run(cut), cut.client.killed]);
    scenario.db.layout = 1;
    for (const each of scenario.db.runs) each.layoutVersion = 1;
    await run(prepareStart(scenario));
    expect(scenario.db.runs[0]).toMatchObject({ layoutVersion: 2, state: 'done' });
  });
});
