/** DATALENGTH: bytes as SQL Server stores them, whatever SQLite does. */
import type { SqlType } from '../backend.ts';
import { composed } from './bound.ts';
import type { Bound } from './bound.ts';
import { decimalShape, familyOf, INT, isNational, lengthOf } from './types.ts';

export function dataLength(value: Bound): Bound {
  return composed([value], {
    sql: lengthSql(value),
    type: lengthOf(value.type) === Infinity && value.type.length === 'max' ? { name: 'bigint' } : INT,
    collation: null,
    isNullable: value.isNullable,
  });
}

function lengthSql(value: Bound): string {
  if (value.isBareNull === true) return 'NULL';
  switch (familyOf(value.type)) {
    case 'text':
      return `${isNational(value.type) ? 'text_bytes2' : 'text_units'}(${value.sql})`;
    case 'binary':
      return `length(${value.sql})`;
    default:
      return `CASE WHEN ${value.sql} IS NULL THEN NULL ELSE ${fixedBytes(value.type)} END`;
  }
}

/** Storage sizes by the documentation of each type. */
export function fixedBytes(type: SqlType): number {
  const scale = type.scale ?? 7;
  const byScale = scale <= 2 ? 3 : scale <= 4 ? 4 : 5;
  switch (type.name) {
    case 'bit':
    case 'tinyint':
      return 1;
    case 'smallint':
      return 2;
    case 'int':
    case 'real':
    case 'smalldatetime':
      return 4;
    case 'bigint':
    case 'float':
    case 'money':
    case 'datetime':
      return 8;
    case 'date':
      return 3;
    case 'time':
      return byScale;
    case 'datetime2':
      return byScale + 3;
    case 'uniqueidentifier':
      return 16;
    case 'decimal':
    case 'numeric': {
      const { precision } = decimalShape(type);
      return precision <= 9 ? 5 : precision <= 19 ? 9 : precision <= 28 ? 13 : 17;
    }
    default:
      return 0;
  }
}
