/**
 * A target bound to the live schema: everything that statement texts need. Key columns are called Key1 … Key4 in all
 * of the tool's tables, so that no name of the customer's can collide with one of ours.
 */
import type { Target } from '../../keys/target.ts';

export interface BoundKeyColumn {
  readonly name: string;
  /** Type with collation as in DDL, e.g. `NVARCHAR(64) COLLATE Latin1_General_CI_AS`. */
  readonly ddl: string;
  /** Longest value. */
  readonly maxBytes: number;
  /** Style of CONVERT to text for people: 1 for bytes (0x…), 126 for dates (ISO 8601), null for the rest. */
  readonly displayStyle: 1 | 126 | null;
}

export interface BoundTarget {
  readonly target: Target;
  readonly keyColumns: readonly BoundKeyColumn[];
  readonly value: {
    readonly name: string;
    readonly kind: 'binary' | 'text';
    /** The (MAX) type that holds any value of the column: VARBINARY(MAX), VARCHAR(MAX) or NVARCHAR(MAX). */
    readonly maxType: string;
    readonly collation: string | null;
    /** BINARY, VARBINARY: `=` takes it as it is. IMAGE it does not take, and text it compares by its collation. */
    readonly isComparable: boolean;
  };
}

/** A target's own tables within a run. */
export interface RunTables {
  readonly bounds: string;
  readonly journal: string;
}

export function runTables(runId: number, targetNo: number): RunTables {
  return {
    bounds: `rotation.[Bounds_${runId}_${targetNo}]`,
    journal: `rotation.[Journal_${runId}_${targetNo}]`,
  };
}

/** A bracketed identifier (T-SQL, "Database identifiers"). */
export function quoteName(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** A national string literal. */
export function quoteText(text: string): string {
  return `N'${text.replaceAll("'", "''")}'`;
}

export function tableOf(bound: Pick<BoundTarget, 'target'>): string {
  return `${quoteName(bound.target.schema)}.${quoteName(bound.target.table)}`;
}

/** Name of the n-th key column (from 0) in the tool's own tables. */
export function keyAlias(index: number): string {
  return `Key${index + 1}`;
}

/** `Key1, Key2`, or `p.Key1, p.Key2` with an alias. */
export function keyList(bound: BoundTarget, alias?: string): string {
  return bound.keyColumns.map((_, i) => (alias === undefined ? keyAlias(i) : `${alias}.${keyAlias(i)}`)).join(', ');
}

/** The target's own key columns: `t.[MachineId], t.[DiskSerial]`. */
export function liveKeyList(bound: BoundTarget, alias: string, direction = ''): string {
  return bound.keyColumns.map((column) => `${alias}.${quoteName(column.name)}${direction}`).join(', ');
}

/** `Key1 INT NOT NULL, Key2 NVARCHAR(64) COLLATE … NOT NULL`. */
export function keyDefinitions(bound: BoundTarget): string {
  return bound.keyColumns.map((column, i) => `${keyAlias(i)} ${column.ddl} NOT NULL`).join(', ');
}

export function valueType(bound: BoundTarget): string {
  const { maxType, collation } = bound.value;
  return collation === null ? maxType : `${maxType} COLLATE ${collation}`;
}

/** `t.[MachineId] = p.Key1 AND t.[DiskSerial] = p.Key2` */
export function liveKeyEquals(bound: BoundTarget, live: string, own: string): string {
  return bound.keyColumns.map((column, i) => `${live}.${quoteName(column.name)} = ${own}.${keyAlias(i)}`).join(' AND ');
}

export function ownKeyEquals(bound: BoundTarget, a: string, b: string): string {
  return bound.keyColumns.map((_, i) => `${a}.${keyAlias(i)} = ${b}.${keyAlias(i)}`).join(' AND ');
}

/**
 * Live key compared with a boundary in key order, column by column, in a form that an index seek can use:
 * `a >= x AND (a > x OR (b >= y AND (b > y OR c > z)))` for '>'.
 */
export function keyset(bound: BoundTarget, left: (index: number) => string, op: '>' | '>=' | '<', own: string): string {
  const strict = op === '<' ? '<' : '>';
  const loose = `${strict}=`;
  const last = bound.keyColumns.length - 1;
  const from = (i: number): string => {
    const [a, b] = [left(i), `${own}.${keyAlias(i)}`];
    if (i === last) return `${a} ${op} ${b}`;
    return `${a} ${loose} ${b} AND (${a} ${strict} ${b} OR (${from(i + 1)}))`;
  };
  return from(0);
}

/** A live key column, by its number from 0. */
export function liveKey(bound: BoundTarget, live: string, index: number): string {
  return `${live}.${quoteName(bound.keyColumns[index]?.name ?? '')}`;
}

/**
 * ≡, the one comparison of values, as 1 or 0: both NULL, or equally long and equal byte by byte. SQL Server's own `=`
 * takes 0x01 for 0x0100 and 'QUJD' for 'qujd '.
 */
export function same(bound: BoundTarget, a: string, b: string): string {
  const { kind, maxType, isComparable } = bound.value;
  const bytes = (x: string): string =>
    // a conversion of every value is a quarter of the time that a comparison takes (measured on Babelfish)
    isComparable ? x : `CONVERT(VARBINARY(MAX), ${kind === 'binary' ? x : `CONVERT(${maxType}, ${x})`})`;
  return (
    `CASE WHEN ${a} IS NULL THEN CASE WHEN ${b} IS NULL THEN 1 ELSE 0 END ` +
    `WHEN DATALENGTH(${a}) = DATALENGTH(${b}) AND ${bytes(a)} = ${bytes(b)} THEN 1 ELSE 0 END`
  );
}

/**
 * Joins in the order written, row by row along the keys: no plan may scan the customer's table and lock it, and no
 * parallel one may reorder locks.
 */
export const ROW_BY_ROW = 'OPTION (LOOP JOIN, FORCE ORDER, MAXDOP 1)';

/** Milliseconds a statement waits for a lock before error 1222, which is retried. */
export const LOCK_TIMEOUT_MS = 5000;

/**
 * The same for a batch, which holds locks on rows of the customer's while it waits for another: whoever waits for those
 * waits as long.
 */
export const BATCH_LOCK_TIMEOUT_MS = 2000;

/**
 * Every request on tables starts with this: sp_executesql ends its own SET options, and the pool resets nothing.
 * XACT_ABORT also where nothing is written but #temp tables: without it a request goes on behind a lock time-out, with
 * a page that has a hole.
 */
export const REQUEST_SETTINGS = requestSettings(LOCK_TIMEOUT_MS);
export const BATCH_SETTINGS = requestSettings(BATCH_LOCK_TIMEOUT_MS);

function requestSettings(lockTimeoutMs: number): string {
  return `SET NOCOUNT ON; SET XACT_ABORT ON; SET LOCK_TIMEOUT ${lockTimeoutMs};`;
}

/** Errors that the tool's own statements raise. */
export const THROWN = {
  /** the segment's owner, epoch or batch number moved */
  segmentFenced: 51001,
  /** the run's epoch or state moved */
  runFenced: 51002,
  /** a page and its results do not match row by row */
  incompleteResults: 51003,
} as const;
