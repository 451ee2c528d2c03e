import { describe, expect, it } from 'vitest';
import type { SqlType, SqlValue } from '../../../src/embedded/backend.ts';
import { column, INT } from './fake-backend.ts';
import { startFake } from './harness.ts';

const date = (iso: string): Date => new Date(iso);

/** Type, value handed out by the backend, value that mssql must make of it. */
const VALUES: readonly (readonly [string, SqlType, SqlValue, unknown])[] = [
  ['tinyint, least', { name: 'tinyint' }, 0, 0],
  ['tinyint, greatest', { name: 'tinyint' }, 255, 255],
  ['smallint, least', { name: 'smallint' }, -32_768, -32_768],
  ['smallint, greatest', { name: 'smallint' }, 32_767, 32_767],
  ['int, least', INT, -2_147_483_648, -2_147_483_648],
  ['int, greatest', INT, 2_147_483_647, 2_147_483_647],
  ['bigint, least', { name: 'bigint' }, -9_223_372_036_854_775_808n, '-9223372036854775808'],
  ['bigint, greatest', { name: 'bigint' }, 9_223_372_036_854_775_807n, '9223372036854775807'],
  ['bit, off', { name: 'bit' }, false, false],
  ['bit, on', { name: 'bit' }, true, true],
  ['real', { name: 'real' }, 0.5, 0.5],
  ['float', { name: 'float' }, -1.7976931348623157e308, -1.7976931348623157e308],
  ['decimal(9,2)', { name: 'decimal', precision: 9, scale: 2 }, '-12.50', -12.5],
  ['numeric(19,4)', { name: 'numeric', precision: 19, scale: 4 }, '123456789012345.6250', 123456789012345.625],
  ['decimal(28,0)', { name: 'decimal', precision: 28, scale: 0 }, '9007199254740991', 9007199254740991],
  ['decimal(38,38)', { name: 'decimal', precision: 38, scale: 38 }, `0.5${'0'.repeat(37)}`, 0.5],
  ['money', { name: 'money' }, '-922337203685.4775', -922337203685.4775],
  ['money, small', { name: 'money' }, '0.0001', 0.0001],
  [
    'uniqueidentifier',
    { name: 'uniqueidentifier' },
    '6F9619FF-8B86-D011-B42D-00C04FC964FF',
    '6F9619FF-8B86-D011-B42D-00C04FC964FF',
  ],
  ['char(5)', { name: 'char', length: 5 }, 'ab   ', 'ab   '],
  ['varchar(30)', { name: 'varchar', length: 30 }, 'clé €5 “ok”', 'clé €5 “ok”'],
  ['varchar, outside the code page', { name: 'varchar', length: 30 }, 'ключ 🔑', '???? ?'],
  ['varchar, empty', { name: 'varchar', length: 30 }, '', ''],
  ['varchar(8000)', { name: 'varchar', length: 8000 }, 'x'.repeat(8000), 'x'.repeat(8000)],
  ['varchar(max)', { name: 'varchar', length: 'max' }, 'é'.repeat(20_000), 'é'.repeat(20_000)],
  ['nchar(4)', { name: 'nchar', length: 4 }, 'ключ', 'ключ'],
  ['nvarchar(4000)', { name: 'nvarchar', length: 4000 }, 'ж'.repeat(4000), 'ж'.repeat(4000)],
  ['nvarchar(max)', { name: 'nvarchar', length: 'max' }, '🔑'.repeat(9000), '🔑'.repeat(9000)],
  ['nvarchar(max), empty', { name: 'nvarchar', length: 'max' }, '', ''],
  ['text', { name: 'text' }, 'clé', 'clé'],
  ['ntext', { name: 'ntext' }, 'ключ', 'ключ'],
  ['image', { name: 'image' }, Uint8Array.of(0, 255), Buffer.of(0, 255)],
  ['binary(4)', { name: 'binary', length: 4 }, Uint8Array.of(1, 0, 0, 0), Buffer.of(1, 0, 0, 0)],
  ['varbinary(8000)', { name: 'varbinary', length: 8000 }, Buffer.alloc(8000, 7), Buffer.alloc(8000, 7)],
  ['varbinary(max)', { name: 'varbinary', length: 'max' }, Buffer.alloc(10_000, 9), Buffer.alloc(10_000, 9)],
  ['varbinary(max), empty', { name: 'varbinary', length: 'max' }, Uint8Array.of(), Buffer.of()],
  ['date, first', { name: 'date' }, '0001-01-01', date('0001-01-01')],
  ['date, last', { name: 'date' }, '9999-12-31', date('9999-12-31')],
  ['time(0)', { name: 'time', scale: 0 }, '23:59:59', date('1970-01-01T23:59:59Z')],
  ['time(7)', { name: 'time', scale: 7 }, '00:00:00.1230000', date('1970-01-01T00:00:00.123Z')],
  ['datetime', { name: 'datetime' }, '1753-01-01T23:59:59.997', date('1753-01-01T23:59:59.997Z')],
  ['datetime2(3)', { name: 'datetime2', scale: 3 }, '2026-11-05T01:02:03.004', date('2026-11-05T01:02:03.004Z')],
  ['datetime2(7)', { name: 'datetime2', scale: 7 }, '2026-11-05T01:02:03.0040000Z', date('2026-11-05T01:02:03.004Z')],
  ['smalldatetime', { name: 'smalldatetime' }, '2079-06-06T23:59:00', date('2079-06-06T23:59:00Z')],
];

describe('values in results', () => {
  it.each(VALUES)('%s', async (_name, type, value, expected) => {
    const { backend, connect } = await startFake();
    // beside the value a NULL of the same type, and a column after both that shows that nothing has shifted
    backend.answer(
      'SELECT v',
      [column('v', type), column('none', type), column('last', INT, false)],
      [[value, null, 7]],
    );
    const pool = await connect();
    const { recordset } = await pool.request().query('SELECT v');
    expect(recordset).toEqual([{ v: expected, none: null, last: 7 }]);
  });

  it('come back whole when they are 10 MB long', async () => {
    const { backend, connect } = await startFake();
    const bytes = Buffer.alloc(10_000_000, 'key');
    const text = 'schlüssel'.repeat(500_000);
    const columns = [
      column('b', { name: 'varbinary', length: 'max' }),
      column('t', { name: 'nvarchar', length: 'max' }),
    ];
    backend.answer('SELECT b, t', columns, [
      [bytes, text],
      [null, ''],
    ]);
    const pool = await connect();
    const { recordset } = await pool.request().query<{ b: Buffer | null; t: string }>('SELECT b, t');
    expect(recordset[0]?.b?.equals(bytes)).toBe(true);
    expect(recordset[0]?.t === text).toBe(true);
    expect(recordset[1]).toEqual({ b: null, t: '' });
  });
});

describe('result sets', () => {
  it('follow each other, with the rows affected of every statement', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('two sets', async ({ sink }) => {
      sink.columns([column('a', INT)]);
      await sink.row([1]);
      await sink.row([2]);
      sink.done(2);
      sink.done(null);
      sink.done(41);
      sink.columns([column('b', { name: 'nvarchar', length: 10 })]);
      sink.done(0);
    });
    const pool = await connect();
    const { recordsets, rowsAffected } = await pool.request().query('two sets');
    expect(recordsets).toEqual([[{ a: 1 }, { a: 2 }], []]);
    expect(rowsAffected).toEqual([2, 41, 0]);
    const batch = await pool.request().batch('two sets');
    expect(batch.rowsAffected).toEqual([2, 41, 0]);
  });

  it('may be none at all', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('DECLARE @a INT', () => {});
    const pool = await connect();
    expect((await pool.request().batch('DECLARE @a INT')).recordsets).toEqual([]);
  });

  it('carry informational messages on their way', async () => {
    const { backend, connect } = await startFake();
    backend.scripts.set('PRINT', ({ sink }) => {
      sink.info('bonjour', 0);
      sink.databaseChanged('other');
      sink.done(null);
    });
    const pool = await connect();
    const request = pool.request();
    const heard: string[] = [];
    request.on('info', (info: { message: string }) => heard.push(info.message));
    await request.batch('PRINT');
    expect(heard).toEqual(['bonjour', "Changed database context to 'other'."]);
  });
});
