/** The way back from the journal. */
import { describe, expect, it } from 'vitest';
import type { ColumnValue } from '../../src/keys/stored-key.ts';
import { rollback } from '../../src/rotation/rollback.ts';
import { expectConsistent } from './invariants.ts';
import {
  after,
  afterStopAtCommit,
  DISKS,
  drop,
  FILES,
  makeScenario,
  NEXT_ROOTS,
  prepareStart,
  ROOTS,
  run,
  runStage,
  runToEnd,
  type Scenario,
  undo,
} from './scenario.ts';

function valuesOf(scenario: Scenario): readonly (readonly [number, ColumnValue])[] {
  return [DISKS, FILES].flatMap((target) => [...scenario.db.table(target).rows]);
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
      const scenario = await afterStopAtCommit(stopAt);
      const original = valuesOf(makeScenario());
      await undo(prepareStart(scenario));
      expect(valuesOf(scenario)).toEqual(original);
      await run(prepareStart(scenario));
      expect(scenario.db.runs.map(({ state }) => state)).toEqual(['rolled-back', 'done']);
      expectConsistent(scenario);
    }
  });

  it('leaves alone what others wrote since, and names it', async () => {
    const scenario = await after(run);
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

  it('ends with 0 when no key is left under the new root', async () => {
    const scenario = await after(run, makeScenario(['A:d1', 'A:d2', 'X:d3'], ['A:f1']));
    expect(await undo(prepareStart(scenario))).toMatchObject({
      exit: 0,
      targets: [
        { restored: 2, underNew: 0 },
        { restored: 1, underNew: 0 },
      ],
    });
  });

  it('undoes the newest change, whatever was rolled back or abandoned before and after it', async () => {
    const scenario = makeScenario();
    const original = valuesOf(scenario);
    await after(undo, await after(run, scenario));
    await expect(undo(prepareStart(scenario))).rejects.toThrow(/nothing to roll back/);
    await run(prepareStart(scenario));
    await runStage(prepareStart(scenario, { roots: NEXT_ROOTS }));
    const hint = expect.stringMatching(/throw it away first.*drop-journal --run 3/);
    await expect(undo(prepareStart(scenario))).rejects.toMatchObject({ code: 'E_RUN_MISMATCH', hint });
    await drop(3)(prepareStart(scenario));
    expect(valuesOf(scenario)).not.toEqual(original);
    await undo(prepareStart(scenario));
    expect(valuesOf(scenario)).toEqual(original);
    expect(scenario.db.runs.map(({ state }) => state)).toEqual(['rolled-back', 'rolled-back', 'abandoned']);
  });

  it('asks with what it would go through, and writes nothing before it is told to', async () => {
    const scenario = await after(run);
    const { deps, options } = prepareStart(scenario, { client: { readOnly: true } });
    const asked: unknown[] = [];
    const confirm = (summary: unknown): Promise<boolean> => {
      asked.push(summary);
      return Promise.resolve(false);
    };
    await expect(rollback(deps, { ...options, confirm })).rejects.toMatchObject({
      code: 'E_INTERRUPTED',
      message: 'not confirmed; nothing was changed',
    });
    expect(asked).toMatchObject([{ run: { runId: 1 }, rows: 14, server: { database: 'srkey' } }]);
  });

  it('goes on as the same rollback when it was stopped, without the segments that are through', async () => {
    const scenario = await after(run);
    const stop = new AbortController();
    const between = (_: number, name: string): void => {
      if (scenario.db.runs[0]?.targets.get(2)?.segments.some(({ state }) => state === 'undone')) stop.abort();
      if (name === 'take') expect(stop.signal.aborted).toBe(false);
    };
    await runToEnd<unknown>(prepareStart(scenario, { lanes: 1, stop: stop.signal, client: { between } }), undo);
    const next = prepareStart(scenario, { lanes: 1 });
    await undo(next);
    expect(next.events).toContainEqual(
      expect.objectContaining({ type: 'run', runId: 1, resumed: true, state: 'rolling-back' }),
    );
    expect(next.events.flatMap((event) => (event.type === 'state' ? [[event.from, event.to]] : []))).toEqual([
      ['rolling-back', 'rolled-back'],
    ]);
    const [plan] = next.events.flatMap((event) => (event.type === 'plan' ? [event.targets] : []));
    const open = plan!.reduce((sum, { segments, segmentsDone = 0 }) => sum + segments - segmentsDone, 0);
    expect(plan).toMatchObject([
      { rows: 5, segmentsDone: expect.any(Number) },
      { rows: 4, segmentsDone: expect.any(Number) },
    ]);
    expect(open).toBeLessThan(5);
    expect(next.client.calls.filter((name) => name === 'claimSegment')).toHaveLength(open);
  });

  it('gives up when another tool has begun another change before it held the run', async () => {
    const scenario = await after(run);
    const between = (_: number, name: string): void => {
      if (name !== 'take') return;
      scenario.db.runs.push({ ...scenario.db.runs[0]!, runId: 2, state: 'done', lock: null, holder: null });
    };
    const start = prepareStart(scenario, { client: { between } });
    await expect(undo(start)).rejects.toThrow(/run 1 is not the one to go on with any more/);
    expect(scenario.db.runs[0]?.state).toBe('done');
  });
});
