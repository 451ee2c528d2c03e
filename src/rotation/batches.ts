/**
 * The pages of one range on their way through a lane: page n+1 is read while page n is rewrapped, and rewrapped while
 * page n is committed. At most two pages are in memory, and commits keep the order of the pages.
 */
import { SrkeyError } from '../errors.ts';
import { unlessAborted } from './brakes.ts';
import type { Shift, TargetLane } from './lane.ts';
import type { BatchRecord, Lane, Page, StagedRow } from './ports.ts';
import { proofOf } from './proof.ts';
import { retrying } from './retry.ts';
import { observeBatch } from './servo.ts';
import { text } from '../text/message.ts';

/** How a range of pages ends. */
export interface RangeRules {
  readonly isEnd: (page: Page) => boolean;
  /** Null for a page that needs no transaction. */
  readonly commitAs: (page: Page) => 'batch' | 'closing-batch' | null;
}

interface PageInWork {
  readonly page: Page;
  readonly staged: Promise<StagedPage>;
}

interface StagedPage {
  readonly rows: readonly StagedRow[];
  /** From the page's arrival to its last result, other lanes' pages in the workers' queue included. */
  readonly rewrapMs: number;
}

/** Reads, rewraps and commits a range from where the lane stands to its end. */
export async function pumpBatches(
  shift: Shift,
  targetLane: TargetLane,
  lane: Lane,
  rules: RangeRules,
  onCommitted: (batch: BatchRecord) => void = () => undefined,
): Promise<void> {
  const range: Range = { shift, targetLane, lane, rules, onCommitted, rowsRead: 0 };
  let current = await beginPage(range);
  for (;;) {
    const isEnd = rules.isEnd(current.page);
    // With the pace held back, what is in hand is finished first: a page kept for long would go stale.
    const ahead = isEnd || !shift.deps.pace.isOpen() ? null : await beginPage(range);
    await finishPage(range, current);
    if (isEnd) return;
    current = ahead ?? (await beginPage(range));
  }
}

interface Range {
  readonly shift: Shift;
  readonly targetLane: TargetLane;
  readonly lane: Lane;
  readonly rules: RangeRules;
  readonly onCommitted: (batch: BatchRecord) => void;
  rowsRead: number;
}

async function beginPage(range: Range): Promise<PageInWork> {
  const { shift, targetLane, lane } = range;
  const { pace } = shift.deps;
  const admitted = await pace.admit(targetLane.servo.rows, shift.brakes.quit);
  const page = await retrying(
    targetLane.patience,
    shift.brakes.quit,
    text`reading ${targetLane.planned.target.name}`,
    () => lane.readPage(admitted),
  );
  pace.giveBack(admitted - page.rows.length);
  const staged = rewrapPage(range, page);
  // Awaited later, or never when the page before it fails: a rejection must not end the process meanwhile.
  staged.catch(() => undefined);
  range.rowsRead += page.rows.length;
  return { page, staged };
}

async function rewrapPage({ shift, targetLane, rowsRead }: Range, page: Page): Promise<StagedPage> {
  if (page.rows.length === 0) return { rows: [], rewrapMs: 0 };
  const { target, column } = targetLane.planned;
  const prove = proofOf(shift.proof, rowsRead, page.rows.length).map((wanted) => wanted && shift.canProve);
  const values = page.rows.map((row) => row.value);
  const startedMs = shift.deps.clock.elapsedMs();
  const results = await shift.deps.workers.rewrap(target.format, column, values, prove);
  const rewrapMs = shift.deps.clock.elapsedMs() - startedMs;
  const rows = page.rows.map(({ ordinal }, index) => {
    const result = results[index];
    // A result missing or unproven must stop the run: the row would be written unchecked, or not at all.
    if (result === undefined || (prove[index] === true && result.kind === 'staged' && !result.proven)) {
      throw new SrkeyError(
        'E_VERIFY_FAILED',
        text`a new envelope of ${target.name} came back without its proof; it was not written`,
      );
    }
    return { ordinal, result };
  });
  return { rows, rewrapMs };
}

async function finishPage(range: Range, { page, staged }: PageInWork): Promise<void> {
  const { shift, targetLane, lane, rules } = range;
  const { rows, rewrapMs } = await unlessAborted(shift.brakes.quit, staged);
  const commitAs = rules.commitAs(page);
  if (commitAs === null) return;
  // From here on only `cut` interrupts.
  const { sqlMs, ...batch } = await retrying(
    targetLane.patience,
    shift.brakes.cut,
    text`writing ${targetLane.planned.target.name}`,
    () => lane.commitBatch(page, rows, commitAs === 'closing-batch'),
  );
  targetLane.patience.renew();
  targetLane.servo = observeBatch(targetLane.servo, { rows: page.rows.length, bytes: page.bytes, sqlMs, rewrapMs });
  shift.tally.batchCommitted(batch, sqlMs);
  range.onCommitted(batch);
}
