import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fc } from '../../support/random.ts';
import type { SqlSession, SqlValue } from '../../../src/embedded/backend.ts';
import { decodeDecimal, decimalFromText, encodeDecimal } from '../../../src/embedded/engine/values/decimal.ts';
import { guidFromText, guidToText } from '../../../src/embedded/engine/values/guid.ts';
import { errorOf, parameter, rows, run, startServer, value } from './support.ts';
import type { TestServer } from './support.ts';

let server: TestServer;
let session: SqlSession;

beforeAll(() => {
  server = startServer();
  session = server.connect();
});
afterAll(() => {
  server.close();
});

const holds = async (condition: string): Promise<boolean> =>
  (await value(session, `SELECT CASE WHEN ${condition} THEN 1 ELSE 0 END`)) === 1;
const hex = (given: SqlValue | undefined): string => Buffer.from(given as Uint8Array).toString('hex');

describe('comparison', () => {
  it.each([
    '0x01 = 0x0100',
    '0x0100 = CONVERT(VARBINARY(MAX), 0x01)',
    "'abc' = 'ABC  '",
    "N'É' = N'é '",
    "CONVERT(CHAR(10), 'a') = 'A'",
    '1 = 1.00',
    "CONVERT(DATETIME2(3), '2026-01-01T00:00:00.5') = CONVERT(DATETIME2(7), '2026-01-01T00:00:00.5')",
    "CONVERT(DATE, '2026-01-01') = CONVERT(DATETIME2, '2026-01-01')",
    "'5' = 5",
    '0x01 < 0x0101',
    "'a' COLLATE Latin1_General_CS_AS <> 'A'",
    "'b' COLLATE Latin1_General_BIN2 > 'B'",
    "'e' COLLATE Latin1_General_CI_AI = 'É'",
    "N'a' = 'a'",
    "'ab' LIKE 'A_' AND 'a%' LIKE 'a[%]' AND 'abc' NOT LIKE '[^a]%'",
    'NOT (NULL = NULL) OR NULL IS NULL',
    '2 IN (1, 2) AND 3 NOT IN (1, 2) AND 2 BETWEEN 1 AND 2',
  ])('holds as in SQL Server: %s', async (condition) => {
    expect(await holds(condition)).toBe(true);
  });

  it.each([
    "'e' = 'é'",
    "'a' COLLATE Latin1_General_BIN2 = 'A'",
    '0x01 = 0x0001',
    "' a' = 'a'",
    'NULL = NULL',
    '1 NOT IN (2, NULL)',
  ])('does not hold: %s', async (condition) => {
    expect(await holds(condition)).toBe(false);
  });
});

describe('expressions', () => {
  it.each<[string, SqlValue]>([
    ['7 / 2', 3],
    ['-7 / 2', -3],
    ['-7 % 3', -1],
    ['7 / 2.0', '3.500000'],
    ['1.5 + 2', '3.5'],
    ['2 * 0.25', '0.50'],
    ["N'a' + 'b'", 'ab'],
    ["'a' + NULL", null],
    ["DATALENGTH(N'aé😀')", 8],
    ["DATALENGTH('aé😀')", 4],
    ["'é😀'", 'é??'],
    ["LEN('ab  ')", 2],
    ["DATALENGTH(CONVERT(CHAR(5), 'ab'))", 5],
    ['DATALENGTH(CONVERT(BIGINT, 1))', 8],
    ["CONVERT(VARCHAR(2), 'abc')", 'ab'],
    ['CONVERT(VARCHAR(10), 0xAB01, 1)', '0xAB01'],
    ['CONVERT(VARCHAR(10), 0xAB01, 2)', 'AB01'],
    ['CONVERT(INT, 0x0102)', 258],
    ["CONVERT(INT, ' 12 ')", 12],
    ['CONVERT(INT, 2.9)', 2],
    ['CONVERT(DECIMAL(5,1), 2.25)', '2.3'],
    ['CONVERT(BIT, 5)', true],
    ["CONVERT(NVARCHAR(40), CONVERT(DATETIME2(7), '2026-02-03T04:05:06.1234567'), 126)", '2026-02-03T04:05:06.1234567'],
    ["CONVERT(NVARCHAR(40), CONVERT(DATETIME2(3), '2026-02-03 04:05:06.1235'), 121)", '2026-02-03 04:05:06.124'],
    ["CONVERT(DATETIME, '2026-01-01T00:00:00.005')", '2026-01-01T00:00:00.007'],
    ["DATEDIFF(SECOND, '2026-01-01', '2026-01-02')", 86400],
    ["DATEDIFF(YEAR, '2025-12-31', '2026-01-01')", 1],
    ["DATEADD(MONTH, 1, CONVERT(DATE, '2026-01-31'))", '2026-02-28'],
    ["SUBSTRING('abcdef', 2, 3)", 'bcd'],
    ["LEFT('abc', 2) + RIGHT('abc', 1)", 'abc'],
    ["UPPER('é') + LOWER('É')", 'Éé'],
    ["REPLACE('aXa', 'x', 'y')", 'aya'],
    ["REPLICATE('ab', 3)", 'ababab'],
    ['CHAR(65)', 'A'],
    ["ASCII('A')", 65],
    ['ABS(-3)', 3],
    ["ISNULL(CONVERT(VARCHAR(2), NULL), 'abc')", 'ab'],
    ['COALESCE(NULL, NULL, 3)', 3],
    ['NULLIF(1, 1)', null],
    ['CASE 2 WHEN 1 THEN 10 WHEN 2 THEN 20.5 END', '20.5'],
    ['@@TRANCOUNT', 0],
    ["OBJECT_ID(N'nothing', N'U')", null],
    ["SCHEMA_ID('dbo')", 1],
    ['1e3', 1000],
    ['9223372036854775807', '9223372036854775807'],
    ['CONVERT(BIGINT, 9223372036854775807)', 9223372036854775807n],
  ])('SELECT %s answers %s', async (expression, expected) => {
    expect(await value(session, `SELECT ${expression}`)).toEqual(expected);
  });

  it('hashes national text as UTF-16 and other text as code page 1252', async () => {
    expect(hex(await value(session, "SELECT HASHBYTES('SHA2_256', 'abc')"))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(hex(await value(session, "SELECT CONVERT(VARBINARY(10), N'aé')"))).toBe('6100e900');
    expect(hex(await value(session, "SELECT CONVERT(VARBINARY(10), '€é')"))).toBe('80e9');
  });

  it('refuses text that UTF-8 cannot hold rather than changing it', async () => {
    expect(await errorOf(session, 'SELECT @t', [parameter('@t', { name: 'nvarchar', length: 10 }, 'a\ud800')])).toBe(
      40517,
    );
  });

  it('keeps NUL and control characters in texts', async () => {
    const given = 'a\u0000b\u0001c';
    expect(await value(session, 'SELECT @t + @t', [parameter('@t', { name: 'nvarchar', length: 10 }, given)])).toBe(
      given + given,
    );
    expect(await value(session, `SELECT DATALENGTH(N'${given}')`)).toBe(10);
  });
});

describe('values in columns', () => {
  const VALUES: [type: string, name: Parameters<typeof parameter>[1], given: SqlValue, answered?: SqlValue][] = [
    ['TINYINT', 'tinyint', 255],
    ['SMALLINT', 'smallint', -32768],
    ['INT', 'int', -2147483648],
    ['BIGINT', 'bigint', -9223372036854775808n],
    ['BIT', 'bit', true],
    ['REAL', 'real', 1.5],
    ['FLOAT', 'float', Math.PI],
    ['FLOAT', 'float', 3],
    ['DECIMAL(38,10)', { name: 'decimal', precision: 38, scale: 10 }, '-1234567890123456789012345678.0123456789'],
    ['MONEY', 'money', '-922337203685477.5808'],
    ['UNIQUEIDENTIFIER', 'uniqueidentifier', '0E984725-C51C-4BF4-9960-E1C80E27ABA0'],
    ['CHAR(5)', { name: 'varchar', length: 5 }, 'ab', 'ab   '],
    ['VARCHAR(10)', { name: 'varchar', length: 10 }, 'é€ '],
    ['NCHAR(4)', { name: 'nvarchar', length: 4 }, '😀', '😀  '],
    ['NVARCHAR(MAX)', { name: 'nvarchar', length: 'max' }, '\u4e2d\u6587 '.repeat(2000)],
    ['TEXT', { name: 'varchar', length: 'max' }, 'plain'],
    ['BINARY(4)', { name: 'varbinary', length: 4 }, new Uint8Array([1, 2]), new Uint8Array([1, 2, 0, 0])],
    ['VARBINARY(10)', { name: 'varbinary', length: 10 }, new Uint8Array([0, 1, 0])],
    ['VARBINARY(MAX)', { name: 'varbinary', length: 'max' }, new Uint8Array(70_000).fill(3)],
    ['IMAGE', { name: 'varbinary', length: 'max' }, new Uint8Array([])],
    ['DATE', 'date', '9999-12-31'],
    ['TIME(7)', { name: 'time', scale: 7 }, '23:59:59.9999999'],
    ['DATETIME', 'datetime', '1753-01-01T00:00:00.003'],
    ['DATETIME2(7)', { name: 'datetime2', scale: 7 }, '0001-01-01T00:00:00.0000001'],
    ['DATETIME2(0)', { name: 'datetime2', scale: 0 }, '2026-02-28T23:59:59'],
    ['SMALLDATETIME', 'smalldatetime', '2026-01-01T12:34:00'],
  ];

  it.each(VALUES)('come back as they went in: %s', async (type, name, given, answered = given) => {
    session.reset();
    await run(session, `CREATE TABLE #v (v ${type} NULL)`);
    await run(session, 'INSERT INTO #v (v) VALUES (@v), (NULL)', [parameter('@v', name, given)]);
    const found = await rows(session, 'SELECT v FROM #v WHERE v IS NOT NULL');
    expect(found[0]?.[0]).toEqual(answered);
    expect(await value(session, 'SELECT COUNT(*) FROM #v WHERE v IS NULL')).toBe(1);
  });

  it.each<[string, string, number]>([
    ['VARCHAR(3)', "'abcd'", 2628],
    ['NVARCHAR(3)', "N'abcd'", 2628],
    ['VARBINARY(2)', '0x010203', 2628],
    ['BINARY(2)', '0x010203', 2628],
    ['TINYINT', '256', 220],
    ['INT', '3000000000', 8115],
    ['DECIMAL(3,1)', '100', 8115],
    ['UNIQUEIDENTIFIER', "'x'", 8169],
    ['DATE', "'2026-02-30'", 241],
  ])('that do not fit are an error, never cut: %s', async (type, literal, number) => {
    session.reset();
    await run(session, `CREATE TABLE #v (v ${type} NULL)`);
    expect(await errorOf(session, `INSERT INTO #v VALUES (${literal})`)).toBe(number);
    expect(await value(session, 'SELECT COUNT(*) FROM #v')).toBe(0);
  });

  it('let trailing blanks that do not fit go, as SQL Server does', async () => {
    session.reset();
    await run(session, "CREATE TABLE #v (v VARCHAR(3) NULL); INSERT INTO #v VALUES ('abc   ')");
    expect(await value(session, 'SELECT v FROM #v')).toBe('abc');
  });

  it.each<[string, string, string]>([
    ['VARBINARY(10)', '0x01', '0x0100'],
    ['VARCHAR(10)', "'abc'", "'ABC  '"],
    ['NVARCHAR(10)', "N'é'", "N'É'"],
    ['DECIMAL(10,2)', '1.5', '1.50'],
    ['VARCHAR(10) COLLATE Latin1_General_CI_AI', "'e'", "'é'"],
  ])('are duplicates for a key when they are equal: %s', async (type, one, other) => {
    session.reset();
    await run(session, `CREATE TABLE #v (v ${type} NOT NULL PRIMARY KEY); INSERT INTO #v VALUES (${one})`);
    expect(await errorOf(session, `INSERT INTO #v VALUES (${other})`)).toBe(2627);
    await run(
      session,
      `CREATE TABLE #w (v ${type} NULL); CREATE UNIQUE INDEX u ON #w (v); INSERT INTO #w VALUES (${one}), (NULL)`,
    );
    expect(await errorOf(session, `INSERT INTO #w VALUES (${other})`)).toBe(2601);
    expect(await errorOf(session, 'INSERT INTO #w VALUES (NULL)')).toBe(2601);
  });

  it('order texts by letter, then accent, then case; case-sensitive ones apart', async () => {
    session.reset();
    await run(
      session,
      'CREATE TABLE #v (ci NVARCHAR(9) NOT NULL, bin NVARCHAR(9) COLLATE Latin1_General_BIN2 NOT NULL)',
    );
    await run(session, "INSERT INTO #v VALUES (N'f', N'f'), (N'É', N'É'), (N'e', N'e'), (N'Z', N'Z'), (N'D', N'D')");
    expect((await rows(session, 'SELECT ci FROM #v ORDER BY ci')).flat()).toEqual(['D', 'e', 'É', 'f', 'Z']);
    expect((await rows(session, 'SELECT bin FROM #v ORDER BY bin')).flat()).toEqual(['D', 'Z', 'e', 'f', 'É']);
    expect((await rows(session, 'SELECT MAX(ci), MIN(bin) FROM #v'))[0]).toEqual(['Z', 'D']);
    expect(
      await rows(
        session,
        "SELECT UPPER(x.c), COUNT(*) FROM (SELECT 'a' AS c UNION ALL SELECT 'A ' UNION ALL SELECT 'b') x GROUP BY x.c ORDER BY x.c",
      ),
    ).toHaveLength(0 + 2);
    expect(
      await rows(session, "SELECT DISTINCT x.c FROM (SELECT 'a' AS c UNION ALL SELECT 'A ' UNION ALL SELECT 'b') x"),
    ).toHaveLength(2);
  });
});

describe('HAVING without GROUP BY', () => {
  it.each<[string, SqlValue[][]]>([
    ['SELECT 1 FROM #h HAVING NOT EXISTS (SELECT 1 FROM #h WHERE a > 5)', [[1]]],
    ['SELECT COUNT(*) FROM #h WHERE a > 5 HAVING COUNT(*) = 0', [[0]]],
    ["SELECT 'x' FROM #h WHERE a > 5 HAVING MAX(a) IS NULL", [['x']]],
    ['SELECT MAX(a) FROM #h HAVING COUNT(*) > 5', []],
  ])('is one group, of no rows too: %s', async (query, expected) => {
    session.reset();
    await run(session, 'CREATE TABLE #h (a INT NULL); INSERT INTO #h VALUES (1), (2)');
    expect(await rows(session, query)).toEqual(expected);
  });
});

describe('stored forms', () => {
  const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.nat({ max: 38 }));

  it('of decimals order as the numbers do, and lead back to them', () => {
    fc.assert(
      fc.property(decimals, decimals, ([a, scaleA], [b, scaleB]) => {
        const [x, y] = [encodeDecimal({ unscaled: a, scale: scaleA }), encodeDecimal({ unscaled: b, scale: scaleB })];
        const [left, right] = [a * 10n ** BigInt(scaleB), b * 10n ** BigInt(scaleA)];
        expect(Math.sign(x < y ? -1 : x > y ? 1 : 0)).toBe(left < right ? -1 : left > right ? 1 : 0);
        const back = decodeDecimal(x);
        expect(back.unscaled * 10n ** BigInt(scaleA)).toBe(a * 10n ** BigInt(back.scale));
      }),
    );
    expect(decimalFromText('abc', { name: 'decimal', precision: 5, scale: 0 })).toBeNull();
  });

  it('of GUIDs lead back to their text', () => {
    fc.assert(
      fc.property(fc.uuid(), (text) => {
        expect(guidToText(guidFromText(text)!)).toBe(text.toUpperCase());
      }),
    );
  });
});
