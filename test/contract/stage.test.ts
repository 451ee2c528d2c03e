/** Staging, and the change that then only swaps, through every part for real; judged by the independent checker. */
import { expect, it } from 'vitest';
import { digestOfJournals } from '../checker/invariants.ts';
import { change, drop, stageKeys, stopAfter, undo } from '../support/product.ts';
import { insertFileKey, updateFileKey } from '../support/reference-database.ts';
import { onEveryServer } from '../support/reference-scene.ts';
import type { TestDatabase } from '../support/servers.ts';

const ROWS = 60;

onEveryServer((scene) => {
  it('a staging touches no live value, is current when run again, and is then swapped without a rewrap', async () => {
    const planted = await scene.fill({ rows: ROWS });
    const staged = await stageKeys(scene.product, { segmentRows: 25 });
    expect(staged.targets.map(({ stale }) => stale)).toEqual(staged.targets.map(() => 0));
    expect(staged.targets.reduce((sum, target) => sum + target.staged, 0)).toBe(
      planted.filter(({ planting }) => planting === 'old').length,
    );
    await scene.expectUntouched();

    const journal = await digestOfJournals(scene.database, staged.runId);
    expect(await stageKeys(scene.product, { segmentRows: 25 })).toMatchObject({ batches: 0, resumed: true });
    expect(await digestOfJournals(scene.database, staged.runId)).toBe(journal);

    const values = await stagedValues(scene.database, staged.runId);
    const changed = await change(scene.product, { segmentRows: 25 });
    expect(changed).toMatchObject({ runId: staged.runId, resumed: true, exit: 3, total: { old: 0 } });
    expect(await stagedValues(scene.database, staged.runId)).toEqual(values);
    await scene.expectSound({ finished: true });
    await scene.expectJournal(staged.runId);
  });

  it('months pass: rows are added, changed, deleted and inserted again, a table gets a column; nothing is missed', async () => {
    const planted = await scene.fill({ rows: ROWS, others: false });
    const staged = await stageKeys(scene.product, { segmentRows: 25 });
    const [first, second, third, fourth] = planted.filter(({ table }) => table === 'FileKey');
    // What the servers write goes under the old root still: here the value of another row.
    await scene.database.query(updateFileKey(first!, second!.value));
    await scene.database.query(`DELETE FROM dbo.FileKey WHERE ${third!.where}`);
    await scene.database.query(insertFileKey('FFFFFFFF-0000-4000-8000-000000000000', fourth!.value));
    await scene.database.query('ALTER TABLE dbo.FileKey ADD Note NVARCHAR(20) NULL');
    await scene.look();
    scene.planted = planted.filter((key) => key !== third);

    const again = await stageKeys(scene.product, { segmentRows: 25 });
    expect(again.runId).toBe(staged.runId);
    expect(again.targets[0]).toMatchObject({ rows: ROWS, staged: ROWS, stale: 0 });
    await scene.database.query(updateFileKey(first!, first!.value));
    const result = await change(scene.product, { segmentRows: 25 });
    expect(result).toMatchObject({ exit: 0, total: { old: 0, new: planted.length } });
    await scene.expectSound({ finished: true });
  });

  it('a rollback gives every value back to the bit, also half-way, and the change can be made again', async () => {
    const planted = await scene.fill({ rows: ROWS });
    const { emit, stop } = stopAfter(1);
    const stopped = change({ ...scene.product, emit }, { segmentRows: 25, stop });
    await expect(stopped).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    const wasNew = planted.filter(({ planting }) => planting === 'new').length;
    expect(await undo(scene.product)).toMatchObject({ runId: 1, exit: 3 });
    await scene.expectUntouched();

    expect(await change(scene.product, { segmentRows: 25 })).toMatchObject({ runId: 2, total: { old: 0 } });
    await scene.expectKeys({ finished: true });
    const second = await undo(scene.product);
    expect(second.targets.reduce((sum, { underNew }) => sum + underNew, 0)).toBe(wasNew);
    await scene.expectUntouched();
    await expect(drop(scene.product, 3)).rejects.toMatchObject({ code: 'E_USAGE' });
    expect((await drop(scene.product, 2)).leftTables).toEqual([]);
    const tables = await scene.database.query("SELECT name FROM sys.tables WHERE name LIKE 'Journal%2%'");
    expect(tables.map((row) => String(Object.values(row)[0]).toLowerCase())).not.toContain('journal_2_1');
  });

  it('a journal is dropped when its run is done and stands, and the next change begins a run of its own', async () => {
    const planted = await scene.fill({ rows: 30, others: false });
    await change(scene.product, { segmentRows: 25 });
    const [key] = planted.filter(({ table }) => table === 'FileKey');
    await scene.database.query(updateFileKey(key!, key!.value));
    await expect(drop(scene.product, 1)).rejects.toThrow(/not as the run left them/);
    await change(scene.product, { segmentRows: 25 });
    await drop(scene.product, 1);
    await expect(undo(scene.product)).rejects.toThrow(/was dropped/);
    expect(await change(scene.product, { segmentRows: 25 })).toMatchObject({ runId: 2, exit: 0, total: { old: 0 } });
    await scene.expectKeys({ finished: true });
  });

  it('a staging that was stopped goes on, and a change goes on from an unfinished one', async () => {
    await scene.fill({ rows: ROWS });
    for (const job of [stageKeys, change]) {
      const { emit, stop } = stopAfter(2);
      const stopped = job({ ...scene.product, emit }, { segmentRows: 25, stop });
      await expect(stopped).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
      await scene.expectKeys({ finished: false });
    }
    expect(await change(scene.product, { segmentRows: 25 })).toMatchObject({ exit: 3, runId: 1 });
    await scene.expectSound({ finished: true });
    await scene.expectJournal();
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
