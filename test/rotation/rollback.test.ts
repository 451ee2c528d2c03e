/** The way back from the journal, and the end of journals. */
import { describe, expect, it } from 'vitest';
import type { SrkeyError } from '../../src/errors.ts';
import type { ColumnValue } from '../../src/keys/stored-key.ts';
import { dropJournal, type DropJournalResult } from '../../src/rotation/drop-journal.ts';
import { rollback, type RollbackResult } from '../../src/rotation/rollback.ts';
import { endStateOf, expectConsistent } from './invariants.ts';
import type { Fault } from './memory-database/client.ts';
import {
  DISKS,
  FILES,
  makeScenario,
  prepareStart,
  ROOTS,
  run,
  runStage,
  runToEnd,
  type Scenario,
  type Start,
} from './scenario.ts';

const undo = ({ deps, options }: Start): Promise<RollbackResult> =>
  rollback(deps, { ...options, confirm: () => Promise.resolve(true) });

const drop =
  (runId: number) =>
  ({ deps, options }: Start): Promise<DropJournalResult> =>
    dropJournal(deps, { ...options, runId, confirm: () => Promise.resolve(true) });

function valuesOf(scenario: Scenario): readonly (readonly [number, ColumnValue])[] {
  return [DISKS, FILES].flatMap((target) => [...scenario.db.table(target).rows]);
}

/** A run whose first start stopped at its n-th commit. */
async function halfApplied(stopAt: number): Promise<Scenario> {
  const scenario = makeScenario();
  let commits = 0;
  const fault = (_: number, name: string): Fault | null =>
    name === 'commitBatch' && (commits += 1) === stopAt ? 'stop-before' : null;
  await expect(run(prepareStart(scenario, { lanes: 1, client: { fault } }))).rejects.toThrow();
  return scenario;
}

async function changed(): Promise<Scenario> {
  const scenario = makeScenario();
  await run(prepareStart(scenario));
  return scenario;
}

describe('rollback', () => {
  it('gives every value back to the bit, after a direct change and after a swap', async () => {
    for (const isStaged of [false, true]) {
      const scenario = makeScenario();
      const before = valuesOf(scenario);
      if (isStaged) await runStage(prepareStart(scenario));
      await run(prepareStart(scenario));
      expect(valuesOf(scenario)).not.toEqual(before);
      const result = await undo(prepareStart(scenario));
      expect(valuesOf(scenario)).toEqual(before);
      expect(scenario.db.runs[0]).toMatchObject({ state: 'rolled-back', holder: null });
      // One disk key was under the new root before the change.
      expect(result).toMatchObject({
        exit: 3,
        targets: [{ restored: 5, underNew: 1, underNewKeys: [['40']] }, { restored: 4 }],
      });
    }
  });

  it('works half-way through a change, which then cannot go on but can be made again', async () => {
    for (const stopAt of [1, 2, 4, 6]) {
      const scenario = await halfApplied(stopAt);
      const original = valuesOf(makeScenario());
      await undo(prepareStart(scenario));
      expect(valuesOf(scenario)).toEqual(original);
      await run(prepareStart(scenario));
      expect(scenario.db.runs.map(({ state }) => state)).toEqual(['rolled-back', 'done']);
      expectConsistent(scenario);
    }
  });

  it('leaves alone what others wrote since, and names it', async () => {
    const scenario = await changed();
    scenario.db.table(DISKS).rows.set(10, 'B:fresh').set(30, 'A:other').set(35, 'B:late').delete(60);
    const result = await undo(prepareStart(scenario));
    const { rows } = scenario.db.table(DISKS);
    expect([rows.get(10), rows.get(30), rows.get(35), rows.has(60)]).toEqual(['B:fresh', 'A:other', 'B:late', false]);
    expect(result.targets[0]?.underNewKeys).toEqual([['10'], ['35'], ['40']]);
    expect(result.exit).toBe(3);
  });

  it('is refused for other roots, for a staging, and when nothing was ever changed', async () => {
    const scenario = makeScenario();
    await expect(undo(prepareStart(scenario))).rejects.toThrow(/nothing to roll back/);
    await runStage(prepareStart(scenario));
    await expect(undo(prepareStart(scenario))).rejects.toThrow(/has changed no stored key/);
    await run(prepareStart(scenario));
    const roots = { ...ROOTS, new: { ...ROOTS.new, publicKeyId: 'key-C' } };
    scenario.db.writes.length = 0;
    await expect(undo(prepareStart(scenario, { roots }))).rejects.toMatchObject({ code: 'E_RUN_MISMATCH' });
    expect(scenario.db.writes).toEqual([]);
  });
});

describe('drop-journal', () => {
  it('throws a staging away, so that another root can be staged and changed to', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario));
    await drop(1)(prepareStart(scenario));
    expect(scenario.db.runs[0]).toMatchObject({ state: 'abandoned', journalDroppedAt: expect.any(Date) });
    const roots = { ...ROOTS, new: { ...ROOTS.new, publicKeyId: 'key-B2' } };
    await run(prepareStart(scenario, { roots }));
    expect(scenario.db.runs[1]?.state).toBe('done');
    // Again: there may be something left, of a start that was killed or of a login that might not drop tables.
    const again = prepareStart(scenario);
    expect((await drop(1)(again)).leftTables).toEqual([]);
    expect(again.events).toContainEqual(expect.objectContaining({ type: 'note', level: 'info' }));
  });

  it('is allowed when the run is done and stands, and when it is rolled back', async () => {
    const done = await changed();
    await drop(1)(prepareStart(done));
    expect(done.db.runs[0]).toMatchObject({ state: 'done', journalDroppedAt: expect.any(Date) });
    await expect(undo(prepareStart(done))).rejects.toThrow(/was dropped: no old value is left/);
    expect((await run(prepareStart(done))).runId).toBe(2);

    const rolledBack = await changed();
    await undo(prepareStart(rolledBack));
    await drop(1)(prepareStart(rolledBack));
    expect(rolledBack.db.runs[0]?.journalDroppedAt).not.toBeNull();
  });

  it('is refused while the journal may be needed, and writes nothing then', async () => {
    const half = await halfApplied(3);
    await expect(drop(1)(prepareStart(half))).rejects.toMatchObject({ code: 'E_RUN_MISMATCH', exitCode: 4 });
    const done = await changed();
    done.db.table(DISKS).rows.set(10, 'A:back');
    await expect(drop(1)(prepareStart(done))).rejects.toThrow(/1 rows of disks are not as the run left them/);
    for (const { db } of [half, done]) expect(db.runs[0]?.targets.get(1)?.journal.size).toBeGreaterThan(0);
    await expect(drop(9)(prepareStart(done))).rejects.toMatchObject({ code: 'E_USAGE' });
  });

  it('tells which tables a DBA has to drop', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario));
    scenario.db.mayDrop = false;
    expect((await drop(1)(prepareStart(scenario))).leftTables).toEqual(['Journal_1_1', 'Journal_1_2']);
  });
});

describe('what a stopped start says of the data', () => {
  /** Stops after the nth call of the port. */
  const stoppedAfter = async (
    scenario: Scenario,
    [name, nth]: readonly [string, number],
    perform: (start: Start) => Promise<unknown>,
  ): Promise<string> => {
    const stop = new AbortController();
    let seen = 0;
    const between = (_: number, call: string): void => {
      if (call === name && ++seen === nth) stop.abort();
    };
    const outcome = await runToEnd<unknown>(
      prepareStart(scenario, { lanes: 1, stop: stop.signal, client: { between } }),
      perform,
    );
    return (outcome as { error: SrkeyError }).error.message;
  };

  it('staging speaks of the journal, and of no stored key', async () => {
    const scenario = makeScenario();
    expect(await stoppedAfter(scenario, ['take', 1], runStage)).toMatch(
      /no stored key was changed; what was staged before/,
    );
    expect(await stoppedAfter(scenario, ['commitBatch', 1], runStage)).toMatch(
      /1 batch \(2 rows\) committed since this start; no stored key was changed; what is staged stays in the journal/,
    );
  });

  it('a rollback speaks of old values that are back', async () => {
    expect(await stoppedAfter(await changed(), ['commitFromJournal', 1], undo)).toMatch(
      /1 batch \(\d+ rows?\) committed since this start; keys that have their old value back keep it/,
    );
  });

  it('drop-journal says whether any of the journal may be gone', async () => {
    expect(await stoppedAfter(await changed(), ['take', 1], drop(1))).toMatch(
      /stopped on request; nothing was changed$/,
    );
    expect(await stoppedAfter(await changed(), ['dropJournal', 1], drop(1))).toMatch(
      /no stored key was changed; of the journal of run 1 a part may be gone already$/,
    );
  });
});

const SURVIVED: readonly Fault[] = [
  'retry',
  'reconnect-before',
  'reconnect-after',
  'reconnect-late',
  'restart-before',
  'restart-after',
];
const FATAL: readonly Fault[] = [
  'stop-before',
  'stop-after',
  'kill-before',
  'kill-after',
  'half-open-before',
  'half-open-after',
];

const stagedScenario = async (): Promise<Scenario> => {
  const scenario = makeScenario();
  await runStage(prepareStart(scenario));
  return scenario;
};

describe.each([
  { name: 'a rollback', prepare: changed, perform: undo, end: 'rolled-back' },
  {
    name: 'a rollback half-way',
    prepare: () => halfApplied(4),
    perform: undo,
    end: 'rolled-back',
  },
  {
    name: 'drop-journal',
    prepare: stagedScenario,
    perform: drop(1),
    end: 'abandoned',
  },
  { name: 'drop-journal of a change that is done', prepare: changed, perform: drop(1), end: 'done' },
])('a crash at every port call of $name', { timeout: 60_000 }, ({ prepare, perform, end }) => {
  it.each([...SURVIVED, ...FATAL])('%s: ends as if nothing had happened', async (fault) => {
    const undisturbed = await prepare();
    const reference = prepareStart(undisturbed);
    await perform(reference);
    for (let at = 1; at <= reference.client.calls.length; at += 1) {
      const scenario = await prepare();
      const start = prepareStart(scenario, { client: { fault: (n) => (n === at ? fault : null) } });
      const first = await runToEnd<unknown>(start, perform);
      const isOver = scenario.db.runs[0]?.state === end && perform === undo;
      if (SURVIVED.includes(fault)) expect(first, `${fault} at ${at}`).not.toHaveProperty('error');
      else if (!isOver) await perform(prepareStart(scenario));
      expect(scenario.db.runs[0]?.state, `${fault} at ${at}`).toBe(end);
      expect(endStateOf(scenario)).toEqual(endStateOf(undisturbed));
      for (const { journal } of scenario.db.runs[0]?.targets.values() ?? []) {
        if (perform !== undo) expect(journal.size, `${fault} at ${at}`).toBe(0);
      }
    }
  });
});
