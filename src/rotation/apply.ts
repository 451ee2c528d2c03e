/** Stage and apply of all open segments, several at once: the segment table is the work queue. */
import { makeTargetLane, type Shift, type TargetLane } from './lane.ts';
import type { PlannedTarget } from './plan.ts';
import type { SegmentRecord } from './ports.ts';
import { applySegment, assertTargetOf } from './segment.ts';
import { inParallel } from './in-parallel.ts';

export async function applySegments(
  shift: Shift,
  targets: readonly PlannedTarget[],
  segments: readonly SegmentRecord[],
  lanes: number,
): Promise<void> {
  const queue = segments.filter((segment) => segment.state === 'open');
  await inParallel(Math.min(lanes, queue.length), shift, async () => {
    let targetLane: TargetLane | null = null;
    try {
      for (let segment = queue.shift(); segment !== undefined; segment = queue.shift()) {
        shift.brakes.quit.throwIfAborted();
        const planned = assertTargetOf(targets, segment);
        targetLane = await laneFor(shift, planned, targetLane);
        await applySegment(shift, targetLane, segment);
      }
    } finally {
      await targetLane?.drop();
    }
  });
}

/** A lane belongs to one target; the queue is ordered by target, so it is seldom replaced. */
async function laneFor(shift: Shift, planned: PlannedTarget, current: TargetLane | null): Promise<TargetLane> {
  if (current !== null && current.planned.targetNo === planned.targetNo) return current;
  await current?.drop();
  return makeTargetLane(shift, planned);
}
