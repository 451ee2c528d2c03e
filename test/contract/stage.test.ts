/** Staging, and the change that then only swaps, through every part for real; judged by the independent checker. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  checkJournalAndLedger,
  checkNothingChanged,
  checkOtherColumns,
  checkStoredKeys,
  digestOfJournals,
  takeSnapshot,
} from '../checker/invariants.ts';
import { change, drop, stageKeys, undo } from '../support/product.ts';
import type { ProductOptions } from '../support/product.ts';
import { createReferenceSchema, fillReferenceDatabase, fixtureKeyMap } from '../support/reference-database.ts';
import type { Roots } from '../support/reference-database.ts';
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import { makeTestRoot } from '../support/test-roots.ts';

const ROWS = 60;

describe.each(serverKinds())('on $name', ({ start }) => {
  let server: TestServer;
  let database: TestDatabase;
  const roots: Roots = {
    old: makeTestRoot({ commonName: 'Old root' }),
    new: makeTestRoot({ commonName: 'New root', serial: '02b8' }),
    foreign: makeTestRoot({ commonName: 'Foreign root', serial: '03c9' }),
  };
  let product: ProductOptions;

  beforeAll(async () => {
    server = await start();
    database = await server.createDatabase();
    product = { database, keyMap: fixtureKeyMap(), oldRoot: roots.old, newRoot: roots.new };
  });
  beforeEach(async () => {
    await database.clear();
    await createReferenceSchema(database);
  });
  afterAll(async () => {
    await server.stop();
  });

  it('a staging touches no live value, is current when run again, and is then swapped without a rewrap', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS });
    const before = await takeSnapshot(database);
    const staged = await stageKeys(product, { segmentRows: 25 });
    expect(staged.targets.map(({ stale }) => stale)).toEqual(staged.targets.map(() => 0));
    expect(staged.targets.reduce((sum, target) => sum + target.staged, 0)).toBe(
      planted.filter(({ planting }) => planting === 'old').length,
    );
    expect(checkNothingChanged(before, await takeSnapshot(database))).toEqual([]);

    const journal = await digestOfJournals(database, staged.runId);
    expect(await stageKeys(product, { segmentRows: 25 })).toMatchObject({ batches: 0, resumed: true });
    expect(await digestOfJournals(database, staged.runId)).toBe(journal);

    const values = await stagedValues(database, staged.runId);
    const changed = await change(product, { segmentRows: 25 });
    expect(changed).toMatchObject({ runId: staged.runId, resumed: true, exit: 3, total: { old: 0 } });
    expect(await stagedValues(database, staged.runId)).toEqual(values);
    expect(checkOtherColumns(before, await takeSnapshot(database))).toEqual([]);
    expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
    expect(await checkJournalAndLedger(database, staged.runId)).toEqual([]);
  });

  it('months pass: rows are added, changed, deleted and inserted again, a table gets a column; nothing is missed', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS, others: false });
    const staged = await stageKeys(product, { segmentRows: 25 });
    const [first, second, third, fourth] = planted.filter(({ table }) => table === 'FileKey');
    const hex = (value: unknown): string => (value as Buffer).toString('hex');
    // What the servers write goes under the old root still: here the value of another row.
    await database.query(`UPDATE dbo.FileKey SET WrappedKey = 0x${hex(second!.value)} WHERE ${first!.where}`);
    await database.query(`DELETE FROM dbo.FileKey WHERE ${third!.where}`);
    await database.query(
      `INSERT INTO dbo.FileKey (FileKeyId, OwnerName, Label, WrappedKey, CreatedAt) VALUES ('${'F'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}', N'late', NULL, 0x${hex(fourth!.value)}, '2026-11-11')`,
    );
    await database.query('ALTER TABLE dbo.FileKey ADD Note NVARCHAR(20) NULL');
    const between = await takeSnapshot(database);

    const again = await stageKeys(product, { segmentRows: 25 });
    expect(again.runId).toBe(staged.runId);
    expect(again.targets[0]).toMatchObject({ rows: ROWS, staged: ROWS, stale: 0 });
    await database.query(`UPDATE dbo.FileKey SET WrappedKey = 0x${hex(first!.value)} WHERE ${first!.where}`);
    const result = await change(product, { segmentRows: 25 });
    expect(result).toMatchObject({ exit: 0, total: { old: 0, new: planted.length } });
    expect(checkOtherColumns(between, await takeSnapshot(database))).toEqual([]);
    const left = planted.filter((key) => key !== third);
    expect(await checkStoredKeys(database, roots, left, { finished: true })).toEqual([]);
  });

  it('a rollback gives every value back to the bit, also half-way, and the change can be made again', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS });
    const before = await takeSnapshot(database);
    const stop = new AbortController();
    const emit: ProductOptions['emit'] = (event) => {
      if (event.type === 'batch') stop.abort();
    };
    const stopped = change({ ...product, emit }, { segmentRows: 25, stop: stop.signal });
    await expect(stopped).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    const wasNew = planted.filter(({ planting }) => planting === 'new').length;
    expect(await undo(product)).toMatchObject({ runId: 1, exit: 3 });
    expect(checkNothingChanged(before, await takeSnapshot(database))).toEqual([]);

    expect(await change(product, { segmentRows: 25 })).toMatchObject({ runId: 2, total: { old: 0 } });
    expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
    const second = await undo(product);
    expect(second.targets.reduce((sum, { underNew }) => sum + underNew, 0)).toBe(wasNew);
    expect(checkNothingChanged(before, await takeSnapshot(database))).toEqual([]);
    await expect(drop(product, 3)).rejects.toMatchObject({ code: 'E_USAGE' });
    expect((await drop(product, 2)).leftTables).toEqual([]);
    const tables = await database.query("SELECT name FROM sys.tables WHERE name LIKE 'Journal%2%'");
    expect(tables.map((row) => String(Object.values(row)[0]).toLowerCase())).not.toContain('journal_2_1');
  });

  it('a journal is dropped when its run is done and stands, and the next change begins a run of its own', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: 30, others: false });
    await change(product, { segmentRows: 25 });
    const [key] = planted.filter(({ table }) => table === 'FileKey');
    const old = (key!.value as Buffer).toString('hex');
    await database.query(`UPDATE dbo.FileKey SET WrappedKey = 0x${old} WHERE ${key!.where}`);
    await expect(drop(product, 1)).rejects.toThrow(/not as the run left them/);
    await change(product, { segmentRows: 25 });
    await drop(product, 1);
    await expect(undo(product)).rejects.toThrow(/was dropped/);
    expect(await change(product, { segmentRows: 25 })).toMatchObject({ runId: 2, exit: 0, total: { old: 0 } });
    expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
  });

  it('a staging that was stopped goes on, and a change goes on from an unfinished one', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS });
    const before = await takeSnapshot(database);
    for (const job of [stageKeys, change]) {
      const stop = new AbortController();
      let batches = 0;
      const emit: ProductOptions['emit'] = (event) => {
        if (event.type === 'batch' && ++batches === 2) stop.abort();
      };
      const stopped = job({ ...product, emit }, { segmentRows: 25, stop: stop.signal });
      await expect(stopped).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
      expect(await checkStoredKeys(database, roots, planted, { finished: false })).toEqual([]);
    }
    expect(await change(product, { segmentRows: 25 })).toMatchObject({ exit: 3, runId: 1 });
    expect(checkOtherColumns(before, await takeSnapshot(database))).toEqual([]);
    expect(await checkStoredKeys(database, roots, planted, { finished: true })).toEqual([]);
    expect(await checkJournalAndLedger(database, 1)).toEqual([]);
  });
});

/** New values of the journal, by target: a swap must use exactly these. */
async function stagedValues(database: TestDatabase, runId: number): Promise<readonly string[]> {
  const found: string[] = [];
  for (const targetNo of [1, 2, 3, 4, 5]) {
    const rows = await database.query(`SELECT NewValue FROM rotation.Journal_${runId}_${targetNo}`);
    for (const row of rows) {
      const [value] = Object.values(row);
      found.push(Buffer.isBuffer(value) ? value.toString('hex') : String(value));
    }
  }
  return found.sort();
}
