/** A staging, from wherever the run stands to `staged`, under one hold on it. */
import type { RunState } from '../keys/run.ts';
import { targetColumn } from '../keys/target.ts';
import type { LeftBehindKey, StagedTarget } from '../progress/events.ts';
import { nameLeftBehind } from './carry-out.ts';
import { changeState } from './change-state.ts';
import { type EnteredRun, enterRun, isFullyPlanned } from './enter-run.ts';
import type { Shift } from './lane.ts';
import type { PlannedTarget, RunPlan } from './plan.ts';
import type { Account, SegmentRecord } from './ports.ts';
import { persisting } from './retry.ts';
import { emitPlan, planTargets, readSegments, segmentNosOf, workThrough } from './run-segments.ts';
import { rewrapSegment } from './segment.ts';
import { withSweeper } from './sweep.ts';
import { addAccounts, assertAddsUp, EMPTY_ACCOUNT } from './verify.ts';
import { text } from '../text/message.ts';

export interface StageOutcome {
  readonly resumed: boolean;
  readonly targets: readonly StagedTarget[];
  /** At most 1,000 per target; the counts count all of them. */
  readonly leftBehind: readonly LeftBehindKey[];
}

export async function stageRun(shift: Shift, confirmed: RunPlan, lanes: number): Promise<StageOutcome> {
  const entered = await enterRun(shift, confirmed);
  const { plan, resumed } = entered;
  const { state, segments } = await stageSegments(shift, entered, lanes);
  const looks = await catchUp(shift, plan, segments, state);
  const targets = plan.targets.map((planned) => stagedTarget(planned, looks));
  for (const target of targets) shift.deps.emit({ type: 'staged', target });
  return { resumed, targets, leftBehind: await nameLeftBehind(shift, plan) };
}

interface StagedSegments {
  readonly state: RunState;
  readonly segments: readonly SegmentRecord[];
}

/** Stages what no start has been through yet. A run that is staged, with no target added, is only read. */
async function stageSegments(shift: Shift, entered: EnteredRun, lanes: number): Promise<StagedSegments> {
  const { plan, state, stored } = entered;
  if (state === 'staged' && isFullyPlanned(entered)) {
    const segments = await readSegments(shift, plan);
    emitPlan(shift, plan.targets, segments);
    return { state, segments };
  }
  // Before its journal grows.
  if (state === 'staged') await changeState(shift, 'staged', 'staging');
  await planTargets(shift, plan, stored);
  if (state === 'planned') await changeState(shift, 'planned', 'staging');
  const segments = await readSegments(shift, plan);
  emitPlan(shift, plan.targets, segments);
  const open = segments.filter((segment) => segment.state === 'open');
  await workThrough(shift, plan.targets, open, lanes, (lane, segment) => rewrapSegment(shift, lane, segment));
  return { state: 'staging', segments };
}

/** How one segment's live rows stand to the journal. */
interface SegmentLook {
  readonly targetNo: number;
  readonly segmentNo: number;
  readonly account: Account;
}

/**
 * Looks at every segment, set-based, and works on those that have moved: once, because the servers are still on the old
 * root and go on writing under it. What comes later is found by the next `stage`, and at the latest by the sweep.
 */
async function catchUp(
  shift: Shift,
  plan: RunPlan,
  segments: readonly SegmentRecord[],
  state: RunState,
): Promise<readonly SegmentLook[]> {
  const looks: SegmentLook[] = [];
  for (const planned of plan.targets) {
    for (const segmentNo of segmentNosOf(segments, planned)) looks.push(await lookAt(shift, planned, segmentNo));
  }
  const moved = looks.filter(hasMoved);
  if (moved.length === 0 && state === 'staged') return looks;
  if (state === 'staged') await changeState(shift, 'staged', 'staging');
  const caughtUp = new Map<SegmentLook, SegmentLook>();
  for (const planned of plan.targets) {
    const own = moved.filter(({ targetNo }) => targetNo === planned.targetNo);
    if (own.length === 0) continue;
    await withSweeper(shift, planned, async ({ sweep, bury }) => {
      for (const look of own) {
        if (look.account.unaccounted > 0) await sweep(look.segmentNo);
        if (look.account.departed > 0) await bury(look.segmentNo);
        caughtUp.set(look, await lookAt(shift, planned, look.segmentNo));
      }
    });
  }
  await changeState(shift, 'staging', 'staged');
  return looks.map((look) => caughtUp.get(look) ?? look);
}

function hasMoved({ account }: SegmentLook): boolean {
  return account.unaccounted > 0 || account.departed > 0;
}

async function lookAt(shift: Shift, { targetNo, target }: PlannedTarget, segmentNo: number): Promise<SegmentLook> {
  const { ownership, deps, brakes } = shift;
  const what = text`comparing segment ${segmentNo} of ${target.name}`;
  await deps.pace.sitOut(brakes.quit);
  const account = await persisting(shift.makePatience(), brakes.quit, what, () =>
    ownership.account(targetNo, target, segmentNo, 'staged'),
  );
  assertAddsUp(account, what);
  return { targetNo, segmentNo, account };
}

function stagedTarget({ targetNo, target }: PlannedTarget, looks: readonly SegmentLook[]): StagedTarget {
  const own = looks.filter((look) => look.targetNo === targetNo);
  const account = own.reduce((sum, look) => addAccounts(sum, look.account), EMPTY_ACCOUNT);
  return stagingOf(targetNo, target, account);
}

export function stagingOf(targetNo: number, target: PlannedTarget['target'], account: Account): StagedTarget {
  const { liveRows: rows, staged, new: alreadyNew, foreign, unreadable, empty, unaccounted: stale } = account;
  const { name } = target;
  return {
    targetNo,
    name,
    column: targetColumn(target),
    rows,
    staged,
    new: alreadyNew,
    foreign,
    unreadable,
    empty,
    stale,
  };
}
