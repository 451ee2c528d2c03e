/** Segments and sweeps: ranges of keys that miss no row. */
import { describe, expect, it } from 'vitest';
import { aTarget, claim, fillInts, finishSegment, INT_TABLE, stageAll, toHex } from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';

onEveryServer((suite) => {
  describe('segments', () => {
    it('are cut at key boundaries once, and planning again changes nothing', async () => {
      await suite.withRun({ schema: [INT_TABLE, fillInts(25)], segmentRows: 10 }, async ({ run, lane }) => {
        await run.planTarget(1, aTarget(), 5);
        const segments = await run.segments();
        expect(segments.map(({ segmentNo, state }) => [segmentNo, state])).toEqual([
          [0, 'open'],
          [1, 'open'],
          [2, 'open'],
          [3, 'open'],
        ]);
        const rows: number[] = [];
        for (const segmentNo of [2, 3, 1]) {
          await claim(lane, segmentNo);
          rows.push(await finishSegment(lane, 4));
        }
        expect(rows).toEqual([10, 5, 10]);
        expect(await claim(lane, 2)).toBeNull();
      });
    });

    it('of an empty table are one, closed by an empty batch', async () => {
      await suite.withRun({ schema: [INT_TABLE], segmentRows: 10 }, async ({ lane }) => {
        await claim(lane, 1);
        expect(await finishSegment(lane, 4)).toBe(0);
        expect(await claim(lane, 1)).toBeNull();
      });
    });

    it('take rows that appear before the first boundary and behind the last one', async () => {
      await suite.withRun({ schema: [INT_TABLE, fillInts(20)], segmentRows: 10 }, async ({ database, lane }) => {
        await database.query('INSERT INTO dbo.T (Id, V) VALUES (-5, 0x01), (999, 0x02)');
        await claim(lane, 1);
        expect(await finishSegment(lane, 100)).toBe(11);
        await claim(lane, 2);
        expect(await finishSegment(lane, 100)).toBe(11);
      });
    });
  });

  it('a key deleted and inserted again with its old value is found by the sweep', async () => {
    await suite.withRun({ schema: [INT_TABLE, fillInts(3)] }, async ({ database, run, lane }) => {
      await claim(lane, 1);
      const page = await lane.readPage(10);
      await database.query('DELETE FROM dbo.T WHERE Id = 2');
      const record = await lane.commitBatch(page, stageAll(page), true);
      expect(record.outcomes).toMatchObject({ rewrapped: 2, deleted: 1 });
      expect(await run.account(1, aTarget(), 1, 'applied')).toMatchObject({ liveRows: 2, unaccounted: 0 });
      await database.query('INSERT INTO dbo.T (Id, V) VALUES (2, 0x00000002)');
      expect(await run.account(1, aTarget(), 1, 'applied')).toMatchObject({ liveRows: 3, unaccounted: 1 });
      await lane.claimSweep();
      await lane.sweepRange(1);
      expect((await lane.readPage(10)).rows.map(({ value }) => toHex(value))).toEqual(['00000002']);
    });
  });

  it('a sweep walks all ranges under one claim and skips empty ones', async () => {
    await suite.withRun({ schema: [INT_TABLE, fillInts(30)], segmentRows: 10 }, async ({ database, run, lane }) => {
      for (const segmentNo of [1, 2, 3]) {
        await claim(lane, segmentNo);
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
        expect(await run.account(1, aTarget(), segmentNo, 'applied')).toMatchObject({ unaccounted: 0 });
    });
  });
});
