/** What one batch does to live rows, journal and ledger. No value is written that would lose its plaintext. */
import type { Work } from '../../../src/keys/run.ts';
import type { ColumnValue } from '../../../src/keys/stored-key.ts';
import type { Target } from '../../../src/keys/target.ts';
import type { BatchRecord, Deed, Page, StagedRow } from '../../../src/rotation/ports.ts';
import { plaintextOf } from '../toy-workers.ts';
import { isSame } from './accounting.ts';
import type { MemoryDatabase } from './database.ts';
import type { ClaimedRange } from './lane.ts';
import type { JournalRow, MemoryTable, TargetRow } from './rows.ts';
import { noOutcomes } from './rows.ts';

export const DEED_OF: Readonly<Record<Deed, Work>> = { swap: 'apply', undo: 'rollback', bury: 'stage' };

interface CommitTarget {
  readonly db: MemoryDatabase;
  readonly row: TargetRow;
  readonly target: Target;
  readonly claimed: ClaimedRange;
  readonly work: Work;
}

/** Results of a page: each row journalled and, unless it is only staged, written. */
export function commitPage(
  { db, row, target, claimed, work }: CommitTarget,
  page: Page,
  keys: readonly number[],
  staged: readonly StagedRow[],
): BatchRecord {
  const table = db.table(target);
  const outcomes = noOutcomes();
  if (staged.length !== keys.length) throw new Error('a batch must cover its page');
  for (const { ordinal, result } of staged) {
    const key = keys[ordinal - 1];
    if (key === undefined) throw new Error(`no ordinal ${ordinal}`);
    const oldValue = page.rows[ordinal - 1]?.value ?? null;
    const journalRow = journalRowOf(table, key, oldValue, result, work);
    row.journal.set(key, journalRow);
    outcomes[journalRow.outcome] += 1;
  }
  claimed.fence.batchNo = page.batchNo;
  const lastKey = keys.at(-1);
  if (claimed.segment !== null && lastKey !== undefined) claimed.segment.cursor = lastKey;
  const segmentNo = claimed.segment?.segmentNo ?? 0;
  return record(db, row, work, { segmentNo, batchNo: page.batchNo, rows: keys.length, outcomes });
}

function journalRowOf(
  table: MemoryTable,
  key: number,
  oldValue: ColumnValue,
  result: StagedRow['result'],
  work: Work,
): JournalRow {
  if (result.kind !== 'staged') {
    return { oldValue, newValue: null, outcome: result.kind, reason: 'reason' in result ? result.reason : null };
  }
  const newValue = result.newValue;
  // Invariant 2, at the very moment of writing.
  if (plaintextOf(newValue) !== plaintextOf(oldValue)) throw new Error(`key ${key} would lose its plaintext`);
  if (work === 'stage') return { oldValue, newValue, outcome: 'staged', reason: null };
  if (table.rows.has(key) && isSame(table.rows.get(key), oldValue)) table.rows.set(key, newValue);
  const live = table.rows.get(key);
  const outcome = live === undefined ? 'deleted' : isSame(live, newValue) ? 'rewrapped' : 'changed';
  return { oldValue, newValue, outcome, reason: null };
}

/** The journal keys behind the cursor that the deed is for. */
export function keysForDeed(
  deed: Deed,
  table: MemoryTable,
  journal: TargetRow['journal'],
  behind: { readonly from: number; readonly to: number; readonly cursor: number },
): number[] {
  return [...journal.keys()]
    .sort((a, b) => a - b)
    .filter((key) => key >= behind.from && key < behind.to && key > behind.cursor)
    .filter((key) => isPicked(deed, table, key, journal.get(key)));
}

function isPicked(deed: Deed, table: MemoryTable, key: number, row: JournalRow | undefined): boolean {
  switch (deed) {
    case 'swap':
      return row?.outcome === 'staged';
    case 'undo':
      return row?.outcome === 'rewrapped';
    case 'bury':
      return row?.outcome !== 'deleted' && !table.rows.has(key);
  }
}

/** A batch that the journal alone decides: the values are in it. */
export function commitDeed(
  { db, row, target, claimed, work }: CommitTarget,
  deed: Deed,
  keys: readonly number[],
): BatchRecord {
  const outcomes = noOutcomes();
  for (const key of keys) {
    const journalRow = perform(deed, db.table(target), key, row.journal.get(key));
    row.journal.set(key, journalRow);
    outcomes[journalRow.outcome] += 1;
  }
  claimed.fence.batchNo += 1;
  const segmentNo = claimed.segment?.segmentNo ?? 0;
  return record(db, row, work, { segmentNo, batchNo: claimed.fence.batchNo, rows: keys.length, outcomes });
}

function perform(deed: Deed, table: MemoryTable, key: number, row: JournalRow | undefined): JournalRow {
  if (row === undefined) throw new Error(`no journal row ${key}`);
  if (deed === 'bury') return { ...row, outcome: 'deleted' };
  const [from, to] = deed === 'swap' ? [row.oldValue, row.newValue] : [row.newValue, row.oldValue];
  // Invariant 2, at the very moment of writing.
  if (plaintextOf(from) !== plaintextOf(to)) throw new Error(`key ${key} would lose its plaintext`);
  if (table.rows.has(key) && isSame(table.rows.get(key), from)) table.rows.set(key, to);
  const live = table.rows.get(key);
  if (live === undefined) return { ...row, outcome: 'deleted' };
  if (!isSame(live, to)) return { ...row, outcome: 'changed' };
  return { ...row, outcome: deed === 'swap' ? 'rewrapped' : 'staged' };
}

function record(
  db: MemoryDatabase,
  row: TargetRow,
  work: Work,
  counts: Pick<BatchRecord, 'segmentNo' | 'batchNo' | 'rows' | 'outcomes'>,
): BatchRecord {
  const batch = { targetNo: row.targetNo, committedAt: db.clock.now(), ...counts };
  row.ledger.push({ ...batch, work });
  return batch;
}
