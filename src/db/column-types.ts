/** Column types of the live schema, as DDL spells them. */
import type { KeyColumnFacts, ValueColumnFacts } from '../rotation/ports.ts';
import { readNumber, readText, readTextOrNull } from './rows.ts';
import type { RawRow } from './session.ts';

/** A column as sys.columns and sys.types describe it. */
export interface LiveColumn {
  readonly name: string;
  /** System type, lower case. */
  readonly type: string;
  /** Bytes; -1 = MAX. */
  readonly maxLength: number;
  readonly precision: number;
  readonly scale: number;
  readonly collation: string | null;
  readonly nullable: boolean;
  readonly computed: boolean;
  readonly ansiPadded: boolean;
}

export function readLiveColumn(row: RawRow): LiveColumn {
  return {
    name: readText(row, 'ColumnName'),
    type: readText(row, 'TypeName').toLowerCase(),
    maxLength: readNumber(row, 'MaxLength'),
    precision: readNumber(row, 'NumericPrecision'),
    scale: readNumber(row, 'NumericScale'),
    collation: readTextOrNull(row, 'CollationName'),
    nullable: readNumber(row, 'IsNullable') !== 0,
    computed: readNumber(row, 'IsComputed') !== 0,
    ansiPadded: readNumber(row, 'IsAnsiPadded') !== 0,
  };
}

const TEXT_TYPES = new Set(['char', 'varchar', 'nchar', 'nvarchar', 'text', 'ntext']);
const BINARY_TYPES = new Set(['binary', 'varbinary', 'image']);
const DATE_TYPES = new Set(['date', 'time', 'datetime', 'datetime2', 'smalldatetime', 'datetimeoffset']);
const PLAIN_KEY_TYPES = new Set([
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'bit',
  'uniqueidentifier',
  'date',
  'datetime',
  'smalldatetime',
  'money',
  'smallmoney',
  'real',
  'float',
]);

const isNational = (type: string): boolean => type === 'nchar' || type === 'nvarchar' || type === 'ntext';

/** `NVARCHAR(64)`, `DECIMAL(38,0)`, `DATETIME2(7)` … without collation. */
export function ddlType(column: LiveColumn): string {
  const name = column.type.toUpperCase();
  switch (column.type) {
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'binary':
    case 'varbinary': {
      const units = isNational(column.type) ? column.maxLength / 2 : column.maxLength;
      return `${name}(${column.maxLength === -1 ? 'MAX' : units})`;
    }
    case 'decimal':
    case 'numeric':
      return `${name}(${column.precision},${column.scale})`;
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return `${name}(${column.scale})`;
    default:
      return name;
  }
}

export function ddlWithCollation(column: LiveColumn): string {
  return column.collation === null ? ddlType(column) : `${ddlType(column)} COLLATE ${column.collation}`;
}

/** How CONVERT writes a key for people: bytes as 0x…, dates as ISO 8601. */
export function displayStyle(column: LiveColumn): 1 | 126 | null {
  if (BINARY_TYPES.has(column.type)) return 1;
  return DATE_TYPES.has(column.type) ? 126 : null;
}

/** ROWVERSION changes with every update; SQL_VARIANT and CLR types compare by rules of their own. */
function isUsableKey(column: LiveColumn): boolean {
  if (PLAIN_KEY_TYPES.has(column.type)) return true;
  if (['decimal', 'numeric', 'time', 'datetime2', 'datetimeoffset'].includes(column.type)) return true;
  return ['char', 'varchar', 'nchar', 'nvarchar', 'binary', 'varbinary'].includes(column.type) && column.maxLength > 0;
}

export function keyColumnFacts(column: LiveColumn): KeyColumnFacts {
  return {
    name: column.name,
    type: ddlType(column),
    collation: column.collation,
    nullable: column.nullable,
    usable: isUsableKey(column),
  };
}

/** Null for a column that can hold no envelope. */
export function valueColumnFacts(column: LiveColumn): ValueColumnFacts | null {
  const isText = TEXT_TYPES.has(column.type);
  if (!isText && !BINARY_TYPES.has(column.type)) return null;
  const unlimited = column.maxLength === -1 || ['text', 'ntext', 'image'].includes(column.type);
  return {
    typeName: ddlType(column),
    kind: isText ? 'text' : 'binary',
    capacity: unlimited ? null : isNational(column.type) ? column.maxLength / 2 : column.maxLength,
    fixedLength: ['binary', 'char', 'nchar'].includes(column.type),
    nullable: column.nullable,
    computed: column.computed,
    ansiPadded: column.ansiPadded || unlimited || isNational(column.type),
  };
}

/** Whether `=` compares its bytes: not those of IMAGE, and text by its collation (T-SQL, "= (Equals)"). */
export function isComparable(column: LiveColumn): boolean {
  return column.type === 'binary' || column.type === 'varbinary';
}

/** The (MAX) type that holds any value of the column without change. */
export function maxType(column: LiveColumn): string {
  if (BINARY_TYPES.has(column.type)) return 'VARBINARY(MAX)';
  return isNational(column.type) ? 'NVARCHAR(MAX)' : 'VARCHAR(MAX)';
}

/** The type of a column in the list of unmapped columns. */
export function candidateType(row: RawRow): string {
  const type = readText(row, 'TypeName').toLowerCase();
  const maxLength = readNumber(row, 'MaxLength');
  return ddlType({
    name: '',
    type,
    maxLength,
    precision: 0,
    scale: 0,
    collation: null,
    nullable: true,
    computed: false,
    ansiPadded: true,
  });
}
