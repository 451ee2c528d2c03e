/** Parsing what the driver hands over: `unknown` ends here. */
import type { SegmentState } from '../keys/run.ts';
import { byOutcome } from '../keys/stored-key.ts';
import type { ColumnValue, Outcome, OutcomeCounts } from '../keys/stored-key.ts';
import type { BatchRecord } from '../rotation/ports.ts';
import type { RawRow } from './session.ts';

function unexpected(name: string, value: unknown, wanted: string): never {
  throw new TypeError(`column ${name} holds ${value === null ? 'NULL' : typeof value}, expected ${wanted}`);
}

/** INT as number; BIGINT and COUNT_BIG arrive as text. */
export function readNumber(row: RawRow, name: string): number {
  const value = row[name];
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : unexpected(name, value, 'an integer');
}

export function readNumberOrNull(row: RawRow, name: string): number | null {
  return row[name] === null ? null : readNumber(row, name);
}

export function readText(row: RawRow, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : unexpected(name, value, 'text');
}

export function readTextOrNull(row: RawRow, name: string): string | null {
  return row[name] === null ? null : readText(row, name);
}

export function readDate(row: RawRow, name: string): Date {
  const value = row[name];
  return value instanceof Date ? value : unexpected(name, value, 'a date');
}

export function readDateOrNull(row: RawRow, name: string): Date | null {
  return row[name] === null ? null : readDate(row, name);
}

export function readValue(row: RawRow, name: string): ColumnValue {
  const value = row[name];
  if (value === null || typeof value === 'string' || Buffer.isBuffer(value)) return value;
  return unexpected(name, value, 'bytes or text');
}

/** The only row of the first result set. */
export function onlyRow(sets: readonly RawRow[][]): RawRow {
  const row = sets[0]?.[0];
  if (row === undefined) throw new TypeError('the server answered no row where one was expected');
  return row;
}

/** The only row of the last result set: a trigger of the customer's may have answered one before it. */
export function lastRow(sets: readonly RawRow[][]): RawRow {
  return onlyRow(sets.slice(-1));
}

const OUTCOME_COLUMN: Readonly<Record<Outcome, string>> = {
  staged: 'StagedRows',
  rewrapped: 'RewrappedRows',
  changed: 'ChangedRows',
  deleted: 'DeletedRows',
  new: 'NewRows',
  foreign: 'ForeignRows',
  unreadable: 'UnreadableRows',
  empty: 'EmptyRows',
};

export function readOutcomes(row: RawRow): OutcomeCounts {
  return byOutcome((outcome) => readNumber(row, OUTCOME_COLUMN[outcome]));
}

const SEGMENT_STATES: readonly SegmentState[] = ['open', 'staged', 'done', 'undone'];

export function readSegmentState(row: RawRow): SegmentState {
  const state = readText(row, 'State').trim();
  return SEGMENT_STATES.find((known) => known === state) ?? unexpected('State', row['State'], 'a state of a segment');
}

export function readLedgerRow(row: RawRow): BatchRecord {
  return {
    targetNo: readNumber(row, 'TargetNo'),
    segmentNo: readNumber(row, 'SegmentNo'),
    batchNo: readNumber(row, 'BatchNo'),
    committedAt: readDate(row, 'CommittedAt'),
    rows: readNumber(row, 'TotalRows'),
    outcomes: readOutcomes(row),
  };
}

/** `Key1`, `Key2`, … of a row as text for people. */
export function readKeyTexts(row: RawRow, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => readTextOrNull(row, `Key${i + 1}`) ?? 'NULL');
}
