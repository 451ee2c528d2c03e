/** Tables as they are in practice: whatever stands beside key and value stays as it was. */
import { describe, expect, it } from 'vitest';
import type { Page, StagedRow } from '../../../src/rotation/ports.ts';
import { aTarget, claim, finishSegment, toHex } from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';

const VALUES = [1, 2, 3, 4, 5, 6].map((n) => `0x0${n}`);

onEveryServer((suite) => {
  /** Changes all six rows, and answers the rows before and after without their value. */
  async function changeAll(schema: readonly string[]): Promise<{ before: unknown[]; after: unknown[] }> {
    const seen = { before: [] as unknown[], after: [] as unknown[] };
    await suite.withRun({ schema, segmentRows: 3 }, async ({ database, product, lane }) => {
      const others = async (): Promise<unknown[]> =>
        (await database.query('SELECT * FROM dbo.T ORDER BY Id')).map((row) =>
          Object.fromEntries(Object.entries(row).filter(([name]) => !['v', 'stamp'].includes(name.toLowerCase()))),
        );
      seen.before = await others();
      expect(await product.inspector.target(aTarget())).toMatchObject({ found: true, rows: 6 });
      for (const segmentNo of [1, 2]) {
        await claim(lane, segmentNo);
        expect(await finishSegment(lane, 2)).toBe(3);
      }
      seen.after = await others();
      const live = await database.query('SELECT V FROM dbo.T ORDER BY Id');
      expect(live.map((row) => toHex(Object.values(row)[0]))).toEqual(VALUES.map((value) => `${value.slice(2)}ee`));
    });
    return seen;
  }

  it('an identity key and a default', async () => {
    const { before, after } = await changeAll([
      "CREATE TABLE dbo.T (Id INT IDENTITY(10, 5) NOT NULL PRIMARY KEY, V VARBINARY(50) NULL, Note NVARCHAR(20) NOT NULL DEFAULT (N'none'))",
      ...VALUES.map((value) => `INSERT INTO dbo.T (V) VALUES (${value})`),
    ]);
    expect(after).toEqual(before);
  });

  it('indexes that include the value, filter on it or sort by another column', async () => {
    const { before, after } = await changeAll([
      'CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V VARBINARY(50) NULL, Owner INT NULL)',
      'CREATE INDEX IX_Owner ON dbo.T (Owner) INCLUDE (V)',
      ...(suite.server.capabilities.filteredIndexes
        ? ['CREATE INDEX IX_Some ON dbo.T (Owner) WHERE V IS NOT NULL']
        : []),
      ...VALUES.map((value, i) => `INSERT INTO dbo.T VALUES (${i}, ${value}, ${6 - i})`),
    ]);
    expect(after).toEqual(before);
  });

  it('computed columns, foreign keys, checks and a row version', async () => {
    const { constraints, rowVersions } = suite.server.capabilities;
    const stamp = rowVersions ? 'Stamp ROWVERSION, ' : '';
    const table = `CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V VARBINARY(50) NULL, Owner INT NOT NULL CONSTRAINT FK_Owner REFERENCES dbo.Owner (Id),
      Twice AS Owner * 2, ${stamp}CONSTRAINT CK_Owner CHECK (Owner > 0))`;
    if (!constraints) {
      await expect(suite.database.query(table)).rejects.toMatchObject({ number: 40517 });
      return;
    }
    const { before, after } = await changeAll([
      'CREATE TABLE dbo.Owner (Id INT NOT NULL PRIMARY KEY)',
      'INSERT INTO dbo.Owner VALUES (1), (2), (3), (4), (5), (6)',
      table,
      ...VALUES.map((value, i) => `INSERT INTO dbo.T (Id, V, Owner) VALUES (${i}, ${value}, ${i + 1})`),
    ]);
    expect(after).toEqual(before);
  });

  describe('a value of fixed length', () => {
    /** A new value as long as the column, as the padding of the key map makes it. */
    const replaced = ({ rows }: Page, newValue: Uint8Array | string): readonly StagedRow[] =>
      rows.map(({ ordinal }) => ({ ordinal, result: { kind: 'staged', newValue, proven: false } }));

    it.each([
      ['BINARY(8)', '0x0102', Buffer.from('0908070000000000', 'hex')],
      ['CHAR(8)', "'QUJD'", 'WFla    '],
      ['NCHAR(8)', "N'QUJD'", 'WFla    '],
    ] as const)('%s is swapped with its padding, and known again', async (type, before, newValue) => {
      await suite.withRun(
        {
          schema: [
            `CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V ${type} NULL)`,
            `INSERT INTO dbo.T VALUES (1, ${before})`,
          ],
        },
        async ({ database, run, lane }) => {
          await claim(lane, 1);
          const page = await lane.readPage(10);
          expect(page.rows[0]?.value).toHaveLength(8);
          expect((await lane.commitBatch(page, replaced(page, newValue), true)).outcomes).toMatchObject({
            rewrapped: 1,
          });
          expect(await run.account(1, aTarget(), 1, 'applied')).toMatchObject({ rewrapped: 1, unaccounted: 0 });
          const [live] = await database.query('SELECT V FROM dbo.T');
          expect(Object.values(live!)[0]).toEqual(newValue);
        },
      );
    });
  });
});
