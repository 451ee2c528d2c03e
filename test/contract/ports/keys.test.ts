/** Keys of every type walk, resume and finish; names are quoted everywhere. */
import { expect, it } from 'vitest';
import { aTarget, claim, finishSegment, stageAll, startRun, toHex } from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';

onEveryServer((suite) => {
  const KEY_TYPES: readonly (readonly [string, string, (i: number) => string])[] = [
    ['INT with negatives', 'INT', (i) => String(i - 12)],
    ['TINYINT', 'TINYINT', (i) => String(i * 10)],
    ['SMALLINT', 'SMALLINT', (i) => String(i * 100)],
    ['BIGINT beyond 2^53', 'BIGINT', (i) => `90071992547409${(i + 10).toString()}1`],
    [
      'UNIQUEIDENTIFIER',
      'UNIQUEIDENTIFIER',
      (i) => `'${(i * 7919).toString(16).padStart(8, '0')}-0000-4000-8000-${(97 - i).toString(16).padStart(12, '0')}'`,
    ],
    ['NVARCHAR', 'NVARCHAR(40)', (i) => `N'${['é', 'Z', 'a', 'ß', 'ñ'][i % 5]!} ${i}'`],
    ['VARCHAR with a hyphen and an apostrophe', 'VARCHAR(40)', (i) => `'co-op''s ${i}'`],
    [
      'VARCHAR under a SQL collation, which sorts by code page',
      'VARCHAR(40) COLLATE SQL_Latin1_General_CP1_CI_AS',
      (i) => `'${['co-op', 'coop', 'Zé', 'a b', 'ß'][i % 5]!} ${i}'`,
    ],
    [
      'NVARCHAR under a Windows collation',
      'NVARCHAR(40) COLLATE Latin1_General_CI_AS',
      (i) => `N'${['co-op', 'coop', 'É', 'e', 'Œ'][i % 5]!} ${i}'`,
    ],
    [
      'VARCHAR under a binary collation',
      'VARCHAR(40) COLLATE Latin1_General_BIN2',
      (i) => `'${['B', 'a', 'A', 'b', '_'][i % 5]!}${i}'`,
    ],
    ['NCHAR', 'NCHAR(12)', (i) => `N'é${i}'`],
    ['CHAR', 'CHAR(12)', (i) => `'k${i}'`],
    ['DECIMAL(38,0) beyond 2^53', 'DECIMAL(38,0)', (i) => `12345678901234567890123456789012345${i + 100}`],
    ['DECIMAL with a scale', 'DECIMAL(20,7)', (i) => `-${i}.0000001`],
    ['DATETIME2(7) to the last digit', 'DATETIME2(7)', (i) => `'2026-01-01T00:00:00.1000${(i + 10).toString()}3'`],
    ['DATE', 'DATE', (i) => `'20${(i + 10).toString()}-02-28'`],
    [
      'TIME(7) to its last digit',
      'TIME(7)',
      (i) => `'12:00:00.${'1'.padEnd(suite.server.capabilities.timeDigits - 2, '0')}${(i + 10).toString()}'`,
    ],
    ['SMALLDATETIME', 'SMALLDATETIME', (i) => `'2026-01-01T00:${(i + 10).toString()}:00'`],
    ['DATETIME', 'DATETIME', (i) => `'2026-01-01T00:00:${(i + 10).toString()}.003'`],
    ['BINARY', 'BINARY(6)', (i) => `0x00${i.toString(16).padStart(2, '0')}00`],
    ['VARBINARY', 'VARBINARY(16)', (i) => `0x${i.toString(16).padStart(2, '0')}FF`],
  ];

  it.each(KEY_TYPES)('walks, resumes and finishes a table whose key is %s', async (_, type, literal) => {
    const rows = Array.from({ length: 25 }, (__, i) => `(${literal(i)}, 0x${(i + 1).toString(16).padStart(4, '0')})`);
    await suite.withDatabase(
      [
        `CREATE TABLE dbo.T (Id ${type} NOT NULL PRIMARY KEY, V VARBINARY(MAX) NULL)`,
        `INSERT INTO dbo.T VALUES ${rows.join(', ')}`,
      ],
      async (database, product) => {
        const run = await startRun(product, [aTarget()], 9);
        for (const segmentNo of [1, 2, 3]) {
          // a batch, then another lane as after a crash
          const first = await run.openLane(1, aTarget(), 'apply');
          await claim(first, segmentNo);
          const page = await first.readPage(2);
          await first.commitBatch(page, stageAll(page), false);
          await first.close();
          const second = await run.openLane(1, aTarget(), 'apply');
          await claim(second, segmentNo);
          expect(await finishSegment(second, 3)).toBe(segmentNo === 3 ? 5 : 7);
          expect(await run.account(1, aTarget(), segmentNo, 'applied')).toMatchObject({ unaccounted: 0 });
          await second.close();
        }
        const live = await database.query('SELECT V FROM dbo.T');
        expect(live.map((row) => toHex(Object.values(row)[0])).sort()).toEqual(
          Array.from({ length: 25 }, (__, i) => `${(i + 1).toString(16).padStart(4, '0')}ee`),
        );
        expect((await run.ledgerTotals('apply'))[0]).toMatchObject({ rows: 25, outcomes: { rewrapped: 25 } });
        await run.release();
      },
    );
  });

  it('walks a composite key of four columns in index order', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `(${i % 2}, N'${'ab'[Math.floor(i / 2) % 2]!}', ${i % 5}, ${i}, 0x${(i + 16).toString(16)})`,
    );
    const target = aTarget({ key: ['A', 'B', 'C', 'D'] });
    await suite.withRun(
      {
        schema: [
          'CREATE TABLE dbo.T (A INT NOT NULL, B NVARCHAR(10) NOT NULL, C SMALLINT NOT NULL, D BIGINT NOT NULL, V VARBINARY(50) NULL, PRIMARY KEY (A, B, C, D))',
          `INSERT INTO dbo.T VALUES ${rows.join(', ')}`,
        ],
        target,
        segmentRows: 11,
      },
      async ({ database, product, lane }) => {
        const reader = await product.inspector.openReader(target);
        const read: (string | null)[] = [];
        for (let isLast = false; !isLast;) {
          const page = await reader.readPage(3);
          expect(page.rows.map(({ ordinal }) => ordinal)).toEqual(page.rows.map((_, i) => i + 1));
          read.push(...page.rows.map(({ value }) => toHex(value)));
          isLast = page.isLast;
        }
        await reader.close();
        const inOrder = await database.query('SELECT V FROM dbo.T ORDER BY A, B, C, D');
        expect(read).toEqual(inOrder.map((row) => toHex(Object.values(row)[0])));

        const counts: number[] = [];
        for (const segmentNo of [1, 2, 3, 4]) {
          await claim(lane, segmentNo);
          counts.push(await finishSegment(lane, 3));
        }
        expect(counts).toEqual([11, 11, 11, 7]);
      },
    );
  });

  it('walks a key too wide for a clustered index', async () => {
    const target = aTarget({ key: ['A', 'B'] });
    await suite.withRun(
      {
        schema: [
          'CREATE TABLE dbo.T (A NVARCHAR(400) NOT NULL, B NVARCHAR(100) NOT NULL, V VARBINARY(MAX) NULL)',
          'CREATE UNIQUE INDEX UX_T ON dbo.T (A, B)',
          "INSERT INTO dbo.T VALUES (N'a', N'b', 0x01), (N'a', N'c', 0x02), (N'b', N'a', 0x03)",
        ],
        target,
        segmentRows: 2,
      },
      async ({ run, lane }) => {
        for (const [segmentNo, rows] of [
          [1, 2],
          [2, 1],
        ] as const) {
          await claim(lane, segmentNo);
          expect(await finishSegment(lane, 1)).toBe(rows);
          expect(await run.account(1, target, segmentNo, 'applied')).toMatchObject({ rewrapped: rows, unaccounted: 0 });
        }
      },
    );
  });

  it('names that need quoting are quoted everywhere', async () => {
    // Babelfish does not take a closing bracket in a name.
    const table = suite.server.capabilities.bracketsInNames ? "T'able]x" : "T'able x";
    const quoted = `[odd schema].[${table.replaceAll(']', ']]')}]`;
    const target = aTarget({ schema: 'odd schema', table, key: ['Key 1'], value: 'va lue' });
    await suite.withRun(
      {
        schema: [
          "IF SCHEMA_ID(N'odd schema') IS NULL EXEC(N'CREATE SCHEMA [odd schema]')",
          `CREATE TABLE ${quoted} ([Key 1] INT NOT NULL PRIMARY KEY, [va lue] VARBINARY(MAX) NULL)`,
          `INSERT INTO ${quoted} VALUES (1, 0x01), (2, 0x02)`,
        ],
        target,
      },
      async ({ database, product, lane }) => {
        expect(await product.inspector.target(target)).toMatchObject({ found: true, rows: 2 });
        await claim(lane, 1);
        expect(await finishSegment(lane, 10)).toBe(2);
        const live = await database.query(`SELECT [va lue] AS V FROM ${quoted} ORDER BY [Key 1]`);
        expect(live.map((row) => toHex(Object.values(row)[0]))).toEqual(['01ee', '02ee']);
      },
    );
  });
});
