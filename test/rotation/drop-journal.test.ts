/** The end of journals: when one may be thrown away, and that nothing else is. */
import { describe, expect, it } from 'vitest';
import { dropJournal } from '../../src/rotation/drop-journal.ts';
import {
  after,
  afterStopAtCommit,
  DISKS,
  drop,
  makeScenario,
  NEXT_ROOTS,
  prepareStart,
  rootOf,
  ROOTS,
  run,
  runStage,
  undo,
} from './scenario.ts';

describe('drop-journal', () => {
  it('throws a staging away, so that another root can be staged and changed to', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario));
    await drop(1)(prepareStart(scenario));
    expect(scenario.db.runs[0]).toMatchObject({ state: 'abandoned', journalDroppedAt: expect.any(Date) });
    await run(prepareStart(scenario, { roots: { ...ROOTS, new: rootOf('C') } }));
    expect(scenario.db.runs[1]?.state).toBe('done');
    // Again: there may be something left, of a start that was killed or of a login that might not drop tables.
    const again = prepareStart(scenario);
    expect((await drop(1)(again)).leftTables).toEqual([]);
    expect(again.events).toContainEqual(expect.objectContaining({ type: 'note', level: 'info' }));
  });

  it('is allowed when the run is done and stands, and when it is rolled back', async () => {
    const done = await after(run);
    await drop(1)(prepareStart(done));
    expect(done.db.runs[0]).toMatchObject({ state: 'done', journalDroppedAt: expect.any(Date) });
    await expect(undo(prepareStart(done))).rejects.toThrow(/was dropped: no old value is left/);
    expect((await run(prepareStart(done))).runId).toBe(2);

    const rolledBack = await after(run);
    await undo(prepareStart(rolledBack));
    await drop(1)(prepareStart(rolledBack));
    expect(rolledBack.db.runs[0]?.journalDroppedAt).not.toBeNull();
  });

  it('is refused while the journal may be needed, and writes nothing then', async () => {
    const half = await afterStopAtCommit(3);
    await expect(drop(1)(prepareStart(half))).rejects.toMatchObject({ code: 'E_RUN_MISMATCH', exitCode: 4 });
    const done = await after(run);
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

  it('holds the last change against the live rows, whatever was staged since, and an older one no more', async () => {
    const scenario = await after(run);
    await runStage(prepareStart(scenario, { roots: NEXT_ROOTS }));
    scenario.db.table(DISKS).rows.set(10, 'A:back');
    await expect(drop(1)(prepareStart(scenario))).rejects.toMatchObject({
      code: 'E_PREFLIGHT',
      hint: expect.stringMatching(/change-ca with the roots of that run/),
    });
    await drop(2)(prepareStart(scenario));
    await run(prepareStart(scenario, { roots: NEXT_ROOTS }));
    scenario.db.table(DISKS).rows.set(30, 'B:back');
    await expect(drop(3)(prepareStart(scenario))).rejects.toThrow(/1 rows of disks/);
    await drop(1)(prepareStart(scenario));
    expect(scenario.db.runs.map(({ journalDroppedAt }) => journalDroppedAt !== null)).toEqual([true, true, false]);
  });

  it('is refused when the ledger knows of live values that the state of the run does not speak of', async () => {
    const scenario = await afterStopAtCommit(4);
    scenario.db.runs[0]!.state = 'staged';
    await expect(drop(1)(prepareStart(scenario))).rejects.toMatchObject({ code: 'E_RUN_MISMATCH' });
    expect(scenario.db.runs[0]).toMatchObject({ state: 'staged', journalDroppedAt: null });
  });

  it('says how a run that still needs its journal is finished', async () => {
    const scenario = await afterStopAtCommit(3);
    await expect(drop(1)(prepareStart(scenario))).rejects.toMatchObject({
      message: expect.stringMatching(/is applying: its journal is all there is to finish it/),
      hint: 'finish it first, with srkey change-ca or srkey rollback',
    });
    scenario.db.runs[0]!.state = 'rolling-back';
    await expect(drop(1)(prepareStart(scenario))).rejects.toMatchObject({
      hint: 'finish it first, with srkey rollback',
    });
  });

  it('writes nothing before it is told to', async () => {
    const scenario = await after(runStage);
    const { deps, options } = prepareStart(scenario, { client: { readOnly: true } });
    const asked: number[] = [];
    const confirm = ({ runId }: { readonly runId: number }): Promise<boolean> => {
      asked.push(runId);
      return Promise.resolve(false);
    };
    await expect(dropJournal(deps, { ...options, runId: 1, confirm })).rejects.toMatchObject({
      code: 'E_INTERRUPTED',
      message: 'not confirmed; nothing was changed',
    });
    expect(asked).toEqual([1]);
  });

  it('tells which run it has taken, and does not abandon it twice', async () => {
    const scenario = await after(runStage);
    const [first, second] = [prepareStart(scenario), prepareStart(scenario)];
    await drop(1)(first);
    await drop(1)(second);
    const told = [first, second].map(({ events }) =>
      events.flatMap((event) => (event.type === 'run' || event.type === 'state' ? [event] : [])),
    );
    expect(told).toMatchObject([
      [
        { type: 'run', runId: 1, resumed: true, state: 'staged' },
        { type: 'state', to: 'abandoned' },
      ],
      [{ type: 'run', runId: 1, state: 'abandoned' }],
    ]);
  });
});
