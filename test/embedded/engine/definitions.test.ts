import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SqlSession } from '../../../src/embedded/backend.ts';
import { errorOf, installStateTables, rows, run, sqlFile, startServer, value } from './support.ts';
import type { TestServer } from './support.ts';

let server: TestServer;
let session: SqlSession;

beforeEach(() => {
  server = startServer();
  session = server.connect();
});
afterEach(() => {
  server.close();
});

describe('tables', () => {
  it('are made by the SQL files of the product, the state tables any number of times', async () => {
    for (const batch of sqlFile('srkey/schema.sql')) await run(session, batch);
    await installStateTables(session);
    await installStateTables(session);
    expect(await value(session, 'SELECT COUNT(*) FROM sys.tables')).toBe(9);
    expect(
      await rows(
        session,
        "SELECT i.name FROM sys.indexes i WHERE i.object_id = OBJECT_ID('rotation.Run') AND i.is_primary_key = 1",
      ),
    ).toEqual([['PK_rotation_Run']]);
  });

  it('outlive the backend, with their rows and identities', async () => {
    await run(
      session,
      "CREATE TABLE dbo.T (Id BIGINT IDENTITY(1,1) PRIMARY KEY, Name NVARCHAR(20) NOT NULL DEFAULT N'none', At DATETIME2(3) NOT NULL DEFAULT SYSUTCDATETIME()); INSERT INTO dbo.T DEFAULT VALUES",
    );
    server.backend.close();
    const again = startServer(server.directory);
    const other = again.connect();
    await run(other, "INSERT INTO dbo.T (Name) VALUES (N'two')");
    expect(await rows(other, 'SELECT Id, Name FROM dbo.T ORDER BY Id')).toEqual([
      [1n, 'none'],
      [2n, 'two'],
    ]);
    again.backend.close();
  });

  it('number identities without gaps in one INSERT, and not again after a rollback', async () => {
    await run(
      session,
      'CREATE TABLE dbo.T (Id INT IDENTITY(10,5) PRIMARY KEY, V INT NULL); INSERT INTO dbo.T (V) VALUES (1), (2); BEGIN TRAN; INSERT INTO dbo.T VALUES (3); ROLLBACK; INSERT INTO dbo.T SELECT V FROM dbo.T',
    );
    expect((await rows(session, 'SELECT Id FROM dbo.T ORDER BY Id')).flat()).toEqual([10, 15, 25, 30]);
    expect(await value(session, 'SELECT SCOPE_IDENTITY()')).toBe('30');
    expect(await errorOf(session, 'INSERT INTO dbo.T (Id, V) VALUES (1, 1)')).toBe(544);
    await run(
      session,
      'SET IDENTITY_INSERT dbo.T ON; INSERT INTO dbo.T (Id, V) VALUES (1, 1); SET IDENTITY_INSERT dbo.T OFF',
    );
    await run(session, 'TRUNCATE TABLE dbo.T; INSERT INTO dbo.T VALUES (1)');
    expect(await rows(session, 'SELECT Id FROM dbo.T')).toEqual([[10]]);
  });

  it('grow by columns, and lose their indexes', async () => {
    await run(session, 'CREATE TABLE dbo.T (Id INT PRIMARY KEY); INSERT INTO dbo.T VALUES (1)');
    await run(session, "ALTER TABLE dbo.T ADD A INT NULL, B VARCHAR(5) NOT NULL DEFAULT 'x'");
    await run(session, 'CREATE UNIQUE NONCLUSTERED INDEX ix ON dbo.T (A DESC) INCLUDE (B) WHERE A IS NOT NULL');
    expect(await rows(session, 'SELECT * FROM dbo.T')).toEqual([[1, null, 'x']]);
    const [index] = await rows(
      session,
      "SELECT is_unique, has_filter, filter_definition FROM sys.indexes WHERE name = 'ix'",
    );
    expect(index).toEqual([true, true, '(A IS NOT NULL)']);
    await run(session, 'INSERT INTO dbo.T (Id) VALUES (2), (3); INSERT INTO dbo.T VALUES (4, 4, DEFAULT)');
    expect(await errorOf(session, "INSERT INTO dbo.T VALUES (5, 4, 'y')")).toBe(2601);
    await run(session, "DROP INDEX ix ON dbo.T; INSERT INTO dbo.T VALUES (5, 4, 'y')");
    expect(await errorOf(session, 'CREATE UNIQUE INDEX ix ON dbo.T (A)')).toBe(1505);
    expect(await errorOf(session, 'ALTER TABLE dbo.T ADD C INT NOT NULL')).toBe(4901);
  });

  it.each([
    ['CREATE TABLE dbo.X (Id INT, Id INT)', 2705],
    ['CREATE TABLE dbo.X (Id INT NULL PRIMARY KEY)', 8111],
    ['CREATE TABLE dbo.X (Id VARBINARY(MAX) PRIMARY KEY)', 1919],
    ['CREATE TABLE dbo.X (Id INT, PRIMARY KEY (Nothing))', 1911],
    ['CREATE TABLE dbo.X (Id NVARCHAR(5) IDENTITY)', 2749],
    ["CREATE TABLE dbo.X (Id INT DEFAULT 'x')", 245],
    ['CREATE SCHEMA dbo', 2714],
    ['DROP SCHEMA nothing', 15151],
    ['DROP INDEX nothing ON dbo.Nothing', 3701],
  ])('are refused as SQL Server does: %s', async (statement, number) => {
    expect(await errorOf(session, statement)).toBe(number);
    expect(await value(session, 'SELECT COUNT(*) FROM sys.tables')).toBe(0);
  });

  it('of one session, #temp ones, are unknown to others', async () => {
    await run(session, 'CREATE TABLE #t (a INT); INSERT INTO #t VALUES (1)');
    const other = server.connect();
    expect(await errorOf(other, 'SELECT * FROM #t')).toBe(208);
    await run(other, 'CREATE TABLE #t (b INT)');
    expect(await value(session, "SELECT CASE WHEN OBJECT_ID('tempdb..#t') IS NULL THEN 0 ELSE 1 END")).toBe(1);
  });
});

describe('databases', () => {
  it('are created, used and dropped', async () => {
    await run(session, 'CREATE DATABASE [Odd name é] COLLATE Latin1_General_BIN2');
    await run(
      session,
      "USE [odd NAME É]; CREATE TABLE T (A VARCHAR(5) PRIMARY KEY); INSERT INTO T VALUES ('a'), ('A')",
    );
    expect(session.database).toBe('Odd name é');
    expect(await value(session, 'SELECT COUNT(*) FROM [Odd name é].dbo.T')).toBe(2);
    expect(await value(session, 'SELECT collation_name FROM sys.databases WHERE database_id = DB_ID()')).toBe(
      'Latin1_General_BIN2',
    );
    expect(await errorOf(session, 'DROP DATABASE [Odd name é]')).toBe(3702);
    const other = server.connect('Odd name é');
    await run(
      session,
      'USE master; ALTER DATABASE [Odd name é] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [Odd name é]',
    );
    await expect(run(other, 'SELECT 1')).rejects.toMatchObject({ number: 596, severity: 21 });
    expect(await errorOf(session, 'DROP DATABASE [Odd name é]')).toBe(3701);
    await run(session, 'DROP DATABASE IF EXISTS [Odd name é]');
    expect(server.backend.databases).toEqual(['master', 'srkey']);
  });
});

describe('bulk load', () => {
  it('takes all rows or none, with the checks of INSERT', async () => {
    await run(
      session,
      'CREATE TABLE #r ([BatchNo] INT NOT NULL PRIMARY KEY, [NewValue] VARBINARY(3) NULL, T NVARCHAR(5) COLLATE Latin1_General_BIN2 NULL)',
    );
    const text =
      'insert bulk [#r]([BatchNo] int, [NewValue] varbinary(max), [T] nvarchar(5) COLLATE Latin1_General_CI_AS) with (KEEP_NULLS, TABLOCK)';
    const load = (given: readonly (readonly (number | Uint8Array | string | null)[])[]): Promise<number> => {
      session.beginBulkLoad(text);
      return session.bulkLoad(given);
    };
    expect(session.beginBulkLoad('SELECT 1')).toBeNull();
    expect(session.beginBulkLoad(text)?.columns.map(({ name, nullable }) => [name, nullable])).toEqual([
      ['BatchNo', false],
      ['NewValue', true],
      ['T', true],
    ]);
    await session.bulkLoad([]);
    expect(
      await load([
        [1, new Uint8Array([1]), 'x'],
        [2, null, null],
      ]),
    ).toBe(2);
    await expect(
      load([
        [3, null, null],
        [1, null, null],
      ]),
    ).rejects.toMatchObject({ number: 2627 });
    await expect(load([[3, new Uint8Array(4), null]])).rejects.toMatchObject({ number: 2628 });
    await expect(load([[null, null, null]])).rejects.toMatchObject({ number: 515 });
    expect(await value(session, 'SELECT COUNT(*) FROM #r')).toBe(2);
    await run(session, 'BEGIN TRAN');
    await load([[9, null, 'z']]);
    await run(session, 'ROLLBACK');
    expect(await value(session, 'SELECT COUNT(*) FROM #r')).toBe(2);
    expect(() => session.beginBulkLoad('insert bulk dbo.Nothing (a int)')).toThrow(
      expect.objectContaining({ number: 208 }),
    );
  });
});
