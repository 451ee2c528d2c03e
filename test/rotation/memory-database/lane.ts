/**
 * Fakes the port `Lane`: claims, pages and batches, fenced by the epochs of run and segment. Throws a plain Error for
 * what an engine must not do: a dead lane used, a page of another claim, batch numbers out of order.
 */
import { SrkeyError } from '../../../src/errors.ts';
import type { Work } from '../../../src/keys/run.ts';
import { WORKS } from '../../../src/keys/run.ts';
import type { Target } from '../../../src/keys/target.ts';
import type { Basis, Claim, Lane } from '../../../src/rotation/ports.ts';
import { text, verbatim } from '../../../src/text/message.ts';
import { hop } from '../fake-clock.ts';
import { isAccountedFor } from './accounting.ts';
import { commitDeed, commitPage, DEED_OF, keysForDeed } from './batches.ts';
import type { MemoryClient } from './client.ts';
import { pageOf } from './reader.ts';
import type { RunRow, SegmentRow, TargetRow } from './rows.ts';
import { segmentOf, sortedKeys } from './rows.ts';
import { MemorySession } from './session.ts';

export interface ClaimedRange {
  readonly kind: 'segment' | 'sweep';
  /** The row that carries epoch and batch number. */
  readonly fence: { epoch: number; batchNo: number };
  readonly epoch: number;
  readonly segment: SegmentRow | null;
}

interface LaneParts {
  readonly client: MemoryClient;
  readonly run: RunRow;
  readonly runEpoch: number;
  readonly row: TargetRow;
  readonly target: Target;
  readonly work: Work;
}

export function makeLane({ client, run, runEpoch, row, target, work }: LaneParts): Lane {
  const { db } = client;
  const { runState, closed } = WORKS[work];
  const basis: Basis = work === 'stage' ? 'staged' : 'applied';
  const session = new MemorySession(client, 'lane');
  let claimed: ClaimedRange | null = null;
  let range = { from: -Infinity, to: Infinity };
  let cursor = -Infinity;
  let nextBatchNo = 0;
  const pages = new Map<number, readonly number[]>();

  const assertRunIsOurs = (): void => {
    if (run.epoch !== runEpoch || run.state !== runState)
      throw new SrkeyError('E_FENCED', text`run ${run.runId} was taken over`);
  };
  const fence = (mine: ClaimedRange): void => {
    if (claimed !== mine) throw new SrkeyError('E_FENCED', verbatim('the lane has claimed anew'));
    assertRunIsOurs();
    if (mine.fence.epoch !== mine.epoch) throw new SrkeyError('E_FENCED', verbatim('the segment was taken over'));
  };
  const claim = (
    kind: 'segment' | 'sweep',
    fenceRow: { epoch: number; batchNo: number },
    segment: SegmentRow | null,
  ): Claim => {
    assertRunIsOurs();
    fenceRow.epoch += 1;
    claimed = { kind, fence: fenceRow, epoch: fenceRow.epoch, segment };
    nextBatchNo = fenceRow.batchNo + 1;
    pages.clear();
    const segmentNo = segment?.segmentNo ?? 0;
    const lastBatch =
      row.ledger.find((batch) => batch.segmentNo === segmentNo && batch.batchNo === fenceRow.batchNo) ?? null;
    return { epoch: fenceRow.epoch, batchNo: fenceRow.batchNo, lastBatch, state: segment?.state ?? 'open' };
  };
  const lane = <T>(name: string, kind: 'read' | 'write', effect: () => T): Promise<T> => {
    session.assertUsable(name);
    return session.call(name, kind, effect);
  };
  const transaction = <T>(name: string, effect: (mine: ClaimedRange) => T): Promise<T> => {
    session.assertUsable(name);
    const mine = claimed;
    return session.send(name, 'write', () => {
      if (mine === null) throw new Error('nothing is claimed');
      fence(mine);
      return effect(mine);
    });
  };

  return {
    claimSegment: (segmentNo) =>
      lane('claimSegment', 'write', () => {
        const segment = segmentOf(row, segmentNo);
        const claimedNow = claim('segment', segment, segment);
        return segment.state === closed ? null : claimedNow;
      }),
    seekToJournal: () =>
      lane('seekToJournal', 'read', () => {
        const segment = claimed?.segment;
        if (segment === undefined || segment === null) throw new Error('no segment is claimed');
        range = { from: segment.from, to: segment.to };
        cursor = segment.cursor;
      }),
    seekToStart: (segmentNo) =>
      lane('seekToStart', 'read', () => {
        if (claimed?.segment !== null && claimed?.segment.segmentNo !== segmentNo) throw new Error('not claimed');
        const { from, to } = segmentOf(row, segmentNo);
        range = { from, to };
        cursor = -Infinity;
        pages.clear();
      }),
    claimSweep: () => lane('claimSweep', 'write', () => claim('sweep', row.sweep, null)),
    sweepRange: (segmentNo) =>
      lane('sweepRange', 'read', () => {
        const { from, to } = segmentOf(row, segmentNo);
        range = { from, to };
        cursor = -Infinity;
        nextBatchNo = row.sweep.batchNo + 1;
        pages.clear();
      }),
    readPage: (rows) =>
      lane('readPage', 'read', () => {
        if (claimed === null) throw new Error('nothing is claimed');
        if (nextBatchNo > claimed.fence.batchNo + 2) throw new Error('reading runs ahead by more than one page');
        const table = db.table(target);
        const isMine = (key: number): boolean => key >= range.from && key < range.to && key > cursor;
        const wanted = (key: number): boolean =>
          claimed?.kind === 'segment' || !isAccountedFor(table.rows.get(key) ?? null, row.journal.get(key), basis);
        const behind = sortedKeys(table).filter((key) => isMine(key) && wanted(key));
        const keys = behind.slice(0, Math.min(rows, db.pageLimit));
        cursor = keys.at(-1) ?? cursor;
        const page = pageOf(table, nextBatchNo, keys, keys.length === behind.length);
        pages.set(nextBatchNo, keys);
        nextBatchNo += 1;
        return page;
      }),
    commitBatch: (page, rows, closesSegment) => {
      const keys = pages.get(page.batchNo);
      return transaction('commitBatch', (mine) => {
        if (keys === undefined) throw new Error('a page of another claim');
        if (page.batchNo !== mine.fence.batchNo + 1)
          throw new Error(`batch ${page.batchNo} after ${mine.fence.batchNo}`);
        if (work === 'rollback') throw new Error('a rollback commits no results');
        const batch = commitPage({ db, row, target, claimed: mine, work }, page, keys, rows);
        if (closesSegment && mine.segment !== null) mine.segment.state = closed;
        return { ...batch, sqlMs: 10 };
      });
    },
    commitFromJournal: (deed, rows, closes) => {
      const behind = { ...range, cursor };
      return transaction('commitFromJournal', (mine) => {
        if (DEED_OF[deed] !== work) throw new Error(`${deed} is no deed of ${work}`);
        const keys = keysForDeed(deed, db.table(target), row.journal, behind).slice(0, Math.min(rows, db.pageLimit));
        const batch = commitDeed({ db, row, target, claimed: mine, work }, deed, keys);
        if (!session.isOver) cursor = keys.at(-1) ?? cursor;
        nextBatchNo = batch.batchNo + 1;
        if (keys.length === 0 && closes && mine.segment !== null) mine.segment.state = closed;
        return { ...batch, sqlMs: 10 };
      });
    },
    close: async () => {
      session.end();
      await hop();
    },
  };
}
