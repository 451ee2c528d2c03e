import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { account, journalJoin, leftBehind, unaccountedCondition } from '../../../src/db/statements/account.ts';
import { claimSegment, commitBatch } from '../../../src/db/statements/batch.ts';
import * as inspection from '../../../src/db/statements/inspection.ts';
import * as measures from '../../../src/db/statements/measures.ts';
import { grantedRights } from '../../../src/db/statements/rights.ts';
import * as page from '../../../src/db/statements/page.ts';
import * as register from '../../../src/db/statements/run.ts';
import { runTables, THROWN } from '../../../src/db/statements/binding.ts';
import type { SqlSession, SqlValue } from '../../../src/embedded/backend.ts';
import {
  errorOf,
  installStateTables,
  int,
  parameter,
  rows,
  run,
  sqlFile,
  startServer,
  text,
  value,
} from './support.ts';
import type { TestServer } from './support.ts';
import { TARGETS } from './targets.ts';

const OWNER = parameter('@owner', 'uniqueidentifier', '6F9619FF-8B86-D011-B42D-00C04FC964FF');
const RUN = [int('@run', 1), int('@runEpoch', 1), int('@target', 1)];
const WHOLE = { from: 'start', to: 'end' } as const;

let server: TestServer;
let session: SqlSession;

beforeAll(async () => {
  server = startServer();
  session = server.connect();
  await installStateTables(session);
});
afterAll(() => {
  server.close();
});

async function createRun(): Promise<void> {
  await run(session, register.CREATE_RUN, [
    int('@layoutVersion', 1),
    text('@toolVersion', '0.1'),
    text('@oldPublicKey', 'a'.repeat(64)),
    text('@newPublicKey', 'b'.repeat(64)),
    text('@newRecipient', 'c'.repeat(64)),
    text('@oldRoot', 'CN=old'),
    text('@newRoot', 'CN=new'),
  ]);
  await run(session, register.TAKE_RUN, [
    text('@host', 'h'),
    text('@user', 'u'),
    int('@pid', 1),
    int('@leaseSeconds', 60),
    int('@run', 1),
    int('@epoch', 1),
    int('@seenEpoch', 0),
    int('@onlyOverdue', 0),
  ]);
  expect(
    await value(session, register.SET_STATE, [
      text('@to', 'applying'),
      text('@from', 'planned'),
      int('@run', 1),
      int('@epoch', 1),
    ]),
  ).toBe(1);
}

describe.each(TARGETS)('the statement catalogue for $name', ({ ddl, bound, keys, paddedTo }) => {
  const tables = runTables(1, 1);
  const isBinary = bound.value.kind === 'binary';
  const padded = (given: string): string => given.padEnd(paddedTo);
  const old = (i: number): SqlValue => (isBinary ? new Uint8Array([i, 0xab, 0]) : padded(`old-${String(i)}`));
  const fresh = (i: number): SqlValue => (isBinary ? new Uint8Array([i, 0xcd, 0]) : padded(`New-${String(i)}`));
  const shown = (given: SqlValue | undefined): SqlValue =>
    given instanceof Uint8Array
      ? Buffer.from(given).toString('hex')
      : typeof given === 'string'
        ? given.trimEnd()
        : (given ?? null);
  const live = `SELECT CONVERT(${bound.value.maxType}, Wrapped) AS W FROM dbo.${bound.target.table} ORDER BY ${bound.target.key.join(', ')}`;

  beforeEach(async () => {
    session.reset();
    const names = await rows(
      session,
      "SELECT s.name, t.name FROM sys.tables t INNER JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE s.name = 'dbo' OR t.name LIKE 'Journal%' OR t.name LIKE 'Bounds%'",
    );
    for (const [schema, name] of names) await run(session, `DROP TABLE [${String(schema)}].[${String(name)}]`);
    for (const table of ['Run', 'Target', 'Segment', 'Batch']) await run(session, `DELETE FROM rotation.${table}`);
    await run(session, ddl);
    // in an order that is not the keys' own
    for (const i of [3, 0, 6, 1, 5, 2, 4]) {
      const stored = old(i);
      const literal = stored instanceof Uint8Array ? `0x${Buffer.from(stored).toString('hex')}` : `'${String(stored)}'`;
      await run(
        session,
        `INSERT INTO dbo.${bound.target.table} VALUES (${keys[i]!}, ${i}, ${i === 4 ? 'NULL' : literal})`,
      );
    }
    await createRun();
    for (const statement of register.createTargetTables(bound, tables)) await run(session, statement);
    for (const statement of register.createTargetTables(bound, tables)) await run(session, statement);
    await run(session, register.planTarget(bound, tables), [
      ...RUN,
      text('@name', 'n'),
      text('@definition', '{}'),
      int('@segmentRows', 3),
    ]);
    await run(session, page.createSessionTables(bound));
  });

  async function loadResults(
    batch: number,
    outcomes: readonly (readonly [ordinal: number, outcome: string, newValue: SqlValue])[],
  ): Promise<void> {
    const type = isBinary ? 'varbinary(max)' : 'nvarchar(max)';
    session.beginBulkLoad(
      `insert bulk [#result]([BatchNo] int, [Ordinal] int, [Outcome] varchar(10), [NewValue] ${type}, [Reason] nvarchar(200)) with (KEEP_NULLS)`,
    );
    await session.bulkLoad(outcomes.map(([ordinal, outcome, newValue]) => [batch, ordinal, outcome, newValue, null]));
  }

  function commit(segment: number, batch: number, count: number, state = 'open'): [string, ReturnType<typeof int>[]] {
    return [
      commitBatch(bound, tables, 'apply'),
      [
        ...RUN,
        int('@fenced', segment),
        OWNER,
        int('@epoch', 1),
        int('@batch', batch),
        int('@rows', count),
        text('@state', state),
      ],
    ];
  }

  it('plans segments at real key boundaries, once', async () => {
    expect(await rows(session, register.RUN_SEGMENTS, [int('@run', 1)])).toEqual(
      [0, 1, 2, 3].map((n) => [1, n, 'open', 0, null]),
    );
    await run(session, register.planTarget(bound, tables), [
      ...RUN,
      text('@name', 'n'),
      text('@definition', '{}'),
      int('@segmentRows', 1),
    ]);
    expect(await rows(session, register.RUN_TARGETS, [int('@run', 1)])).toEqual([[1, 'n', '{}', 4]]);
  });

  it('reads pages in the order of the server, each behind the one before', async () => {
    const first = await rows(session, page.readPage(bound, tables, WHOLE), [int('@batch', 1), int('@rows', 3)]);
    const second = await rows(session, page.readPage(bound, tables, { ...WHOLE, from: 'cursor' }), [
      int('@batch', 2),
      int('@rows', 3),
    ]);
    const again = await rows(session, page.readPage(bound, tables, { ...WHOLE, from: 'cursor' }), [
      int('@batch', 2),
      int('@rows', 3),
    ]);
    const third = await rows(session, page.readPage(bound, tables, { ...WHOLE, from: 'cursor' }), [
      int('@batch', 3),
      int('@rows', 3),
    ]);
    expect([...first, ...second, ...third].map(([ordinal, v]) => [ordinal, shown(v)])).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((i) => [(i % 3) + 1, i === 4 ? null : shown(old(i))]),
    );
    expect(again).toEqual(second);
    const named = await rows(session, page.namePageKeys(bound), [int('@batch', 3), int('@first', 1), int('@last', 1)]);
    expect(named).toHaveLength(1);
    await run(session, page.FORGET_PAGE, [int('@batch', 3)]);
    expect(await value(session, 'SELECT COUNT(*) FROM #page')).toBe(1);
  });

  it('reads a segment between its bounds', async () => {
    const between = { from: 'bound', to: 'bound' } as const;
    const middle = await rows(session, page.readPage(bound, tables, between), [
      int('@batch', 1),
      int('@rows', 100),
      int('@segment', 2),
    ]);
    expect(middle.map(([, v]) => shown(v))).toEqual([3, 4, 5].map((i) => (i === 4 ? null : shown(old(i)))));
    const last = await rows(session, page.readPage(bound, tables, { ...between, to: 'end' }), [
      int('@batch', 1),
      int('@rows', 100),
      int('@segment', 3),
    ]);
    expect(last.map(([, v]) => shown(v))).toEqual([shown(old(6))]);
  });

  it('commits a batch: journal, live values, segment and ledger', async () => {
    await run(session, claimSegment('apply'), [...RUN, int('@segment', 1), OWNER]);
    const range = { from: 'start', to: 'bound' } as const;
    await run(session, page.readPage(bound, tables, range), [int('@batch', 1), int('@rows', 3), int('@segment', 1)]);
    await loadResults(1, [
      [1, 'staged', fresh(0)],
      [2, 'foreign', null],
      [3, 'staged', fresh(2)],
    ]);
    const [ledger] = await rows(session, ...commit(1, 1, 3, 'done'));
    expect([...ledger!.slice(0, 3), ...ledger!.slice(4, 13)]).toEqual([1, 1, 1, 3, 0, 2, 0, 0, 0, 1, 0, 0]);
    expect((await rows(session, live)).map(([v]) => shown(v))).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((i) => (i === 4 ? null : shown(i === 0 || i === 2 ? fresh(i) : old(i)))),
    );
    expect((await rows(session, register.RUN_SEGMENTS, [int('@run', 1)]))[1]).toEqual([1, 1, 'done', 1, null]);

    // sweep: only what the journal does not account for; then a row written back shows up again
    const sweep = { from: 'start', to: 'end' } as const;
    const unaccounted = {
      join: journalJoin(bound, tables),
      condition: unaccountedCondition(bound, 'applied'),
    };
    expect(
      await rows(session, page.readPage(bound, tables, sweep, unaccounted), [int('@batch', 9), int('@rows', 100)]),
    ).toHaveLength(4);
    expect(await rows(session, leftBehind(bound, tables), [int('@limit', 10)])).toHaveLength(1);
    const { sets } = await run(session, account(bound, tables, { from: 'start', to: 'end' }, 'applied'), [
      int('@segment', 1),
    ]);
    expect(sets[0]?.rows.map(([name, ...counts]) => [name, ...counts.map(Number)]).sort()).toEqual([
      ['foreign', 1, 1],
      ['rewrapped', 2, 2],
      ['unjournaled', 4, 0],
    ]);
    expect(sets[1]?.rows.map(([count]) => Number(count))).toEqual([3]);
    expect(
      await value(session, page.seekToJournal(bound, tables, { from: 'start', to: 'bound' }), [
        int('@batch', 1),
        int('@segment', 1),
      ]),
    ).toBe(1);
    const after = await rows(session, page.readPage(bound, tables, { ...WHOLE, from: 'cursor' }), [
      int('@batch', 2),
      int('@rows', 1),
    ]);
    expect(after.map(([, v]) => shown(v))).toEqual([shown(old(3))]);
  });

  it('marks rows that changed or went away meanwhile, and leaves the changed value alone', async () => {
    await run(session, claimSegment('apply'), [...RUN, int('@segment', 0), OWNER]);
    await run(session, page.readPage(bound, tables, WHOLE), [int('@batch', 1), int('@rows', 3)]);
    const other = isBinary ? '0x99' : "'other'";
    await run(
      session,
      `UPDATE dbo.${bound.target.table} SET Wrapped = ${other} WHERE Other = 0; DELETE FROM dbo.${bound.target.table} WHERE Other = 1`,
    );
    await loadResults(1, [
      [1, 'staged', fresh(0)],
      [2, 'staged', fresh(1)],
      [3, 'staged', fresh(2)],
    ]);
    const [ledger] = await rows(session, ...commit(0, 1, 3));
    expect(ledger!.slice(4, 13)).toEqual([3, 0, 1, 1, 1, 0, 0, 0, 0]);
    expect(shown((await rows(session, live))[0]![0])).toBe(isBinary ? '99' : 'other');
  });

  it('is fenced off, and rolled back, when the segment or the run was taken over', async () => {
    await run(session, claimSegment('apply'), [...RUN, int('@segment', 1), OWNER]);
    await run(session, page.readPage(bound, tables, WHOLE), [int('@batch', 1), int('@rows', 3)]);
    await loadResults(1, [
      [1, 'staged', fresh(0)],
      [2, 'staged', fresh(1)],
      [3, 'staged', fresh(2)],
    ]);
    const before = await rows(session, live);
    expect(await errorOf(session, ...commit(1, 2, 3))).toBe(THROWN.segmentFenced);
    expect(await errorOf(session, ...commit(1, 1, 4))).toBe(THROWN.incompleteResults);
    await run(session, 'UPDATE rotation.Run SET Epoch = 2');
    expect(await errorOf(session, ...commit(1, 1, 3))).toBe(THROWN.runFenced);
    expect(await errorOf(session, claimSegment('apply'), [...RUN, int('@segment', 1), OWNER])).toBe(THROWN.runFenced);
    expect(await rows(session, live)).toEqual(before);
    expect(await value(session, 'SELECT @@TRANCOUNT')).toBe(0);
    expect(await value(session, `SELECT COUNT(*) FROM ${tables.journal}`)).toBe(0);
    expect((await rows(session, register.RUN_SEGMENTS, [int('@run', 1)]))[1]).toEqual([1, 1, 'open', 0, null]);
  });

  it('describes the table as SQL Server would', async () => {
    const where = [text('@schema', 'DBO'), text('@table', bound.target.table.toLowerCase())];
    const columns = await rows(session, inspection.TABLE_COLUMNS, where);
    expect(columns.map(([name]) => name)).toEqual([...bound.target.key, 'Other', 'Wrapped']);
    const indexes = await rows(session, inspection.TABLE_INDEXES, where);
    expect(indexes.map((row) => [row[1], row[2], row[3], row[5], row[6]])).toEqual(
      bound.target.key.map((name) => [1, 0, 0, name, 0]),
    );
    expect(await rows(session, inspection.TABLE_TRIGGERS, where)).toEqual([]);
    const [measure] = await rows(session, inspection.measureTarget(bound.target, 'Wrapped'));
    expect(measure![0]).toBe(7n);
  });
});

describe('statements about the server and the register of runs', () => {
  it('say that this is not SQL Server', async () => {
    const [row] = await rows(session, inspection.SERVER);
    expect(row!.slice(0, 2)).toEqual([
      expect.stringMatching(/^srkey embedded key database 0\.1 - EMBEDDED, not SQL Server \(SQLite 3/),
      '0.1.0.0',
    ]);
    expect(row!.slice(3)).toEqual([null, 'EMBEDDED', 'srkey', 'sa', 'READ_WRITE']);
  });

  it('have no backups to tell of, and file sizes that say what they can', async () => {
    expect(await errorOf(session, measures.LAST_FULL_BACKUP)).toBe(208);
    const files = await rows(session, measures.FILE_SPACE);
    expect(files.map(([type, size, used]) => [type, (size as bigint) > 0n, used])).toEqual([
      [0, true, null],
      [1, true, null],
    ]);
    const right = { permission: 'CREATE TABLE', securableClass: 'DATABASE', securable: null, column: null } as const;
    expect(await rows(session, grantedRights([right]))).toEqual([[0, 1]]);
  });

  it('find every column that could hold a stored key', async () => {
    for (const batch of sqlFile('srkey/schema.sql')) await run(session, batch).catch(() => undefined);
    const found = await rows(session, inspection.CANDIDATE_COLUMNS);
    expect(found).toContainEqual(['dbo', 'Machine', 'Photo', 'varbinary', -1]);
    expect(found.some(([schema]) => schema === 'rotation')).toBe(false);
  });

  it('let one open run exist, and move its holder and state by compare-and-set', async () => {
    await run(session, 'DELETE FROM rotation.Run');
    expect(await value(session, register.STATE_TABLES_EXIST)).toBe(1);
    await createRun();
    await run(session, register.CREATE_RUN, [
      int('@layoutVersion', 1),
      text('@toolVersion', '0.1'),
      text('@oldPublicKey', 'c'),
      text('@newPublicKey', 'd'),
      text('@newRecipient', 'e'),
      text('@oldRoot', 'o'),
      text('@newRoot', 'n'),
    ]);
    expect(await rows(session, register.LIST_RUNS)).toHaveLength(1);
    expect(await value(session, register.HEARTBEAT, [int('@run', 1), int('@epoch', 0)])).toBe(0);
    expect(await value(session, register.HEARTBEAT, [int('@run', 1), int('@epoch', 1)])).toBe(1);
    const [found] = await rows(session, register.FIND_RUN, [int('@run', 1)]);
    expect(found!.at(-1)).toBeLessThan(5);
    await run(session, register.RELEASE_RUN, [int('@run', 1), int('@epoch', 1)]);
    expect((await rows(session, register.FIND_RUN, [int('@run', 1)]))[0]!.slice(13)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(await rows(session, register.LEDGER_TOTALS, [int('@run', 1), text('@phase', 'apply')])).toBeInstanceOf(
      Array,
    );
  });
});
