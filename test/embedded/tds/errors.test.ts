import { describe, expect, it } from 'vitest';
import { SqlError } from '../../../src/embedded/backend.ts';
import { column, INT } from './fake-backend.ts';
import { errorOf, startFake } from './harness.ts';

describe('errors of the backend', () => {
  it('arrive with number, severity, state and line, and leave the connection usable', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('broken', () => {
      throw new SqlError(2627, 'Violation of PRIMARY KEY constraint.', 14, 3);
    });
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect();
    const expected = { number: 2627, class: 14, state: 3, lineNumber: 1, serverName: 'EMBEDDED' };
    expect(await errorOf(pool.request().query('broken'))).toMatchObject(expected);
    const sessions = backend.sessions.length;
    expect(await errorOf(pool.request().batch('broken'))).toMatchObject(expected);
    expect((await pool.request().query('SELECT a')).recordset).toEqual([{ a: 1 }]);
    expect(backend.sessions).toHaveLength(sessions);
  });

  it('may come in the middle of a result set', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('broken', async ({ sink }) => {
      sink.columns([column('a', INT)]);
      await sink.row([1]);
      throw new SqlError(8134, 'Divide by zero error encountered.');
    });
    const pool = await connect();
    expect(await errorOf(pool.request().query('broken'))).toMatchObject({ number: 8134 });
  });

  it('of severity 20 end the connection', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('fatal', () => {
      throw new SqlError(21, 'Warning: Fatal error occurred.', 20);
    });
    const pool = await connect();
    const closed = backend.nextClose();
    expect(await errorOf(pool.request().query('fatal'))).toMatchObject({ number: 21, class: 20 });
    await closed;
  });

  it('longer than a message can be are cut', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('broken', () => {
      throw new SqlError(50000, 'x'.repeat(40_000));
    });
    const pool = await connect();
    expect((await errorOf(pool.request().query('broken'))).message).toHaveLength(2047);
  });
});

describe('bugs of the backend', () => {
  it('are reported to the owner, answered with error 50000, and end the connection', async () => {
    const { backend, connect, internalErrors } = await startFake({}, 1);
    const bug = new TypeError('undefined is not a function');
    backend.scripts.set('bug', () => {
      throw bug;
    });
    const pool = await connect();
    const closed = backend.nextClose();
    const error = await errorOf(pool.request().query('bug'));
    expect(error).toMatchObject({ number: 50000, class: 20, message: /undefined is not a function/ as never });
    expect(internalErrors).toEqual([bug]);
    await closed;
  });

  it('include rows that do not fit their columns', async () => {
    const { backend, connect, internalErrors } = await startFake({}, 1);
    backend.answer(
      'SELECT a',
      [column('id', INT), column('a', INT)],
      [
        [1, 2],
        [3, 'four'],
      ],
    );
    const pool = await connect();
    expect(await errorOf(pool.request().query('SELECT a'))).toMatchObject({ number: 50000 });
    expect(String(internalErrors[0])).toMatch(/a string came as the value of a column of type int/);
  });
});
