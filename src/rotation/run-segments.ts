/** The segments of a run: cut where a target is new, read, and handed out as the work queue. */
import { SrkeyError } from '../errors.ts';
import { WORKS } from '../keys/run.ts';
import { text } from '../text/message.ts';
import { reading } from './enter-run.ts';
import { inParallel } from './in-parallel.ts';
import { makeTargetLane, type Shift, type TargetLane } from './lane.ts';
import { type PlannedTarget, type RunPlan, targetPlan } from './plan.ts';
import type { RunTarget, SegmentRecord } from './ports.ts';
import { persisting } from './retry.ts';
import { assertTargetOf } from './segment.ts';
import { SWEEP_SEGMENT } from './sweep.ts';

export async function planTargets(
  shift: Shift,
  { targets, segmentRows }: RunPlan,
  stored: readonly RunTarget[],
): Promise<void> {
  const done = new Set(stored.filter(({ planned }) => planned).map(({ targetNo }) => targetNo));
  for (const { targetNo, target } of targets) {
    if (done.has(targetNo)) continue;
    shift.brakes.quit.throwIfAborted();
    await persisting(shift.makePatience(), shift.brakes.cut, text`planning ${target.name}`, () =>
      shift.ownership.planTarget(targetNo, target, segmentRows),
    );
  }
}

/** Sweep and verify cover a target by its segments: one without any would count as done unseen. */
export async function readSegments(
  shift: Shift,
  { targets }: Pick<RunPlan, 'targets'>,
): Promise<readonly SegmentRecord[]> {
  const records = await reading(shift, text`reading the segments`, () => shift.ownership.segments());
  const segments = records.filter(({ segmentNo }) => segmentNo !== SWEEP_SEGMENT);
  const uncut = targets.find(({ targetNo }) => segments.every((segment) => segment.targetNo !== targetNo));
  if (uncut === undefined) return segments;
  throw new SrkeyError('E_VERIFY_FAILED', text`${uncut.target.name} has no segments although it was planned`, {
    hint: text`this should not happen: please report it with the log file`,
  });
}

export function segmentNosOf(segments: readonly SegmentRecord[], { targetNo }: PlannedTarget): readonly number[] {
  return segments.filter((segment) => segment.targetNo === targetNo).map(({ segmentNo }) => segmentNo);
}

/** What there is to go through, and how many segments earlier starts are through with. */
export function emitPlan(shift: Shift, targets: readonly PlannedTarget[], segments: readonly SegmentRecord[]): void {
  const through = segments.filter(({ state }) => state === WORKS[shift.work].closed);
  const plans = targets.map((planned) => ({
    ...targetPlan(planned),
    segments: segmentNosOf(segments, planned).length,
    segmentsDone: segmentNosOf(through, planned).length,
  }));
  shift.deps.emit({ type: 'plan', targets: plans });
}

/** All segments of the queue, several at once. */
export async function workThrough(
  shift: Shift,
  targets: readonly PlannedTarget[],
  segments: readonly SegmentRecord[],
  lanes: number,
  workSegment: (targetLane: TargetLane, segment: SegmentRecord) => Promise<void>,
): Promise<void> {
  const queue = [...segments];
  await inParallel(Math.min(lanes, queue.length), shift, async () => {
    let targetLane: TargetLane | null = null;
    try {
      for (let segment = queue.shift(); segment !== undefined; segment = queue.shift()) {
        shift.brakes.quit.throwIfAborted();
        const planned = assertTargetOf(targets, segment);
        targetLane = await laneFor(shift, planned, targetLane);
        await workSegment(targetLane, segment);
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
