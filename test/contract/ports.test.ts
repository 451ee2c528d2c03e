/** The database ports through the real mssql package: what the engine relies on, on every server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseError, SrkeyError } from '../../src/errors.ts';
import { openKeyDatabase } from '../../src/db/key-database.ts';
import type { KeyDatabase } from '../../src/db/key-database.ts';
import { int, Session, text } from '../../src/db/session.ts';
import { readStateScript, splitBatches } from '../../src/db/state-layout.ts';
import { GET_LOCK } from '../../src/db/statements/run.ts';
import { aTarget, finishSegment, stageAll, startRun, WHO } from '../support/port-fixtures.ts';
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';

const toHex = (value: unknown): string | null => (value === null ? null : Buffer.from(value as Buffer).toString('hex'));

describe.each(serverKinds())('on $name', ({ start }) => {
  let server: TestServer;
  let database: TestDatabase;
  beforeAll(async () => {
    server = await start();
    database = await server.createDatabase();
  });
  afterAll(async () => {
    await server.stop();
  });

  async function withDatabase(
    schema: readonly string[],
    work: (database: TestDatabase, product: KeyDatabase) => Promise<void>,
  ): Promise<void> {
    try {
      for (const statement of schema) await database.query(statement);
      const product = await openKeyDatabase(database.connection);
      try {
        await work(database, product);
      } finally {
        await product.close();
      }
    } finally {
      await database.clear();
    }
  }

  const INT_TABLE = 'CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V VARBINARY(MAX) NULL, Other NVARCHAR(20) NULL)';
  const fillInts = (count: number): string =>
    `INSERT INTO dbo.T (Id, V, Other) VALUES ${Array.from(
      { length: count },
      (_, i) => `(${i + 1}, 0x${(i + 1).toString(16).padStart(8, '0')}, N'other ${i + 1}')`,
    ).join(', ')}`;

  describe('a session', () => {
    const lock = (waitMs: number): Parameters<Session['query']> => [
      'wait',
      GET_LOCK,
      { resource: text('srkey-test'), wait: int(waitMs) },
    ];

    it('that is closed ends the call under way at once, and gives up what it held', async () => {
      const holder = await Session.open(database.connection);
      const waiter = await Session.open(database.connection);
      expect(await holder.query(...lock(0))).toEqual([[{ Granted: expect.any(Number) }]]);
      const started = performance.now();
      const waiting = waiter.query(...lock(60_000));
      const queued = waiter.query(...lock(60_000));
      const ended = Promise.all([
        expect(waiting).rejects.toMatchObject({ disposition: 'reconnect' }),
        expect(queued).rejects.toMatchObject({ disposition: 'reconnect' }),
      ]);
      await waiter.close();
      await ended;
      expect(performance.now() - started).toBeLessThan(20_000);
      expect(waiter.isClosed).toBe(true);
      await holder.close();
      await expect(holder.query(...lock(0))).rejects.toMatchObject({ disposition: 'reconnect' });
    });

    it('carries texts of any length', async () => {
      const session = await Session.open(database.connection);
      for (const value of [null, '', 'é'.repeat(4000), 'é'.repeat(4001)]) {
        expect(await session.query('echo', 'SELECT @value AS V', { value: text(value) })).toEqual([[{ V: value }]]);
      }
      await session.close();
    });
  });

  describe('inspector', () => {
    it('tells what the schema holds, and what is missing by name', async () => {
      await withDatabase(
        [
          'CREATE TABLE dbo.T (A INT NOT NULL, B NVARCHAR(30) NOT NULL, V VARBINARY(300) NULL, CONSTRAINT PK_T PRIMARY KEY (A, B))',
          "INSERT INTO dbo.T VALUES (1, N'x', 0x010203), (1, N'y', NULL), (2, N'x', 0x0102)",
          'CREATE TABLE dbo.U (Id INT NOT NULL, V VARBINARY(20) NOT NULL, Note NVARCHAR(MAX) NULL, Name NVARCHAR(20) NULL)',
        ],
        async (_, { inspector }) => {
          const target = aTarget({ key: ['A', 'B'] });
          expect(await inspector.target(target)).toMatchObject({
            found: true,
            keyColumns: [
              { type: 'INT', nullable: false, usable: true },
              { type: 'NVARCHAR(30)', nullable: false, usable: true },
            ],
            value: { typeName: 'VARBINARY(300)', kind: 'binary', capacity: 300, fixedLength: false, ansiPadded: true },
            uniqueKeyIndex: expect.any(String),
            triggers: [],
            rows: 3,
            longestValueBytes: 3,
            totalValueBytes: 5,
          });
          // An index in another order cannot be walked page by page.
          expect(await inspector.target(aTarget({ key: ['B', 'A'] }))).toMatchObject({ uniqueKeyIndex: null });
          expect(await inspector.target(aTarget({ table: 'U' }))).toMatchObject({ found: true, uniqueKeyIndex: null });
          expect(await inspector.target(aTarget({ table: 'Nope' }))).toMatchObject({ found: false });
          expect(await inspector.target(aTarget({ value: 'Nope', key: ['A', 'B'] }))).toEqual({
            found: false,
            missing: 'value column dbo.T.Nope',
          });
          const unmapped = await inspector.unmappedColumns({ targets: [target], ignore: [] });
          expect(unmapped.map(({ table, column }) => `${table}.${column}`.toLowerCase())).toEqual(['u.v', 'u.note']);
          const ignored = { schema: 'DBO', table: 'u', column: 'NOTE', reason: 'text' };
          expect(await inspector.unmappedColumns({ targets: [target], ignore: [ignored] })).toHaveLength(1);
          const stale = { schema: 'dbo', table: 'U', column: 'Gone', reason: 'x' };
          expect(await inspector.staleIgnores([ignored, stale])).toEqual([stale]);
        },
      );
    });

    it('describes the server, and says why where something cannot be read', async () => {
      await withDatabase([INT_TABLE], async (database, { inspector }) => {
        const facts = await inspector.server([aTarget()]);
        expect(facts.database).toBe(database.name);
        expect(facts.readOnly).toBe(false);
        expect(facts.missingRights).toEqual({ known: true, value: [] });
        for (const fact of [facts.space, facts.lastFullBackup]) {
          if (!fact.known) expect(fact.because).toMatch(/could not read/);
        }
      });
    });

    it('reads a target in key order, page by page, and names keys of a page', async () => {
      await withDatabase([INT_TABLE, fillInts(25)], async (_, { inspector }) => {
        const reader = await inspector.openReader(aTarget());
        const read: (string | null)[] = [];
        for (;;) {
          const page = await reader.readPage(10);
          read.push(...page.rows.map(({ value }) => toHex(value)));
          if (page.isLast) {
            expect(await reader.nameKeys(page.batchNo, [2, 5])).toEqual(
              new Map([
                [2, ['22']],
                [5, ['25']],
              ]),
            );
            break;
          }
        }
        await reader.close();
        expect(read).toEqual(Array.from({ length: 25 }, (_, i) => (i + 1).toString(16).padStart(8, '0')));
      });
    });
  });

  describe('register', () => {
    it('completes state tables whose making was cut off', async () => {
      await withDatabase([INT_TABLE, fillInts(1)], async (database, product) => {
        for (const batch of splitBatches(await readStateScript()).slice(0, 2)) await database.query(batch);
        expect(await product.register.exists()).toBe(false);
        expect(await product.register.list()).toEqual([]);
        const run = await startRun(product, [aTarget()]);
        expect(await run.segments()).toHaveLength(2);
        await run.release();
      });
    });

    it('keeps at most one open run, and finds none before the tables exist', async () => {
      await withDatabase([INT_TABLE], async (_, { register }) => {
        expect(await register.exists()).toBe(false);
        expect(await register.list()).toEqual([]);
        await register.prepare();
        await register.prepare();
        const run = {
          toolVersion: '1',
          oldPublicKeyId: 'a'.repeat(64),
          newPublicKeyId: 'b'.repeat(64),
          oldRoot: 'o',
          newRoot: 'n',
        };
        const first = await register.create(run);
        const second = await register.create({ ...run, oldPublicKeyId: 'c'.repeat(64) });
        expect(second).toEqual(first);
        expect(first).toMatchObject({ runId: 1, state: 'planned', epoch: 0, holder: null, endedAt: null });
        expect(await register.list()).toEqual([first]);
      });
    });

    it('gives a run to one holder, to the next at once when the first is gone, and by force to another epoch', async () => {
      await withDatabase([INT_TABLE, fillInts(3)], async (database, product) => {
        const first = await startRun(product, [aTarget()]);
        const other = await openKeyDatabase(database.connection);
        const held = await other.register.take(first.runId, { ...WHO, host: 'SECOND' }, false);
        expect(held).toMatchObject({
          kind: 'held',
          holder: { host: 'TEST', user: 'tester', pid: 4711, leaseSeconds: 30 },
        });

        const early = await other.register.take(first.runId, { ...WHO, host: 'SECOND' }, true);
        expect(early.kind).toBe('held'); // its lease has not run out
        await database.query('UPDATE rotation.Run SET HeartbeatAt = DATEADD(SECOND, -31, HeartbeatAt)');
        const forced = await other.register.take(first.runId, { ...WHO, host: 'SECOND' }, true);
        if (forced.kind !== 'taken') throw new Error('force was refused');
        expect(forced.ownership.epoch).toBe(first.epoch + 1);
        expect(forced.ownership.tookOverFrom).toMatchObject({ host: 'TEST' });
        await expect(first.setState('applying', 'verifying')).rejects.toMatchObject({ code: 'E_FENCED' });
        await expect(first.openLane(1, aTarget()).then((lane) => lane.claimSegment(1))).rejects.toMatchObject({
          code: 'E_FENCED',
        });

        await forced.ownership.release();
        const next = await product.register.take(first.runId, WHO, false);
        if (next.kind !== 'taken') throw new Error('a released run was not given');
        expect(next.ownership.tookOverFrom).toBeNull();
        await next.ownership.release();
        await first.release();
        await other.close();
      });
    });

    it('moves the state by compare-and-set', async () => {
      await withDatabase([INT_TABLE], async (_, product) => {
        const run = await startRun(product, [aTarget()]);
        await run.setState('applying', 'verifying');
        await run.setState('applying', 'verifying'); // an answer was lost and the call made again
        await expect(run.setState('applying', 'done')).rejects.toBeInstanceOf(SrkeyError);
        await run.setState('verifying', 'done');
        await run.release();
        expect((await product.register.list())[0]).toMatchObject({
          state: 'done',
          holder: null,
          endedAt: expect.any(Date),
        });
      });
    });
  });

  describe('segments', () => {
    it('are cut at key boundaries once, and planning again changes nothing', async () => {
      await withDatabase([INT_TABLE, fillInts(25)], async (_, product) => {
        const run = await startRun(product, [aTarget()], 10);
        await run.planTarget(1, aTarget(), 5);
        const segments = await run.segments();
        expect(segments.map(({ segmentNo, state }) => [segmentNo, state])).toEqual([
          [0, 'open'],
          [1, 'open'],
          [2, 'open'],
          [3, 'open'],
        ]);
        const lane = await run.openLane(1, aTarget());
        const rows: number[] = [];
        for (const segmentNo of [2, 3, 1]) {
          await lane.claimSegment(segmentNo);
          rows.push(await finishSegment(lane, 4));
        }
        expect(rows).toEqual([10, 5, 10]);
        expect(await lane.claimSegment(2)).toBeNull();
        await lane.close();
        await run.release();
      });
    });

    it('of an empty table are one, closed by an empty batch', async () => {
      await withDatabase([INT_TABLE], async (_, product) => {
        const run = await startRun(product, [aTarget()], 10);
        const lane = await run.openLane(1, aTarget());
        await lane.claimSegment(1);
        expect(await finishSegment(lane, 4)).toBe(0);
        expect(await lane.claimSegment(1)).toBeNull();
        await lane.close();
        await run.release();
      });
    });

    it('take rows that appear before the first boundary and behind the last one', async () => {
      await withDatabase([INT_TABLE, fillInts(20)], async (database, product) => {
        const run = await startRun(product, [aTarget()], 10);
        await database.query('INSERT INTO dbo.T (Id, V) VALUES (-5, 0x01), (999, 0x02)');
        const lane = await run.openLane(1, aTarget());
        await lane.claimSegment(1);
        expect(await finishSegment(lane, 100)).toBe(11);
        await lane.claimSegment(2);
        expect(await finishSegment(lane, 100)).toBe(11);
        await lane.close();
        await run.release();
      });
    });
  });

  describe('a batch', () => {
    it('swaps the values, journals both and writes its ledger row', async () => {
      await withDatabase([INT_TABLE, fillInts(6)], async (database, product) => {
        const run = await startRun(product, [aTarget()]);
        const lane = await run.openLane(1, aTarget());
        expect(await lane.claimSegment(1)).toMatchObject({ batchNo: 0, lastBatch: null });
        const page = await lane.readPage(4);
        const [a, b, c, d] = stageAll(page);
        const record = await lane.commitBatch(
          page,
          [
            a!,
            b!,
            { ordinal: c!.ordinal, result: { kind: 'foreign', reason: 'recipient is another root' } },
            { ordinal: d!.ordinal, result: { kind: 'empty' } },
          ],
          false,
        );
        expect(record).toMatchObject({ targetNo: 1, segmentNo: 1, batchNo: 1, rows: 4 });
        expect(record.outcomes).toMatchObject({ rewrapped: 2, foreign: 1, empty: 1, changed: 0, staged: 0 });
        const live = await database.query('SELECT V FROM dbo.T ORDER BY Id');
        expect(live.map((row) => toHex(Object.values(row)[0]))).toEqual([
          '00000001ee',
          '00000002ee',
          '00000003',
          '00000004',
          '00000005',
          '00000006',
        ]);
        expect(await run.leftBehind(1, aTarget(), 10)).toEqual([
          { key: ['3'], outcome: 'foreign', reason: 'recipient is another root' },
        ]);
        expect(await run.ledgerTotals()).toEqual([{ targetNo: 1, rows: 4, outcomes: record.outcomes }]);
        expect(await run.account(1, aTarget(), 1)).toEqual({
          liveRows: 6,
          rewrapped: 2,
          new: 0,
          foreign: 1,
          unreadable: 0,
          empty: 1,
          unaccounted: 2,
        });
        await lane.close();
        await run.release();
      });
    });

    it('is resumed behind the last journal key by a new claim, which fences off the old one', async () => {
      await withDatabase([INT_TABLE, fillInts(10)], async (database, product) => {
        const run = await startRun(product, [aTarget()]);
        const stale = await run.openLane(1, aTarget());
        await stale.claimSegment(1);
        const first = await stale.readPage(4);
        await stale.commitBatch(first, stageAll(first), false);
        const second = await stale.readPage(4);

        const fresh = await run.openLane(1, aTarget());
        const claim = await fresh.claimSegment(1);
        expect(claim).toMatchObject({ batchNo: 1, lastBatch: { batchNo: 1, rows: 4 } });
        await expect(stale.commitBatch(second, stageAll(second), false)).rejects.toMatchObject({ code: 'E_FENCED' });
        await stale.close();
        expect(await finishSegment(fresh, 4)).toBe(6);
        const live = await database.query('SELECT V FROM dbo.T');
        expect(live.every((row) => toHex(Object.values(row)[0])!.endsWith('ee'))).toBe(true);
        expect((await run.ledgerTotals())[0]).toMatchObject({ rows: 10 });
        await fresh.close();
        await run.release();
      });
    });

    it('reads one page ahead and commits in order', async () => {
      await withDatabase([INT_TABLE, fillInts(9)], async (_, product) => {
        const run = await startRun(product, [aTarget()]);
        const lane = await run.openLane(1, aTarget());
        await lane.claimSegment(1);
        const first = await lane.readPage(4);
        const second = await lane.readPage(4);
        await lane.commitBatch(first, stageAll(first), false);
        const third = await lane.readPage(4);
        await lane.commitBatch(second, stageAll(second), false);
        await lane.commitBatch(third, stageAll(third), true);
        expect(await run.account(1, aTarget(), 1)).toMatchObject({ liveRows: 9, rewrapped: 9, unaccounted: 0 });
        await lane.close();
        await run.release();
      });
    });

    it('is refused whole when a row has no result', async () => {
      await withDatabase([INT_TABLE, fillInts(4)], async (database, product) => {
        const run = await startRun(product, [aTarget()]);
        const lane = await run.openLane(1, aTarget());
        await lane.claimSegment(1);
        const page = await lane.readPage(4);
        await expect(lane.commitBatch(page, stageAll(page).slice(1), false)).rejects.toBeInstanceOf(DatabaseError);
        const live = await database.query('SELECT V FROM dbo.T ORDER BY Id');
        expect(toHex(Object.values(live[1]!)[0])).toBe('00000002');
        expect(await run.ledgerTotals()).toEqual([]);
        await lane.close();
        await run.release();
      });
    });
  });

  /** Each changes the row between reading and applying; `=` of SQL Server would not see it. */
  const BINARY_TRAPS: readonly (readonly [string, string, string])[] = [
    ['a trailing zero byte appears', '0x01', '0x0100'],
    ['a trailing zero byte goes', '0x010000', '0x0100'],
    ['NULL becomes a value', 'NULL', '0x01'],
    ['a value becomes NULL', '0x01', 'NULL'],
    ['an empty value becomes NULL', '0x', 'NULL'],
    ['NULL becomes an empty value', 'NULL', '0x'],
  ];
  const TEXT_TRAPS: readonly (readonly [string, string, string])[] = [
    ['a trailing blank appears', "'QUJD'", "'QUJD '"],
    ['only the case changes', "'QUJD'", "'qujd'"],
    ['NULL becomes an empty text', 'NULL', "''"],
    ['a blank becomes an empty text', "' '", "''"],
  ];

  describe.each([
    ['VARBINARY(MAX)', BINARY_TRAPS],
    ['VARBINARY(300)', BINARY_TRAPS],
    ['VARCHAR(MAX)', TEXT_TRAPS],
    ['NVARCHAR(MAX)', TEXT_TRAPS],
    ['VARCHAR(200)', TEXT_TRAPS],
  ])('a value of type %s', (type, traps) => {
    const kind = type.includes('BINARY') ? 'bytes' : 'text';
    it.each(traps)('is seen to change when %s', async (_, before, after) => {
      await withDatabase(
        [
          `CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V ${type} NULL)`,
          `INSERT INTO dbo.T VALUES (1, ${before}), (2, ${before})`,
        ],
        async (database, product) => {
          const run = await startRun(product, [aTarget()]);
          const lane = await run.openLane(1, aTarget());
          await lane.claimSegment(1);
          const page = await lane.readPage(10);
          await database.query(`UPDATE dbo.T SET V = ${after} WHERE Id = 2`);
          const record = await lane.commitBatch(page, stageAll(page, kind), true);
          expect(record.outcomes).toMatchObject({ rewrapped: 1, changed: 1 });
          const [, kept] = await database.query('SELECT V, DATALENGTH(V) AS Bytes FROM dbo.T ORDER BY Id');
          const [expected] = await database.query(
            `SELECT CONVERT(${type}, ${after}) AS V, DATALENGTH(CONVERT(${type}, ${after})) AS Bytes`,
          );
          expect(Object.values(kept!)).toEqual(Object.values(expected!));
          expect(await run.account(1, aTarget(), 1)).toMatchObject({ rewrapped: 1, unaccounted: 1 });

          // and back again under the journal's eyes: the old value written back is no accounted row either
          await database.query(`UPDATE dbo.T SET V = ${before}`);
          expect(await run.account(1, aTarget(), 1)).toMatchObject({ rewrapped: 0, unaccounted: 2 });
          await lane.claimSweep();
          await lane.sweepRange(1);
          const swept = await lane.readPage(10);
          expect(swept.rows).toHaveLength(2);
          await lane.commitBatch(swept, stageAll(swept, kind), false);
          expect(await run.account(1, aTarget(), 1)).toMatchObject({ rewrapped: 2, unaccounted: 0 });
          await lane.close();
          await run.release();
        },
      );
    });
  });

  it('a key deleted and inserted again with its old value is found by the sweep', async () => {
    await withDatabase([INT_TABLE, fillInts(3)], async (database, product) => {
      const run = await startRun(product, [aTarget()]);
      const lane = await run.openLane(1, aTarget());
      await lane.claimSegment(1);
      const page = await lane.readPage(10);
      await database.query('DELETE FROM dbo.T WHERE Id = 2');
      const record = await lane.commitBatch(page, stageAll(page), true);
      expect(record.outcomes).toMatchObject({ rewrapped: 2, deleted: 1 });
      expect(await run.account(1, aTarget(), 1)).toMatchObject({ liveRows: 2, unaccounted: 0 });
      await database.query('INSERT INTO dbo.T (Id, V) VALUES (2, 0x00000002)');
      expect(await run.account(1, aTarget(), 1)).toMatchObject({ liveRows: 3, unaccounted: 1 });
      await lane.claimSweep();
      await lane.sweepRange(1);
      expect((await lane.readPage(10)).rows.map(({ value }) => toHex(value))).toEqual(['00000002']);
      await lane.close();
      await run.release();
    });
  });

  it('a sweep walks all ranges under one claim and skips empty ones', async () => {
    await withDatabase([INT_TABLE, fillInts(30)], async (database, product) => {
      const run = await startRun(product, [aTarget()], 10);
      const lane = await run.openLane(1, aTarget());
      for (const segmentNo of [1, 2, 3]) {
        await lane.claimSegment(segmentNo);
        await finishSegment(lane, 100);
      }
      await database.query('UPDATE dbo.T SET V = 0xAA WHERE Id IN (2, 3, 29)');
      await lane.claimSweep();
      const found: number[] = [];
      for (const segmentNo of [1, 2, 3]) {
        await lane.sweepRange(segmentNo);
        for (;;) {
          const page = await lane.readPage(1);
          found.push(page.rows.length);
          if (page.rows.length > 0) await lane.commitBatch(page, stageAll(page), false);
          if (page.isLast) break;
        }
      }
      expect(found).toEqual([1, 1, 0, 0, 1, 0]);
      for (const segmentNo of [1, 2, 3])
        expect(await run.account(1, aTarget(), segmentNo)).toMatchObject({ unaccounted: 0 });
      await lane.close();
      await run.release();
    });
  });

  const KEY_TYPES: readonly (readonly [string, string, (i: number) => string])[] = [
    ['INT with negatives', 'INT', (i) => String(i - 12)],
    ['SMALLINT', 'SMALLINT', (i) => String(i * 100)],
    ['BIGINT beyond 2^53', 'BIGINT', (i) => `90071992547409${(i + 10).toString()}1`],
    [
      'UNIQUEIDENTIFIER',
      'UNIQUEIDENTIFIER',
      (i) => `'${(i * 7919).toString(16).padStart(8, '0')}-0000-4000-8000-${(97 - i).toString(16).padStart(12, '0')}'`,
    ],
    ['NVARCHAR', 'NVARCHAR(40)', (i) => `N'${['é', 'Z', 'a', 'ß', 'ñ'][i % 5]!} ${i}'`],
    ['VARCHAR with a hyphen and an apostrophe', 'VARCHAR(40)', (i) => `'co-op''s ${i}'`],
    ['CHAR', 'CHAR(12)', (i) => `'k${i}'`],
    ['DECIMAL(38,0) beyond 2^53', 'DECIMAL(38,0)', (i) => `12345678901234567890123456789012345${i + 100}`],
    ['DECIMAL with a scale', 'DECIMAL(20,7)', (i) => `-${i}.0000001`],
    ['DATETIME2(7) to the last digit', 'DATETIME2(7)', (i) => `'2026-01-01T00:00:00.1000${(i + 10).toString()}3'`],
    ['DATETIME', 'DATETIME', (i) => `'2026-01-01T00:00:${(i + 10).toString()}.003'`],
    ['BINARY', 'BINARY(6)', (i) => `0x00${i.toString(16).padStart(2, '0')}00`],
    ['VARBINARY', 'VARBINARY(16)', (i) => `0x${i.toString(16).padStart(2, '0')}FF`],
  ];

  it.each(KEY_TYPES)('walks, resumes and finishes a table whose key is %s', async (_, type, literal) => {
    const rows = Array.from({ length: 25 }, (__, i) => `(${literal(i)}, 0x${(i + 1).toString(16).padStart(4, '0')})`);
    await withDatabase(
      [
        `CREATE TABLE dbo.T (Id ${type} NOT NULL PRIMARY KEY, V VARBINARY(MAX) NULL)`,
        `INSERT INTO dbo.T VALUES ${rows.join(', ')}`,
      ],
      async (database, product) => {
        const run = await startRun(product, [aTarget()], 9);
        for (const segmentNo of [1, 2, 3]) {
          // a batch, then another lane as after a crash
          const first = await run.openLane(1, aTarget());
          await first.claimSegment(segmentNo);
          const page = await first.readPage(2);
          await first.commitBatch(page, stageAll(page), false);
          await first.close();
          const second = await run.openLane(1, aTarget());
          await second.claimSegment(segmentNo);
          expect(await finishSegment(second, 3)).toBe(segmentNo === 3 ? 5 : 7);
          expect(await run.account(1, aTarget(), segmentNo)).toMatchObject({ unaccounted: 0 });
          await second.close();
        }
        const live = await database.query('SELECT V FROM dbo.T');
        expect(live.map((row) => toHex(Object.values(row)[0])).sort()).toEqual(
          Array.from({ length: 25 }, (__, i) => `${(i + 1).toString(16).padStart(4, '0')}ee`),
        );
        expect((await run.ledgerTotals())[0]).toMatchObject({ rows: 25, outcomes: { rewrapped: 25 } });
        await run.release();
      },
    );
  });

  it('walks a composite key of four columns in index order', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => `(${i % 2}, N'${'ab'[Math.floor(i / 2) % 2]!}', ${i % 5}, ${i}, 0x${(i + 16).toString(16)})`,
    );
    await withDatabase(
      [
        'CREATE TABLE dbo.T (A INT NOT NULL, B NVARCHAR(10) NOT NULL, C SMALLINT NOT NULL, D BIGINT NOT NULL, V VARBINARY(50) NULL, PRIMARY KEY (A, B, C, D))',
        `INSERT INTO dbo.T VALUES ${rows.join(', ')}`,
      ],
      async (database, product) => {
        const target = aTarget({ key: ['A', 'B', 'C', 'D'] });
        const reader = await product.inspector.openReader(target);
        const read: (string | null)[] = [];
        for (let isLast = false; !isLast;) {
          const page = await reader.readPage(3);
          expect(page.rows.map(({ ordinal }) => ordinal)).toEqual(page.rows.map((_, i) => i + 1));
          read.push(...page.rows.map(({ value }) => toHex(value)));
          isLast = page.isLast;
        }
        await reader.close();
        const inOrder = await database.query('SELECT V FROM dbo.T ORDER BY A, B, C, D');
        expect(read).toEqual(inOrder.map((row) => toHex(Object.values(row)[0])));

        const run = await startRun(product, [target], 11);
        const lane = await run.openLane(1, target);
        const counts: number[] = [];
        for (const segmentNo of [1, 2, 3, 4]) {
          await lane.claimSegment(segmentNo);
          counts.push(await finishSegment(lane, 3));
        }
        expect(counts).toEqual([11, 11, 11, 7]);
        await lane.close();
        await run.release();
      },
    );
  });

  it('walks a key too wide for a clustered index', async () => {
    await withDatabase(
      [
        'CREATE TABLE dbo.T (A NVARCHAR(400) NOT NULL, B NVARCHAR(100) NOT NULL, V VARBINARY(MAX) NULL)',
        'CREATE UNIQUE INDEX UX_T ON dbo.T (A, B)',
        "INSERT INTO dbo.T VALUES (N'a', N'b', 0x01), (N'a', N'c', 0x02), (N'b', N'a', 0x03)",
      ],
      async (_, product) => {
        const target = aTarget({ key: ['A', 'B'] });
        const run = await startRun(product, [target], 2);
        const lane = await run.openLane(1, target);
        for (const [segmentNo, rows] of [
          [1, 2],
          [2, 1],
        ] as const) {
          await lane.claimSegment(segmentNo);
          expect(await finishSegment(lane, 1)).toBe(rows);
          expect(await run.account(1, target, segmentNo)).toMatchObject({ rewrapped: rows, unaccounted: 0 });
        }
        await lane.close();
        await run.release();
      },
    );
  });

  it('a trigger that answers rows of its own does not confuse the ledger', async () => {
    const trigger = "CREATE TRIGGER dbo.NoisyTrigger ON dbo.T AFTER UPDATE AS SELECT N'noise' AS Noise";
    if (!server.capabilities.triggers) {
      await expect(database.query(trigger)).rejects.toThrow(/not supported/);
      return;
    }
    await withDatabase([INT_TABLE, fillInts(3), trigger], async (_, product) => {
      const run = await startRun(product, [aTarget()]);
      const lane = await run.openLane(1, aTarget());
      await lane.claimSegment(1);
      const page = await lane.readPage(10);
      expect((await lane.commitBatch(page, stageAll(page), true)).outcomes).toMatchObject({ rewrapped: 3 });
      await lane.close();
      await run.release();
    });
  });

  it('names that need quoting are quoted everywhere', async () => {
    // Babelfish does not take a closing bracket in a name.
    const table = server.capabilities.bracketsInNames ? "T'able]x" : "T'able x";
    const quoted = `[odd schema].[${table.replaceAll(']', ']]')}]`;
    await withDatabase(
      [
        "IF SCHEMA_ID(N'odd schema') IS NULL EXEC(N'CREATE SCHEMA [odd schema]')",
        `CREATE TABLE ${quoted} ([Key 1] INT NOT NULL PRIMARY KEY, [va lue] VARBINARY(MAX) NULL)`,
        `INSERT INTO ${quoted} VALUES (1, 0x01), (2, 0x02)`,
      ],
      async (database, product) => {
        const target = aTarget({ schema: 'odd schema', table, key: ['Key 1'], value: 'va lue' });
        expect(await product.inspector.target(target)).toMatchObject({ found: true, rows: 2 });
        const run = await startRun(product, [target]);
        const lane = await run.openLane(1, target);
        await lane.claimSegment(1);
        expect(await finishSegment(lane, 10)).toBe(2);
        const live = await database.query(`SELECT [va lue] AS V FROM ${quoted} ORDER BY [Key 1]`);
        expect(live.map((row) => toHex(Object.values(row)[0]))).toEqual(['01ee', '02ee']);
        await lane.close();
        await run.release();
      },
    );
  });

  it('a lock held by somebody else ends in a retry, and the retried batch commits once', async () => {
    await withDatabase([INT_TABLE, fillInts(3)], async (database, product) => {
      const run = await startRun(product, [aTarget()]);
      const lane = await run.openLane(1, aTarget());
      await lane.claimSegment(1);
      const page = await lane.readPage(10);
      await database.query("BEGIN TRANSACTION; UPDATE dbo.T SET Other = N'busy' WHERE Id = 2");
      await expect(lane.commitBatch(page, stageAll(page), true)).rejects.toMatchObject({ disposition: 'retry' });
      await database.query('COMMIT TRANSACTION');
      expect((await lane.commitBatch(page, stageAll(page), true)).outcomes).toMatchObject({ rewrapped: 3 });
      await lane.close();
      await run.release();
    });
  });

  it.each([
    ['drop-after', 1],
    ['drop-before', 0],
  ] as const)('a line cut by %s the commit leaves the answer to the ledger', async (kind, committed) => {
    const { faults } = server;
    if (faults === null) return; // a line to a real server is cut by the crash tests
    await withDatabase([INT_TABLE, fillInts(3)], async (_, product) => {
      const run = await startRun(product, [aTarget()]);
      const lane = await run.openLane(1, aTarget());
      await lane.claimSegment(1);
      const page = await lane.readPage(10);
      faults.set([{ match: 'COMMIT TRANSACTION', nth: 1, action: { kind } }]);
      await expect(lane.commitBatch(page, stageAll(page), false)).rejects.toMatchObject({ disposition: 'reconnect' });
      faults.set([]);
      await lane.close();
      const next = await run.openLane(1, aTarget());
      expect(await next.claimSegment(1)).toMatchObject({ batchNo: committed });
      expect(await finishSegment(next, 10)).toBe(committed === 1 ? 0 : 3);
      expect(await run.account(1, aTarget(), 1)).toMatchObject({ rewrapped: 3, unaccounted: 0 });
      await next.close();
      await run.release();
    });
  });
});
