/** What of a run anybody can read: segments, ledger, and how the live rows stand to its journal. */
import type { Basis, RunId, SegmentState, Work } from '../../keys/run.ts';
import type { OutcomeCounts } from '../../keys/stored-key.ts';
import type { Target } from '../../keys/target.ts';
import type { JournalReader } from './journal-reader.ts';
import type { NamedKey } from './reader.ts';

/** Counts of one committed batch: its ledger row. */
export interface BatchRecord {
  readonly targetNo: number;
  /** 0 for the sweep of a target. */
  readonly segmentNo: number;
  readonly batchNo: number;
  /** Server's UTC clock. */
  readonly committedAt: Date;
  readonly rows: number;
  readonly outcomes: OutcomeCounts;
}

/** A batch as its commit answers it. */
export interface CommittedBatch extends BatchRecord {
  /** What the transaction took by the server's clock, so how long its locks were held; no network, no queue of ours. */
  readonly sqlMs: number;
}

export interface SegmentRecord {
  readonly targetNo: number;
  /** 1 … n; 0 is the row that fences the target's sweep, and no range. */
  readonly segmentNo: number;
  readonly state: SegmentState;
  readonly batchNo: number;
  /** `verify --full` opened every key of it at that time, and its journal rows are as they were. */
  readonly checkedAt: Date | null;
}

/** Sums of the ledger rows of one kind of work on one target. */
export type LedgerTotal = Omit<BatchRecord, 'segmentNo' | 'batchNo' | 'committedAt'>;

/** What of a run can be read by anybody, also while another tool works on it. */
export interface RunView {
  readonly runId: RunId;
  segments(): Promise<readonly SegmentRecord[]>;
  ledgerTotals(work: Work): Promise<readonly LedgerTotal[]>;
  /** Live rows of one segment's range by what the journal accounts them as; set-based, no key is opened. */
  account(targetNo: number, target: Target, segmentNo: number, basis: Basis): Promise<Account>;
  /** Live rows left behind (foreign, unreadable), at most `limit`. */
  leftBehind(targetNo: number, target: Target, limit: number): Promise<readonly NamedKey[]>;
  openJournal(targetNo: number, target: Target): Promise<JournalReader>;
  /**
   * Records that every key of the segment was opened, unless a batch was committed since `segment` and `sweep` (the
   * target's segment 0) were read. A single statement that needs no hold on the run; false when a batch was faster.
   */
  recordCheck(segment: SegmentRecord, sweep: SegmentRecord): Promise<boolean>;
  /** Forgets what `recordCheck` recorded, for all segments. Idempotent. */
  forgetChecks(): Promise<void>;
}

/**
 * What the journal knows of the live rows of a range. Accounted for: `rewrapped` and live ≡ NewValue (`applied`,
 * `half-applied`); or live ≡ OldValue and `foreign`, `unreadable`, `empty`, `new` (not for `rolled-back`), `staged` (not for
 * `applied`).
 * A `changed` or `deleted` row is never accounted for: a key
 * deleted and inserted again with its old value would otherwise be missed.
 */
export interface Account {
  readonly liveRows: number;
  readonly staged: number;
  readonly rewrapped: number;
  readonly new: number;
  readonly foreign: number;
  readonly unreadable: number;
  readonly empty: number;
  readonly unaccounted: number;
  /** Part of `unaccounted`: the journal has no row for them. */
  readonly unjournaled: number;
  /**
   * No live rows: journal rows whose live row is gone and that do not say so. While somebody writes to journal or table
   * it is a hint, and `JournalReader.readDeparted` tells.
   */
  readonly departed: number;
}
