/** CROSS APPLY, as far as SQLite can carry it: beside rows that are sought by a whole key. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SqlSession } from '../../../src/embedded/backend.ts';
import { errorOf, int, rows, run, startServer } from './support.ts';
import type { TestServer } from './support.ts';

const FIRST = (count: number): string =>
  `CROSS APPLY (SELECT TOP (${count}) k.Id FROM dbo.K k WHERE k.Id > e.Low ORDER BY k.Id) r`;
const END = '(SELECT * FROM dbo.E WHERE EndNo = @end) e';

let server: TestServer;
let session: SqlSession;

beforeAll(async () => {
  server = startServer();
  session = server.connect();
  await run(
    session,
    `CREATE TABLE dbo.K (Id INT NOT NULL PRIMARY KEY);
CREATE TABLE dbo.E (EndNo INT NOT NULL PRIMARY KEY, Low INT NOT NULL, Kind INT NOT NULL);
INSERT INTO dbo.K VALUES (50), (10), (40), (30), (20);
INSERT INTO dbo.E VALUES (1, 20, 7), (2, 45, 7);`,
  );
});
afterAll(() => {
  server.close();
});

describe('CROSS APPLY', () => {
  const idsFrom = async (end: number, from: string): Promise<unknown> =>
    rows(session, `SELECT r.Id FROM ${from} ORDER BY r.Id`, [int('@end', end)]);

  it('takes the first rows behind the one beside it', async () => {
    expect(await idsFrom(1, `${END} ${FIRST(2)}`)).toEqual([[30], [40]]);
    expect(await idsFrom(2, `${END} ${FIRST(2)}`)).toEqual([[50]]);
  });

  it('answers nothing beside no row', async () => {
    expect(await idsFrom(3, `${END} ${FIRST(2)}`)).toEqual([]);
  });

  it('sees every row beside it', async () => {
    const other = '(SELECT * FROM dbo.E WHERE EndNo = @end + 1) f';
    const between = 'CROSS APPLY (SELECT k.Id FROM dbo.K k WHERE k.Id > e.Low AND k.Id < f.Low) r';
    expect(await idsFrom(1, `${END} CROSS JOIN ${other} ${between}`)).toEqual([[30], [40]]);
  });

  it.each([
    ['a table', `dbo.E e ${FIRST(1)}`],
    ['rows that no key singles out', `(SELECT * FROM dbo.E WHERE Kind = 7) e ${FIRST(1)}`],
    ['rows of several keys', `(SELECT * FROM dbo.E WHERE EndNo = 1 OR EndNo = 2) e ${FIRST(1)}`],
    ['a range of keys', `(SELECT * FROM dbo.E WHERE EndNo > @end) e ${FIRST(1)}`],
    ['a key that equals a column', `(SELECT * FROM dbo.E WHERE EndNo = Kind) e ${FIRST(1)}`],
  ])('is refused beside %s', async (_, from) => {
    expect(await errorOf(session, `SELECT r.Id FROM ${from}`, [int('@end', 1)])).toBe(40517);
  });

  it.each([
    ['its columns are asked for', `SELECT e.Low, r.Id FROM ${END} ${FIRST(1)}`],
    ['all columns are asked for', `SELECT * FROM ${END} ${FIRST(1)}`],
    ['a union is applied', `SELECT r.Id FROM ${END} CROSS APPLY (SELECT Id FROM dbo.K UNION ALL SELECT 1) r`],
    ['a table is applied', `SELECT r.Id FROM ${END} CROSS APPLY dbo.K r`],
    ['rows without a match are asked for', `SELECT r.Id FROM ${END} OUTER APPLY (SELECT Id FROM dbo.K) r`],
  ])('is refused where %s', async (_, text) => {
    expect(await errorOf(session, text, [int('@end', 1)])).toBe(40517);
  });
});
