import { SrkeyError } from '../errors.ts';
import { pumpBatches, type RangeRules } from './batches.ts';
import { onLane, type Shift, type TargetLane } from './lane.ts';
import type { SegmentRecord } from './ports.ts';
import { retrying } from './retry.ts';

/**
 * A segment is closed by an empty batch behind its last row. So the reply that says "this segment is done" never
 * carries counts, and a lost one loses none; rows inserted behind the last page are found as well.
 */
const SEGMENT_RULES: RangeRules = {
  isEnd: (page) => page.rows.length === 0,
  commitAs: (page) => (page.rows.length === 0 ? 'closing-batch' : 'batch'),
};

/** Claims the segment and rewraps it from its last journal key to its end, through as many lanes as it takes. */
export async function applySegment(shift: Shift, targetLane: TargetLane, segment: SegmentRecord): Promise<void> {
  const { targetNo, segmentNo } = segment;
  const what = `segment ${segmentNo} of ${targetLane.planned.target.name}`;
  shift.tally.knownUpTo(targetNo, segmentNo, segment.batchNo);

  await onLane(shift, targetLane, what, async (lane) => {
    const claim = await retrying(targetLane.patience, shift.brakes.cut, `claiming ${what}`, () =>
      lane.claimSegment(segmentNo),
    );
    if (claim === null) return;
    shift.deps.emit({ type: 'segment', targetNo, segmentNo, change: 'claimed' });
    // Committed, but its reply was lost: with this lane's predecessor, or with an earlier start.
    if (claim.lastBatch !== null) shift.tally.batchCommitted(claim.lastBatch, 0);
    await pumpBatches(shift, targetLane, lane, SEGMENT_RULES);
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
    `segment ${segment.segmentNo} belongs to target number ${segment.targetNo}, which the key map does not name`,
  );
}
