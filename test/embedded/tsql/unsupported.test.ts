import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlSession } from '../../../src/embedded/backend.ts';
import { errorOf, run, startServer, value } from '../engine/support.ts';
import type { TestServer } from '../engine/support.ts';

let server: TestServer;
let session: SqlSession;

beforeAll(async () => {
  server = startServer();
  session = server.connect();
  await run(session, 'CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, A INT NULL, B NVARCHAR(20) NULL)');
});
afterAll(() => {
  server.close();
});

const UNSUPPORTED = [
  'MERGE dbo.T AS t USING dbo.T AS s ON t.Id = s.Id WHEN MATCHED THEN DELETE;',
  "WAITFOR DELAY '00:00:01'",
  'SELECT * FROM OPENJSON(@@VERSION)',
  'WITH c AS (SELECT 1 AS x) SELECT * FROM c',
  'DECLARE c CURSOR FOR SELECT 1',
  'DECLARE @c CURSOR',
  'DECLARE @t TABLE (a INT)',
  'UPDATE dbo.T SET A = 1 OUTPUT deleted.A',
  'INSERT INTO dbo.T (Id) OUTPUT inserted.Id VALUES (1)',
  'DELETE FROM dbo.T OUTPUT deleted.Id',
  "SELECT CONVERT(XML, '<a/>')",
  'DECLARE @x INT = 1; SELECT @x.value(1)',
  'SELECT B.nodes(1) FROM dbo.T',
  'CREATE TRIGGER g ON dbo.T AFTER INSERT AS SELECT 1',
  'CREATE VIEW v AS SELECT 1 AS a',
  'CREATE PROCEDURE p AS SELECT 1',
  'CREATE TYPE x FROM INT',
  'GRANT SELECT ON dbo.T TO public',
  'DENY SELECT ON dbo.T TO public',
  'SELECT SUM(A) OVER (ORDER BY Id) FROM dbo.T',
  'SELECT RANK() OVER (ORDER BY Id) FROM dbo.T',
  'SELECT LAG(A) OVER (ORDER BY Id) FROM dbo.T',
  'SELECT Id FROM dbo.T FOR XML PATH',
  'SELECT Id FROM dbo.T ORDER BY Id OFFSET 1 ROWS',
  'SELECT TOP (5) PERCENT Id FROM dbo.T',
  'SELECT TOP (5) WITH TIES Id FROM dbo.T ORDER BY Id',
  'SELECT Id INTO #x FROM dbo.T',
  'SELECT Id FROM dbo.T UNION SELECT 1',
  'SELECT Id FROM dbo.T EXCEPT SELECT 1',
  'SELECT Id FROM dbo.T INTERSECT SELECT 1',
  'SELECT 1 FROM dbo.T a RIGHT JOIN dbo.T b ON a.Id = b.Id',
  'SELECT 1 FROM dbo.T a FULL JOIN dbo.T b ON a.Id = b.Id',
  'SELECT 1 FROM dbo.T a CROSS APPLY dbo.f(a.Id) b',
  'SELECT 1 FROM dbo.T WITH (READPAST)',
  'SELECT 1 FROM dbo.T OPTION (RECOMPILE)',
  'SELECT 1 FROM dbo.T OPTION (HASH JOIN)',
  'SELECT A, COUNT(*) FROM dbo.T GROUP BY ROLLUP (A)',
  'SELECT IIF(1 = 1, 1, 2)',
  "SELECT TRY_CONVERT(INT, 'x')",
  'SELECT CHECKSUM(1)',
  "SELECT FORMAT(1, 'N')",
  'SELECT 1 & 2',
  'SELECT ~1',
  'SELECT $1.50',
  "SELECT 1 WHERE 'a' LIKE 'b' ESCAPE '!'",
  'WHILE 1 = 1 SELECT 1',
  'BEGIN TRY SELECT 1 END TRY BEGIN CATCH END CATCH',
  "RAISERROR('x', 16, 1)",
  'RETURN',
  'GOTO done',
  'SAVE TRANSACTION s',
  'BEGIN TRANSACTION named',
  'THROW',
  'SET IMPLICIT_TRANSACTIONS ON',
  'SET ANSI_NULLS OFF',
  'SET ROWCOUNT 5',
  'SET SHOWPLAN_ALL ON',
  'SET @@x = 1',
  'UPDATE TOP (1) dbo.T SET A = 1',
  'DELETE TOP (1) FROM dbo.T',
  'DECLARE @x INT; UPDATE dbo.T SET @x = A',
  'CREATE TABLE dbo.U (Id INT PRIMARY KEY, T INT REFERENCES dbo.T (Id))',
  'CREATE TABLE dbo.U (Id INT CHECK (Id > 0))',
  'CREATE TABLE dbo.U (Id INT, Twice AS Id * 2)',
  'CREATE TABLE dbo.U (V ROWVERSION)',
  'CREATE TABLE dbo.U (V DATETIMEOFFSET)',
  'CREATE TABLE dbo.U (V SQL_VARIANT)',
  'CREATE TABLE ##g (Id INT)',
  'ALTER TABLE dbo.T DROP COLUMN A',
  'ALTER TABLE dbo.T ALTER COLUMN A BIGINT',
  'ALTER INDEX ALL ON dbo.T REBUILD',
  'sp_who',
  'EXEC sp_who',
  "EXEC sp_executesql N'SELECT @a', N'@a INT', @a = 1",
  'KILL 51',
  'BACKUP DATABASE srkey TO DISK = 1',
  "BULK INSERT dbo.T FROM 'x'",
  'DBCC CHECKDB',
  'SELECT NEXT VALUE FOR dbo.s',
  'SELECT @@CPU_BUSY',
];

describe('what is not understood completely', () => {
  it.each(UNSUPPORTED)('is answered with 40517 and runs nothing: %s', async (statement) => {
    const number = await errorOf(session, statement);
    // a word that no rule of the subset takes is a syntax error, never a result
    expect([40517, 102, 156]).toContain(number);
    expect(await value(session, 'SELECT COUNT(*) FROM sys.tables')).toBe(1);
  });

  it('nearly always names the construct, with 40517 itself', async () => {
    let named = 0;
    for (const statement of UNSUPPORTED) if ((await errorOf(session, statement)) === 40517) named++;
    expect(named / UNSUPPORTED.length).toBeGreaterThan(0.95);
  });

  it('keeps the whole batch from running, not only the statement', async () => {
    expect(await errorOf(session, 'INSERT INTO dbo.T (Id) VALUES (77); WAITFOR DELAY 1')).toBe(40517);
    expect(await value(session, 'SELECT COUNT(*) FROM dbo.T WHERE Id = 77')).toBe(0);
  });
});

describe('errors of T-SQL itself', () => {
  it.each([
    [102, 'SELECT'],
    [102, 'SELECT 1 +'],
    [102, 'SELECT Id FROM dbo.T a b'],
    [105, "SELECT 'open"],
    [113, 'SELECT 1 /* open'],
    [156, 'SELECT FROM dbo.T'],
    [207, 'SELECT Nothing FROM dbo.T'],
    [208, 'SELECT 1 FROM dbo.Nothing'],
    [208, 'SELECT 1 FROM msdb.dbo.backupset'],
    [209, 'SELECT Id FROM dbo.T a CROSS JOIN dbo.T b'],
    [4104, 'SELECT x.Id FROM dbo.T'],
    [137, 'SELECT @x'],
    [134, 'DECLARE @x INT; DECLARE @x INT'],
    [8134, 'SELECT 1 / 0'],
    [8134, 'SELECT 1 % 0'],
    [8115, 'SELECT 2147483647 + 1'],
    [8115, 'SELECT CONVERT(BIGINT, 9223372036854775807) + 1'],
    [220, 'SELECT CONVERT(TINYINT, 256)'],
    [245, "SELECT CONVERT(INT, 'abc')"],
    [245, "SELECT 1 WHERE 1 = 'abc'"],
    [248, "SELECT CONVERT(INT, '3000000000')"],
    [8169, "SELECT CONVERT(UNIQUEIDENTIFIER, 'abc')"],
    [241, "SELECT CONVERT(DATETIME2, 'yesterday')"],
    [257, "DECLARE @b VARBINARY(5) = 'abc'"],
    [512, 'SELECT (SELECT object_id FROM sys.types y CROSS JOIN sys.tables t)'],
    [116, 'SELECT (SELECT 1, 2)'],
    [147, 'SELECT 1 FROM dbo.T WHERE COUNT(*) = 1'],
    [8120, 'SELECT A, COUNT(*) FROM dbo.T'],
    [8120, 'SELECT B FROM dbo.T GROUP BY A'],
    [1033, 'SELECT * FROM (SELECT Id FROM dbo.T ORDER BY Id) x'],
    [4145, 'SELECT 1 WHERE 1'],
    [213, 'INSERT INTO dbo.T VALUES (1)'],
    [109, 'INSERT INTO dbo.T (Id, A) VALUES (1)'],
    [110, 'INSERT INTO dbo.T (Id) VALUES (1, 2)'],
    [264, 'INSERT INTO dbo.T (Id, Id) VALUES (1, 2)'],
    [515, 'INSERT INTO dbo.T (A) VALUES (1)'],
    [2628, "INSERT INTO dbo.T (Id, B) VALUES (1, N'123456789012345678901')"],
    [2714, 'CREATE TABLE dbo.T (Id INT)'],
    [2760, 'CREATE TABLE nowhere.T (Id INT)'],
    [3701, 'DROP TABLE dbo.Nothing'],
    [3902, 'COMMIT'],
    [3903, 'ROLLBACK'],
    [911, 'USE nowhere'],
    [1801, 'CREATE DATABASE srkey'],
    [448, 'CREATE TABLE dbo.U (A VARCHAR(5) COLLATE Klingon_CI_AS)'],
    [
      468,
      "SELECT 1 FROM (SELECT 'a' COLLATE Latin1_General_CI_AS AS a) x CROSS JOIN (SELECT 'a' COLLATE French_CI_AS AS b) y WHERE x.a = y.b",
    ],
    [50001, "THROW 50001, N'mine', 1"],
    [35100, "THROW 4, N'mine', 1"],
    [191, `SELECT ${'('.repeat(400)}1${')'.repeat(400)}`],
  ])('are numbered as in SQL Server: %i for %s', async (number, statement) => {
    expect(await errorOf(session, statement)).toBe(number);
  });

  it('leave nothing of a failed INSERT behind', async () => {
    expect(await value(session, 'SELECT COUNT(*) FROM dbo.T')).toBe(0);
  });
});

describe('options that clients send at login', () => {
  it('are accepted as tedious and FreeTDS write them', async () => {
    const initial = [
      'set ansi_nulls on',
      'set ansi_null_dflt_on on',
      'set ansi_padding on',
      'set ansi_warnings on',
      'set arithabort on',
      'set concat_null_yields_null on',
      'set cursor_close_on_commit off',
      'set datefirst 7',
      'set dateformat mdy',
      'set implicit_transactions off',
      'set language us_english',
      'set numeric_roundabort off',
      'set quoted_identifier on',
      'set textsize 2147483647',
      'set transaction isolation level read committed',
      'set xact_abort off',
    ];
    await expect(run(session, initial.join('\n'))).resolves.toBeDefined();
    await expect(run(session, 'SET QUOTED_IDENTIFIER, ANSI_NULLS ON SET TEXTSIZE 64512')).resolves.toBeDefined();
  });
});
