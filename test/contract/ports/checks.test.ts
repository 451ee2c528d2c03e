/** The record of segments in which every key was opened: it holds while nothing has touched their journal. */
import { expect, it } from 'vitest';
import type { SegmentRecord } from '../../../src/rotation/ports.ts';
import { aTarget, claim, fillInts, finishSegment, INT_TABLE, stageAll } from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';

onEveryServer((suite) => {
  it('is kept until a batch of the segment or of the sweep comes, is refused when one was faster, and is forgotten', async () => {
    await suite.withRun({ schema: [INT_TABLE, fillInts(6)], segmentRows: 3 }, async ({ database, product, lane }) => {
      for (const segmentNo of [1, 2]) {
        await claim(lane, segmentNo);
        await finishSegment(lane, 10);
      }
      const view = product.register.view(1);
      const segmentsNow = async (): Promise<readonly SegmentRecord[]> => view.segments();
      const [sweep, first, second] = await segmentsNow();
      expect(await view.recordCheck(first!, sweep!)).toBe(true);
      expect(await view.recordCheck({ ...second!, batchNo: second!.batchNo - 1 }, sweep!)).toBe(false);
      expect((await segmentsNow()).map(({ checkedAt }) => checkedAt instanceof Date)).toEqual([false, true, false]);

      await database.query('UPDATE dbo.T SET V = 0x77 WHERE Id = 5');
      await lane.claimSweep();
      await lane.sweepRange(2);
      const page = await lane.readPage(10);
      expect(page.rows).toHaveLength(1);
      await lane.commitBatch(page, stageAll(page), false);
      expect(await view.recordCheck(second!, sweep!)).toBe(false);
      expect((await segmentsNow()).map(({ checkedAt }) => checkedAt)).toEqual([null, null, null]);

      const [sweptOnce, , again] = await segmentsNow();
      expect(await view.recordCheck(again!, sweptOnce!)).toBe(true);
      expect((await segmentsNow())[2]!.checkedAt).toBeInstanceOf(Date);
      await view.forgetChecks();
      expect((await segmentsNow()).map(({ checkedAt }) => checkedAt)).toEqual([null, null, null]);
    });
  });

  it('the walk beside the journal tells rows of each kind, and names keys of the last two pages', async () => {
    await suite.withRun({ schema: [INT_TABLE, fillInts(6)], segmentRows: 100 }, async ({ database, run, lane }) => {
      await claim(lane, 1);
      await finishSegment(lane, 10);
      await database.query('UPDATE dbo.T SET V = 0x00000002 WHERE Id = 2');
      await database.query('DELETE FROM dbo.T WHERE Id = 4');
      await database.query("INSERT INTO dbo.T (Id, V, Other) VALUES (9, 0x99, N'added')");
      expect(await run.account(1, aTarget(), 1, 'half-applied')).toMatchObject({
        unaccounted: 2,
        unjournaled: 1,
        departed: 1,
      });

      const journal = await run.openJournal(1, aTarget());
      await journal.seek(1);
      const kept = await journal.readAccounted(2, 'applied');
      expect(kept.rows).toMatchObject([{ kind: 'pair' }, { kind: 'pair' }]);
      const next = await journal.readAccounted(10, 'applied');
      expect(next).toMatchObject({ isLast: true, rows: [{ kind: 'pair' }, { kind: 'pair' }] });
      const names = [await journal.nameKeys(kept.batchNo, [1, 2]), await journal.nameKeys(next.batchNo, [1, 2])];
      expect(names.map((page) => [...page.values()].flat())).toEqual([
        ['1', '3'],
        ['5', '6'],
      ]);
      await journal.seek(1);
      const deviating = await journal.readDeviations(10, 'applied');
      expect(deviating.rows.map(({ journaled }) => journaled)).toEqual(['old-value', 'none']);
      await journal.seek(1);
      expect((await journal.readDeviations(10, 'applied', true)).rows).toHaveLength(1);
      await journal.seek(1);
      const gone = await journal.readDeparted(10);
      expect([...(await journal.nameKeys(gone.batchNo, [1])).values()]).toEqual([['4']]);
      await journal.close();
    });
  });
});
