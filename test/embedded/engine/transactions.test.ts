import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOCK_TIMEOUT_MS } from '../../../src/db/statements/binding.ts';
import { GET_LOCK, RELEASE_LOCK } from '../../../src/db/statements/run.ts';
import type { ResultSink, SqlSession } from '../../../src/embedded/backend.ts';
import { errorOf, int, parameter, rows, run, startServer, text, value } from './support.ts';
import type { TestServer } from './support.ts';

let server: TestServer;
let a: SqlSession;
let b: SqlSession;

beforeEach(async () => {
  server = startServer();
  [a, b] = [server.connect(), server.connect()];
  await run(
    a,
    'CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V INT NULL); INSERT INTO dbo.T VALUES (1, 10), (2, 20)',
  );
});
afterEach(() => {
  server.close();
});

const sum = (session: SqlSession): Promise<unknown> => value(session, 'SELECT SUM(V) FROM dbo.T');
const settled = (promise: Promise<unknown>): Promise<'settled' | 'waiting'> =>
  Promise.race([
    promise.then(
      () => 'settled' as const,
      () => 'settled' as const,
    ),
    new Promise<'waiting'>((resolve) =>
      setImmediate(() =>
        setImmediate(() => {
          resolve('waiting');
        }),
      ),
    ),
  ]);

describe('transactions', () => {
  it('show others only what is committed', async () => {
    await run(a, 'BEGIN TRANSACTION; UPDATE dbo.T SET V = V + 1');
    expect([await sum(a), await sum(b)]).toEqual([32, 30]);
    await run(a, 'COMMIT');
    expect(await sum(b)).toBe(32);
  });

  it('see in each statement what others committed, until they write themselves', async () => {
    await run(a, 'BEGIN TRANSACTION');
    expect(await sum(a)).toBe(30);
    await run(b, 'UPDATE dbo.T SET V = 0 WHERE Id = 1');
    expect(await sum(a)).toBe(20);
    await run(a, 'UPDATE dbo.T SET V = V + 1; COMMIT');
    expect(await sum(b)).toBe(22);
  });

  it('nest: only the outermost COMMIT commits, any ROLLBACK undoes all', async () => {
    const events = await run(
      a,
      'BEGIN TRAN; BEGIN TRAN; UPDATE dbo.T SET V = 0; COMMIT; SELECT @@TRANCOUNT; ROLLBACK; SELECT @@TRANCOUNT',
    );
    expect(events.sets.map((set) => set.rows[0]?.[0])).toEqual([1, 0]);
    expect(events.transactions).toEqual(['begin', 'rollback']);
    expect(await sum(b)).toBe(30);
  });

  it('undo DDL, #temp tables and their rows', async () => {
    await run(a, 'CREATE TABLE #t (a INT NULL)');
    await run(
      a,
      'BEGIN TRAN; CREATE TABLE dbo.U (a INT); INSERT INTO #t VALUES (1); CREATE TABLE #u (a INT); DROP TABLE dbo.T; ROLLBACK',
    );
    expect(await value(a, 'SELECT COUNT(*) FROM #t')).toBe(0);
    expect(await errorOf(a, 'SELECT * FROM #u')).toBe(208);
    expect(await errorOf(a, 'SELECT * FROM dbo.U')).toBe(208);
    expect(await sum(a)).toBe(30);
  });

  it('survive a failed statement under XACT_ABORT OFF, which leaves nothing behind', async () => {
    await run(a, 'SET XACT_ABORT OFF; BEGIN TRAN; UPDATE dbo.T SET V = 0 WHERE Id = 1');
    expect(await errorOf(a, 'INSERT INTO dbo.T VALUES (3, 1), (1, 1)')).toBe(2627);
    expect(await errorOf(a, "THROW 50001, N'x', 1")).toBe(50001);
    expect(await value(a, 'SELECT @@TRANCOUNT')).toBe(1);
    expect(await value(a, 'SELECT COUNT(*) FROM dbo.T')).toBe(2);
    await run(a, 'COMMIT');
    expect(await sum(b)).toBe(20);
  });

  it.each([
    ['a duplicate key', 'INSERT INTO dbo.T VALUES (1, 1)', 2627],
    ['THROW', "THROW 50001, N'x', 1", 50001],
    ['a missing table', 'SELECT * FROM dbo.Nothing', 208],
    ['a division by zero', 'SELECT 1 / 0', 8134],
  ])('end with %s under XACT_ABORT ON, and so does the batch', async (_, statement, number) => {
    expect(
      await errorOf(
        a,
        `SET XACT_ABORT ON; BEGIN TRAN; UPDATE dbo.T SET V = 0; ${statement}; UPDATE dbo.T SET V = 5; COMMIT`,
      ),
    ).toBe(number);
    expect(await value(a, 'SELECT @@TRANCOUNT')).toBe(0);
    expect(await sum(b)).toBe(30);
  });

  it('end with a failed conversion even under XACT_ABORT OFF', async () => {
    expect(await errorOf(a, "BEGIN TRAN; UPDATE dbo.T SET V = 0; SELECT CONVERT(INT, 'x')")).toBe(245);
    expect(await value(a, 'SELECT @@TRANCOUNT')).toBe(0);
  });

  it('come from the wire too', async () => {
    const seen: string[] = [];
    const sink = { transactionChanged: (change: string) => seen.push(change) } as unknown as ResultSink;
    await a.transaction('begin', 2, sink);
    await run(a, 'UPDATE dbo.T SET V = 0');
    await a.transaction('rollback', null, sink);
    expect(seen).toEqual(['begin', 'rollback']);
    expect(await sum(a)).toBe(30);
    await expect(a.transaction('commit', null, sink)).rejects.toMatchObject({ number: 3902 });
  });
});

describe('settings and #temp tables made inside sp_executesql', () => {
  it('end with it', async () => {
    await run(a, 'SET XACT_ABORT ON; CREATE TABLE #p (a INT); SET LOCK_TIMEOUT 100; SELECT @@LOCK_TIMEOUT, @x', [
      int('@x', 1),
    ]);
    expect(await value(a, 'SELECT @@LOCK_TIMEOUT')).toBe(-1);
    expect(await errorOf(a, 'SELECT * FROM #p')).toBe(208);
    await run(a, "CREATE TABLE #q (a INT); EXEC(N'INSERT INTO #q VALUES (1); CREATE TABLE #r (a INT)')");
    expect(await value(a, 'SELECT COUNT(*) FROM #q')).toBe(1);
    expect(await errorOf(a, 'SELECT * FROM #r')).toBe(208);
  });

  it('decide what an error in it does', async () => {
    expect(
      await errorOf(a, "SET XACT_ABORT ON; BEGIN TRAN; UPDATE dbo.T SET V = @x; THROW 50001, N'x', 1", [int('@x', 0)]),
    ).toBe(50001);
    expect(await value(a, 'SELECT @@TRANCOUNT')).toBe(0);
    expect(await sum(a)).toBe(30);
  });
});

describe('the write lock', () => {
  it('is waited for in JavaScript, first come, first served', async () => {
    const c = server.connect();
    await run(a, 'BEGIN TRAN; UPDATE dbo.T SET V = 1 WHERE Id = 1');
    const second = run(b, 'UPDATE dbo.T SET V = V * 10 WHERE Id = 1');
    const third = run(c, 'UPDATE dbo.T SET V = V + 5 WHERE Id = 1');
    expect(await settled(second)).toBe('waiting');
    expect(await value(server.connect(), 'SELECT V FROM dbo.T WHERE Id = 1')).toBe(10);
    await run(a, 'COMMIT');
    await Promise.all([second, third]);
    expect(await value(a, 'SELECT V FROM dbo.T WHERE Id = 1')).toBe(15);
  });

  it('times out with 1222 after SET LOCK_TIMEOUT, and the session lives on', async () => {
    await run(a, 'BEGIN TRAN; UPDATE dbo.T SET V = 1');
    expect(await errorOf(b, 'SET LOCK_TIMEOUT 0; DELETE FROM dbo.T')).toBe(1222);
    expect(await errorOf(b, 'SET LOCK_TIMEOUT 20; DELETE FROM dbo.T')).toBe(1222);
    expect(await errorOf(b, 'CREATE TABLE dbo.X (a INT)')).toBe(1222);
    expect(LOCK_TIMEOUT_MS).toBeGreaterThan(0);
    await run(a, 'ROLLBACK');
    expect(await errorOf(b, 'DELETE FROM dbo.T')).toBe(null);
  });

  it('is asked for by HOLDLOCK and by stricter isolation inside a transaction', async () => {
    await run(a, 'BEGIN TRAN; IF EXISTS (SELECT 1 FROM dbo.T WITH (HOLDLOCK)) PRINT 1');
    expect(await errorOf(b, 'SET LOCK_TIMEOUT 0; UPDATE dbo.T SET V = 1')).toBe(1222);
    await run(a, 'ROLLBACK; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; BEGIN TRAN; SELECT * FROM dbo.T');
    expect(await errorOf(b, 'UPDATE dbo.T SET V = 1')).toBe(1222);
  });

  it('is not waited for by readers, nor by readers under NOLOCK, who see what was committed last', async () => {
    await run(a, 'BEGIN TRAN; UPDATE dbo.T SET V = 1');
    expect(await value(b, 'SET LOCK_TIMEOUT 0; SELECT SUM(V) FROM dbo.T WITH (NOLOCK)')).toBe(30);
    expect(await value(b, 'BEGIN TRAN; SELECT SUM(V) FROM dbo.T t WITH (NOLOCK)')).toBe(30);
  });

  it('is not needed for #temp tables outside a transaction', async () => {
    await run(a, 'BEGIN TRAN; UPDATE dbo.T SET V = 1');
    await run(
      b,
      'SET LOCK_TIMEOUT 0; CREATE TABLE #t (a INT NOT NULL PRIMARY KEY, v INT NULL); INSERT INTO #t SELECT Id, V FROM dbo.T; UPDATE #t SET v = 0; DROP TABLE #t',
    );
    expect(await sum(b)).toBe(30);
  });

  it('stops being waited for when the request is cancelled or the session ends', async () => {
    await run(a, 'BEGIN TRAN; UPDATE dbo.T SET V = 1');
    const cancel = new AbortController();
    const cancelled = run(b, 'DELETE FROM dbo.T', [], cancel.signal);
    const reason = new Error('attention');
    cancel.abort(reason);
    await expect(cancelled).rejects.toBe(reason);
    expect(await value(b, 'SELECT 1')).toBe(1);
    const c = server.connect();
    const ended = run(c, 'DELETE FROM dbo.T');
    c.close();
    await expect(ended).rejects.toMatchObject({ number: 596 });
    await run(a, 'ROLLBACK');
    expect(await errorOf(b, 'UPDATE dbo.T SET V = 3')).toBe(null);
  });

  it('is freed by a session that closes in a transaction, which is rolled back', async () => {
    await run(a, 'BEGIN TRAN; UPDATE dbo.T SET V = 1');
    const waiting = run(b, 'UPDATE dbo.T SET V = V + 1');
    a.close();
    a.close();
    await waiting;
    expect(await sum(b)).toBe(32);
    await expect(run(a, 'SELECT 1')).rejects.toMatchObject({ number: 596 });
  });

  it('that closes a circle with an application lock is a deadlock', async () => {
    const lock =
      "DECLARE @r INT; EXEC @r = sp_getapplock @Resource = 'x', @LockMode = 'Exclusive', @LockOwner = 'Session'; SELECT @r";
    await run(b, lock);
    await run(a, 'BEGIN TRAN; UPDATE dbo.T SET V = 1');
    const waiting = run(b, 'UPDATE dbo.T SET V = 2');
    expect(await settled(waiting)).toBe('waiting');
    expect(await value(a, lock)).toBe(-3);
    await run(a, 'ROLLBACK');
    await waiting;
  });
});

describe('streaming', () => {
  it('waits for a slow reader, lets others work meanwhile, and stops when cancelled', async () => {
    await run(a, 'CREATE TABLE dbo.Many (Id INT NOT NULL PRIMARY KEY)');
    a.beginBulkLoad('insert bulk dbo.Many (Id int)');
    await a.bulkLoad(Array.from({ length: 5000 }, (_, i) => [i]));
    const cancel = new AbortController();
    let seen = 0;
    const never = new Promise<void>(() => undefined);
    const sink: ResultSink = {
      columns: () => undefined,
      row: () => (++seen === 700 ? never : undefined),
      done: () => undefined,
      info: () => undefined,
      databaseChanged: () => undefined,
      transactionChanged: () => undefined,
    };
    const streaming = a.execute('SELECT Id FROM dbo.Many', [], sink, cancel.signal);
    await run(b, 'DELETE FROM dbo.Many');
    while (seen < 700) await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toBe(700);
    cancel.abort(new Error('attention'));
    await expect(streaming).rejects.toThrow('attention');
    expect(await value(a, 'SELECT COUNT(*) FROM dbo.Many')).toBe(0);
  });
});

describe('application locks', () => {
  const get = [text('@resource', 'run'), int('@wait', 0)];

  it('exclude other sessions, count, and are freed when the session closes', async () => {
    expect(await value(a, GET_LOCK, get)).toBe(0);
    expect(await value(a, GET_LOCK, get)).toBe(0);
    expect(await value(b, GET_LOCK, get)).toBe(-1);
    expect(await value(a, RELEASE_LOCK, [text('@resource', 'run')])).toBe(0);
    expect(await value(b, GET_LOCK, get)).toBe(-1);
    const waiting = value(b, GET_LOCK, [text('@resource', 'run'), int('@wait', -1)]);
    expect(await settled(waiting)).toBe('waiting');
    a.close();
    expect(await waiting).toBe(1);
    expect(await errorOf(server.connect(), RELEASE_LOCK, [text('@resource', 'run')])).toBe(1223);
  });

  it('end with the transaction that owns them', async () => {
    const own = "DECLARE @r INT; EXEC @r = sp_getapplock 'run', 'Exclusive', 'Transaction', 0; SELECT @r";
    expect(await value(a, `BEGIN TRAN; ${own}`)).toBe(0);
    expect(await value(b, GET_LOCK, get)).toBe(-1);
    await run(a, 'COMMIT');
    expect(await value(b, GET_LOCK, get)).toBe(0);
  });

  it('may be shared', async () => {
    const shared =
      "DECLARE @r INT; EXEC @r = sp_getapplock @Resource = 'run', @LockMode = Shared, @LockOwner = Session, @LockTimeout = 0; SELECT @r";
    expect([await value(a, shared), await value(b, shared), await value(server.connect(), GET_LOCK, get)]).toEqual([
      0, 0, -1,
    ]);
  });
});

describe('a session', () => {
  it('is clean after reset', async () => {
    await run(
      a,
      "SET XACT_ABORT ON; SET LOCK_TIMEOUT 5; CREATE TABLE #t (a INT); BEGIN TRAN; UPDATE dbo.T SET V = 0; EXEC sp_getapplock 'x', 'Exclusive', 'Session'",
    );
    a.reset();
    expect((await rows(a, 'SELECT @@TRANCOUNT, @@LOCK_TIMEOUT'))[0]).toEqual([0, -1]);
    expect(await errorOf(a, 'SELECT * FROM #t')).toBe(208);
    expect(await sum(b)).toBe(30);
    expect(await value(b, GET_LOCK, [text('@resource', 'x'), int('@wait', 0)])).toBe(0);
  });

  it('is refused for a wrong password, an unknown login or database', () => {
    const login = (user: string, password: string, database: string) => () =>
      server.backend.login({ user, password, database, hostName: '', appName: '' });
    expect(login('sa', 'wrong', '')).toThrow(expect.objectContaining({ number: 18456 }));
    expect(login('other', '', '')).toThrow(expect.objectContaining({ number: 18456 }));
    expect(login('SA', 'secret', 'nowhere')).toThrow(expect.objectContaining({ number: 4060 }));
  });

  it('gets its parameters in their types', async () => {
    const params = [
      parameter('@g', 'uniqueidentifier', '0e984725-c51c-4bf4-9960-e1c80e27aba0'),
      parameter('@d', { name: 'decimal', precision: 38, scale: 0 }, '12345678901234567890123456789012345678'),
      parameter('@n', 'int', null),
    ];
    expect((await rows(a, 'SELECT @g, @d, @n, DATALENGTH(@g)', params))[0]).toEqual([
      '0E984725-C51C-4BF4-9960-E1C80E27ABA0',
      '12345678901234567890123456789012345678',
      null,
      16,
    ]);
  });
});
