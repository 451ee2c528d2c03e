/** The algebra of SQL types: families, precedence, the common type of two operands, and names for messages. */
import type { SqlType, SqlTypeName } from '../backend.ts';

export type Family = 'integer' | 'decimal' | 'float' | 'text' | 'binary' | 'guid' | 'time';

const FAMILIES: Readonly<Record<SqlTypeName, Family>> = {
  tinyint: 'integer',
  smallint: 'integer',
  int: 'integer',
  bigint: 'integer',
  bit: 'integer',
  real: 'float',
  float: 'float',
  decimal: 'decimal',
  numeric: 'decimal',
  money: 'decimal',
  uniqueidentifier: 'guid',
  char: 'text',
  varchar: 'text',
  nchar: 'text',
  nvarchar: 'text',
  text: 'text',
  ntext: 'text',
  binary: 'binary',
  varbinary: 'binary',
  image: 'binary',
  date: 'time',
  time: 'time',
  datetime: 'time',
  datetime2: 'time',
  smalldatetime: 'time',
};

/** Documentation, "Data type precedence": the operand of the lower type is converted to the higher one. */
// prettier-ignore
const PRECEDENCE: readonly SqlTypeName[] = [
  'binary', 'varbinary', 'char', 'varchar', 'nchar', 'nvarchar', 'uniqueidentifier', 'image', 'text', 'ntext',
  'bit', 'tinyint', 'smallint', 'int', 'bigint', 'money', 'decimal', 'numeric', 'real', 'float',
  'time', 'date', 'smalldatetime', 'datetime', 'datetime2',
];

/** Decimal digits that hold any value of an integer type. */
const INTEGER_DIGITS: Readonly<Partial<Record<SqlTypeName, number>>> = {
  bit: 1,
  tinyint: 3,
  smallint: 5,
  int: 10,
  bigint: 19,
};

export const INT: SqlType = { name: 'int' };
export const BIGINT: SqlType = { name: 'bigint' };

export function familyOf(type: SqlType): Family {
  return FAMILIES[type.name];
}

export function isText(type: SqlType): boolean {
  return FAMILIES[type.name] === 'text';
}

/** NCHAR, NVARCHAR, NTEXT: two bytes a UTF-16 unit. */
export function isNational(type: SqlType): boolean {
  return type.name === 'nchar' || type.name === 'nvarchar' || type.name === 'ntext';
}

/** TEXT, NTEXT and IMAGE: no comparison, no ordering. */
export function isLegacyLob(type: SqlType): boolean {
  return type.name === 'text' || type.name === 'ntext' || type.name === 'image';
}

export function isFixedLength(type: SqlType): boolean {
  return type.name === 'char' || type.name === 'nchar' || type.name === 'binary';
}

/** Length in characters or bytes; Infinity for (MAX) and the old LOB types. */
export function lengthOf(type: SqlType): number {
  return typeof type.length === 'number' ? type.length : Infinity;
}

/** Precision and scale of a number type as a decimal. */
export function decimalShape(type: SqlType): { readonly precision: number; readonly scale: number } {
  if (type.name === 'money') return { precision: 19, scale: 4 };
  const digits = INTEGER_DIGITS[type.name];
  if (digits !== undefined) return { precision: digits, scale: 0 };
  return { precision: type.precision ?? 18, scale: type.scale ?? 0 };
}

/** As in messages and catalog names: `varchar(10)`, `decimal(38,0)`. */
export function typeText(type: SqlType): string {
  if (type.length !== undefined) return `${type.name}(${type.length})`;
  if (type.precision !== undefined) return `${type.name}(${type.precision},${type.scale ?? 0})`;
  return type.scale === undefined ? type.name : `${type.name}(${type.scale})`;
}

export function sameType(a: SqlType, b: SqlType): boolean {
  return a.name === b.name && a.length === b.length && a.precision === b.precision && a.scale === b.scale;
}

/** The type both operands are converted to, or null when T-SQL has none for this engine to use. */
export function commonType(a: SqlType, b: SqlType): SqlType {
  const [low, high] = PRECEDENCE.indexOf(a.name) <= PRECEDENCE.indexOf(b.name) ? [a, b] : [b, a];
  const family = familyOf(high);
  if (family === 'decimal' && high.name !== 'money') return commonDecimal(low, high);
  if (high.name === 'money' && familyOf(low) === 'decimal') return commonDecimal(low, high);
  if ((family === 'text' || family === 'binary') && familyOf(low) === family && !isLegacyLob(high)) {
    const length = Math.max(lengthOf(a), lengthOf(b));
    const longest = isNational(high) ? 4000 : 8000;
    // the sum of two fixed lengths stays fixed; anything longer than a row's limit is (MAX)
    return { name: high.name, length: length > longest ? 'max' : length };
  }
  if (family === 'text' && familyOf(low) === 'binary' && !isLegacyLob(high)) {
    return {
      name: high.name,
      length:
        lengthOf(high) === Infinity || lengthOf(low) === Infinity ? 'max' : Math.max(lengthOf(high), lengthOf(low)),
    };
  }
  if (high.name === 'time' || high.name === 'datetime2') {
    return { name: high.name, scale: Math.max(high.scale ?? 7, low.name === high.name ? (low.scale ?? 7) : 0) };
  }
  return high;
}

function commonDecimal(a: SqlType, b: SqlType): SqlType {
  if (familyOf(a) !== 'decimal' && familyOf(a) !== 'integer') return b;
  const [x, y] = [decimalShape(a), decimalShape(b)];
  const scale = Math.max(x.scale, y.scale);
  const whole = Math.max(x.precision - x.scale, y.precision - y.scale);
  return {
    name: 'decimal',
    precision: Math.min(38, whole + scale),
    scale: whole + scale > 38 ? Math.max(0, 38 - whole) : scale,
  };
}

/** Type of `a + b` for texts or binaries. */
export function concatenatedType(a: SqlType, b: SqlType): SqlType {
  const { name } = commonType(a, b);
  const plain =
    name === 'char' || name === 'varchar'
      ? 'varchar'
      : name === 'binary' || name === 'varbinary'
        ? 'varbinary'
        : 'nvarchar';
  const length = lengthOf(a) + lengthOf(b);
  if (length === Infinity) return { name: plain, length: 'max' };
  return { name: plain, length: Math.max(1, Math.min(length, plain === 'nvarchar' ? 4000 : 8000)) };
}

/** Documentation, "Precision, scale, and length": the decimal that an operator answers. */
export function arithmeticDecimal(operator: '+' | '-' | '*' | '/' | '%', a: SqlType, b: SqlType): SqlType {
  const [x, y] = [decimalShape(a), decimalShape(b)];
  let precision: number;
  let scale: number;
  switch (operator) {
    case '+':
    case '-':
      scale = Math.max(x.scale, y.scale);
      precision = scale + Math.max(x.precision - x.scale, y.precision - y.scale) + 1;
      break;
    case '*':
      precision = x.precision + y.precision + 1;
      scale = x.scale + y.scale;
      break;
    case '/':
      scale = Math.max(6, x.scale + y.precision + 1);
      precision = x.precision - x.scale + y.scale + scale;
      break;
    case '%':
      scale = Math.max(x.scale, y.scale);
      precision = Math.min(x.precision - x.scale, y.precision - y.scale) + scale;
      break;
  }
  if (precision > 38) {
    const whole = precision - scale;
    scale =
      operator === '*' || operator === '/'
        ? Math.max(Math.min(scale, 6), Math.min(scale, 38 - whole))
        : Math.max(0, Math.min(scale, 38 - whole));
    precision = 38;
  }
  return { name: 'decimal', precision, scale };
}
