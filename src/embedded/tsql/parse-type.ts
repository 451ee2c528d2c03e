/** Data types as written in DDL, DECLARE, CONVERT and INSERT BULK. */
import { SqlError } from '../backend.ts';
import type { SqlType, SqlTypeName } from '../backend.ts';
import { unsupported } from './errors.ts';
import type { TokenStream } from './token-stream.ts';

interface TypeForm {
  readonly name: SqlTypeName;
  readonly takes: 'nothing' | 'length' | 'length-or-max' | 'precision-scale' | 'scale' | 'mantissa';
  /** Characters or bytes of the longest form that is not MAX. */
  readonly longest?: number;
}

const FORMS: Readonly<Record<string, TypeForm>> = {
  TINYINT: { name: 'tinyint', takes: 'nothing' },
  SMALLINT: { name: 'smallint', takes: 'nothing' },
  INT: { name: 'int', takes: 'nothing' },
  INTEGER: { name: 'int', takes: 'nothing' },
  BIGINT: { name: 'bigint', takes: 'nothing' },
  BIT: { name: 'bit', takes: 'nothing' },
  REAL: { name: 'real', takes: 'nothing' },
  FLOAT: { name: 'float', takes: 'mantissa' },
  DECIMAL: { name: 'decimal', takes: 'precision-scale' },
  DEC: { name: 'decimal', takes: 'precision-scale' },
  NUMERIC: { name: 'numeric', takes: 'precision-scale' },
  MONEY: { name: 'money', takes: 'nothing' },
  UNIQUEIDENTIFIER: { name: 'uniqueidentifier', takes: 'nothing' },
  CHAR: { name: 'char', takes: 'length', longest: 8000 },
  VARCHAR: { name: 'varchar', takes: 'length-or-max', longest: 8000 },
  NCHAR: { name: 'nchar', takes: 'length', longest: 4000 },
  NVARCHAR: { name: 'nvarchar', takes: 'length-or-max', longest: 4000 },
  TEXT: { name: 'text', takes: 'nothing' },
  NTEXT: { name: 'ntext', takes: 'nothing' },
  BINARY: { name: 'binary', takes: 'length', longest: 8000 },
  VARBINARY: { name: 'varbinary', takes: 'length-or-max', longest: 8000 },
  IMAGE: { name: 'image', takes: 'nothing' },
  DATE: { name: 'date', takes: 'nothing' },
  TIME: { name: 'time', takes: 'scale' },
  DATETIME: { name: 'datetime', takes: 'nothing' },
  DATETIME2: { name: 'datetime2', takes: 'scale' },
  SMALLDATETIME: { name: 'smalldatetime', takes: 'nothing' },
};

/**
 * Parses a type. `defaultLength` is that of CHAR, VARCHAR … without one: 1 in declarations and columns, 30 in CAST and
 * CONVERT.
 */
export function parseType(s: TokenStream, defaultLength: 1 | 30): SqlType {
  const token = s.peek();
  const quotedOrWord = token.kind === 'quoted' || token.kind === 'word';
  const word = quotedOrWord ? token.text.toUpperCase() : '';
  if (word === 'SYSNAME') {
    s.next();
    return { name: 'nvarchar', length: 128 };
  }
  const form = Object.hasOwn(FORMS, word) ? FORMS[word] : undefined;
  if (form === undefined) {
    if (!quotedOrWord) throw s.unexpected();
    throw unsupported(`The data type ${token.text}`);
  }
  s.next();
  if (s.is('VARYING')) throw unsupported('VARYING');
  const { name } = form;
  switch (form.takes) {
    case 'nothing':
      return { name };
    case 'mantissa': {
      if (!s.is('(')) return { name };
      const bits = s.parenthesized(() => s.integer());
      if (bits < 1 || bits > 53) throw badSize('float', bits);
      return { name: bits <= 24 ? 'real' : 'float' };
    }
    case 'scale': {
      const scale = s.is('(') ? s.parenthesized(() => s.integer()) : 7;
      if (scale > 7) throw new SqlError(1002, `Line 1: Specified scale ${scale} is invalid.`, 15);
      return { name, scale };
    }
    case 'precision-scale':
      return parseDecimal(s, name);
    case 'length':
    case 'length-or-max':
      return { name, length: parseLength(s, form, defaultLength) };
  }
}

function parseDecimal(s: TokenStream, name: SqlTypeName): SqlType {
  if (!s.accept('(')) return { name, precision: 18, scale: 0 };
  const precision = s.integer();
  const scale = s.accept(',') ? s.integer() : 0;
  s.expect(')');
  if (precision < 1 || precision > 38) throw badSize(name, precision);
  if (scale > precision) throw new SqlError(192, 'The scale must be less than or equal to the precision.', 15);
  return { name, precision, scale };
}

function parseLength(s: TokenStream, form: TypeForm, defaultLength: number): number | 'max' {
  if (!s.accept('(')) return defaultLength;
  if (form.takes === 'length-or-max' && s.accept('MAX')) {
    s.expect(')');
    return 'max';
  }
  const length = s.integer();
  s.expect(')');
  if (length < 1 || length > (form.longest ?? 0)) throw badSize(form.name, length);
  return length;
}

function badSize(type: string, size: number): SqlError {
  return size === 0
    ? new SqlError(1001, `Line 1: Length or precision specification 0 is invalid.`, 15)
    : new SqlError(131, `The size (${size}) given to the type '${type}' exceeds the maximum allowed.`, 15);
}
