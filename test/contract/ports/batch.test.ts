/** A batch: values, journal, segment and ledger in one transaction. */
import { describe, expect, it } from 'vitest';
import { DatabaseError } from '../../../src/errors.ts';
import {
  aTarget,
  claim,
  fillInts,
  finishSegment,
  INT_TABLE,
  stageAll,
  startRun,
  toHex,
} from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';

onEveryServer((suite) => {
  describe('a batch', () => {
    it('swaps the values, journals both and writes its ledger row', async () => {
      await suite.withRun({ schema: [INT_TABLE, fillInts(6)] }, async ({ database, run, lane }) => {
        expect(await claim(lane, 1)).toMatchObject({ batchNo: 0, lastBatch: null });
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
        expect(await run.ledgerTotals('apply')).toEqual([{ targetNo: 1, rows: 4, outcomes: record.outcomes }]);
        expect(await run.account(1, aTarget(), 1, 'applied')).toEqual({
          liveRows: 6,
          staged: 0,
          rewrapped: 2,
          new: 0,
          foreign: 1,
          unreadable: 0,
          empty: 1,
          unaccounted: 2,
          unjournaled: 2,
          departed: 0,
        });
      });
    });

    it('is resumed behind the last journal key by a new claim, which fences off the old one', async () => {
      await suite.withDatabase([INT_TABLE, fillInts(10)], async (database, product) => {
        const run = await startRun(product, [aTarget()]);
        const stale = await run.openLane(1, aTarget(), 'apply');
        await claim(stale, 1);
        const first = await stale.readPage(4);
        await stale.commitBatch(first, stageAll(first), false);
        const second = await stale.readPage(4);

        const fresh = await run.openLane(1, aTarget(), 'apply');
        expect(await claim(fresh, 1)).toMatchObject({ batchNo: 1, lastBatch: { batchNo: 1, rows: 4 } });
        await expect(stale.commitBatch(second, stageAll(second), false)).rejects.toMatchObject({ code: 'E_FENCED' });
        await stale.close();
        expect(await finishSegment(fresh, 4)).toBe(6);
        const live = await database.query('SELECT V FROM dbo.T');
        expect(live.every((row) => toHex(Object.values(row)[0])!.endsWith('ee'))).toBe(true);
        expect((await run.ledgerTotals('apply'))[0]).toMatchObject({ rows: 10 });
        await fresh.close();
        await run.release();
      });
    });

    it('reads one page ahead and commits in order', async () => {
      await suite.withRun({ schema: [INT_TABLE, fillInts(9)] }, async ({ run, lane }) => {
        await claim(lane, 1);
        const first = await lane.readPage(4);
        const second = await lane.readPage(4);
        await lane.commitBatch(first, stageAll(first), false);
        const third = await lane.readPage(4);
        await lane.commitBatch(second, stageAll(second), false);
        await lane.commitBatch(third, stageAll(third), true);
        expect(await run.account(1, aTarget(), 1, 'applied')).toMatchObject({
          liveRows: 9,
          rewrapped: 9,
          unaccounted: 0,
        });
      });
    });

    it('is refused whole when a row has no result', async () => {
      await suite.withRun({ schema: [INT_TABLE, fillInts(4)] }, async ({ database, run, lane }) => {
        await claim(lane, 1);
        const page = await lane.readPage(4);
        await expect(lane.commitBatch(page, stageAll(page).slice(1), false)).rejects.toBeInstanceOf(DatabaseError);
        const live = await database.query('SELECT V FROM dbo.T ORDER BY Id');
        expect(toHex(Object.values(live[1]!)[0])).toBe('00000002');
        expect(await run.ledgerTotals('apply')).toEqual([]);
      });
    });
  });

  it('a trigger that answers rows of its own does not confuse the ledger', async () => {
    const trigger = "CREATE TRIGGER dbo.NoisyTrigger ON dbo.T AFTER UPDATE AS SELECT N'noise' AS Noise";
    if (!suite.server.capabilities.triggers) {
      await expect(suite.database.query(trigger)).rejects.toThrow(/not supported/);
      return;
    }
    await suite.withRun({ schema: [INT_TABLE, fillInts(3), trigger] }, async ({ lane }) => {
      await claim(lane, 1);
      const page = await lane.readPage(10);
      expect((await lane.commitBatch(page, stageAll(page), true)).outcomes).toMatchObject({ rewrapped: 3 });
    });
  });

  it('a lock held by somebody else ends in a retry, and the retried batch commits once', async () => {
    await suite.withRun({ schema: [INT_TABLE, fillInts(3)] }, async ({ database, lane }) => {
      await claim(lane, 1);
      const page = await lane.readPage(10);
      await database.query("BEGIN TRANSACTION; UPDATE dbo.T SET Other = N'busy' WHERE Id = 2");
      await expect(lane.commitBatch(page, stageAll(page), true)).rejects.toMatchObject({ disposition: 'retry' });
      await database.query('COMMIT TRANSACTION');
      expect((await lane.commitBatch(page, stageAll(page), true)).outcomes).toMatchObject({ rewrapped: 3 });
    });
  });

  it.each([
    ['drop-after', 1],
    ['drop-before', 0],
  ] as const)('a line cut by %s the commit leaves the answer to the ledger', async (kind, committed) => {
    const { faults } = suite.server;
    if (faults === null) return; // a line to a real server is cut by the crash tests
    await suite.withDatabase([INT_TABLE, fillInts(3)], async (_, product) => {
      const run = await startRun(product, [aTarget()]);
      const lane = await run.openLane(1, aTarget(), 'apply');
      await claim(lane, 1);
      const page = await lane.readPage(10);
      faults.set([{ match: 'COMMIT TRANSACTION', nth: 1, action: { kind } }]);
      await expect(lane.commitBatch(page, stageAll(page), false)).rejects.toMatchObject({ disposition: 'reconnect' });
      faults.set([]);
      await lane.close();
      const next = await run.openLane(1, aTarget(), 'apply');
      expect(await claim(next, 1)).toMatchObject({ batchNo: committed });
      expect(await finishSegment(next, 10)).toBe(committed === 1 ? 0 : 3);
      expect(await run.account(1, aTarget(), 1, 'applied')).toMatchObject({ rewrapped: 3, unaccounted: 0 });
      await next.close();
      await run.release();
    });
  });
});
