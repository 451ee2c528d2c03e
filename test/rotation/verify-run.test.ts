/** Whether what a run did, or prepared, still stands; and what is said of every row that does not. */
import { describe, expect, it } from 'vitest';
import type { RootSummary } from '../../src/keys/root.ts';
import { type Fault } from './memory-database/client.ts';
import {
  DISKS,
  drop,
  makeScenario,
  NEXT_ROOTS,
  prepareStart,
  ROOTS,
  run,
  runStage,
  runToEnd,
  SWAPPED,
  targetOf,
  undo,
} from './scenario.ts';
import {
  look,
  openAll,
  READ_ONLY,
  cleanScenario,
  changed,
  staged,
  halfApplied,
  told,
  disturb,
  DISTURBED,
} from './standing-scene.ts';

describe('verify of a run that is done', () => {
  it('says that it stands, opens no key and writes nothing', async () => {
    const scenario = await changed();
    const start = prepareStart(scenario, READ_ONLY);
    const result = await look(start);
    expect(result).toMatchObject({ exit: 0, basis: 'applied', run: { runId: 1 } });
    expect(result.targets).toMatchObject([
      { rows: 9, standing: 9, opened: null },
      { rows: 2, standing: 2 },
    ]);
    expect([start.workers.opens, start.workers.compared]).toEqual([[], 0]);
    expect(start.events).toContainEqual({ type: 'verify', runId: 1, state: 'done', basis: 'applied', full: false });
    expect(start.events.filter(({ type }) => type === 'note')).toEqual([]);
  });

  it('says who holds the run meanwhile, because what they change may be told as changed by others', async () => {
    const scenario = await changed();
    const fault = (_: number, name: string): Fault | null => (name === 'segments' ? 'half-open-before' : null);
    await runToEnd(prepareStart(scenario, { client: { fault } }));
    const start = prepareStart(scenario, READ_ONLY);
    expect(await look(start)).toMatchObject({ exit: 0 });
    expect(start.events.flatMap((event) => (event.type === 'note' ? [[event.level, String(event.text)]] : []))).toEqual(
      [['warning', expect.stringMatching(/held by admin on CONSOLE/)]],
    );
  });

  it('names every deviation with its kind', async () => {
    const scenario = await changed();
    disturb(scenario);
    const start = prepareStart(scenario, READ_ONLY);
    const result = await look(start);
    expect([...told(start)].sort()).toEqual(DISTURBED.map(([kind, key]) => `${kind} ${key}`).sort());
    expect(result).toMatchObject({ exit: 3, targets: [{ rows: 10, standing: 2, pending: 0 }, { standing: 2 }] });
    const { deviations } = result.targets[0]!;
    expect(deviations).toEqual({
      ...{ changed: 2, restored: 1, old: 2, damaged: 1, foreign: 1, emptied: 1, unknown: 0, gone: 1 },
    });
    const added = start.events.filter((event) => event.type === 'deviation' && event.key.isAdded);
    expect(added).toHaveLength(2);
  });

  it('takes no offence at keys renewed under the new root, and at rows deleted or added without a key', async () => {
    const scenario = await changed();
    scenario.db.table(DISKS).rows.set(10, 'B:renewed').set(15, 'B:added').set(16, null).delete(20);
    expect(await look(prepareStart(scenario, READ_ONLY))).toMatchObject({ exit: 0 });
    scenario.db.table(DISKS).rows.set(50, null);
    expect(await look(prepareStart(scenario, READ_ONLY))).toMatchObject({ exit: 3 });
  });

  it('names what the change left behind, as it is still there', async () => {
    const scenario = await changed(['A:d1', 'X:d2', 'damaged']);
    const start = prepareStart(scenario, READ_ONLY);
    const result = await look(start);
    expect(result).toMatchObject({ exit: 3, targets: [{ standing: 3, leftBehind: 2 }, { leftBehind: 0 }] });
    expect(result.leftBehind).toEqual([
      { target: 'disks', key: ['20'], class: 'foreign', reason: expect.anything() },
      { target: 'disks', key: ['30'], class: 'unreadable', reason: expect.anything() },
    ]);
    expect(result.leftBehind.map(({ reason }) => String(reason))).toEqual(['toy foreign', 'toy unreadable']);
    expect(start.events.flatMap((event) => (event.type === 'left-behind' ? [event.key] : []))).toEqual(
      result.leftBehind,
    );
    // Nothing is left behind in the files: nobody is asked for their names.
    expect(start.client.calls.filter((name) => name === 'leftBehind')).toHaveLength(1);
  });

  it('tells without private keys what the journal and the recipients tell', async () => {
    const bare = (root: RootSummary): RootSummary => ({ ...root, hasPrivateKey: false });
    const roots = { old: bare(ROOTS.old), new: bare(ROOTS.new) };
    const direct = targetOf('direct', { envelope: 'rsa-oaep' });
    const scenario = await changed();
    scenario.db.addTable(direct, ['A:x', 'A:y', 'A:z']);
    const keyMap = { targets: [DISKS, direct], ignore: [] };
    scenario.db.runs.length = 0;
    await run(prepareStart(scenario, { keyMap }));
    scenario.db.table(DISKS).rows.set(10, 'B:renewed').set(20, 'A:written');
    scenario.db.table(direct).rows.set(10, 'B:renewed').set(20, 'A:y').delete(30);
    const start = prepareStart(scenario, { ...READ_ONLY, keyMap, roots });
    expect(await look(start)).toMatchObject({ exit: 3 });
    expect(told(start)).toEqual(['changed 10', 'old 20', 'unknown 10', 'restored 20', 'gone 30']);
    expect(start.workers.opens).not.toContain(true);
    for (const side of ['old', 'new'] as const) {
      const oneBare = { ...ROOTS, [side]: roots[side] };
      await expect(openAll(prepareStart(scenario, { keyMap, roots: oneBare }))).rejects.toMatchObject({
        code: 'E_ROOT_REFUSED',
        message: expect.stringMatching(
          new RegExp(`opens every key under both roots, and the ${side} root.*private key`),
        ),
        hint: expect.stringMatching(/or leave --full out/),
      });
    }
  });
});

describe('verify of a run on its way', () => {
  it('says of a staging how far it is current, and proves it with --full', async () => {
    const scenario = await staged();
    expect(await look(prepareStart(scenario, READ_ONLY))).toMatchObject({
      exit: 0,
      basis: 'staged',
      targets: [{ rows: 9, standing: 9 }, { standing: 2 }],
    });
    const full = prepareStart(scenario);
    expect(await openAll(full)).toMatchObject({ exit: 0, targets: [{ opened: 8 }, { opened: 2 }] });
    expect(full.workers.compared).toBe(9);

    scenario.db.table(DISKS).rows.set(10, 'A:changed').set(15, 'A:added').delete(20);
    const start = prepareStart(scenario, READ_ONLY);
    expect(await look(start)).toMatchObject({ exit: 0, targets: [{ rows: 9, standing: 7 }, { standing: 2 }] });
    expect(told(start)).toEqual(['old 10', 'old 15', 'gone 20']);
    scenario.db.table(DISKS).rows.set(50, 'X:foreign');
    expect(await look(prepareStart(scenario, READ_ONLY))).toMatchObject({ exit: 3 });
  });

  it('takes what a stopped staging has not come to for pending, not for a deviation', async () => {
    const scenario = cleanScenario();
    let commits = 0;
    const fault = (_: number, name: string): Fault | null =>
      name === 'commitBatch' && (commits += 1) === 4 ? 'stop-before' : null;
    await expect(runStage(prepareStart(scenario, { lanes: 1, client: { fault } }))).rejects.toThrow();
    scenario.db.table(DISKS).rows.set(10, 'A:changed');
    const start = prepareStart(scenario, READ_ONLY);
    expect(await look(start)).toMatchObject({
      basis: 'staged',
      targets: [
        { rows: 9, standing: 3, pending: 5 },
        { rows: 2, standing: 0, pending: 2 },
      ],
    });
    expect(told(start)).toEqual(['old 10']);
    // Through with the segment, the staging must have a row for each of its keys.
    scenario.db.table(DISKS).rows.set(15, 'A:added');
    const again = prepareStart(scenario, READ_ONLY);
    await look(again);
    expect(told(again)).toEqual(['old 10', 'old 15']);
  });

  it('takes what a change had not come to for pending while it is being rolled back, too', async () => {
    const scenario = await halfApplied(3);
    const untouched = [...cleanScenario().db.table(DISKS).rows];
    const fault = (_: number, name: string): Fault | null => (name === 'setState' ? 'stop-after' : null);
    await expect(undo(prepareStart(scenario, { client: { fault } }))).rejects.toThrow();
    let undone = 0;
    const later = (_: number, name: string): Fault | null =>
      name === 'claimSegment' && (undone += 1) === 4 ? 'stop-after' : null;
    await expect(undo(prepareStart(scenario, { lanes: 1, client: { fault: later } }))).rejects.toThrow();
    expect(scenario.db.runs[0]).toMatchObject({ state: 'rolling-back' });
    expect([...scenario.db.table(DISKS).rows]).toEqual(untouched);
    const start = prepareStart(scenario, READ_ONLY);
    expect(await look(start)).toMatchObject({
      exit: 3,
      basis: 'half-applied',
      targets: [
        { standing: 4, pending: 5 },
        { standing: 0, pending: 2 },
      ],
    });
    expect(told(start)).toEqual([]);
  });

  it('holds each row of a half-applied change against what its own batch left', async () => {
    for (const [stopAt, done] of [
      [1, 0],
      [2, 2],
      [4, 4],
    ] as const) {
      const scenario = await halfApplied(stopAt);
      const start = prepareStart(scenario, READ_ONLY);
      const result = await look(start);
      expect(result).toMatchObject({ exit: 3, basis: 'half-applied' });
      expect(told(start)).toEqual([]);
      const [disks, files] = result.targets;
      expect([disks!.standing + disks!.pending, files!.standing + files!.pending]).toEqual([9, 2]);
      expect(disks!.standing).toBe(done);
    }
  });

  it('finds among what is half applied the row that went back', async () => {
    const scenario = await halfApplied(3);
    scenario.db.table(DISKS).rows.set(10, 'A:d1');
    const start = prepareStart(scenario);
    expect(await openAll(start)).toMatchObject({ exit: 3 });
    expect(told(start)).toEqual(['restored 10']);
  });

  it('says of a rollback that every value is as before, and names what is under the new root', async () => {
    const scenario = await changed(['A:d1', 'A:d2', 'A:d3']);
    await undo(prepareStart(scenario));
    expect(await look(prepareStart(scenario, READ_ONLY))).toMatchObject({ exit: 0, basis: 'rolled-back' });
    scenario.db.table(DISKS).rows.set(20, 'B:late');
    const start = prepareStart(scenario, READ_ONLY);
    expect(await look(start)).toMatchObject({ exit: 3 });
    expect(told(start)).toEqual(['changed 20']);
  });
});

describe('verify is refused', () => {
  it('without a run, for other roots, under a later change, and without a journal', async () => {
    await expect(look(prepareStart(makeScenario()))).rejects.toThrow(/nothing to verify/);
    const scenario = await changed();
    await expect(look(prepareStart(scenario, { roots: NEXT_ROOTS }))).rejects.toMatchObject({
      code: 'E_RUN_MISMATCH',
      message: expect.stringMatching(/nothing to verify/),
    });
    await run(prepareStart(scenario, { roots: SWAPPED }));
    await expect(look(prepareStart(scenario))).rejects.toMatchObject({
      code: 'E_RUN_MISMATCH',
      message: expect.stringMatching(/a later change has replaced what run 1 wrote: run 2/),
    });
  });

  it('when its journal is dropped, whatever was begun and abandoned since', async () => {
    const scenario = await changed();
    await drop(1)(prepareStart(scenario));
    const fault = (_: number, name: string): Fault | null => (name === 'planTarget' ? 'stop-before' : null);
    await expect(run(prepareStart(scenario, { client: { fault } }))).rejects.toThrow();
    await drop(2)(prepareStart(scenario));
    expect(scenario.db.runs.map(({ state }) => state)).toEqual(['done', 'abandoned']);
    await expect(look(prepareStart(scenario))).rejects.toMatchObject({
      code: 'E_RUN_MISMATCH',
      message: expect.stringMatching(/the journal of run 1 .* was dropped on 2026-11-20/),
    });
  });

  it('for a key map without one of its targets', async () => {
    const scenario = await changed();
    const keyMap = { targets: [DISKS], ignore: [] };
    await expect(look(prepareStart(scenario, { keyMap }))).rejects.toThrow(/worked on files/);
  });
});
