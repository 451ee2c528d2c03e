/** The main job through every part for real, judged by the independent checker, on every server. */
import { expect, it } from 'vitest';
import { digestOfJournals } from '../checker/invariants.ts';
import { censusTotal } from '../../src/keys/stored-key.ts';
import type { Controls } from '../../src/rotation/controls.ts';
import { verbatim } from '../../src/text/message.ts';
import { census, change, rehearse, stopAfter } from '../support/product.ts';
import { updateFileKey } from '../support/reference-database.ts';
import { onEveryServer } from '../support/reference-scene.ts';
import type { TestDatabase } from '../support/servers.ts';

const ROWS = 120;

async function objectsOf(database: TestDatabase): Promise<unknown[]> {
  return [
    ...(await database.query('SELECT name FROM sys.schemas ORDER BY name')),
    ...(await database.query('SELECT name FROM sys.tables ORDER BY name')),
  ];
}

onEveryServer((scene) => {
  it('changes every stored key and nothing else, and a second run changes nothing at all', async () => {
    const planted = await scene.fill({ rows: ROWS });

    const first = await change(scene.product, { segmentRows: 50 });
    expect(first.exit).toBe(3);
    const count = (...plantings: readonly string[]): number =>
      planted.filter(({ planting }) => plantings.includes(planting)).length;
    expect(first.total).toEqual({
      old: 0,
      new: count('old', 'new'),
      foreign: first.total.foreign,
      unreadable: first.total.unreadable,
      empty: count('empty', 'null'),
    });
    // A direct RSA block of an unknown root cannot be told from a damaged one.
    expect(first.total.foreign + first.total.unreadable).toBe(count('foreign', 'damaged'));
    expect(first.leftBehind).toHaveLength(count('foreign', 'damaged'));

    await scene.expectSound({ finished: true });
    await scene.expectJournal(first.runId);

    await scene.look();
    const journal = await digestOfJournals(scene.database, first.runId);
    const second = await change(scene.product, { segmentRows: 50 });
    expect(second).toMatchObject({ runId: first.runId, resumed: true, batches: 0, exit: 3, total: first.total });
    await scene.expectUntouched();
    expect(await digestOfJournals(scene.database, first.runId)).toBe(journal);
  });

  it('ends with 0 when nothing is left behind, and the census agrees', async () => {
    const planted = await scene.fill({ rows: 30, others: false });
    expect((await census(scene.product)).purge.verdict).toBe('not-proven');
    const result = await change(scene.product);
    expect(result).toMatchObject({
      exit: 0,
      total: { old: 0, new: planted.length, foreign: 0, unreadable: 0, empty: 0 },
    });
    for (const full of [false, true]) {
      expect(await census(scene.product, full)).toMatchObject({ exit: 0, purge: { verdict: 'safe' } });
    }
  });

  it.each([false, true])('writes nothing in a dry run (full: %s)', async (full) => {
    const planted = await scene.fill({ rows: 40 });
    const objects = await objectsOf(scene.database);
    const result = await rehearse(scene.product, full);
    expect(result.refusal).toBeNull();
    const counted = result.targets.reduce((sum, target) => sum + censusTotal(target.census) + target.unopened, 0);
    expect(counted).toBe(planted.length);
    await scene.expectUntouched();
    expect(await objectsOf(scene.database)).toEqual(objects);
  });

  it('refuses swapped roots and wrong roots before anything is written', async () => {
    await scene.fill({ rows: 30, others: false });
    await expect(
      change({ ...scene.product, oldRoot: scene.roots.new, newRoot: scene.roots.old }),
    ).rejects.toMatchObject({
      code: 'E_ROOT_REFUSED',
      message: expect.stringMatching(/swapped/),
    });
    await expect(change({ ...scene.product, oldRoot: scene.roots.foreign })).rejects.toMatchObject({
      code: 'E_ROOT_REFUSED',
    });
    await scene.expectUntouched();
  });

  it('keeps a paused run from other tools for as long as the pause lasts, and goes on to the same end', async () => {
    await scene.fill({ rows: ROWS });
    const holder = { host: 'TEST', user: 'paused', pid: 1, leaseSeconds: 6 };
    const { promise: reached, resolve: onReached } = Promise.withResolvers<Controls>();
    let wasPaused = false;
    const paused = change(
      {
        ...scene.product,
        emit: (event, controls) => {
          if (event.type === 'batch' && !wasPaused) controls.pause(verbatim('a test'));
          if (event.type !== 'pause') return;
          wasPaused = true;
          if (event.change === 'reached') onReached(controls);
        },
      },
      { segmentRows: 30, holder },
    );
    const controls = await reached;
    // waits for the lease, and sees the heartbeat move before it is over
    await expect(change(scene.product)).rejects.toMatchObject({ code: 'E_LOCKED' });
    controls.resume();
    expect(await paused).toMatchObject({ runId: 1, resumed: false });
    await scene.expectSound({ finished: true });
    await scene.expectJournal();
  });

  it('stops after a batch when asked, and resumes to the same end', async () => {
    await scene.fill({ rows: ROWS });
    const { emit, stop } = stopAfter(2);
    const stopping = change({ ...scene.product, emit }, { segmentRows: 30, stop });
    await expect(stopping).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    await scene.expectKeys({ finished: false });
    await scene.expectJournal();

    const resumed = await change(scene.product, { segmentRows: 30 });
    expect(resumed).toMatchObject({ resumed: true, runId: 1 });
    await scene.expectSound({ finished: true });
    await scene.expectJournal();
  });

  it('takes up a key that somebody wrote back after the run, when it is run again', async () => {
    const planted = await scene.fill({ rows: 60, others: false });
    const victim = planted.find(({ table }) => table === 'FileKey')!;
    expect((await change(scene.product)).exit).toBe(0);
    // a cached row written back, after the run: the next start of the same command finds it
    await scene.database.query(updateFileKey(victim, victim.value));
    expect((await census(scene.product)).purge.verdict).toBe('not-proven');
    expect(await change(scene.product)).toMatchObject({ resumed: true, exit: 0, total: { old: 0 } });
    await scene.expectKeys({ finished: true });
  });
});
