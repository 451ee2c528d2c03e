/** A run, from wherever it stands to done, under one hold on it. */
import type { LeftBehindKey, TargetCensus } from '../progress/events.ts';
import { changeState } from './change-state.ts';
import { NAMED_KEYS_LIMIT } from './count-target.ts';
import { type EnteredRun, enterRun, isFullyPlanned, reading } from './enter-run.ts';
import { inParallel } from './in-parallel.ts';
import type { Shift } from './lane.ts';
import type { PlannedTarget, RunPlan } from './plan.ts';
import type { Account, SegmentRecord } from './ports.ts';
import { emitPlan, planTargets, readSegments, segmentNosOf, workThrough } from './run-segments.ts';
import { rewrapSegment, swapSegment } from './segment.ts';
import { sweepTarget } from './sweep.ts';
import { accountTarget, censusOf, emitVerified, verifyTarget } from './verify.ts';
import { recalled, text } from '../text/message.ts';

export interface RunOutcome {
  readonly resumed: boolean;
  readonly census: readonly TargetCensus[];
  /** At most 1,000 per target; the census counts all of them. */
  readonly leftBehind: readonly LeftBehindKey[];
}

export async function carryOut(shift: Shift, confirmed: RunPlan, lanes: number): Promise<RunOutcome> {
  const entered = await enterRun(shift, confirmed);
  const { plan, resumed } = entered;
  const accounts = (await standingAccounts(shift, entered)) ?? (await changeAll(shift, entered, lanes));
  const census = plan.targets.map((planned) =>
    censusOf(planned, accounts.get(planned.targetNo) ?? failNoAccount(planned)),
  );
  for (const target of census) shift.deps.emit({ type: 'census', target });
  return { resumed, census, leftBehind: await nameLeftBehind(shift, plan) };
}

/** For a run that is done: its accounts, if they still hold. Then nothing at all is written. */
async function standingAccounts(shift: Shift, entered: EnteredRun): Promise<Accounts | null> {
  const { plan, state } = entered;
  if (state !== 'done' || !isFullyPlanned(entered)) return null;
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

async function changeAll(shift: Shift, { plan, state, stored }: EnteredRun, lanes: number): Promise<Accounts> {
  // A run that was done or being verified is open for work again, before its journal grows.
  if (state !== 'planned' && state !== 'applying') await changeState(shift, state, 'applying');
  await planTargets(shift, plan, stored);
  if (state === 'planned') await changeState(shift, 'planned', 'applying');

  const segments = await readSegments(shift, plan);
  emitPlan(shift, plan.targets, segments);
  const open = segments.filter((segment) => segment.state !== 'done');
  const applySegment = (await wasStaged(shift)) ? swapSegment : rewrapSegment;
  await workThrough(shift, plan.targets, open, lanes, (lane, segment) => applySegment(shift, lane, segment));
  await sweepTargets(shift, plan, segments, lanes);

  await changeState(shift, 'applying', 'verifying');
  const accounts = new Map<number, Account>();
  for (const planned of plan.targets) {
    accounts.set(planned.targetNo, await verifyTarget(shift, planned, segmentNosOf(segments, planned)));
  }
  await changeState(shift, 'verifying', 'done');
  return accounts;
}

/** Whether the journal may hold rows that are not live yet. */
async function wasStaged(shift: Shift): Promise<boolean> {
  const totals = await reading(shift, text`reading the ledger`, () => shift.ownership.ledgerTotals('stage'));
  return totals.some(({ rows }) => rows > 0);
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

export async function nameLeftBehind(shift: Shift, { targets }: RunPlan): Promise<readonly LeftBehindKey[]> {
  const keys: LeftBehindKey[] = [];
  for (const { targetNo, target } of targets) {
    const named = await reading(shift, text`naming the keys left behind in ${target.name}`, () =>
      shift.ownership.leftBehind(targetNo, target, NAMED_KEYS_LIMIT),
    );
    for (const { key, outcome, reason } of named) {
      if (outcome !== 'foreign' && outcome !== 'unreadable') continue;
      keys.push({ target: target.name, key, class: outcome, reason: recalled(reason ?? '') });
    }
  }
  for (const key of keys) shift.deps.emit({ type: 'left-behind', key });
  return keys;
}

function failNoAccount({ target }: PlannedTarget): never {
  throw new Error(`no account of ${target.name}`);
}
