/** Comparing values: what SQL Server's own `=` does not see. */
import { describe, expect, it } from 'vitest';
import { aTarget, claim, stageAll } from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';

onEveryServer((suite) => {
  /** Each changes the row between reading and applying; `=` of SQL Server would not see it. */
  const BINARY_TRAPS: readonly (readonly [string, string, string])[] = [
    ['a trailing zero byte appears', '0x01', '0x0100'],
    ['a trailing zero byte goes', '0x010000', '0x0100'],
    ['NULL becomes a value', 'NULL', '0x01'],
    ['a value becomes NULL', '0x01', 'NULL'],
    ['an empty value becomes NULL', '0x', 'NULL'],
    ['NULL becomes an empty value', 'NULL', '0x'],
  ];
  const TEXT_TRAPS: readonly (readonly [string, string, string])[] = [
    ['a trailing blank appears', "'QUJD'", "'QUJD '"],
    ['only the case changes', "'QUJD'", "'qujd'"],
    ['NULL becomes an empty text', 'NULL', "''"],
    ['a blank becomes an empty text', "' '", "''"],
  ];

  describe.each([
    ['VARBINARY(MAX)', BINARY_TRAPS],
    ['VARBINARY(300)', BINARY_TRAPS],
    ['IMAGE', BINARY_TRAPS],
    ['VARCHAR(MAX)', TEXT_TRAPS],
    ['NVARCHAR(MAX)', TEXT_TRAPS],
    ['VARCHAR(200)', TEXT_TRAPS],
    ['NVARCHAR(200)', TEXT_TRAPS],
    ['TEXT', TEXT_TRAPS],
    ['NTEXT', TEXT_TRAPS],
  ])('a value of type %s', (type, traps) => {
    const kind = traps === BINARY_TRAPS ? 'bytes' : 'text';
    it.each(traps)('is seen to change when %s', async (_, before, after) => {
      await suite.withRun(
        {
          schema: [
            `CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V ${type} NULL)`,
            `INSERT INTO dbo.T VALUES (1, ${before}), (2, ${before})`,
          ],
        },
        async ({ database, run, lane }) => {
          await claim(lane, 1);
          const page = await lane.readPage(10);
          await database.query(`UPDATE dbo.T SET V = ${after} WHERE Id = 2`);
          const record = await lane.commitBatch(page, stageAll(page, kind), true);
          expect(record.outcomes).toMatchObject({ rewrapped: 1, changed: 1 });
          const [, kept] = await database.query('SELECT V, DATALENGTH(V) AS Bytes FROM dbo.T ORDER BY Id');
          const [expected] = await database.query(
            `SELECT CONVERT(${type}, ${after}) AS V, DATALENGTH(CONVERT(${type}, ${after})) AS Bytes`,
          );
          expect(Object.values(kept!)).toEqual(Object.values(expected!));
          expect(await run.account(1, aTarget(), 1, 'applied')).toMatchObject({ rewrapped: 1, unaccounted: 1 });

          // and back again under the journal's eyes: the old value written back is no accounted row either
          await database.query(`UPDATE dbo.T SET V = ${before}`);
          expect(await run.account(1, aTarget(), 1, 'applied')).toMatchObject({ rewrapped: 0, unaccounted: 2 });
          await lane.claimSweep();
          await lane.sweepRange(1);
          const swept = await lane.readPage(10);
          expect(swept.rows).toHaveLength(2);
          await lane.commitBatch(swept, stageAll(swept, kind), false);
          expect(await run.account(1, aTarget(), 1, 'applied')).toMatchObject({ rewrapped: 2, unaccounted: 0 });
        },
      );
    });
  });
});
