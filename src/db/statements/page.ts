/**
 * Reading pages of a target. Keys never leave the server: a page is written to the session's #page table together with
 * the old values, the client receives ordinals and values, and everything later joins on #page. So keys of any type
 * and collation keep every bit, and old values do not travel twice.
 */
import {
  keyDefinitions,
  keyList,
  liveKeyEquals,
  liveKeyList,
  liveKeyset,
  quoteName,
  keyset,
  keyAlias,
  READ_SETTINGS,
  ROW_BY_ROW,
  same,
  tableOf,
  valueType,
} from './binding.ts';
import type { BoundTarget, RunTables } from './binding.ts';

/**
 * The session's own tables, in a batch of its own: a #temp table made inside sp_executesql ends with it. #cursor holds
 * the last key of each page by batch number, so that reading a page again (after a lock time-out) reads the same one.
 */
export function createSessionTables(bound: BoundTarget): string {
  const keys = keyDefinitions(bound);
  const resultType = bound.value.kind === 'binary' ? 'VARBINARY(MAX)' : 'NVARCHAR(MAX)';
  return `
CREATE TABLE #cursor (BatchNo INT NOT NULL PRIMARY KEY, ${keys});
CREATE TABLE #page (BatchNo INT NOT NULL, Ordinal INT NOT NULL, ${keys}, OldValue ${valueType(bound)} NULL,
  PRIMARY KEY (BatchNo, Ordinal));
CREATE TABLE #result (BatchNo INT NOT NULL, Ordinal INT NOT NULL, Outcome VARCHAR(10) NOT NULL,
  NewValue ${resultType} NULL, Reason NVARCHAR(200) NULL, PRIMARY KEY (BatchNo, Ordinal));`;
}

export interface PageRange {
  /** Behind the cursor of the page before, from the segment's first key on, or from the first row of the target. */
  readonly from: 'cursor' | 'bound' | 'start';
  /** Up to the first key of the next segment (exclusive), or to the last row of the target. */
  readonly to: 'bound' | 'end';
  /** Only rows that the journal does not account for (sweep). */
  readonly unaccountedOnly: boolean;
}

/** FROM clause over the live rows (alias t) of a range; small sources first, so that FORCE ORDER seeks into t. */
export function rangeSource(
  bound: BoundTarget,
  tables: RunTables | null,
  range: Omit<PageRange, 'unaccountedOnly'>,
): string {
  const sources: string[] = [];
  const conditions: string[] = [];
  if (range.from === 'cursor') {
    sources.push('(SELECT * FROM #cursor WHERE BatchNo = @batch - 1) c');
    conditions.push(liveKeyset(bound, 't', '>', 'c'));
  }
  if (tables !== null && range.from === 'bound') {
    sources.push(`(SELECT * FROM ${tables.bounds} WHERE SegmentNo = @segment) lo`);
    conditions.push(liveKeyset(bound, 't', '>=', 'lo'));
  }
  if (tables !== null && range.to === 'bound') {
    sources.push(`(SELECT * FROM ${tables.bounds} WHERE SegmentNo = @segment + 1) hi`);
    conditions.push(liveKeyset(bound, 't', '<', 'hi'));
  }
  const live = `${tableOf(bound)} t`;
  if (sources.length === 0) return `FROM ${live}`;
  return `FROM ${sources.join(' CROSS JOIN ')} INNER JOIN ${live} ON ${conditions.join(' AND ')}`;
}

/** 1 where the journal (alias j) accounts for the live row (alias t). See `Account` in the engine's ports. */
export function accountedFor(bound: BoundTarget): string {
  const live = `t.${quoteName(bound.value.name)}`;
  return (
    `CASE WHEN j.Outcome = 'rewrapped' THEN ${same(bound, live, 'j.NewValue')} ` +
    `WHEN j.Outcome IN ('new', 'foreign', 'unreadable', 'empty') THEN ${same(bound, live, 'j.OldValue')} ELSE 0 END`
  );
}

/**
 * Reads one page into #page and answers ordinals and values. Parameters: @batch, @rows, @segment (where bounded).
 * One autocommitted statement reads the target; its shared locks end with it.
 */
export function readPage(bound: BoundTarget, tables: RunTables | null, range: PageRange): string {
  const keys = keyList(bound);
  const live = liveKeyList(bound, 't');
  const journal =
    tables !== null && range.unaccountedOnly
      ? ` LEFT JOIN ${tables.journal} j ON ${liveKeyEquals(bound, 't', 'j')} WHERE ${accountedFor(bound)} = 0`
      : '';
  const selected = bound.keyColumns.map((column, i) => `t.${quoteName(column.name)} AS ${keyAlias(i)}`).join(', ');
  return `${READ_SETTINGS}
DELETE FROM #page WHERE BatchNo = @batch;
DELETE FROM #cursor WHERE BatchNo >= @batch;
INSERT INTO #page (BatchNo, Ordinal, ${keys}, OldValue)
SELECT @batch, ROW_NUMBER() OVER (ORDER BY ${keyList(bound, 'r')}), ${keyList(bound, 'r')}, r.OldValue
FROM (SELECT TOP (@rows) ${selected}, CONVERT(${bound.value.maxType}, t.${quoteName(bound.value.name)}) AS OldValue
  ${rangeSource(bound, tables, range)}${journal}
  ORDER BY ${live}) r
${ROW_BY_ROW};
INSERT INTO #cursor (BatchNo, ${keys})
SELECT TOP (1) @batch, ${keys} FROM #page WHERE BatchNo = @batch ORDER BY Ordinal DESC;
SELECT Ordinal, OldValue FROM #page WHERE BatchNo = @batch ORDER BY Ordinal;`;
}

/** Goes to the segment's last journal key and answers how many cursor rows there are (0 or 1). @batch, @segment. */
export function seekToJournal(bound: BoundTarget, tables: RunTables, to: PageRange['to']): string {
  const upper =
    to === 'bound'
      ? `(SELECT * FROM ${tables.bounds} WHERE SegmentNo = @segment + 1) hi INNER JOIN ${tables.journal} j ON ` +
        keyset(bound, (i) => `j.${keyAlias(i)}`, '<', 'hi')
      : `${tables.journal} j`;
  return `${READ_SETTINGS}
DELETE FROM #page;
DELETE FROM #result;
DELETE FROM #cursor;
INSERT INTO #cursor (BatchNo, ${keyList(bound)})
SELECT TOP (1) @batch, ${keyList(bound, 'j')} FROM ${upper} WHERE j.SegmentNo = @segment
ORDER BY ${bound.keyColumns.map((_, i) => `j.${keyAlias(i)} DESC`).join(', ')};
SELECT COUNT(*) AS Cursors FROM #cursor;`;
}

/** Forgets pages, results and cursor. */
export const RESET_SESSION_TABLES = `${READ_SETTINGS}
DELETE FROM #page;
DELETE FROM #result;
DELETE FROM #cursor;`;

/** Forgets a page that was read only. @batch */
export const FORGET_PAGE = `${READ_SETTINGS}
DELETE FROM #page WHERE BatchNo < @batch;
DELETE FROM #cursor WHERE BatchNo < @batch - 1;`;

/** One key column as text for people. */
function keyText(bound: BoundTarget, alias: string): string {
  return bound.keyColumns
    .map((column, i) => {
      const style = column.displayStyle === null ? '' : `, ${column.displayStyle}`;
      return `CONVERT(NVARCHAR(400), ${alias}.${keyAlias(i)}${style}) AS ${keyAlias(i)}`;
    })
    .join(', ');
}

/** Keys of rows of a page for people. @batch, @first, @last (ordinals). */
export function namePageKeys(bound: BoundTarget): string {
  return `SELECT p.Ordinal, ${keyText(bound, 'p')} FROM #page p
WHERE p.BatchNo = @batch AND p.Ordinal >= @first AND p.Ordinal <= @last ORDER BY p.Ordinal;`;
}

/** Live rows that the run left behind, as the journal names them. @limit */
export function leftBehind(bound: BoundTarget, tables: RunTables): string {
  return `${READ_SETTINGS}
SELECT TOP (@limit) j.Outcome, j.Reason, ${keyText(bound, 'j')}
FROM ${tables.journal} j INNER JOIN ${tableOf(bound)} t ON ${liveKeyEquals(bound, 't', 'j')}
WHERE j.Outcome IN ('foreign', 'unreadable') AND ${same(bound, `t.${quoteName(bound.value.name)}`, 'j.OldValue')} = 1
ORDER BY ${keyList(bound, 'j')};`;
}

/** Live rows of a segment's range by what the journal accounts them as. @segment */
export function account(bound: BoundTarget, tables: RunTables, range: Omit<PageRange, 'unaccountedOnly'>): string {
  return `${READ_SETTINGS}
SELECT a.Account, COUNT_BIG(*) AS LiveRows
FROM (SELECT CASE WHEN ${accountedFor(bound)} = 1 THEN j.Outcome ELSE 'unaccounted' END AS Account
  ${rangeSource(bound, tables, range)} LEFT JOIN ${tables.journal} j ON ${liveKeyEquals(bound, 't', 'j')}) a
GROUP BY a.Account
${ROW_BY_ROW};`;
}
