/** After a rollback: which live rows are as they were before the change, and what the others are. */
import { text } from '../text/message.ts';
import type { KeyClass } from '../keys/stored-key.ts';
import { targetColumn } from '../keys/target.ts';
import type { RestoredTarget } from '../progress/events.ts';
import { NAMED_KEYS_LIMIT } from './count-target.ts';
import { reading } from './enter-run.ts';
import type { Shift } from './lane.ts';
import type { PlannedTarget } from './plan.ts';
import type { JournalReader, SegmentRecord } from './ports.ts';
import { persisting } from './retry.ts';
import { segmentNosOf } from './run-segments.ts';
import { addAccounts, assertAddsUp, EMPTY_ACCOUNT } from './verify.ts';

const PAGE_ROWS = 500;

export async function lookAtRestored(
  shift: Shift,
  planned: PlannedTarget,
  segments: readonly SegmentRecord[],
): Promise<RestoredTarget> {
  const { targetNo, target } = planned;
  const numbers = segmentNosOf(segments, planned);
  let account = EMPTY_ACCOUNT;
  for (const segmentNo of numbers) {
    const what = text`comparing segment ${segmentNo} of ${target.name}`;
    const found = await reading(shift, what, () => shift.ownership.account(targetNo, target, segmentNo, 'rolled-back'));
    assertAddsUp(found, what);
    account = addAccounts(account, found);
  }
  const others = account.unaccounted === 0 ? NOTHING : await classifyOthers(shift, planned, numbers);
  return {
    targetNo,
    name: target.name,
    column: targetColumn(target),
    rows: account.liveRows,
    restored: account.staged,
    underNew: others.underNew,
    underNewKeys: others.keys,
  };
}

interface Others {
  readonly underNew: number;
  readonly keys: readonly (readonly string[])[];
}

const NOTHING: Others = { underNew: 0, keys: [] };

/** Opens the rows that the journal does not account for; after a lost connection, all of them again. */
async function classifyOthers(
  shift: Shift,
  { targetNo, target }: PlannedTarget,
  segmentNos: readonly number[],
): Promise<Others> {
  const { brakes, ownership } = shift;
  return await persisting(shift.makePatience(), brakes.quit, text`reading ${target.name}`, async () => {
    const journal = await ownership.openJournal(targetNo, target);
    try {
      let underNew = 0;
      const keys: (readonly string[])[] = [];
      for (const segmentNo of segmentNos) {
        await journal.seek(segmentNo);
        for (;;) {
          const found = await classifyPage(shift, target, journal, NAMED_KEYS_LIMIT - keys.length);
          underNew += found.underNew;
          keys.push(...found.keys);
          if (found.isLast) break;
          brakes.quit.throwIfAborted();
        }
      }
      return { underNew, keys };
    } finally {
      await journal.close().catch(() => undefined);
    }
  });
}

async function classifyPage(
  { deps }: Shift,
  { format }: PlannedTarget['target'],
  journal: JournalReader,
  limit: number,
): Promise<Others & { readonly isLast: boolean }> {
  const page = await journal.readDeviations(PAGE_ROWS, 'rolled-back');
  const values = page.rows.map(({ value }) => value);
  const classified = await deps.workers.classify(
    format,
    values,
    values.map(() => true),
  );
  const underNew: KeyClass = 'new';
  const ordinals = page.rows.flatMap(({ ordinal }, i) => (classified[i]?.class === underNew ? [ordinal] : []));
  const named = ordinals.slice(0, Math.max(0, limit));
  const names = named.length === 0 ? new Map<number, readonly string[]>() : await journal.nameKeys(page.batchNo, named);
  return {
    underNew: ordinals.length,
    keys: named.map((ordinal) => names.get(ordinal) ?? []),
    isLast: page.isLast,
  };
}
