/**
 * The batch size: small enough that the customer's servers hardly notice a batch's locks, large enough that round
 * trips do not dominate. Pure: an observation in, the next state out.
 */

/** SQL time of one batch that the size steers for. */
export const TARGET_BATCH_MS = 150;
/**
 * Time a page may spend among the workers: so often is progress seen to move, and no more work than that is done again
 * after a crash. At 4096 bits it is this that bounds a batch, not the server: two workers reach about 700 keys a second,
 * a batch of 700 rows takes the server 40 ms (measured).
 */
export const MAX_REWRAP_MS = 2_000;
/** Far below 5,000 locks in one statement, where SQL Server escalates to a table lock. */
export const MAX_BATCH_ROWS = 2_000;
/**
 * What a batch of so few rows takes is the cost of the statement, not of its rows: smaller ones would hold locks as
 * long, only more often. Measured on an engine that parses a commit for 200 ms: with a floor of 10 rows the servo ended
 * there, at a third of the speed.
 */
export const MIN_BATCH_ROWS = 50;
/** Unknown server, unknown disk: begin where nothing can hurt. */
export const FIRST_BATCH_ROWS = MIN_BATCH_ROWS;
/** Batches from the journal cost the server a fraction of a rewrapped one, and the client nothing. */
export const FIRST_JOURNAL_ROWS = 500;

export const MAX_BATCH_BYTES = 4 * 1024 * 1024;

const REMEMBERED = 10;
const MAX_GROWTH = 1.5;

interface Observation {
  readonly msPerRow: number;
  readonly rewrapMsPerRow: number;
  readonly bytesPerRow: number;
}

export interface Servo {
  /** Rows to read for the next batch. */
  readonly rows: number;
  readonly recent: readonly Observation[];
}

export interface BatchTiming {
  readonly rows: number;
  readonly bytes: number;
  /** The server's time for the transaction alone: an idle network or busy workers do not make its locks last. */
  readonly sqlMs: number;
  readonly rewrapMs: number;
}

export function startServo(rows = FIRST_BATCH_ROWS): Servo {
  return { rows, recent: [] };
}

export function observeBatch(servo: Servo, batch: BatchTiming): Servo {
  // An empty batch (the one that closes a segment) says nothing about rows.
  if (batch.rows === 0) return servo;
  const latest = {
    msPerRow: batch.sqlMs / batch.rows,
    rewrapMsPerRow: batch.rewrapMs / batch.rows,
    bytesPerRow: batch.bytes / batch.rows,
  };
  const recent = [...servo.recent, latest].slice(-REMEMBERED);
  // Half as many of the rows that took too long, not of the rows planned since: reading runs one page ahead.
  const wanted = batch.sqlMs > TARGET_BATCH_MS ? batch.rows / 2 : rowsFor(recent, servo.rows);
  return { rows: withinLimits(Math.min(wanted, servo.rows * MAX_GROWTH), recent), recent };
}

/** Fixed cost per batch makes small batches look slow per row, so this approaches the target from below. */
function rowsFor(recent: readonly Observation[], rows: number): number {
  const msPerRow = p90(recent.map((each) => each.msPerRow));
  const fitting = msPerRow > 0 ? TARGET_BATCH_MS / msPerRow : Infinity;
  return Math.min(Math.max(fitting, rows / 2), rows * MAX_GROWTH);
}

function withinLimits(rows: number, recent: readonly Observation[]): number {
  const fittingBytes = MAX_BATCH_BYTES / mean(recent.map((each) => each.bytesPerRow));
  const fittingRewraps = MAX_REWRAP_MS / mean(recent.map((each) => each.rewrapMsPerRow));
  const wanted = Math.floor(Math.min(rows, fittingRewraps));
  const bounded = Math.min(Math.max(wanted, MIN_BATCH_ROWS), MAX_BATCH_ROWS);
  // Bytes win over the minimum: ten values of a megabyte each are still ten megabytes of log in one transaction.
  return Math.max(1, Math.min(bounded, Math.floor(fittingBytes)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Nearest rank, so with ten samples one outlier (a log file that grew) does not count. */
function p90(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.9) - 1] ?? 0;
}
