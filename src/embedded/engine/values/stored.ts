/**
 * The form in which values of SQL types stand in SQLite, chosen so that SQLite's own comparison is SQL Server's wherever
 * that is possible; only texts and VARBINARY need a sort key (see sql-functions.ts).
 *
 *   integers, bit     INTEGER; a BigInt in JavaScript, because node:sqlite binds every number as REAL
 *   real, float       REAL
 *   decimal, money    TEXT, an order-preserving code (decimal.ts)
 *   uniqueidentifier  BLOB of 16 bytes, in SQL Server's order of significance (guid.ts)
 *   texts             TEXT; char and nchar padded; varchar holds characters of code page 1252 only
 *   binaries          BLOB; binary padded
 *   date and time     TEXT, ISO 8601, always with seven fraction digits (date-time.ts)
 */
import { SqlError } from '../../backend.ts';
import type { SqlType, SqlValue } from '../../backend.ts';
import { familyOf } from '../../tsql/types.ts';
import { formatDateTime, parseIso } from './date-time.ts';
import { decimalFromText, decimalToText } from './decimal.ts';
import { guidFromText, guidToText } from './guid.ts';
import { assertWellFormed } from './stored-text.ts';

export type Stored = number | bigint | string | Uint8Array | null;

/** A conversion of values that are not NULL. */
export type Converter = (value: Exclude<Stored, null>) => Exclude<Stored, null>;

/** The stored form of a value that came through the seam, before any conversion to a column's type. */
export function toStored(value: SqlValue, type: SqlType): Stored {
  if (value === null) return null;
  switch (familyOf(type)) {
    case 'integer':
      return integerToStored(value, type);
    case 'float':
      if (typeof value !== 'number' || !Number.isFinite(value)) throw badValue(type);
      return value;
    case 'decimal':
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') throw badValue(type);
      return decimalFromText(String(value), type) ?? raise(badValue(type));
    case 'guid':
      return (typeof value === 'string' ? guidFromText(value) : null) ?? raise(badValue(type));
    case 'text':
      if (typeof value !== 'string') throw badValue(type);
      assertWellFormed(value);
      return value;
    case 'binary':
      if (!(value instanceof Uint8Array)) throw badValue(type);
      return value;
    case 'time':
      return (typeof value === 'string' ? parseIso(value, type) : null) ?? raise(badValue(type));
  }
}

function integerToStored(value: SqlValue, type: SqlType): Stored {
  if (type.name === 'bit') return value === true || value === 1 ? 1n : 0n;
  if (type.name === 'bigint') {
    if (typeof value !== 'bigint' && typeof value !== 'number') throw badValue(type);
    return BigInt(value);
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) throw badValue(type);
  return BigInt(value);
}

/** A reader of stored values in the seam's form. */
export function fromStored(type: SqlType): (value: Stored) => SqlValue {
  switch (type.name) {
    case 'bit':
      return (value) => (value === null ? null : Number(value) !== 0);
    case 'bigint':
      return (value) => (value === null ? null : BigInt(value as number | bigint));
    case 'tinyint':
    case 'smallint':
    case 'int':
      return (value) => (value === null ? null : Number(value));
    case 'real':
    case 'float':
      return (value) => (value === null ? null : Number(value));
    case 'decimal':
    case 'numeric':
    case 'money':
      return (value) =>
        value === null ? null : decimalToText(value as string, type.name === 'money' ? 4 : (type.scale ?? 0));
    case 'uniqueidentifier':
      return (value) => (value === null ? null : guidToText(value as Uint8Array));
    case 'date':
    case 'time':
    case 'datetime':
    case 'datetime2':
    case 'smalldatetime':
      return (value) => (value === null ? null : formatDateTime(value as string, type));
    default:
      return (value) => value;
  }
}

function badValue(type: SqlType): SqlError {
  return new SqlError(8023, `The supplied value is not a valid instance of data type ${type.name}.`);
}

function raise(error: Error): never {
  throw error;
}
