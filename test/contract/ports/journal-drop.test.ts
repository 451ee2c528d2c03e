/**
 * The end of a journal. A login that may not drop tables empties them, in batches, and says which are left: with real rights
 * in rights.test.ts, here on the embedded server, which has none and is told to answer as SQL Server does.
 */
import sql from 'mssql';
import { describe, expect, it } from 'vitest';
import { droppedLines } from '../../../src/output/way-back-page.ts';
import { PLAIN } from '../../../src/output/style.ts';
import { aTarget, fillInts, INT_TABLE, startRun } from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';
import type { TestDatabase } from '../../support/servers.ts';

/** "Cannot drop the table '…', because it does not exist or you do not have permission." */
const NOT_PERMITTED = { kind: 'error', number: 3701 } as const;
/** "Could not drop object '…' because it is referenced by a FOREIGN KEY constraint." */
const REFERENCED = { kind: 'error', number: 3726 } as const;
const LOCK_TIMEOUT = { kind: 'error', number: 1222 } as const;
/** More than one statement deletes. */
const JOURNAL_ROWS = 2_500;

onEveryServer((suite) => {
  describe('the journal of a target', () => {
    it('goes with its bounds, and is gone when it is asked for again', async () => {
      await suite.withDatabase([INT_TABLE, fillInts(3)], async (database, product) => {
        const run = await startRun(product, [aTarget()]);
        expect(await ownTables(database)).toEqual(['bounds_1_1', 'journal_1_1']);
        for (let time = 0; time < 2; time += 1) {
          expect(await run.dropJournal(1)).toEqual([]);
          expect(await ownTables(database)).toEqual([]);
        }
        await run.recordJournalDropped();
        expect((await product.register.list())[0]!.journalDroppedAt).not.toBeNull();
      });
    });

    it('is emptied batch by batch where it may not or cannot be dropped, and named for a DBA', async ({ skip }) => {
      const { faults } = suite.server;
      if (faults === null) return skip('only the embedded server can be told what to answer');
      await suite.withDatabase([INT_TABLE, fillInts(3)], async (database, product) => {
        const run = await startRun(product, [aTarget()]);
        await database.bulk(journalRows());
        faults.set([
          { match: 'DROP TABLE', nth: 1, action: NOT_PERMITTED },
          { match: 'DELETE j FROM', nth: 2, action: LOCK_TIMEOUT },
        ]);
        await expect(run.dropJournal(1)).rejects.toMatchObject({ number: 1222, disposition: 'retry' });
        expect(await journalCount(database)).toBe(JOURNAL_ROWS - 2_000);

        faults.set([{ match: 'DROP TABLE', nth: 1, action: REFERENCED }]);
        const left = await run.dropJournal(1);
        expect(await journalCount(database)).toBe(0);
        expect(droppedLines(1, left, PLAIN).slice(-2)).toEqual([
          'DROP TABLE rotation.[Journal_1_1];',
          'DROP TABLE rotation.[Bounds_1_1];',
        ]);
        // What the DBA is given to run.
        for (const table of left) await database.query(`DROP TABLE ${table};`);
        expect(await run.dropJournal(1)).toEqual([]);
      });
    });

    it('that somebody else has dropped is no reason to fail where the login may not drop its bounds', async ({
      skip,
    }) => {
      const { faults } = suite.server;
      if (faults === null) return skip('only the embedded server can be told what to answer');
      await suite.withDatabase([INT_TABLE, fillInts(3)], async (database, product) => {
        const run = await startRun(product, [aTarget()]);
        await database.query('DROP TABLE rotation.Journal_1_1');
        const missing = [{ part: 'journal', name: 'rotation.[Journal_1_1]' }];
        expect(await product.register.targets(1)).toMatchObject([{ missingTables: missing }]);
        faults.set([{ match: 'DROP TABLE', nth: 1, action: NOT_PERMITTED }]);
        expect(await run.dropJournal(1)).toEqual(['rotation.[Bounds_1_1]']);
      });
    });
  });
});

function journalRows(): sql.Table {
  const table = new sql.Table('rotation.Journal_1_1');
  table.create = false;
  table.columns.add('Key1', sql.Int(), { nullable: false });
  table.columns.add('OldValue', sql.VarBinary(sql.MAX), { nullable: true });
  table.columns.add('NewValue', sql.VarBinary(sql.MAX), { nullable: true });
  table.columns.add('Outcome', sql.VarChar(10), { nullable: false });
  table.columns.add('Reason', sql.NVarChar(200), { nullable: true });
  table.columns.add('SegmentNo', sql.Int(), { nullable: false });
  table.columns.add('BatchNo', sql.Int(), { nullable: false });
  for (let key = 1; key <= JOURNAL_ROWS; key += 1) table.rows.add(key, Buffer.of(1), null, 'foreign', null, 1, 1);
  return table;
}

async function journalCount(database: TestDatabase): Promise<number> {
  const [row] = await database.query('SELECT COUNT(*) AS N FROM rotation.Journal_1_1');
  return Number(Object.values(row!)[0]);
}

async function ownTables(database: TestDatabase): Promise<readonly string[]> {
  const rows = await database.query('SELECT name AS N FROM sys.tables');
  const names = rows.map((row) => String(Object.values(row)[0]).toLowerCase());
  return names.filter((name) => /^(journal|bounds)_/.test(name)).sort();
}
