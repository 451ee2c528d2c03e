import sql from 'mssql';
import { describe, expect, it } from 'vitest';
import type { SqlParameter, SqlType, SqlValue } from '../../../src/embedded/backend.ts';
import { column, INT } from './fake-backend.ts';
import { errorOf, startFake, type Harness } from './harness.ts';

const ECHO = 'SELECT @p';

async function received({ backend, connect }: Harness, type: sql.ISqlType | (() => sql.ISqlType), value: unknown) {
  const heard: (readonly SqlParameter[])[] = [];
  backend.scripts.set(ECHO, ({ parameters, sink }) => {
    heard.push(parameters);
    sink.done(null);
  });
  const pool = await connect();
  await pool.request().input('p', type, value).query(ECHO);
  expect(heard[0]).toHaveLength(1);
  return heard[0]![0]!;
}

/** mssql type, value given, and what crosses the seam. */
const VALUES: readonly (readonly [string, sql.ISqlType, unknown, SqlType, SqlValue])[] = [
  ['tinyint', sql.TinyInt(), 255, { name: 'tinyint' }, 255],
  ['smallint', sql.SmallInt(), -32_768, { name: 'smallint' }, -32_768],
  ['int', sql.Int(), -2_147_483_648, INT, -2_147_483_648],
  ['bigint', sql.BigInt(), '-9223372036854775808', { name: 'bigint' }, -9_223_372_036_854_775_808n],
  ['bit', sql.Bit(), true, { name: 'bit' }, true],
  ['real', sql.Real(), 0.25, { name: 'real' }, 0.25],
  ['float', sql.Float(), -1e300, { name: 'float' }, -1e300],
  ['decimal', sql.Decimal(9, 2), -12.5, { name: 'decimal', precision: 9, scale: 2 }, '-12.50'],
  ['decimal, wide', sql.Decimal(38, 0), 12345678901, { name: 'decimal', precision: 38, scale: 0 }, '12345678901'],
  ['money', sql.Money(), -1.2345, { name: 'money' }, '-1.2345'],
  [
    'uniqueidentifier',
    sql.UniqueIdentifier(),
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    { name: 'uniqueidentifier' },
    '6F9619FF-8B86-D011-B42D-00C04FC964FF',
  ],
  ['varchar(20)', sql.VarChar(20), 'clé €5', { name: 'varchar', length: 20 }, 'clé €5'],
  ['varchar(max)', sql.VarChar(sql.MAX), 'é'.repeat(9000), { name: 'varchar', length: 'max' }, 'é'.repeat(9000)],
  ['nvarchar(20)', sql.NVarChar(20), 'ключ 🔑', { name: 'nvarchar', length: 20 }, 'ключ 🔑'],
  ['nvarchar(max)', sql.NVarChar(sql.MAX), 'ж'.repeat(9000), { name: 'nvarchar', length: 'max' }, 'ж'.repeat(9000)],
  ['nvarchar(max), empty', sql.NVarChar(sql.MAX), '', { name: 'nvarchar', length: 'max' }, ''],
  ['text', sql.Text(), 'clé', { name: 'text' }, 'clé'],
  ['image', sql.Image(), Buffer.of(1, 2), { name: 'image' }, Buffer.of(1, 2)],
  ['varbinary(9)', sql.VarBinary(9), Buffer.of(0, 0), { name: 'varbinary', length: 9 }, Buffer.of(0, 0)],
  [
    'varbinary(max)',
    sql.VarBinary(sql.MAX),
    Buffer.alloc(20_000, 1),
    { name: 'varbinary', length: 'max' },
    Buffer.alloc(20_000, 1),
  ],
  ['date', sql.Date(), new Date('9999-12-31'), { name: 'date' }, '9999-12-31'],
  ['time(3)', sql.Time(3), new Date('1970-01-01T23:59:59.999Z'), { name: 'time', scale: 3 }, '23:59:59.999'],
  ['datetime', sql.DateTime(), new Date('1753-01-01T00:00:00.007Z'), { name: 'datetime' }, '1753-01-01T00:00:00.007'],
  [
    'datetime2(7)',
    sql.DateTime2(7),
    new Date('0001-01-01T00:00:00.001Z'),
    { name: 'datetime2', scale: 7 },
    '0001-01-01T00:00:00.0010000',
  ],
  [
    'smalldatetime',
    sql.SmallDateTime(),
    new Date('2026-11-05T01:02:00Z'),
    { name: 'smalldatetime' },
    '2026-11-05T01:02:00',
  ],
];

describe('parameters', () => {
  it.each(VALUES)('%s', async (_name, type, given, seamType, seamValue) => {
    const harness = await startFake();
    expect(await received(harness, type, given)).toEqual({ name: '@p', type: seamType, value: seamValue });
  });

  it.each(VALUES)('%s, NULL', async (_name, type, _given, { name }) => {
    const harness = await startFake();
    expect(await received(harness, type, null)).toMatchObject({ name: '@p', type: { name }, value: null });
  });

  it('arrive whole when they are 10 MB long', async () => {
    const harness = await startFake();
    const value = Buffer.alloc(10_000_000, 'key');
    const { value: arrived } = await received(harness, sql.VarBinary(sql.MAX), value);
    expect(value.equals(arrived as Buffer)).toBe(true);
  });

  it('are refused above 64 MiB without harm to the connection', async () => {
    const { backend, connect } = await startFake();
    backend.answer('SELECT a', [column('a', INT)], [[1]]);
    const pool = await connect();
    const tooLarge = pool
      .request()
      .input('p', Buffer.alloc(64 * 1024 * 1024))
      .query(ECHO);
    expect(await errorOf(tooLarge)).toMatchObject({ number: 701, class: 17 });
    expect((await pool.request().query('SELECT a')).recordset).toEqual([{ a: 1 }]);
  });

  it('of a type that is not served are refused by name', async () => {
    const { connect } = await startFake();
    const pool = await connect();
    const request = pool.request().input('p', sql.DateTimeOffset(), new Date());
    expect(await errorOf(request.query(ECHO))).toMatchObject({ number: 40517, message: /datetimeoffset/ as never });
  });

  it('cannot be returned', async () => {
    const { connect } = await startFake();
    const pool = await connect();
    expect(await errorOf(pool.request().output('p', sql.Int()).query(ECHO))).toMatchObject({ number: 40517 });
  });
});

describe('procedures', () => {
  it('are not called by RPC: the answer names the way that works', async () => {
    const { connect } = await startFake();
    const pool = await connect();
    const error = await errorOf(pool.request().input('Resource', 'x').execute('sp_getapplock'));
    expect(error).toMatchObject({ number: 40517 });
    expect(error.message).toMatch(/sp_getapplock: use EXEC in a batch/);
  });
});

describe('prepared statements', () => {
  it('are executed with their parameters until unprepared', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('SELECT @a, @b', async ({ parameters, sink }) => {
      sink.columns([column('a', INT), column('b', { name: 'nvarchar', length: 9 })]);
      await sink.row(parameters.map((parameter) => parameter.value));
      sink.done(1);
    });
    const pool = await connect();
    const statement = new sql.PreparedStatement(pool);
    statement.input('a', sql.Int());
    statement.input('b', sql.NVarChar(9));
    await statement.prepare('SELECT @a, @b');
    expect((await statement.execute({ a: 1, b: 'x' })).recordset).toEqual([{ a: 1, b: 'x' }]);
    expect((await statement.execute({ a: null, b: 'y' })).recordset).toEqual([{ a: null, b: 'y' }]);
    await statement.unprepare();
  });
});
