/** The main job through every part for real, judged by the independent checker, on every server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  checkJournalAndLedger,
  checkNothingChanged,
  checkOtherColumns,
  checkStoredKeys,
  digestOfJournals,
  takeSnapshot,
} from '../checker/invariants.ts';
import { censusTotal } from '../../src/keys/stored-key.ts';
import type { Controls } from '../../src/rotation/controls.ts';
import { census, change, rehearse } from '../support/product.ts';
import type { ProductOptions } from '../support/product.ts';
import { createReferenceSchema, fillReferenceDatabase, fixtureKeyMap } from '../support/reference-database.ts';
import type { Roots } from '../support/reference-database.ts';
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import { makeTestRoot } from '../support/test-roots.ts';
import { verbatim } from '../../src/text/message.ts';

const ROWS = 120;

async function objectsOf(database: TestDatabase): Promise<unknown[]> {
  return [
    ...(await database.query('SELECT name FROM sys.schemas ORDER BY name')),
    ...(await database.query('SELECT name FROM sys.tables ORDER BY name')),
  ];
}

describe.each(serverKinds())('on $name', ({ start }) => {
  let server: TestServer;
  let database: TestDatabase;
  const roots: Roots = {
    old: makeTestRoot({ commonName: 'Old root' }),
    new: makeTestRoot({ commonName: 'New root', serial: '02b8' }),
    foreign: makeTestRoot({ commonName: 'Foreign root', serial: '03c9' }),
  };
  const keyMap = fixtureKeyMap();
  let product: ProductOptions;

  beforeAll(async () => {
    server = await start();
    database = await server.createDatabase();
    product = { database, keyMap, oldRoot: roots.old, newRoot: roots.new };
  });
  beforeEach(async () => {
    await database.clear();
    await createReferenceSchema(database);
  });
  afterAll(async () => {
    await server.stop();
  });

  it('changes every stored key and nothing else, and a second run changes nothing at all', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS });
    const before = await takeSnapshot(database);

    const first = await change(product, { segmentRows: 50 });
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

    const after = await takeSnapshot(database);
    expect(checkOtherColumns(before, after)).toEqual([]);
    expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
    expect(await checkJournalAndLedger(database, first.runId)).toEqual([]);

    const journal = await digestOfJournals(database, first.runId);
    const second = await change(product, { segmentRows: 50 });
    expect(second).toMatchObject({ runId: first.runId, resumed: true, batches: 0, exit: 3, total: first.total });
    expect(checkNothingChanged(after, await takeSnapshot(database))).toEqual([]);
    expect(await digestOfJournals(database, first.runId)).toBe(journal);
  });

  it('ends with 0 when nothing is left behind, and the census agrees', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: 30, others: false });
    expect((await census(product)).purge.verdict).toBe('not-proven');
    const result = await change(product);
    expect(result).toMatchObject({
      exit: 0,
      total: { old: 0, new: planted.length, foreign: 0, unreadable: 0, empty: 0 },
    });
    for (const full of [false, true]) {
      expect(await census(product, full)).toMatchObject({ exit: 0, purge: { verdict: 'safe' } });
    }
  });

  it.each([false, true])('writes nothing in a dry run (full: %s)', async (full) => {
    const planted = await fillReferenceDatabase(database, roots, { rows: 40 });
    const before = await takeSnapshot(database);
    const objects = await objectsOf(database);
    const result = await rehearse(product, full);
    expect(result.refusal).toBeNull();
    const counted = result.targets.reduce((sum, target) => sum + censusTotal(target.census) + target.unopened, 0);
    expect(counted).toBe(planted.length);
    expect(checkNothingChanged(before, await takeSnapshot(database))).toEqual([]);
    expect(await objectsOf(database)).toEqual(objects);
  });

  it('refuses swapped roots and wrong roots before anything is written', async () => {
    await fillReferenceDatabase(database, roots, { rows: 30, others: false });
    const before = await takeSnapshot(database);
    await expect(change({ ...product, oldRoot: roots.new, newRoot: roots.old })).rejects.toMatchObject({
      code: 'E_ROOT_REFUSED',
      message: expect.stringMatching(/swapped/),
    });
    await expect(change({ ...product, oldRoot: roots.foreign })).rejects.toMatchObject({ code: 'E_ROOT_REFUSED' });
    expect(checkNothingChanged(before, await takeSnapshot(database))).toEqual([]);
  });

  it('keeps a paused run from other tools for as long as the pause lasts, and goes on to the same end', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS });
    const before = await takeSnapshot(database);
    const holder = { host: 'TEST', user: 'paused', pid: 1, leaseSeconds: 6 };
    const { promise: reached, resolve: onReached } = Promise.withResolvers<Controls>();
    let wasPaused = false;
    const paused = change(
      {
        ...product,
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
    await expect(change(product)).rejects.toMatchObject({ code: 'E_LOCKED' });
    controls.resume();
    expect(await paused).toMatchObject({ runId: 1, resumed: false });
    expect(checkOtherColumns(before, await takeSnapshot(database))).toEqual([]);
    expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
    expect(await checkJournalAndLedger(database, 1)).toEqual([]);
  });

  it('stops after a batch when asked, and resumes to the same end', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS });
    const before = await takeSnapshot(database);
    const stop = new AbortController();
    let batches = 0;
    const stopping = change(
      {
        ...product,
        emit: (event) => {
          if (event.type === 'batch' && ++batches === 2) stop.abort();
        },
      },
      { segmentRows: 30, stop: stop.signal },
    );
    await expect(stopping).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    expect(await checkStoredKeys(database, roots, planted, { finished: false })).toEqual([]);
    expect(await checkJournalAndLedger(database, 1)).toEqual([]);

    const resumed = await change(product, { segmentRows: 30 });
    expect(resumed).toMatchObject({ resumed: true, runId: 1 });
    expect(checkOtherColumns(before, await takeSnapshot(database))).toEqual([]);
    expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
    expect(await checkJournalAndLedger(database, 1)).toEqual([]);
  });

  it('sweeps up what others write while it works', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: 60, others: false });
    const victim = planted.find(({ table }) => table === 'FileKey')!;
    const old = (victim.value as Buffer).toString('hex');
    let written = false;
    const result = await change({
      ...product,
      emit: (event) => {
        if (event.type !== 'state' || event.to !== 'verifying' || written) return;
        written = true;
      },
    });
    expect(result.exit).toBe(0);
    // a cached row written back, after the run: the next start of the same command finds it
    await database.query(`UPDATE dbo.FileKey SET WrappedKey = 0x${old} WHERE ${victim.where}`);
    expect((await census(product)).purge.verdict).toBe('not-proven');
    expect(await change(product)).toMatchObject({ resumed: true, exit: 0, total: { old: 0 } });
    expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
  });
});
