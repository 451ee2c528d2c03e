/** The writing side: segments claimed, batches committed. */
import type { SegmentState } from '../../keys/run.ts';
import type { Rewrapped } from '../../keys/stored-key.ts';
import type { Page } from './reader.ts';
import type { BatchRecord, CommittedBatch } from './run-view.ts';

export interface Claim {
  readonly epoch: number;
  /** Number of the last committed batch, 0 when none. */
  readonly batchNo: number;
  /** Ledger row of that batch. */
  readonly lastBatch: BatchRecord | null;
  readonly state: SegmentState;
}

export interface StagedRow {
  readonly ordinal: number;
  readonly result: Rewrapped;
}

/**
 * What is done with journal rows and no crypto. `swap` (applying): staged rows become live where live ≡ OldValue.
 * `undo` (rolling back): rewrapped rows get their old value back where live ≡ NewValue, and are staged again. `bury`
 * (staging): rows whose live row is gone are marked so. What became of each row is looked at in the same transaction.
 */
export type Deed = 'swap' | 'undo' | 'bury';

/**
 * One connection working on one target. Calls are sequential. After a `reconnect` error the lane is dead: close it
 * (which destroys the connection), open another, claim again.
 */
export interface Lane {
  /**
   * Claims a segment of a run that is in the state of the lane's work (raising its epoch, which waits for or fences off
   * any unanswered transaction of an earlier owner). Null when the segment is through, as far as this work goes.
   */
  claimSegment(segmentNo: number): Promise<Claim | null>;
  /** Goes behind the last journal key of the claimed segment, for `readPage`. */
  seekToJournal(): Promise<void>;
  /** Goes to the start of the claimed segment, or of any when the sweep is claimed, for `commitFromJournal`. */
  seekToStart(segmentNo: number): Promise<void>;
  /** Claims the target's sweep. */
  claimSweep(): Promise<Claim>;
  /**
   * Goes to the start of a segment's range, to read only rows that the journal does not account for (as staged when
   * staging, as applied when applying). The number of an
   * empty page that was read and not committed is free again.
   */
  sweepRange(segmentNo: number): Promise<void>;
  /**
   * The next page behind the last one read; behind the last page, an empty one, with which the engine closes a segment.
   * May run ahead of `commitBatch` by one page.
   */
  readPage(rows: number): Promise<Page>;
  /**
   * Journal, live values (unless only staging), segment and ledger in one request and one transaction. `closesSegment`
   * marks the segment as through with it. Rejects with E_FENCED when the segment or the run was taken over.
   */
  commitBatch(page: Page, rows: readonly StagedRow[], closesSegment: boolean): Promise<CommittedBatch>;
  /**
   * The next rows of the journal, in key order, through the deed of the lane's work, in one request and one transaction
   * (see `Deed`). A batch without rows says that there are no more; with `closes` it marks the segment as through.
   */
  commitFromJournal(deed: Deed, rows: number, closes: boolean): Promise<CommittedBatch>;
  /** Destroys the connection, also while a call is under way: an abandoned call may still settle, and nobody listens. */
  close(): Promise<void>;
}
