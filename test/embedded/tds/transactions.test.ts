import sql from 'mssql';
import { describe, expect, it } from 'vitest';
import { SqlError } from '../../../src/embedded/backend.ts';
import { errorOf, startFake } from './harness.ts';

describe('transactions', () => {
  it('begin, commit and roll back by requests of the transaction manager', async () => {
    const { backend, connect } = await startFake();
    const pool = await connect();
    const first = new sql.Transaction(pool);
    await first.begin(sql.ISOLATION_LEVEL.SERIALIZABLE);
    await first.commit();
    const second = new sql.Transaction(pool);
    await second.begin();
    await second.rollback();
    expect(backend.executed.filter((text) => text.startsWith('TM'))).toEqual([
      'TM begin 4',
      'TM commit null',
      'TM begin 2',
      'TM rollback null',
    ]);
  });

  it('that the server rolled back are known to the client', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('doomed', ({ sink, session }) => {
      session.isInTransaction = false;
      sink.transactionChanged('rollback');
      throw new SqlError(1205, 'deadlock', 13);
    });
    const pool = await connect();
    const transaction = new sql.Transaction(pool);
    await transaction.begin();
    let isAborted = false;
    transaction.on('rollback', (aborted) => {
      isAborted = aborted;
    });
    expect(await errorOf(new sql.Request(transaction).query('doomed'))).toMatchObject({ number: 1205 });
    expect(isAborted).toBe(true);
    expect(await errorOf(transaction.commit())).toMatchObject({ code: 'EABORT' });
  });

  it('may begin and end inside batches', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('BEGIN TRAN; COMMIT', ({ sink }) => {
      sink.transactionChanged('begin');
      sink.done(3);
      sink.transactionChanged('commit');
      sink.done(null);
    });
    const pool = await connect();
    expect((await pool.request().batch('BEGIN TRAN; COMMIT')).rowsAffected).toEqual([3]);
  });

  it('that do not exist cannot be committed', async () => {
    const { backend, connect } = await startFake();
    const pool = await connect();
    const transaction = new sql.Transaction(pool);
    await transaction.begin();
    backend.sessions.at(-1)!.isInTransaction = false;
    expect(await errorOf(transaction.commit())).toMatchObject({ originalError: { number: 3902 } });
  });
});
