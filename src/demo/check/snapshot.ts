/** Reads the reference tables back, as rows that can be compared. The check's own reading: no statement of the tool. */
import { createHash } from 'node:crypto';
import type { ConnectionPool } from 'mssql';
import type { StoredValue } from '../stored-value.ts';
import {
  REFERENCE_TABLES,
  type ReferenceColumn,
  type ReferenceTable,
  type StoredKeyForm,
} from '../reference-tables.ts';

export interface LiveValue {
  readonly form: StoredKeyForm;
  readonly value: StoredValue;
}

export interface LiveRow {
  /** Table and key, e.g. `DiskKey 1004, WD-WCC-000012`. */
  readonly name: string;
  readonly values: readonly LiveValue[];
  /** Digest of every column that holds no stored key. */
  readonly others: string;
}

export async function readReferenceTables(pool: ConnectionPool): Promise<readonly LiveRow[]> {
  const rows: LiveRow[] = [];
  for (const table of REFERENCE_TABLES) {
    const columns = [...table.key, ...table.values, ...table.others].map(({ name }) => `[${name}]`);
    const result = await pool.request().query<Cells>(`SELECT ${columns.join(', ')} FROM [dbo].[${table.name}]`);
    for (const cells of result.recordset) rows.push(liveRow(table, cells));
  }
  return rows;
}

type Cells = Readonly<Record<string, unknown>>;

function liveRow(table: ReferenceTable, cells: Cells): LiveRow {
  const text = ({ name }: ReferenceColumn): string => canonical(cells[name]);
  return {
    name: `${table.name} ${table.key.map(text).join(', ')}`,
    values: table.values.map(({ name, form }) => ({ form, value: storedValue(cells[name]) })),
    others: createHash('sha256')
      .update(JSON.stringify([...table.key, ...table.others].map(text)))
      .digest('base64'),
  };
}

function storedValue(cell: unknown): StoredValue {
  if (cell === null || typeof cell === 'string' || Buffer.isBuffer(cell)) return cell;
  throw new TypeError(`a stored key came back as ${typeof cell}`);
}

/** tedious keeps what is below a millisecond beside the date. */
interface PreciseDate extends Date {
  readonly nanosecondsDelta?: number;
}

function canonical(cell: unknown): string {
  if (cell === null) return 'NULL';
  if (Buffer.isBuffer(cell)) return `0x${cell.toString('hex')}`;
  if (cell instanceof Date) return `${cell.toISOString()}+${(cell as PreciseDate).nanosecondsDelta ?? 0}`;
  if (typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  throw new TypeError(`a column came back as ${typeof cell}`);
}
