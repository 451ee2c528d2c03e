/**
 * The live rows of a target held against the journal of a run, segment by segment: set-based what stands, by name what
 * does not, and with `full` every key that stands opened. Changes nothing but the record of segments that were opened.
 */
import { DatabaseError } from '../errors.ts';
import { addDeviations, type DeviationCounts, NO_DEVIATIONS } from '../keys/deviation.ts';
import { targetColumn } from '../keys/target.ts';
import type { DeviatingKey, StandingTarget } from '../progress/events.ts';
import { text } from '../text/message.ts';
import type { RootPair } from './deps.ts';
import { type DeviationScope, noFindings, readDeviations, readGone } from './deviations.ts';
import { reading } from './inspect.ts';
import { type JournalDesk, openJournalDesk } from './journal-desk.ts';
import { openStanding } from './open-standing.ts';
import type { ReadContext } from './pages.ts';
import type { PlannedTarget } from './plan.ts';
import type { Account, Basis, RunView, SegmentRecord } from './ports.ts';
import { MAX_BATCH_BYTES } from './servo.ts';
import { SWEEP_SEGMENT } from './sweep.ts';
import { addAccounts, assertAddsUp, EMPTY_ACCOUNT } from './verify.ts';

/** Enough to keep any number of threads busy for a while, little enough to be named and dropped. */
const PAGE_ROWS = 500;

export interface VerifyScope {
  readonly context: ReadContext;
  readonly view: RunView;
  readonly basis: Basis;
  readonly roots: RootPair;
  /** Open every key that stands. */
  readonly full: boolean;
  /** Whether rows that the journal has nothing for are rows that the run has not come to. */
  readonly isPending: (segment: SegmentRecord) => boolean;
  /** Set once the login has shown that it may not record what was opened. */
  readonly record: { isRefused: boolean };
}

export interface VerifiedTarget {
  readonly standing: StandingTarget;
  /** Rows that somebody should look at, those left behind included. */
  readonly attention: number;
}

/** `segments` are all of the run's, the sweep's included. */
export async function verifyTarget(
  scope: VerifyScope,
  planned: PlannedTarget,
  segments: readonly SegmentRecord[],
): Promise<VerifiedTarget> {
  const { context, view } = scope;
  const { deps } = context;
  const { targetNo, target } = planned;
  const own = segments.filter((segment) => segment.targetNo === targetNo);
  const sweep = own.find(({ segmentNo }) => segmentNo === SWEEP_SEGMENT);
  const journal = openJournalDesk(context, () => view.openJournal(targetNo, target));
  let [sum, attention] = [NOTHING, 0];
  try {
    for (const segment of own) {
      if (segment === sweep) continue;
      const done = rowsOf(sum);
      const onRows = (rows: number): void => {
        const of = Math.max(planned.rows, done + rows);
        deps.emit({ type: 'verify-progress', targetNo, name: target.name, rows: done + rows, of });
      };
      const found = await verifySegment(scope, planned, journal, segment, sum.deviations, onRows);
      if (scope.full && !found.isOpenedBefore && found.damagedStanding === 0 && sweep !== undefined)
        await recordCheck(scope, planned, segment, sweep);
      for (const key of found.keys) deps.emit({ type: 'deviation', key });
      attention += found.attention;
      sum = addFindings(sum, found);
      onRows(rowsOf(found));
    }
  } finally {
    await journal.close();
  }
  const standing = standingOf(scope, planned, sum);
  deps.emit({ type: 'standing', target: standing });
  return { standing, attention: attention + standing.leftBehind };
}

interface SegmentSum {
  readonly account: Account;
  readonly pending: number;
  readonly deviations: DeviationCounts;
  /** Keys that stand to the byte and are not what they should be: counted as deviations, so they do not stand. */
  readonly damagedStanding: number;
  readonly opened: number;
  readonly openedBefore: number;
}

interface SegmentFindings extends SegmentSum {
  readonly keys: readonly DeviatingKey[];
  readonly attention: number;
  readonly isOpenedBefore: boolean;
}

const NOTHING: SegmentSum = {
  account: EMPTY_ACCOUNT,
  pending: 0,
  deviations: NO_DEVIATIONS,
  damagedStanding: 0,
  opened: 0,
  openedBefore: 0,
};

function addFindings(a: SegmentSum, b: SegmentSum): SegmentSum {
  return {
    account: addAccounts(a.account, b.account),
    pending: a.pending + b.pending,
    deviations: addDeviations(a.deviations, b.deviations),
    damagedStanding: a.damagedStanding + b.damagedStanding,
    opened: a.opened + b.opened,
    openedBefore: a.openedBefore + b.openedBefore,
  };
}

/** What stands is of the moment of the account, what deviates of the moment it was read: their sum is what was seen. */
function rowsOf({ account, pending, deviations, damagedStanding }: SegmentSum): number {
  const live = Object.values(deviations).reduce((sum, rows) => sum + rows, 0) - deviations.gone;
  return account.liveRows - account.unaccounted - damagedStanding + pending + live;
}

async function verifySegment(
  scope: VerifyScope,
  planned: PlannedTarget,
  desk: JournalDesk,
  segment: SegmentRecord,
  before: DeviationCounts,
  onRows: (rows: number) => void,
): Promise<SegmentFindings> {
  const { context, basis, roots, full } = scope;
  const account = await lookAtSegment(scope, planned, segment);
  const isPending = scope.isPending(segment);
  const pending = isPending ? account.unjournaled : 0;
  const isOpenedBefore = segment.checkedAt !== null;
  const pageRows = fittingRows(planned);
  const pages: DeviationScope = { context, planned, basis, roots, pageRows, before };
  const { target } = planned;
  const { segmentNo } = segment;

  const work = {
    deviations: account.unaccounted > pending,
    gone: account.departed > 0,
    opening: full && !isOpenedBefore,
  };
  const isAtRest = !work.deviations && !work.gone && !work.opening;
  const { findings, opened, damagedStanding } = isAtRest
    ? { findings: noFindings(), opened: 0, damagedStanding: 0 }
    : await desk.use(text`comparing segment ${segmentNo} of ${target.name}`, async (journal) => {
        const findings = noFindings();
        if (work.deviations) {
          await journal.seek(segmentNo);
          await readDeviations(pages, journal, isPending, findings);
        }
        if (work.gone) {
          await journal.seek(segmentNo);
          await readGone(pages, journal, findings);
        }
        const damagedBefore = findings.counts.damaged;
        if (work.opening) await journal.seek(segmentNo);
        const opened = work.opening ? await openStanding(pages, journal, findings, onRows) : 0;
        return { findings, opened, damagedStanding: findings.counts.damaged - damagedBefore };
      });
  const openedBefore = full && isOpenedBefore ? account.rewrapped + account.staged + account.new : 0;
  return {
    account,
    pending,
    deviations: findings.counts,
    damagedStanding,
    opened: opened + openedBefore,
    openedBefore,
    keys: findings.keys,
    attention: findings.attention,
    isOpenedBefore,
  };
}

async function lookAtSegment(
  { context, view, basis }: VerifyScope,
  { targetNo, target }: PlannedTarget,
  { segmentNo }: SegmentRecord,
): Promise<Account> {
  const what = text`comparing segment ${segmentNo} of ${target.name}`;
  // A whole segment in one statement that opens no key: held back by a pause, not by the speed limit.
  await context.deps.pace.sitOut(context.quit);
  const account = await reading(context, what, () => view.account(targetNo, target, segmentNo, basis));
  assertAddsUp(account, what);
  return account;
}

/** The values stay out of memory but for a page or two; a pair of them travels at most. */
function fittingRows({ longestValueBytes }: PlannedTarget): number {
  const fitting = Math.floor(MAX_BATCH_BYTES / Math.max(1, 2 * longestValueBytes));
  return Math.max(1, Math.min(PAGE_ROWS, fitting));
}

/** Error numbers of a right that is missing on a table or on a column. */
const DENIED: ReadonlySet<number | null> = new Set([229, 230]);

/** Who may only read can verify all the same, but has nothing to go on from when it is stopped. */
async function recordCheck(
  { context, view, record }: VerifyScope,
  { target }: PlannedTarget,
  segment: SegmentRecord,
  sweep: SegmentRecord,
): Promise<void> {
  const what = text`recording that segment ${segment.segmentNo} of ${target.name} was opened`;
  await unlessRefused(context, record, () => reading(context, what, () => view.recordCheck(segment, sweep)));
}

/** Not even tried again once it was refused: the login may only read, and is told so once. */
export async function unlessRefused(
  { deps }: ReadContext,
  record: VerifyScope['record'],
  write: () => Promise<unknown>,
): Promise<void> {
  if (record.isRefused) return;
  try {
    await write();
  } catch (error) {
    if (!(error instanceof DatabaseError) || !DENIED.has(error.number)) throw error;
    record.isRefused = true;
    const note = text`this login may not record what was opened: when it is stopped, verify begins anew`;
    deps.emit({ type: 'note', level: 'warning', text: note });
  }
}

function standingOf({ full }: VerifyScope, { targetNo, target }: PlannedTarget, sum: SegmentSum): StandingTarget {
  const { account, pending, deviations, damagedStanding, opened, openedBefore } = sum;
  return {
    targetNo,
    name: target.name,
    column: targetColumn(target),
    rows: rowsOf(sum),
    standing: account.liveRows - account.unaccounted - damagedStanding,
    leftBehind: account.foreign + account.unreadable,
    pending,
    deviations,
    opened: full ? opened : null,
    openedBefore,
  };
}
