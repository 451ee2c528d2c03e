/**
 * Sweep: every live row that the journal does not account for. Such rows were written while the segments were worked
 * on: under the old root by a server not yet switched, back from a cache, or under the new root and then only noted.
 */
import { SrkeyError } from '../errors.ts';
import { pumpBatches, type RangeRules } from './batches.ts';
import { pumpJournal } from './journal-batches.ts';
import { makeTargetLane, onLane, type Shift, type TargetLane } from './lane.ts';
import type { PlannedTarget } from './plan.ts';
import type { BatchRecord, Lane } from './ports.ts';
import { retrying } from './retry.ts';
import { type Message, text } from '../text/message.ts';

/** Passes over one target before the tool says that somebody keeps writing keys under the old root. */
export const MAX_SWEEP_PASSES = 5;

/** Number of the sweep in the ledger, where segments count from 1. */
export const SWEEP_SEGMENT = 0;

/** What one pass met. A pass is clean when it met no key under the old root and none that moved under its hands. */
export interface SweepCount {
  readonly found: number;
  readonly old: number;
  readonly changed: number;
}

const NOTHING_FOUND: SweepCount = { found: 0, old: 0, changed: 0 };

const SWEEP_RULES: RangeRules = {
  isEnd: (page) => page.isLast,
  commitAs: (page) => (page.rows.length === 0 ? null : 'batch'),
};

/** Passes over the whole target until one is clean. */
export async function sweepTarget(shift: Shift, planned: PlannedTarget, segmentNos: readonly number[]): Promise<void> {
  await withSweeper(shift, planned, async ({ sweep }) => {
    for (let pass = 1; pass <= MAX_SWEEP_PASSES; pass += 1) {
      shift.deps.emit({ type: 'sweep', targetNo: planned.targetNo, pass, change: 'started', found: 0, old: 0 });
      let met = NOTHING_FOUND;
      for (const segmentNo of segmentNos) met = addCounts(met, await sweep(segmentNo));
      const { found, old } = met;
      shift.deps.emit({ type: 'sweep', targetNo: planned.targetNo, pass, change: 'finished', found, old });
      if (isClean(met)) return;
    }
    throw unsettled(
      planned,
      text`after ${MAX_SWEEP_PASSES} passes over ${planned.target.name} keys under the old root still appear`,
    );
  });
}

export function isClean(met: SweepCount): boolean {
  return met.old === 0 && met.changed === 0;
}

export function unsettled(planned: PlannedTarget, what: Message): SrkeyError {
  return new SrkeyError('E_SWEEP_UNSETTLED', what, {
    hint: text`find what still writes to ${planned.target.schema}.${planned.target.table} (a server that is not on the new root yet?) and stop or switch it`,
  });
}

/** Works on one segment's range after the other, on one lane of the target, under the claim of its sweep. */
export interface Sweeper {
  /** Rewraps the rows that the journal does not account for. */
  readonly sweep: (segmentNo: number) => Promise<SweepCount>;
  /** Marks the journal's rows whose live row is gone. */
  readonly bury: (segmentNo: number) => Promise<void>;
}

export async function withSweeper<T>(
  shift: Shift,
  planned: PlannedTarget,
  work: (sweeper: Sweeper) => Promise<T>,
): Promise<T> {
  const targetLane = makeTargetLane(shift, planned);
  const claimedBy = { lane: null as Lane | null };
  try {
    return await work({
      sweep: (segmentNo) => sweepRange(shift, targetLane, claimedBy, segmentNo),
      bury: (segmentNo) => buryGone(shift, targetLane, claimedBy, segmentNo),
    });
  } finally {
    await targetLane.drop();
  }
}

async function sweepRange(
  shift: Shift,
  targetLane: TargetLane,
  claimedBy: { lane: Lane | null },
  segmentNo: number,
): Promise<SweepCount> {
  const { patience, planned } = targetLane;
  const what = text`sweep of ${planned.target.name}`;
  // Outlives a lost lane: rows committed by the first lane are accounted for and will not be met by the second.
  let met = NOTHING_FOUND;
  await onLane(shift, targetLane, what, async (lane) => {
    const found = await claimOnce(shift, targetLane, claimedBy, lane);
    if (found !== null) met = addCounts(met, countOf(found));
    await retrying(patience, shift.brakes.cut, what, () => lane.sweepRange(segmentNo));
    await pumpBatches(shift, targetLane, lane, SWEEP_RULES, (batch) => {
      met = addCounts(met, countOf(batch));
    });
  });
  patience.renew();
  return met;
}

async function buryGone(
  shift: Shift,
  targetLane: TargetLane,
  claimedBy: { lane: Lane | null },
  segmentNo: number,
): Promise<void> {
  const { patience, planned } = targetLane;
  const what = text`looking for rows gone from ${planned.target.name}`;
  await onLane(shift, targetLane, what, async (lane) => {
    await claimOnce(shift, targetLane, claimedBy, lane);
    await retrying(patience, shift.brakes.cut, what, () => lane.seekToStart(segmentNo));
    await pumpJournal(shift, targetLane, lane, 'bury', false);
  });
}

async function claimOnce(
  shift: Shift,
  targetLane: TargetLane,
  claimedBy: { lane: Lane | null },
  lane: Lane,
): Promise<BatchRecord | null> {
  shift.brakes.quit.throwIfAborted();
  if (claimedBy.lane === lane) return null;
  const found = await claimSweep(shift, targetLane, lane);
  claimedBy.lane = lane;
  return found;
}

/** Claims, and gives back the batch that was committed without a reply, if there is one. */
async function claimSweep(shift: Shift, { planned, patience }: TargetLane, lane: Lane): Promise<BatchRecord | null> {
  const { targetNo } = planned;
  const claim = await retrying(patience, shift.brakes.cut, text`claiming the sweep of ${planned.target.name}`, () =>
    lane.claimSweep(),
  );
  shift.tally.knownUpTo(targetNo, SWEEP_SEGMENT, claim.batchNo);
  if (claim.lastBatch === null) return null;
  const before = shift.tally.batches();
  shift.tally.batchCommitted(claim.lastBatch, 0);
  return shift.tally.batches() > before ? claim.lastBatch : null;
}

/** By what the ledger says was done, not by what was asked for: a row that moved meanwhile is `changed`. */
function countOf({ rows, outcomes }: BatchRecord): SweepCount {
  return { found: rows, old: outcomes.rewrapped + outcomes.staged, changed: outcomes.changed };
}

function addCounts(a: SweepCount, b: SweepCount): SweepCount {
  return { found: a.found + b.found, old: a.old + b.old, changed: a.changed + b.changed };
}
