/** What the database holds: live rows, and of each run its segments, journal and ledger, as design.md has them. */
import type { RunState, SegmentState, Work } from '../../../src/keys/run.ts';
import type { ColumnValue, Outcome } from '../../../src/keys/stored-key.ts';
import { OUTCOMES } from '../../../src/keys/stored-key.ts';
import type { BatchRecord, HolderIdentity, TargetFacts } from '../../../src/rotation/ports.ts';
import type { MemoryClient } from './client.ts';

export interface JournalRow {
  readonly oldValue: ColumnValue;
  readonly newValue: ColumnValue;
  readonly outcome: Outcome;
  readonly reason: string | null;
}

export interface SegmentRow {
  readonly segmentNo: number;
  readonly from: number;
  /** Exclusive; Infinity for the last one. */
  readonly to: number;
  state: SegmentState;
  batchNo: number;
  epoch: number;
  /** Last journal key. */
  cursor: number;
  checkedAt: Date | null;
}

export interface TargetRow {
  readonly targetNo: number;
  readonly name: string;
  readonly definition: string;
  readonly segments: SegmentRow[];
  readonly journal: Map<number, JournalRow>;
  readonly ledger: (BatchRecord & { readonly work: Work })[];
  readonly sweep: { epoch: number; batchNo: number };
}

export interface RunRow {
  readonly runId: number;
  layoutVersion: number;
  readonly oldPublicKeyId: string;
  readonly newPublicKeyId: string;
  readonly newRecipientId: string | null;
  readonly oldRoot: string;
  readonly newRoot: string;
  readonly startedAt: Date;
  journalDroppedAt: Date | null;
  state: RunState;
  epoch: number;
  holder: { who: HolderIdentity; since: Date; heartbeatAt: Date } | null;
  /** The session that holds the liveness lock; it outlives its client when the connection is half open. */
  lock: LockSession | null;
  readonly targets: Map<number, TargetRow>;
}

export interface LockSession {
  readonly client: MemoryClient;
  /** False when nobody at the other end renews the heartbeat. */
  isBeating: boolean;
}

export interface MemoryTable {
  readonly rows: Map<number, ColumnValue>;
  /** Overrides of what the inspector says. */
  facts: Partial<Extract<TargetFacts, { found: true }>>;
}

export function sortedKeys(table: MemoryTable): number[] {
  return [...table.rows.keys()].sort((a, b) => a - b);
}

export function findTarget(run: RunRow, targetNo: number): TargetRow {
  const target = run.targets.get(targetNo);
  if (target === undefined) throw new Error(`target ${targetNo} is not planned`);
  return target;
}

export function segmentOf(target: TargetRow, segmentNo: number): SegmentRow {
  const segment = target.segments.find((each) => each.segmentNo === segmentNo);
  if (segment === undefined) throw new Error(`no segment ${segmentNo}`);
  return segment;
}

export function noOutcomes(): Record<Outcome, number> {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
}
