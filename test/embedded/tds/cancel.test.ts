import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { SqlError } from '../../../src/embedded/backend.ts';
import { column, INT, type Script } from './fake-backend.ts';
import { errorOf, startFake } from './harness.ts';

/** Runs until it is cancelled. */
const ENDLESS: Script = ({ signal }) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });

const ENDLESS_ROWS: Script = async ({ sink, signal }) => {
  sink.columns([column('v', { name: 'varchar', length: 1000 })]);
  while (!signal.aborted) {
    await sink.row(['x'.repeat(1000)]);
    await new Promise(setImmediate);
  }
  throw signal.reason;
};

describe('cancelling a request', () => {
  it('aborts the running statement and keeps the connection', async () => {
    const { backend, connect } = await startFake();
    let started = (): void => {};
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    backend.scripts.set('WAITFOR', (call) => {
      started();
      return ENDLESS(call);
    });
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect();
    const request = pool.request();
    const outcome = errorOf(request.query('WAITFOR'));
    await running;
    const sessions = backend.sessions.length;
    request.cancel();
    expect(await outcome).toMatchObject({ code: 'ECANCEL' });
    expect((await pool.request().query('SELECT a')).recordset).toEqual([{ a: 1 }]);
    expect(backend.sessions).toHaveLength(sessions);
  });

  it('stops a result in full flow', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('SELECT all', ENDLESS_ROWS);
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect();
    const request = pool.request();
    request.stream = true;
    const sessions = backend.sessions.length + 1; // the pool connects with the first request
    const failed = once(request, 'error') as Promise<[{ code: string }]>;
    let rows = 0;
    request.on('row', () => {
      if (++rows === 500) request.cancel();
    });
    void request.query('SELECT all');
    expect((await failed)[0]).toMatchObject({ code: 'ECANCEL' });
    expect((await pool.request().query('SELECT a')).recordset).toEqual([{ a: 1 }]);
    expect(backend.sessions).toHaveLength(sessions);
  });

  it('is acknowledged even when the statement fails or rolls back because of it', async () => {
    const { backend, connect } = await startFake();
    let started = (): void => {};
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    backend.scripts.set('WAITFOR', async (call) => {
      started();
      await Promise.resolve(ENDLESS(call)).catch(() => {});
      throw new SqlError(3621, 'The statement has been terminated.', 11);
    });
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect();
    const request = pool.request();
    const outcome = errorOf(request.query('WAITFOR'));
    await running;
    request.cancel();
    expect(await outcome).toMatchObject({ code: 'ECANCEL' });
    expect((await pool.request().query('SELECT a')).recordset).toEqual([{ a: 1 }]);
  });

  it('follows from a request time-out', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('WAITFOR', ENDLESS);
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect({ requestTimeout: 50 });
    expect(await errorOf(pool.request().query('WAITFOR'))).toMatchObject({ code: 'ETIMEOUT' });
    expect((await pool.request().query('SELECT a')).recordset).toEqual([{ a: 1 }]);
  });
});

describe('reading slowly', () => {
  it('holds the executor back, and every row arrives', async () => {
    const { backend, connect } = await startFake();
    const total = 20_000;
    let produced = 0;
    let waits = 0;
    backend.scripts.set('SELECT many', async ({ sink }) => {
      sink.columns([column('id', INT), column('v', { name: 'varbinary', length: 'max' })]);
      const value = new Uint8Array(700);
      for (; produced < total; produced++) {
        const room = sink.row([produced, value]);
        if (room) waits++;
        await room;
      }
      sink.done(total);
    });
    const pool = await connect();
    const request = pool.request();
    request.stream = true;
    const ids: number[] = [];
    let producedWhilePaused = 0;
    request.on('row', (row: { id: number }) => {
      ids.push(row.id);
      if (ids.length !== 100) return;
      request.pause();
      // paused until the executor has come to rest against a full socket
      const watch = (before: number, quietRounds: number): void => {
        if (quietRounds === 50) {
          producedWhilePaused = produced;
          request.resume();
        } else setImmediate(() => watch(produced, produced === before ? quietRounds + 1 : 0));
      };
      watch(produced, 0);
    });
    const done = once(request, 'done');
    void request.query('SELECT many');
    await done;
    expect(ids).toEqual(Array.from({ length: total }, (_, index) => index));
    expect(waits).toBeGreaterThan(0);
    expect(producedWhilePaused).toBeLessThan(total);
  });
});
