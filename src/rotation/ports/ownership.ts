/** A run that is ours to work on. */
import type { Holder, RunState, Work } from '../../keys/run.ts';
import type { Target } from '../../keys/target.ts';
import type { Lane } from './lane.ts';
import type { RunView } from './run-view.ts';

/** The right to work on a run, held by a lock on a connection of its own and renewed by a heartbeat. */
export interface Ownership extends RunView {
  readonly epoch: number;
  /** The earlier holder whose work was taken over, if its run was not released cleanly. */
  readonly tookOverFrom: Holder | null;
  /** Aborts with a `SrkeyError` (E_FENCED, E_DB_UNAVAILABLE) when the run is no longer ours. */
  readonly lost: AbortSignal;
  /** Compare-and-set on state and epoch; rejects with E_FENCED when either moved. */
  setState(from: RunState, to: RunState): Promise<void>;
  /**
   * Creates the target's journal and cuts it into segments at real key boundaries, in one transaction. Planning a
   * planned target again changes nothing.
   */
  planTarget(targetNo: number, target: Target, segmentRows: number): Promise<void>;
  openLane(targetNo: number, target: Target, work: Work): Promise<Lane>;
  /**
   * Drops the target's tables of this run. Where the login may not, it empties them instead, in batches, and answers their
   * names. Idempotent.
   */
  dropJournal(targetNo: number): Promise<readonly string[]>;
  /** Records in the run that its journals are going. Idempotent. */
  recordJournalDropped(): Promise<void>;
  /** Lets go: clears the holder, frees the lock. Idempotent; never rejects. */
  release(): Promise<void>;
}
