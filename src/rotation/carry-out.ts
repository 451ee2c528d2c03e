/** A run, from wherever it stands to done, under one hold on it. */
import { SrkeyError } from '../errors.ts';
import type { RunState } from '../keys/run.ts';
import type { LeftBehindKey, TargetCensus } from '../progress/events.ts';
import { applySegments } from './apply.ts';
import { changeState } from './change-state.ts';
import { NAMED_KEYS_LIMIT } from './count-target.ts';
import { inParallel } from './in-parallel.ts';
import type { Shift } from './lane.ts';
import { type PlannedTarget, planRun, type RunPlan, targetPlans } from './plan.ts';
import type { Account, RunTarget, SegmentRecord } from './ports.ts';
import { persisting } from './retry.ts';
import { SWEEP_SEGMENT, sweepTarget } from './sweep.ts';
import { accountTarget, censusOf, emitVerified, verifyTarget } from './verify.ts';

export interface RunOutcome {
  readonly resumed: boolean;
  readonly census: readonly TargetCensus[];
  /** At most 1,000 per target; the census counts all of them. */
  readonly leftBehind: readonly LeftBehindKey[];
}

export async function carryOut(shift: Shift, confirmed: RunPlan, lanes: number): Promise<RunOutcome> {
  const { plan, state, stored } = await planAgain(shift, confirmed);
  const resumed = confirmed.decision.kind !== 'create' || shift.ownership.tookOverFrom !== null;
  const { runId, tookOverFrom } = shift.ownership;
  shift.deps.emit({ type: 'run', runId, resumed, state, tookOverFrom });
  await emitLedger(shift, plan);

  const accounts =
    (await standingAccounts(shift, plan, state, stored)) ?? (await changeAll(shift, plan, state, stored, lanes));
  const census = plan.targets.map((planned) =>
    censusOf(planned, accounts.get(planned.targetNo) ?? failNoAccount(planned)),
  );
  for (const target of census) shift.deps.emit({ type: 'census', target });
  return { resumed, census, leftBehind: await nameLeftBehind(shift, plan) };
}

interface Replanned {
  readonly plan: RunPlan;
  readonly state: RunState;
  readonly stored: readonly RunTarget[];
}

/**
 * The plan anew, now that nobody else can change the run: between preflight and taking it lie a question to a human and
 * perhaps a wait for a lease, and another tool may have finished, abandoned or created a run meanwhile.
 */
async function planAgain(shift: Shift, confirmed: RunPlan): Promise<Replanned> {
  const { register } = shift.deps;
  const { runId } = shift.ownership;
  const runs = await reading(shift, 'listing the runs', () => register.list());
  const stored = await reading(shift, 'reading the targets of the run', () => register.targets(runId));
  const { roots, targets, segmentRows } = confirmed;
  const plan = planRun({ roots, targets, runs, runTargets: new Map([[runId, stored]]), segmentRows });
  if (plan.decision.kind === 'create' || plan.decision.run.runId !== runId) {
    throw new SrkeyError(
      'E_RUN_MISMATCH',
      `run ${runId} is not the one to go on with any more: another tool changed the runs meanwhile`,
      {
        hint: 'look at `srkey runs`, then run the same command again',
      },
    );
  }
  return { plan, state: plan.decision.run.state, stored };
}

/** For a run that is done: its accounts, if they still hold. Then nothing at all is written. */
async function standingAccounts(
  shift: Shift,
  plan: RunPlan,
  state: RunState,
  stored: readonly RunTarget[],
): Promise<Accounts | null> {
  if (state !== 'done' || stored.length < plan.targets.length || stored.some((target) => !target.planned)) return null;
  const segments = await readSegments(shift, plan);
  const accounts = new Map<number, Account>();
  for (const planned of plan.targets) {
    const account = await accountTarget(shift, planned, segmentNosOf(segments, planned));
    if (account.unaccounted > 0) return null;
    accounts.set(planned.targetNo, account);
  }
  for (const planned of plan.targets)
    emitVerified(shift, planned, accounts.get(planned.targetNo) ?? failNoAccount(planned));
  return accounts;
}

type Accounts = ReadonlyMap<number, Account>;

async function changeAll(
  shift: Shift,
  plan: RunPlan,
  state: RunState,
  stored: readonly RunTarget[],
  lanes: number,
): Promise<Accounts> {
  // A run that was done or being verified is open for work again, before its journal grows.
  if (state !== 'planned' && state !== 'applying') await changeState(shift, state, 'applying');
  await planTargets(shift, plan, stored);
  if (state === 'planned') await changeState(shift, 'planned', 'applying');

  const segments = await readSegments(shift, plan);
  emitPlan(shift, plan, segments);
  await applySegments(shift, plan.targets, segments, lanes);
  await sweepTargets(shift, plan, segments, lanes);

  await changeState(shift, 'applying', 'verifying');
  const accounts = new Map<number, Account>();
  for (const planned of plan.targets) {
    accounts.set(planned.targetNo, await verifyTarget(shift, planned, segmentNosOf(segments, planned)));
  }
  await changeState(shift, 'verifying', 'done');
  return accounts;
}

async function planTargets(
  shift: Shift,
  { targets, segmentRows }: RunPlan,
  stored: readonly RunTarget[],
): Promise<void> {
  const done = new Set(stored.filter(({ planned }) => planned).map(({ targetNo }) => targetNo));
  for (const { targetNo, target } of targets) {
    if (done.has(targetNo)) continue;
    shift.brakes.quit.throwIfAborted();
    await persisting(shift.makePatience(), shift.brakes.cut, `planning ${target.name}`, () =>
      shift.ownership.planTarget(targetNo, target, segmentRows),
    );
  }
}

async function sweepTargets(
  shift: Shift,
  plan: RunPlan,
  segments: readonly SegmentRecord[],
  lanes: number,
): Promise<void> {
  const queue = [...plan.targets];
  await inParallel(Math.min(lanes, queue.length), shift, async () => {
    for (let planned = queue.shift(); planned !== undefined; planned = queue.shift()) {
      await sweepTarget(shift, planned, segmentNosOf(segments, planned));
    }
  });
}

/** Sweep and verify cover a target by its segments: one without any would count as done unseen. */
async function readSegments(shift: Shift, { targets }: RunPlan): Promise<readonly SegmentRecord[]> {
  const records = await reading(shift, 'reading the segments', () => shift.ownership.segments());
  const segments = records.filter(({ segmentNo }) => segmentNo !== SWEEP_SEGMENT);
  const uncut = targets.find(({ targetNo }) => segments.every((segment) => segment.targetNo !== targetNo));
  if (uncut === undefined) return segments;
  throw new SrkeyError('E_VERIFY_FAILED', `${uncut.target.name} has no segments although it was planned`, {
    hint: 'this should not happen: please report it with the log file',
  });
}

function segmentNosOf(segments: readonly SegmentRecord[], { targetNo }: PlannedTarget): readonly number[] {
  return segments.filter((segment) => segment.targetNo === targetNo).map(({ segmentNo }) => segmentNo);
}

function emitPlan(shift: Shift, plan: RunPlan, segments: readonly SegmentRecord[]): void {
  const counts = new Map(plan.targets.map((planned) => [planned.targetNo, segmentNosOf(segments, planned).length]));
  shift.deps.emit({ type: 'plan', targets: targetPlans(plan, counts) });
}

async function emitLedger(shift: Shift, plan: RunPlan): Promise<void> {
  let doneRows = 0;
  for (const total of await reading(shift, 'reading the ledger', () => shift.ownership.ledgerTotals())) {
    shift.deps.emit({ type: 'resumed', ...total });
    doneRows += total.rows;
  }
  shift.tally.expect(plan.rows, doneRows);
}

async function nameLeftBehind(shift: Shift, { targets }: RunPlan): Promise<readonly LeftBehindKey[]> {
  const keys: LeftBehindKey[] = [];
  for (const { targetNo, target } of targets) {
    const named = await reading(shift, `naming the keys left behind in ${target.name}`, () =>
      shift.ownership.leftBehind(targetNo, target, NAMED_KEYS_LIMIT),
    );
    for (const { key, outcome, reason } of named) {
      if (outcome !== 'foreign' && outcome !== 'unreadable') continue;
      keys.push({ target: target.name, key, class: outcome, reason: reason ?? '' });
    }
  }
  for (const key of keys) shift.deps.emit({ type: 'left-behind', key });
  return keys;
}

async function reading<T>(shift: Shift, what: string, call: () => Promise<T>): Promise<T> {
  return await persisting(shift.makePatience(), shift.brakes.quit, what, call);
}

function failNoAccount({ target }: PlannedTarget): never {
  throw new Error(`no account of ${target.name}`);
}
