/** What the journal says of the live rows, set-based: accounts, the rows it does not account for, pairs to prove. */
import { keyList, liveKeyEquals, quoteName, REQUEST_SETTINGS, ROW_BY_ROW, same, tableOf } from './binding.ts';
import type { BoundTarget, RunTables } from './binding.ts';
import type { Basis } from '../../rotation/ports.ts';
import { fillPage, journalRows, keyText, liveRows, rangeSource } from './page.ts';
import type { PageRange, SegmentRange } from './page.ts';

/** Outcomes whose OldValue is what must be live. */
const AS_THEY_WERE: Readonly<Record<Basis, string>> = {
  applied: "'new', 'foreign', 'unreadable', 'empty'",
  staged: "'staged', 'new', 'foreign', 'unreadable', 'empty'",
  'half-applied': "'staged', 'new', 'foreign', 'unreadable', 'empty'",
  'rolled-back': "'staged', 'foreign', 'unreadable', 'empty'",
};

/** 1 where the journal (alias j) accounts for the live row (alias t). See `Account` in the engine's ports. */
export function accountedFor(bound: BoundTarget, basis: Basis): string {
  const live = `t.${quoteName(bound.value.name)}`;
  const applied =
    basis === 'applied' || basis === 'half-applied'
      ? `WHEN j.Outcome = 'rewrapped' THEN ${same(bound, live, 'j.NewValue')} `
      : '';
  return (
    `CASE ${applied}` + `WHEN j.Outcome IN (${AS_THEY_WERE[basis]}) THEN ${same(bound, live, 'j.OldValue')} ELSE 0 END`
  );
}

/**
 * Live rows of a segment's range by what the journal accounts them as; then the journal's rows there. The difference to
 * those that were paired with a live row is gone from the table, which costs a count instead of a seek for each row. The
 * journal is counted last: a batch committed in between makes the difference too large, never too small. @segment
 */
export function account(bound: BoundTarget, tables: RunTables, range: SegmentRange, basis: Basis): string {
  return `${REQUEST_SETTINGS}
SELECT a.Account, COUNT_BIG(*) AS LiveRows, SUM(a.Paired) AS PairedRows
FROM (SELECT CASE WHEN j.Outcome IS NULL THEN 'unjournaled'
    WHEN ${accountedFor(bound, basis)} = 1 THEN j.Outcome ELSE 'unaccounted' END AS Account,
    CASE WHEN j.Outcome <> 'deleted' THEN 1 ELSE 0 END AS Paired
  ${rangeSource(bound, tables, range, liveRows(bound))} LEFT JOIN ${tables.journal} j ON ${liveKeyEquals(bound, 't', 'j')}) a
GROUP BY a.Account
${ROW_BY_ROW};
SELECT COUNT_BIG(*) AS JournalRows ${rangeSource(bound, tables, range, journalRows(tables))} WHERE j.Outcome <> 'deleted'
${ROW_BY_ROW};`;
}

/** Live rows that the run left behind, as the journal names them. @limit */
export function leftBehind(bound: BoundTarget, tables: RunTables): string {
  return `${REQUEST_SETTINGS}
SELECT TOP (@limit) j.Outcome, j.Reason, ${keyText(bound, 'j')}
FROM ${tables.journal} j INNER JOIN ${tableOf(bound)} t ON ${liveKeyEquals(bound, 't', 'j')}
WHERE j.Outcome IN ('foreign', 'unreadable') AND ${same(bound, `t.${quoteName(bound.value.name)}`, 'j.OldValue')} = 1
ORDER BY ${keyList(bound, 'j')}
${ROW_BY_ROW};`;
}

/**
 * Reads one page of live rows that the journal does not account for, as `readPage` does, and tells of each what the
 * journal has: nothing, a row whose old value is live again, or a row with neither of its values live.
 */
export function readDeviations(
  bound: BoundTarget,
  tables: RunTables,
  range: PageRange,
  basis: Basis,
  journaledOnly: boolean,
): string {
  const live = 'p.OldValue';
  const unaccounted = unaccountedCondition(bound, basis);
  const condition = journaledOnly ? `j.Outcome IS NOT NULL AND ${unaccounted}` : unaccounted;
  return `${REQUEST_SETTINGS}
${fillPage(bound, tables, range, liveRows(bound), { condition, join: journalJoin(bound, tables) })}
SELECT p.Ordinal, p.OldValue, CASE WHEN j.Outcome IS NULL THEN 'none'
  WHEN j.Outcome IN ('rewrapped', 'staged', 'changed', 'deleted') AND ${same(bound, live, 'j.OldValue')} = 1 THEN 'old-value' ELSE 'other' END AS Journaled
FROM #page p LEFT JOIN ${tables.journal} j ON ${keyEquals(bound)} WHERE p.BatchNo = @batch ORDER BY p.Ordinal
${ROW_BY_ROW};`;
}

function keyEquals(bound: BoundTarget): string {
  return bound.keyColumns.map((_, i) => `j.Key${i + 1} = p.Key${i + 1}`).join(' AND ');
}

export function journalJoin(bound: BoundTarget, tables: RunTables): string {
  return ` LEFT JOIN ${tables.journal} j ON ${liveKeyEquals(bound, 't', 'j')}`;
}

export function unaccountedCondition(bound: BoundTarget, basis: Basis): string {
  return `${accountedFor(bound, basis)} = 0`;
}

/**
 * Reads one page of journal rows that account for their live row and hold a key of the change, as `readPage` does:
 * values to open. Parameters as there. Only the journal's values are read: the live one is ≡ one of them.
 */
export function readAccounted(bound: BoundTarget, tables: RunTables, range: PageRange, basis: Basis): string {
  const condition = `j.Outcome IN ('staged', 'rewrapped', 'new') AND ${accountedFor(bound, basis)} = 1`;
  return `${REQUEST_SETTINGS}
${fillPage(bound, tables, range, journalRows(tables), { condition, join: liveJoin(bound) })}
SELECT p.Ordinal, j.Outcome, j.OldValue, j.NewValue
FROM #page p INNER JOIN ${tables.journal} j ON ${keyEquals(bound)} WHERE p.BatchNo = @batch ORDER BY p.Ordinal
${ROW_BY_ROW};`;
}

function liveJoin(bound: BoundTarget): string {
  return ` INNER JOIN ${tableOf(bound)} t ON ${liveKeyEquals(bound, 't', 'j')}`;
}

/** Reads one page of journal rows whose live row is gone and that do not say so yet. Parameters as of `readPage`. */
export function readDeparted(bound: BoundTarget, tables: RunTables, range: PageRange): string {
  return `${REQUEST_SETTINGS}
${fillPage(bound, tables, range, journalRows(tables), { condition: hasDeparted(bound) })}
SELECT Ordinal FROM #page WHERE BatchNo = @batch ORDER BY Ordinal;`;
}

/** The journal row (j) has lost its live row and does not say so. */
export function hasDeparted(bound: BoundTarget): string {
  const live = `SELECT 1 FROM ${tableOf(bound)} t WHERE ${liveKeyEquals(bound, 't', 'j')}`;
  return `j.Outcome <> 'deleted' AND NOT EXISTS (${live})`;
}
