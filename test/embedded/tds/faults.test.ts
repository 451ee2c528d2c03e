import sql from 'mssql';
import { describe, expect, it } from 'vitest';
import type { FaultAction, Faults } from '../../../src/embedded/tds/faults.ts';
import { column, INT } from './fake-backend.ts';
import { errorOf, startFake } from './harness.ts';
import { attention, batch, RawClient } from './raw-client.ts';

const COMMIT = 'BEGIN TRAN; UPDATE …; COMMIT';

/** A server on which `COMMIT` succeeds, unless a fault strikes. */
async function withFault(action: FaultAction, options: { nth?: number; match?: RegExp | string } = {}) {
  const faults: Faults = { rules: [{ match: options.match ?? 'COMMIT', nth: options.nth ?? 1, action }] };
  const harness = await startFake({ faults });
  harness.backend.scripts.set(COMMIT, ({ sink }) => {
    sink.done(2);
  });
  const pool = await harness.connect();
  const commits = (): number => harness.backend.executed.filter((text) => text === COMMIT).length;
  return { ...harness, faults, pool, commits };
}

describe('faults', () => {
  it('drop-before: the line is cut and nothing was executed', async () => {
    const { pool, commits } = await withFault({ kind: 'drop-before' });
    expect(await errorOf(pool.request().query(COMMIT))).toMatchObject({ code: 'ECONNRESET' });
    expect(commits()).toBe(0);
    await pool.request().query(COMMIT);
    expect(commits()).toBe(1);
  });

  it('drop-after: it was executed and nobody answers', async () => {
    const { pool, commits, backend } = await withFault({ kind: 'drop-after' });
    const closed = backend.nextClose();
    expect(await errorOf(pool.request().batch(COMMIT))).toMatchObject({ code: 'ECONNRESET' });
    expect(commits()).toBe(1);
    await closed;
  });

  it('strike the n-th match only, counted over all connections', async () => {
    const { pool, commits } = await withFault({ kind: 'drop-before' }, { nth: 3, match: /update/gi });
    await pool.request().query(COMMIT);
    await pool.request().query(COMMIT);
    await errorOf(pool.request().query(COMMIT));
    await pool.request().query(COMMIT);
    expect(commits()).toBe(3);
  });

  it('may be changed while the server runs', async () => {
    const { pool, faults } = await withFault({ kind: 'drop-before' }, { match: 'never' });
    await pool.request().query(COMMIT);
    faults.rules = [{ match: COMMIT, nth: 1, action: { kind: 'error', number: 50_001 } }];
    expect(await errorOf(pool.request().query(COMMIT))).toMatchObject({ number: 50_001, class: 16 });
  });

  it.each([1205, 1222])('error %i is answered instead of executing', async (number) => {
    const { pool, commits } = await withFault({ kind: 'error', number });
    expect(await errorOf(pool.request().query(COMMIT))).toMatchObject({ number });
    expect(commits()).toBe(0);
    await pool.request().query(COMMIT);
  });

  it('error 1205 rolls back an open transaction, 1222 leaves it open', async () => {
    const { pool, backend } = await withFault({ kind: 'error', number: 1205 }, { match: 'UPDATE' });
    const transaction = new sql.Transaction(pool);
    await transaction.begin();
    expect(await errorOf(new sql.Request(transaction).query('UPDATE'))).toMatchObject({ number: 1205 });
    expect(backend.executed).toContain('TM rollback null');
    expect(await errorOf(transaction.commit())).toMatchObject({ code: 'EABORT' });

    const other = await withFault({ kind: 'error', number: 1222 }, { match: 'UPDATE' });
    const survivor = new sql.Transaction(other.pool);
    await survivor.begin();
    expect(await errorOf(new sql.Request(survivor).query('UPDATE'))).toMatchObject({ number: 1222 });
    await survivor.commit();
  });

  it('error 40613 ends the connection', async () => {
    const { pool, backend } = await withFault({ kind: 'error', number: 40_613 });
    const closed = backend.nextClose();
    expect(await errorOf(pool.request().query(COMMIT))).toMatchObject({ number: 40_613 });
    await closed;
  });

  it('an error may strike the login', async () => {
    const { pool, connect } = await withFault({ kind: 'error', number: 18_456 }, { match: 'LOGIN other' });
    expect(pool.connected).toBe(true);
    expect(await errorOf(connect({ user: 'other' }))).toMatchObject({ code: 'ELOGIN' });
  });

  it('match requests of the transaction manager and the rows of a bulk load', async () => {
    const { pool, backend } = await withFault({ kind: 'drop-after' }, { match: /^COMMIT TRANSACTION$/ });
    const transaction = new sql.Transaction(pool);
    await transaction.begin();
    await errorOf(transaction.commit());
    expect(backend.executed.at(-1)).toBe('TM commit null');

    const other = await withFault({ kind: 'drop-before' }, { match: /^BULK DATA: insert bulk \[journal\]/ });
    const table = new sql.Table('journal');
    table.columns.add('id', sql.Int, { nullable: false });
    table.rows.add(1);
    await errorOf(other.pool.request().bulk(table));
    expect(other.backend.loaded).toEqual([]);
  });

  it.each([
    ['hang-before', 0],
    ['hang-after', 1],
  ] as const)('%s: the line stays up and silent until the client gives up', async (kind, executed) => {
    const { server, backend, commits } = await withFault({ kind });
    const client = new RawClient(server.port);
    await client.logIn();
    const session = backend.sessions.at(-1)!;
    const closed = backend.nextClose();
    client.send(batch(COMMIT));
    client.send(attention());
    // another connection is served meanwhile; when it has its answer, the silent one has had its chance
    const other = new RawClient(server.port);
    await other.logIn();
    other.send(batch('SET x ON'));
    await other.nextMessage();
    expect(commits()).toBe(executed);
    expect(session.closeCount).toBe(0);
    client.socket.destroy();
    expect(await client.nextMessage()).toBeNull();
    expect(await closed).toBe(session);
  });

  it('slow-rows: each row waits for the clock', async () => {
    const naps: number[] = [];
    const faults: Faults = {
      rules: [{ match: 'SELECT', nth: 2, action: { kind: 'slow-rows', delayMs: 250 } }],
    };
    const { backend, connect } = await startFake({
      faults,
      sleep: async (ms) => {
        naps.push(ms);
      },
    });
    backend.answer('SELECT a', [column('a', INT)], [[1], [2], [3]]);
    const pool = await connect();
    faults.rules = [{ match: 'SELECT a', nth: 1, action: { kind: 'slow-rows', delayMs: 250 } }];
    expect((await pool.request().query('SELECT a')).recordset).toHaveLength(3);
    expect(naps).toEqual([250, 250, 250]);
  });

  it('slow rows can be cancelled', async () => {
    const faults: Faults = {
      rules: [{ match: 'SELECT a', nth: 1, action: { kind: 'slow-rows', delayMs: 3_600_000 } }],
    };
    const { backend, connect } = await startFake({ faults });
    backend.scripts.set('SELECT a', async ({ sink, signal }) => {
      sink.columns([column('a', INT)]);
      await sink.row([1]);
      signal.throwIfAborted();
      sink.done(1);
    });
    const pool = await connect({ requestTimeout: 50 });
    expect(await errorOf(pool.request().query('SELECT a'))).toMatchObject({ code: 'ETIMEOUT' });
    await pool.request().query('SELECT a');
  });

  it('refuseConnections: as while a server restarts', async () => {
    const faults: Faults = { rules: [], refuseConnections: true };
    const { connect, backend } = await startFake({ faults });
    expect(await errorOf(connect())).toMatchObject({ code: 'ESOCKET' });
    expect(backend.logins).toEqual([]);
    faults.refuseConnections = false;
    expect((await connect()).connected).toBe(true);
  });
});
