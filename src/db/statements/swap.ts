/**
 * Live values from the journal, forth and back. One statement for both ways: a row gets its other value only where the
 * live one is still, to the byte, what the journal says it was.
 */
import type { Deed } from '../../rotation/ports.ts';
import { liveKeyEquals, ownKeyEquals, quoteName, ROW_BY_ROW, same, tableOf } from './binding.ts';
import type { BoundTarget, RunTables } from './binding.ts';

/** The journal's columns and outcomes before and after. */
const WAYS = {
  swap: { from: 'OldValue', to: 'NewValue', before: 'staged', after: 'rewrapped' },
  undo: { from: 'NewValue', to: 'OldValue', before: 'rewrapped', after: 'staged' },
} as const satisfies Partial<Record<Deed, unknown>>;

type Way = keyof typeof WAYS;

/** Which journal rows (j) go this way. */
export function isToSwap(way: Way): string {
  return `j.Outcome = '${WAYS[way].before}'`;
}

/** The journal's rows (j) of the page (p). */
export function pageJoinJournal(bound: BoundTarget, { journal }: RunTables): string {
  return `#page p INNER JOIN ${journal} j ON ${ownKeyEquals(bound, 'j', 'p')}`;
}

/** Swaps the live values of the page's rows, then looks what is live. */
export function swapPage(way: Way, bound: BoundTarget, tables: RunTables): string {
  const { from, to, after } = WAYS[way];
  const live = `t.${quoteName(bound.value.name)}`;
  const firstLiveKey = `t.${quoteName(bound.keyColumns[0]?.name ?? '')}`;
  const page = pageJoinJournal(bound, tables);
  return `UPDATE t SET ${quoteName(bound.value.name)} = j.${to}
FROM ${page} INNER JOIN ${tableOf(bound)} t ON ${liveKeyEquals(bound, 't', 'p')}
WHERE p.BatchNo = @batch AND ${isToSwap(way)} AND ${same(bound, live, `j.${from}`)} = 1
${ROW_BY_ROW};
UPDATE j SET SegmentNo = @fenced, BatchNo = @batch, Outcome = CASE WHEN ${firstLiveKey} IS NULL THEN 'deleted'
  WHEN ${same(bound, live, `j.${to}`)} = 1 THEN '${after}' ELSE 'changed' END
FROM ${page} LEFT JOIN ${tableOf(bound)} t ON ${liveKeyEquals(bound, 't', 'p')}
WHERE p.BatchNo = @batch AND ${isToSwap(way)}
${ROW_BY_ROW};`;
}
