/**
 * The census of one target by the journal of a run. What a live value is, the journal knows for each that is, to the
 * byte, the one that the run wrote or left: it was opened or parsed then, and need not be again. Only the other rows
 * are read.
 */
import { type Census, EMPTY_CENSUS, type KeyClass } from '../keys/stored-key.ts';
import { type Target, targetColumn } from '../keys/target.ts';
import type { LeftBehindKey, TargetCensus } from '../progress/events.ts';
import { recalled, text } from '../text/message.ts';
import { NAMED_KEYS_LIMIT } from './count-target.ts';
import { reading } from './inspect.ts';
import { type JournalDesk, openJournalDesk } from './journal-desk.ts';
import type { ReadContext } from './pages.ts';
import type { Account, Basis, JournalReader, RunView, SegmentRecord } from './ports.ts';
import { isSampled } from './proof.ts';
import { SWEEP_SEGMENT } from './sweep.ts';
import { addAccounts, assertAddsUp, EMPTY_ACCOUNT } from './verify.ts';

const PAGE_ROWS = 500;

export interface JournalCount {
  readonly census: TargetCensus;
  readonly leftBehind: readonly LeftBehindKey[];
  /** What the journal accounts for, and how many rows it does not: those were read. */
  readonly account: Account;
}

export interface JournalCountOptions {
  readonly view: RunView;
  readonly basis: Basis;
  readonly target: Target;
  /** As the run numbers it. */
  readonly runTargetNo: number;
  /** As the census numbers it. */
  readonly targetNo: number;
  readonly segments: readonly SegmentRecord[];
  /** As the schema told, for progress. */
  readonly rows: number;
}

/** Account of every segment; opens no key and reads no value. `tookMs`: what the server took for one. */
export async function accountByJournal(
  context: ReadContext,
  { view, basis, target, runTargetNo, segments }: Omit<JournalCountOptions, 'targetNo' | 'rows'>,
  onSegment: (segmentNo: number, account: Account, tookMs: number) => Promise<void> = () => Promise.resolve(),
): Promise<Account> {
  const { clock } = context.deps;
  let sum = EMPTY_ACCOUNT;
  for (const { targetNo, segmentNo } of segments) {
    if (targetNo !== runTargetNo || segmentNo === SWEEP_SEGMENT) continue;
    const what = text`comparing segment ${segmentNo} of ${target.name}`;
    await context.deps.pace.sitOut(context.quit);
    let begunMs = 0;
    const account = await reading(context, what, () => {
      begunMs = clock.elapsedMs();
      return view.account(runTargetNo, target, segmentNo, basis);
    });
    const tookMs = clock.elapsedMs() - begunMs;
    assertAddsUp(account, what);
    sum = addAccounts(sum, account);
    await onSegment(segmentNo, account, tookMs);
  }
  return sum;
}

export async function countFromJournal(context: ReadContext, options: JournalCountOptions): Promise<JournalCount> {
  const { deps } = context;
  const { view, target, runTargetNo, targetNo, rows: expected } = options;
  const { name } = target;
  const desk = openJournalDesk(context, () => view.openJournal(runTargetNo, target));
  const counts: Record<KeyClass, number> = { ...EMPTY_CENSUS };
  const leftBehind: LeftBehindKey[] = [];
  let [opened, rows] = [0, 0];
  try {
    const account = await accountByJournal(context, options, async (segmentNo, found) => {
      const classes = classesOf(found);
      const others = found.unaccounted === 0 ? NOTHING_READ : await readOthers(context, options, desk, segmentNo);
      for (const each of Object.keys(counts) as KeyClass[]) counts[each] += classes[each] + others.counts[each];
      leftBehind.push(...others.leftBehind.slice(0, Math.max(0, NAMED_KEYS_LIMIT - leftBehind.length)));
      opened += others.opened;
      rows += found.liveRows;
      deps.emit({ type: 'census-progress', targetNo, name, rows, of: Math.max(expected, rows) });
    });
    leftBehind.push(...(await nameJournaled(context, options, account, NAMED_KEYS_LIMIT - leftBehind.length)));
    const census: Census = { ...counts };
    const column = targetColumn(target);
    return { census: { targetNo, name, column, census, opened, unopened: 0 }, leftBehind, account };
  } finally {
    await desk.close();
  }
}

/** What is accounted for, by class: a staged value is live as it was, a rewrapped one as it was sealed. */
function classesOf({ staged, rewrapped, new: alreadyNew, foreign, unreadable, empty }: Account): Census {
  return { old: staged, new: rewrapped + alreadyNew, foreign, unreadable, empty };
}

interface OthersRead {
  readonly counts: Census;
  readonly leftBehind: readonly LeftBehindKey[];
  readonly opened: number;
}

const NOTHING_READ: OthersRead = { counts: EMPTY_CENSUS, leftBehind: [], opened: 0 };

/** The rows of a segment that the journal does not account for, classified as a census without a journal does it. */
async function readOthers(
  { deps, quit }: ReadContext,
  { basis, target }: JournalCountOptions,
  desk: JournalDesk,
  segmentNo: number,
): Promise<OthersRead> {
  return await desk.use(text`reading ${target.name}`, async (journal) => {
    const counts: Record<KeyClass, number> = { ...EMPTY_CENSUS };
    const leftBehind: LeftBehindKey[] = [];
    let [opened, read] = [0, 0];
    await journal.seek(segmentNo);
    for (;;) {
      const admitted = await deps.pace.admit(PAGE_ROWS, quit);
      const page = await journal.readDeviations(admitted, basis);
      deps.pace.giveBack(admitted - page.rows.length);
      const first = read;
      const open = page.rows.map((_, i) => target.format.envelope !== 'cms' || isSampled(first + i));
      const values = page.rows.map(({ value }) => value);
      const classified = values.length === 0 ? [] : await deps.workers.classify(target.format, values, open);
      const left: { readonly ordinal: number; readonly class: 'foreign' | 'unreadable'; readonly reason: string }[] =
        [];
      classified.forEach(({ class: keyClass, reason, opened: isOpened }, i) => {
        counts[keyClass] += 1;
        if (isOpened) opened += 1;
        const ordinal = page.rows[i]?.ordinal;
        if (ordinal === undefined || (keyClass !== 'foreign' && keyClass !== 'unreadable')) return;
        left.push({ ordinal, class: keyClass, reason: reason ?? '' });
      });
      leftBehind.push(...(await nameRead(journal, target, page.batchNo, left)));
      read += page.rows.length;
      if (page.isLast) return { counts, leftBehind, opened };
    }
  });
}

async function nameRead(
  journal: JournalReader,
  target: Target,
  batchNo: number,
  left: readonly { readonly ordinal: number; readonly class: 'foreign' | 'unreadable'; readonly reason: string }[],
): Promise<readonly LeftBehindKey[]> {
  if (left.length === 0) return [];
  const names = await journal.nameKeys(
    batchNo,
    left.map(({ ordinal }) => ordinal),
  );
  return left.map(({ ordinal, class: keyClass, reason }) => ({
    target: target.name,
    key: names.get(ordinal) ?? [],
    class: keyClass,
    reason: recalled(reason),
  }));
}

async function nameJournaled(
  context: ReadContext,
  { view, target, runTargetNo }: JournalCountOptions,
  { foreign, unreadable }: Account,
  limit: number,
): Promise<readonly LeftBehindKey[]> {
  if (foreign + unreadable === 0 || limit <= 0) return [];
  const named = await reading(context, text`naming the keys left behind in ${target.name}`, () =>
    view.leftBehind(runTargetNo, target, limit),
  );
  return named.flatMap(({ key, outcome, reason }) =>
    outcome === 'foreign' || outcome === 'unreadable'
      ? [{ target: target.name, key, class: outcome, reason: recalled(reason ?? '') }]
      : [],
  );
}
