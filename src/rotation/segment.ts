/** One segment, claimed and worked through, by as many lanes as it takes. */
import { SrkeyError } from '../errors.ts';
import { text } from '../text/message.ts';
import { pumpBatches, type RangeRules } from './batches.ts';
import { pumpJournal } from './journal-batches.ts';
import { onLane, type Shift, type TargetLane } from './lane.ts';
import type { Claim, Lane, SegmentRecord } from './ports.ts';
import { retrying } from './retry.ts';

/**
 * A segment is closed by an empty batch behind its last row. So the reply that says "this segment is done" never
 * carries counts, and a lost one loses none; rows inserted behind the last page are found as well.
 */
const SEGMENT_RULES: RangeRules = {
  isEnd: (page) => page.rows.length === 0,
  commitAs: (page) => (page.rows.length === 0 ? 'closing-batch' : 'batch'),
};

/** Reads and rewraps the segment from its last journal key to its end; what that writes is up to the shift's work. */
export async function rewrapSegment(shift: Shift, targetLane: TargetLane, segment: SegmentRecord): Promise<void> {
  await onClaimed(shift, targetLane, segment, (lane) => rewrapRest(shift, targetLane, lane, segment));
}

/**
 * A segment of a run that was staged: what the journal holds is swapped. A segment that staging did not get through is
 * then rewrapped from its last journal key on, as if nothing had been staged.
 */
export async function swapSegment(shift: Shift, targetLane: TargetLane, segment: SegmentRecord): Promise<void> {
  await onClaimed(shift, targetLane, segment, async (lane, { state }) => {
    const isStaged = state === 'staged';
    await fromItsStart(targetLane, shift, lane, segment);
    await pumpJournal(shift, targetLane, lane, 'swap', isStaged);
    if (!isStaged) await rewrapRest(shift, targetLane, lane, segment);
  });
}

/** Gives the segment's old values back, whatever the change had got to. */
export async function undoSegment(shift: Shift, targetLane: TargetLane, segment: SegmentRecord): Promise<void> {
  await onClaimed(shift, targetLane, segment, async (lane) => {
    await fromItsStart(targetLane, shift, lane, segment);
    await pumpJournal(shift, targetLane, lane, 'undo', true);
  });
}

async function rewrapRest(
  shift: Shift,
  targetLane: TargetLane,
  lane: Lane,
  { segmentNo }: SegmentRecord,
): Promise<void> {
  const what = text`finding where segment ${segmentNo} of ${targetLane.planned.target.name} stands`;
  await retrying(targetLane.patience, shift.brakes.cut, what, () => lane.seekToJournal());
  await pumpBatches(shift, targetLane, lane, SEGMENT_RULES);
}

async function fromItsStart(
  targetLane: TargetLane,
  shift: Shift,
  lane: Lane,
  { segmentNo }: SegmentRecord,
): Promise<void> {
  const what = text`going to segment ${segmentNo} of ${targetLane.planned.target.name}`;
  await retrying(targetLane.patience, shift.brakes.cut, what, () => lane.seekToStart(segmentNo));
}

async function onClaimed(
  shift: Shift,
  targetLane: TargetLane,
  { targetNo, segmentNo, batchNo }: SegmentRecord,
  work: (lane: Lane, claim: Claim) => Promise<void>,
): Promise<void> {
  const what = text`segment ${segmentNo} of ${targetLane.planned.target.name}`;
  shift.tally.knownUpTo(targetNo, segmentNo, batchNo);
  await onLane(shift, targetLane, what, async (lane) => {
    const claim = await retrying(targetLane.patience, shift.brakes.cut, text`claiming ${what}`, () =>
      lane.claimSegment(segmentNo),
    );
    if (claim === null) return;
    shift.deps.emit({ type: 'segment', targetNo, segmentNo, change: 'claimed' });
    // Committed, but its reply was lost: with this lane's predecessor, or with an earlier start.
    if (claim.lastBatch !== null) shift.tally.batchCommitted(claim.lastBatch, 0);
    await work(lane, claim);
  });
  shift.deps.emit({ type: 'segment', targetNo, segmentNo, change: 'done' });
}

/** The planned target of a segment; a segment without one would be left undone in silence. */
export function assertTargetOf<T extends { readonly targetNo: number }>(
  targets: readonly T[],
  segment: SegmentRecord,
): T {
  const found = targets.find((each) => each.targetNo === segment.targetNo);
  if (found !== undefined) return found;
  throw new SrkeyError(
    'E_RUN_MISMATCH',
    text`segment ${segment.segmentNo} belongs to target number ${segment.targetNo}, which the key map does not name`,
  );
}
