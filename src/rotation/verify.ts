/** Verify: every live row is accounted for by the journal, or the run is not done. */
import { SrkeyError } from '../errors.ts';
import type { Census } from '../keys/stored-key.ts';
import type { TargetCensus } from '../progress/events.ts';
import { targetColumn } from '../keys/target.ts';
import { changeState } from './change-state.ts';
import type { Shift } from './lane.ts';
import type { PlannedTarget } from './plan.ts';
import type { Account } from './ports.ts';
import { persisting } from './retry.ts';
import { unsettled, withSweeper } from './sweep.ts';
import { type Message, text } from '../text/message.ts';
import { count, counted } from '../text/quantities.ts';

/** Sweeps of one segment within verify. A segment takes a moment, so even a busy table holds still for one of them. */
const MAX_VERIFY_ROUNDS = 5;

export const EMPTY_ACCOUNT: Account = {
  liveRows: 0,
  staged: 0,
  rewrapped: 0,
  new: 0,
  foreign: 0,
  unreadable: 0,
  empty: 0,
  unaccounted: 0,
  unjournaled: 0,
  departed: 0,
};

/** Sums over the segments as they stand; sweeps nothing. */
export async function accountTarget(
  shift: Shift,
  planned: PlannedTarget,
  segmentNos: readonly number[],
): Promise<Account> {
  let sum = EMPTY_ACCOUNT;
  for (const segmentNo of segmentNos) sum = addAccounts(sum, await accountSegment(shift, planned, segmentNo));
  return sum;
}

/**
 * Accounts for every live row, segment by segment: what is not accounted for is swept and looked at again at once,
 * while the rest of the table goes on changing.
 */
export async function verifyTarget(
  shift: Shift,
  planned: PlannedTarget,
  segmentNos: readonly number[],
): Promise<Account> {
  const sum = await withSweeper(shift, planned, async ({ sweep }) => {
    let total = EMPTY_ACCOUNT;
    for (const segmentNo of segmentNos)
      total = addAccounts(total, await settleSegment(shift, planned, segmentNo, sweep));
    return total;
  });
  emitVerified(shift, planned, sum);
  return sum;
}

export function emitVerified(shift: Shift, planned: PlannedTarget, account: Account): void {
  const { liveRows: rows, rewrapped, foreign, unreadable, unaccounted } = account;
  const leftBehind = foreign + unreadable;
  shift.deps.emit({ type: 'verified', targetNo: planned.targetNo, rows, rewrapped, leftBehind, unaccounted });
}

/** A verified target has no key under the old root: each live row is one of these. */
export function censusOf(planned: PlannedTarget, account: Account): TargetCensus {
  const { rewrapped, new: alreadyNew, foreign, unreadable, empty } = account;
  const census: Census = { old: 0, new: rewrapped + alreadyNew, foreign, unreadable, empty };
  const { targetNo, target } = planned;
  return { targetNo, name: target.name, column: targetColumn(target), census, opened: rewrapped, unopened: 0 };
}

async function settleSegment(
  shift: Shift,
  planned: PlannedTarget,
  segmentNo: number,
  sweep: (segmentNo: number) => Promise<unknown>,
): Promise<Account> {
  for (let round = 0; ; round += 1) {
    const account = await accountSegment(shift, planned, segmentNo);
    if (account.unaccounted === 0) return account;
    if (round === MAX_VERIFY_ROUNDS) {
      const what = text`${counted(account.unaccounted, 'row')} of segment ${segmentNo} of ${planned.target.name} keep changing while they are verified`;
      throw unsettled(planned, what);
    }
    // Batches are only for a run that is being applied; a crash in between resumes there.
    await changeState(shift, 'verifying', 'applying');
    await sweep(segmentNo);
    await changeState(shift, 'applying', 'verifying');
  }
}

async function accountSegment(shift: Shift, planned: PlannedTarget, segmentNo: number): Promise<Account> {
  const what = text`verifying segment ${segmentNo} of ${planned.target.name}`;
  // A whole segment in one statement that opens no key: held back by a pause, not by the speed limit.
  await shift.deps.pace.sitOut(shift.brakes.quit);
  const account = await persisting(shift.makePatience(), shift.brakes.quit, what, () =>
    shift.ownership.account(planned.targetNo, planned.target, segmentNo, 'applied'),
  );
  assertAddsUp(account, what);
  return account;
}

/** A row in no class, or in two, would make every other number here worthless. */
export function assertAddsUp(account: Account, what: Message): void {
  const { liveRows, staged, rewrapped, new: alreadyNew, foreign, unreadable, empty, unaccounted } = account;
  const sum = staged + rewrapped + alreadyNew + foreign + unreadable + empty + unaccounted;
  if (sum === liveRows && unaccounted >= 0) return;
  throw new SrkeyError(
    'E_VERIFY_FAILED',
    text`${what}: ${counted(liveRows, 'live row')}, but ${count(sum)} in the account of them`,
    {
      hint: text`this should not happen: please report it with the log file`,
    },
  );
}

export function addAccounts(a: Account, b: Account): Account {
  return {
    liveRows: a.liveRows + b.liveRows,
    staged: a.staged + b.staged,
    rewrapped: a.rewrapped + b.rewrapped,
    new: a.new + b.new,
    foreign: a.foreign + b.foreign,
    unreadable: a.unreadable + b.unreadable,
    empty: a.empty + b.empty,
    unaccounted: a.unaccounted + b.unaccounted,
    unjournaled: a.unjournaled + b.unjournaled,
    departed: a.departed + b.departed,
  };
}
