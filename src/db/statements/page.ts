/**
 * Reading pages of a target. Keys never leave the server: a page is written to the session's #page table together with
 * the old values, the client receives ordinals and values, and everything later joins on #page. So keys of any type
 * and collation keep every bit, and old values do not travel twice.
 */
import {
  keyDefinitions,
  keyList,
  liveKey,
  quoteName,
  keyset,
  keyAlias,
  REQUEST_SETTINGS,
  ROW_BY_ROW,
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

/** The keys of one segment. */
export interface SegmentRange {
  /** From the segment's first key on, or from the first row of the target. */
  readonly from: 'bound' | 'start';
  /** Up to the first key of the next segment (exclusive), or to the last row of the target. */
  readonly to: 'bound' | 'end';
}

export interface PageRange extends Pick<SegmentRange, 'to'> {
  /** Behind the cursor of the page before, or as a segment begins. */
  readonly from: SegmentRange['from'] | 'cursor';
}

/** Segments are numbered 1 … n; the first and the last are open-ended. */
export function segmentRange(segmentNo: number, segmentCount: number): SegmentRange {
  return { from: segmentNo > 1 ? 'bound' : 'start', to: segmentNo < segmentCount ? 'bound' : 'end' };
}

/** Rows with the target's key columns: the live ones or the journal's. */
export interface KeyedRows {
  readonly source: string;
  readonly key: (index: number) => string;
  /** The value that a page holds of them; null for none. */
  readonly value: string | null;
}

export function liveRows(bound: BoundTarget): KeyedRows {
  const value = `t.${quoteName(bound.value.name)}`;
  return { source: `${tableOf(bound)} t`, key: (i) => liveKey(bound, 't', i), value };
}

export function journalRows(tables: RunTables): KeyedRows {
  return { source: `${tables.journal} j`, key: (i) => `j.${keyAlias(i)}`, value: null };
}

/** One row that a range begins behind (cursor) or with (bound). */
const LOWER = {
  cursor: { alias: 'c', op: '>', source: () => '(SELECT * FROM #cursor WHERE BatchNo = @batch - 1) c' },
  bound: {
    alias: 'lo',
    op: '>=',
    source: (tables: RunTables | null) => `(SELECT * FROM ${boundsOf(tables)} WHERE SegmentNo = @segment) lo`,
  },
} as const;

function boundsOf(tables: RunTables | null): string {
  if (tables === null) throw new TypeError('a reader has no segments');
  return tables.bounds;
}

/** What a range lies between: sources of one row each, and the comparisons of the rows' keys with them. */
interface RangeEnds {
  readonly sources: readonly string[];
  readonly conditions: readonly string[];
}

/** `lower` replaces the comparison with the lower end. */
function rangeEnds(
  bound: BoundTarget,
  tables: RunTables | null,
  range: Pick<PageRange, 'from' | 'to'>,
  rows: KeyedRows,
  lower?: string,
): RangeEnds {
  const sources: string[] = [];
  const conditions: string[] = [];
  if (range.from !== 'start') {
    const { alias, op, source } = LOWER[range.from];
    sources.push(source(tables));
    conditions.push(lower ?? keyset(bound, rows.key, op, alias));
  }
  if (range.to === 'bound') {
    sources.push(`(SELECT * FROM ${boundsOf(tables)} WHERE SegmentNo = @segment + 1) hi`);
    conditions.push(keyset(bound, rows.key, '<', 'hi'));
  }
  return { sources, conditions };
}

/** FROM clause over all rows of a range; the sources of one row come first, so that FORCE ORDER seeks into the rows. */
export function rangeSource(
  bound: BoundTarget,
  tables: RunTables | null,
  range: SegmentRange,
  rows: KeyedRows,
): string {
  const { sources, conditions } = rangeEnds(bound, tables, range, rows);
  if (sources.length === 0) return `FROM ${rows.source}`;
  return `FROM ${sources.join(' CROSS JOIN ')} INNER JOIN ${rows.source} ON ${conditions.join(' AND ')}`;
}

/**
 * FROM clause with the first rows of a range as `r`: `select` as far as TOP and columns, `order` the index's order. The
 * TOP stands inside the APPLY: so every engine seeks to the range's lower end and stops at the page's last row, also one
 * that pays no heed to FORCE ORDER. As a join under the TOP, such an engine may sort the whole table for each page.
 */
function firstRowsOf(
  { sources, conditions }: RangeEnds,
  rows: KeyedRows,
  select: string,
  order: string,
  { join = '', condition }: Narrowing = {},
): string {
  const all = condition === undefined ? conditions : [...conditions, `(${condition})`];
  const where = all.length === 0 ? '' : ` WHERE ${all.join(' AND ')}`;
  const first = `(${select} FROM ${rows.source}${join}${where} ORDER BY ${order}) r`;
  return sources.length === 0 ? `FROM ${first}` : `FROM ${sources.join(' CROSS JOIN ')} CROSS APPLY ${first}`;
}

/** Which rows of a range a page takes, and a join that the condition needs. */
interface Narrowing {
  readonly join?: string;
  readonly condition?: string;
}

/** Part of a range: rows that share their first key columns with the lower end. */
interface RangePart {
  /** The comparison with the lower end; none when the range has none. */
  readonly lower: string | undefined;
  /** How many leading key columns are the same in all rows of the part. */
  readonly fixedColumns: number;
}

/**
 * A range cut at its lower end into parts that an index can seek to exactly, in key order. Behind (a, b) come first the
 * rows of the same a with a greater b, then those with a greater a. One condition with OR would walk again over all
 * rows of the same a for each page.
 */
function rangeParts(bound: BoundTarget, from: PageRange['from'], rows: KeyedRows): readonly RangePart[] {
  if (from === 'start') return [{ lower: undefined, fixedColumns: 0 }];
  const { alias, op } = LOWER[from];
  const last = bound.keyColumns.length - 1;
  return bound.keyColumns.map((_, i) => {
    const depth = last - i;
    const compared = (index: number, how: string): string => `${rows.key(index)} ${how} ${alias}.${keyAlias(index)}`;
    const equal = Array.from({ length: depth }, (__, index) => compared(index, '='));
    return { lower: [...equal, compared(depth, depth === last ? op : '>')].join(' AND '), fixedColumns: depth };
  });
}

/**
 * Reads one page into #page and answers ordinals and values. Parameters: @batch, @rows, @segment (where bounded).
 * Autocommitted statements read the target; the shared locks of each end with it. `unaccounted` narrows it to rows that
 * the journal does not account for.
 */
export function readPage(
  bound: BoundTarget,
  tables: RunTables | null,
  range: PageRange,
  unaccounted?: { readonly join: string; readonly condition: string },
): string {
  return `${REQUEST_SETTINGS}
${fillPage(bound, tables, range, liveRows(bound), unaccounted)}
SELECT Ordinal, OldValue FROM #page WHERE BatchNo = @batch ORDER BY Ordinal;`;
}

/**
 * Fills #page with the next rows of a range in key order and moves the cursor behind them; @got holds how many. Journal
 * rows come without values: what is done with them is done by key.
 */
export function fillPage(
  bound: BoundTarget,
  tables: RunTables | null,
  range: PageRange,
  rows: KeyedRows,
  narrowing: Narrowing = {},
): string {
  const keys = keyList(bound);
  const value = rows.value === null ? '' : `, CONVERT(${bound.value.maxType}, ${rows.value}) AS OldValue`;
  const [target, picked] = rows.value === null ? ['', ''] : [', OldValue', ', r.OldValue'];
  const selected = bound.keyColumns.map((_, i) => `${rows.key(i)} AS ${keyAlias(i)}`).join(', ');
  // Without the columns that do not differ: so each part is read in the index's order, and no further than its rows.
  const order = (from: number): string =>
    bound.keyColumns
      .slice(from)
      .map((_, i) => rows.key(from + i))
      .join(', ');
  const parts = rangeParts(bound, range.from, rows).map(({ lower, fixedColumns }) => {
    const ends = rangeEnds(bound, tables, range, rows, lower);
    const select = `SELECT TOP (@rows - @got) ${selected}${value}`;
    return `INSERT INTO #page (BatchNo, Ordinal, ${keys}${target})
SELECT @batch, @got + ROW_NUMBER() OVER (ORDER BY ${keyList(bound, 'r')}), ${keyList(bound, 'r')}${picked}
${firstRowsOf(ends, rows, select, order(fixedColumns), narrowing)}
${ROW_BY_ROW};
SET @got = @got + @@ROWCOUNT;`;
  });
  return `DECLARE @got INT = 0;
DELETE FROM #page WHERE BatchNo = @batch;
DELETE FROM #cursor WHERE BatchNo >= @batch;
${parts.join('\n')}
INSERT INTO #cursor (BatchNo, ${keys})
SELECT TOP (1) @batch, ${keys} FROM #page WHERE BatchNo = @batch ORDER BY Ordinal DESC;`;
}

/**
 * Goes to the segment's last journal key and answers how many cursor rows there are (0 or 1). @batch, @segment. Within
 * the segment's keys only: the journal of a fresh segment holds no row to stop at, and other lanes write the rest.
 */
export function seekToJournal(bound: BoundTarget, tables: RunTables, range: SegmentRange): string {
  const rows = journalRows(tables);
  const ends = rangeEnds(bound, tables, range, rows);
  const order = bound.keyColumns.map((_, i) => `j.${keyAlias(i)} DESC`).join(', ');
  const condition = 'j.SegmentNo = @segment';
  return `${REQUEST_SETTINGS}
DELETE FROM #page;
DELETE FROM #result;
DELETE FROM #cursor;
INSERT INTO #cursor (BatchNo, ${keyList(bound)})
SELECT @batch, ${keyList(bound, 'r')}
${firstRowsOf(ends, rows, `SELECT TOP (1) ${keyList(bound, 'j')}`, order, { condition })}
${ROW_BY_ROW};
SELECT COUNT(*) AS Cursors FROM #cursor;`;
}

/** Forgets pages, results and cursor. */
export const RESET_SESSION_TABLES = `${REQUEST_SETTINGS}
DELETE FROM #page;
DELETE FROM #result;
DELETE FROM #cursor;`;

/** Forgets a page that was read only. @batch */
export const FORGET_PAGE = `${REQUEST_SETTINGS}
DELETE FROM #page WHERE BatchNo < @batch;
DELETE FROM #cursor WHERE BatchNo < @batch - 1;`;

/** One key column as text for people. */
export function keyText(bound: BoundTarget, alias: string): string {
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
