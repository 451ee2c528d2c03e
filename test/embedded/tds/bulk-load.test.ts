import sql from 'mssql';
import { describe, expect, it } from 'vitest';
import { SqlError } from '../../../src/embedded/backend.ts';
import { column, INT } from './fake-backend.ts';
import { errorOf, startFake } from './harness.ts';

function aTable(name = 'journal'): sql.Table {
  const table = new sql.Table(name);
  table.columns.add('id', sql.Int, { nullable: false });
  table.columns.add('serial', sql.BigInt, { nullable: true });
  table.columns.add('agent', sql.UniqueIdentifier, { nullable: true });
  table.columns.add('bin', sql.VarBinary(sql.MAX), { nullable: true });
  table.columns.add('ntxt', sql.NVarChar(sql.MAX), { nullable: true });
  table.columns.add('txt', sql.VarChar(sql.MAX), { nullable: true });
  table.columns.add('short', sql.VarChar(20), { nullable: true });
  return table;
}

const GUID = '6F9619FF-8B86-D011-B42D-00C04FC964FF';

describe('bulk load', () => {
  it('hands rows of every kind to the session', async () => {
    const { backend, connect } = await startFake();
    const table = aTable();
    const bytes = Buffer.alloc(20_000, 'key');
    table.rows.add(1, '9007199254740993', GUID, bytes, 'ключ', 'clé', 'abc');
    table.rows.add(2, null, null, null, null, null, null);
    table.rows.add(3, '-1', GUID, Buffer.of(), '', '', '');
    const pool = await connect();
    expect((await pool.request().bulk(table)).rowsAffected).toBe(3);
    expect(backend.loaded).toEqual([
      [1, 9007199254740993n, GUID, bytes, 'ключ', 'clé', 'abc'],
      [2, null, null, null, null, null, null],
      [3, -1n, GUID, Buffer.of(), '', '', ''],
    ]);
  });

  it('reads text, ntext and image columns', async () => {
    const { backend, connect } = await startFake();
    const table = new sql.Table('old');
    table.columns.add('t', sql.Text, { nullable: true });
    table.columns.add('n', sql.NText, { nullable: true });
    table.columns.add('i', sql.Image, { nullable: true });
    table.rows.add('clé', 'ключ', Buffer.of(1, 2));
    table.rows.add(null, null, null);
    const pool = await connect();
    await pool.request().bulk(table);
    expect(backend.loaded).toEqual([
      ['clé', 'ключ', Buffer.of(1, 2)],
      [null, null, null],
    ]);
  });

  it('takes thousands of rows in one message', async () => {
    const { backend, connect } = await startFake();
    const table = aTable();
    for (let id = 0; id < 20_000; id++) table.rows.add(id, id, GUID, Buffer.alloc(700, id), null, null, null);
    const pool = await connect();
    expect((await pool.request().bulk(table)).rowsAffected).toBe(20_000);
    expect(backend.loaded[19_999]?.slice(0, 3)).toEqual([19_999, 19_999n, GUID]);
  });

  it('may hold no rows', async () => {
    const { backend, connect } = await startFake();
    const pool = await connect();
    expect((await pool.request().bulk(aTable())).rowsAffected).toBe(0);
    expect(backend.loaded).toEqual([]);
  });

  it('goes into an open transaction', async () => {
    const { backend, connect } = await startFake();
    const pool = await connect();
    const transaction = new sql.Transaction(pool);
    await transaction.begin();
    const table = aTable();
    table.rows.add(1, null, null, null, null, null, null);
    await new sql.Request(transaction).bulk(table);
    await transaction.commit();
    expect(backend.loaded).toHaveLength(1);
  });

  it('reports an unknown table before any row is sent', async () => {
    const { backend, connect } = await startFake();
    const pool = await connect();
    expect(await errorOf(pool.request().bulk(aTable('missing_table')))).toMatchObject({ number: 208 });
    expect(backend.loaded).toEqual([]);
  });

  it('reports rows that the session refuses, and goes on', async () => {
    const { backend, connect } = await startFake();
    backend.bulkLoad = () => {
      throw new SqlError(515, 'Cannot insert the value NULL.');
    };
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect();
    const table = aTable();
    table.rows.add(1, null, null, null, null, null, null);
    expect(await errorOf(pool.request().bulk(table))).toMatchObject({ number: 515 });
    expect((await pool.request().query('SELECT a')).recordset).toEqual([{ a: 1 }]);
  });

  it('that the client takes back half-way loads nothing', async () => {
    const { backend, connect } = await startFake();
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect();
    const table = aTable();
    for (let id = 0; id < 2000; id++) table.rows.add(id, null, null, Buffer.alloc(700), null, null, null);
    // a value that fails validation while the rows are on their way
    table.rows.add(1, 'not a number', null, null, null, null, null);
    await errorOf(pool.request().bulk(table));
    expect(backend.loaded).toEqual([]);
    expect((await pool.request().query('SELECT a')).recordset).toEqual([{ a: 1 }]);
  });
});
