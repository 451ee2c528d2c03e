/** How a live row stands to its journal row: the rule by which a run is held against the table, written here anew. */
import type { ColumnValue } from '../../../src/keys/stored-key.ts';
import type { Account, Basis } from '../../../src/rotation/ports.ts';
import { EMPTY_ACCOUNT } from '../../../src/rotation/verify.ts';
import type { JournalRow, MemoryTable, TargetRow } from './rows.ts';
import { segmentOf } from './rows.ts';

/** ≡ of design.md; the toy values are text or NULL. */
export function isSame(a: ColumnValue | undefined, b: ColumnValue | undefined): boolean {
  return a === b;
}

export function isAccountedFor(live: ColumnValue, row: JournalRow | undefined, basis: Basis): boolean {
  if (row === undefined) return false;
  switch (row.outcome) {
    case 'rewrapped':
      return (basis === 'applied' || basis === 'half-applied') && isSame(live, row.newValue);
    case 'new':
      return basis !== 'rolled-back' && isSame(live, row.oldValue);
    case 'foreign':
    case 'unreadable':
    case 'empty':
      return isSame(live, row.oldValue);
    case 'staged':
      return basis !== 'applied' && isSame(live, row.oldValue);
    case 'changed':
    case 'deleted':
      return false;
  }
}

/** Journal keys of a range whose live row is gone and that do not say so. */
export function departedKeys(table: MemoryTable, target: TargetRow, segmentNo: number): number[] {
  const { from, to } = segmentOf(target, segmentNo);
  return [...target.journal]
    .filter(([key, { outcome }]) => key >= from && key < to && outcome !== 'deleted' && !table.rows.has(key))
    .map(([key]) => key);
}

export function accountOf(table: MemoryTable, target: TargetRow, segmentNo: number, basis: Basis): Account {
  const { from, to } = segmentOf(target, segmentNo);
  const account: { -readonly [Count in keyof Account]: Account[Count] } = { ...EMPTY_ACCOUNT };
  for (const [key, live] of table.rows) {
    if (key < from || key >= to) continue;
    account.liveRows += 1;
    const row = target.journal.get(key);
    if (row === undefined) account.unjournaled += 1;
    if (row === undefined || !isAccountedFor(live, row, basis)) account.unaccounted += 1;
    else account[row.outcome as 'rewrapped'] += 1;
  }
  account.departed = departedKeys(table, target, segmentNo).length;
  return account;
}
