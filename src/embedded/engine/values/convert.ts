/** CONVERT, CAST, implicit conversion and assignment: one function from stored form to stored form per pair of types. */
import { SqlError } from '../../backend.ts';
import type { SqlType } from '../../backend.ts';
import { conversionNotAllowed, unsupported } from '../../tsql/errors.ts';
import { familyOf, isFixedLength, isLegacyLob, isNational, lengthOf, sameType } from '../../tsql/types.ts';
import { fromBinary, toBinary } from './convert-binary.ts';
import { fromText } from './convert-from-text.ts';
import { toInteger } from './convert-number.ts';
import { toText } from './convert-to-text.ts';
import { roundTo } from './date-time.ts';
import { decodeDecimal, fitDecimal, parseDecimal } from './decimal.ts';
import type { Converter } from './stored.ts';
import { assertWellFormed } from './stored-text.ts';
import { toCodePage } from './code-page.ts';

export interface ConversionPurpose {
  /** `assign`: into a column, where a value that does not fit is an error instead of being cut. */
  readonly kind: 'explicit' | 'implicit' | 'assign';
  readonly style: number | null;
  /** For the messages of `assign`. */
  readonly target?: { readonly table: string; readonly column: string };
}

/**
 * The conversion, or null where the stored form stays as it is. Throws 529 or 257 where T-SQL allows none, 40517 where
 * this engine knows none.
 */
export function converter(from: SqlType, to: SqlType, purpose: ConversionPurpose): Converter | null {
  assertAllowed(from, to, purpose);
  const convert = byFamily(from, to, purpose.style);
  if (familyOf(to) !== 'text' && familyOf(to) !== 'binary') return convert;
  const fit = fitLength(from, to, purpose);
  if (convert === null || fit === null) return convert ?? fit;
  return (value) => fit(convert(value));
}

function assertAllowed(from: SqlType, to: SqlType, { kind, style }: ConversionPurpose): void {
  const isExplicit = kind === 'explicit';
  const refuse = (): never => {
    throw conversionNotAllowed(from.name, to.name, isExplicit);
  };
  const [a, b] = [familyOf(from), familyOf(to)];
  if (style !== null && style !== 0 && !(a === 'binary' || b === 'binary' || a === 'time' || b === 'time')) {
    throw unsupported(`CONVERT of ${from.name} to ${to.name} with style ${style}`);
  }
  if (a === b) {
    if (a === 'time' && ((from.name === 'date' && to.name === 'time') || (from.name === 'time' && to.name === 'date')))
      refuse();
    return;
  }
  if (a === 'text' || b === 'text') {
    const other = a === 'text' ? b : a;
    if (other === 'binary' && !isExplicit && a === 'text') refuse();
    if ((isLegacyLob(from) || isLegacyLob(to)) && other !== 'binary') refuse();
    return;
  }
  if (b === 'guid' || a === 'guid') {
    if ((a !== 'binary' && b !== 'binary') || isLegacyLob(from) || isLegacyLob(to)) refuse();
    return;
  }
  if (a === 'time' || b === 'time') {
    // DATETIME and numbers convert into each other in T-SQL; nothing here needs that
    throw unsupported(`Conversion of ${from.name} to ${to.name}`);
  }
  if (a === 'binary' ? b !== 'integer' : b === 'binary' && a !== 'integer')
    throw unsupported(`Conversion of ${from.name} to ${to.name}`);
}

function byFamily(from: SqlType, to: SqlType, style: number | null): Converter | null {
  switch (familyOf(to)) {
    case 'integer':
      return familyOf(from) === 'text'
        ? fromText(from, to, style)
        : familyOf(from) === 'binary'
          ? fromBinary(from, to, style)
          : toInteger(from, to);
    case 'float':
      return toFloat(from, to);
    case 'decimal':
      return toDecimal(from, to);
    case 'guid':
      if (familyOf(from) === 'guid') return null;
      return familyOf(from) === 'text' ? fromText(from, to, style) : fromBinary(from, to, style);
    case 'time':
      if (familyOf(from) === 'text') return fromText(from, to, style);
      return sameType(from, to) || isWidening(from, to) ? null : (value) => roundTo(value as string, to);
    case 'text':
      return familyOf(from) === 'text'
        ? isNational(from) && !isNational(to)
          ? (value) => toCodePage(value as string)
          : null
        : familyOf(from) === 'binary'
          ? fromBinary(from, to, style)
          : toText(from, to, style);
    case 'binary':
      return familyOf(from) === 'binary' ? null : toBinary(from, to, style);
  }
}

/** DATETIME2 and TIME of a larger scale hold the value as it is; so does DATETIME2(3) or more for the older types. */
function isWidening(from: SqlType, to: SqlType): boolean {
  if (to.name !== 'datetime2' && to.name !== 'time') return false;
  if (from.name === to.name) return (from.scale ?? 7) <= (to.scale ?? 7);
  return (
    to.name === 'datetime2' && ((from.name === 'datetime' && (to.scale ?? 7) >= 3) || from.name === 'smalldatetime')
  );
}

function toFloat(from: SqlType, to: SqlType): Converter | null {
  const round = to.name === 'real' ? Math.fround : (value: number): number => value;
  const checked = (value: number): number => {
    const result = round(value);
    if (Number.isFinite(result)) return result === 0 ? 0 : result;
    throw new SqlError(232, `Arithmetic overflow error for type ${to.name}, value = ${value}.`, 16, 3);
  };
  switch (familyOf(from)) {
    case 'float':
      return to.name === 'real' && from.name === 'float' ? (value) => checked(Number(value)) : null;
    case 'text':
      return fromText(from, to, null);
    case 'decimal':
      return (value) => {
        const { unscaled, scale } = decodeDecimal(value as string);
        return checked(Number(`${unscaled}e-${scale}`));
      };
    default:
      return (value) => checked(Number(value));
  }
}

function toDecimal(from: SqlType, to: SqlType): Converter | null {
  switch (familyOf(from)) {
    case 'integer':
      return (value) => fitDecimal({ unscaled: BigInt(value as number | bigint), scale: 0 }, to, from.name);
    case 'float':
      return (value) => fitDecimal(parseDecimal(String(value)) ?? { unscaled: 0n, scale: 0 }, to, from.name);
    case 'decimal':
      return sameType(from, to) ? null : (value) => fitDecimal(decodeDecimal(value as string), to);
    default:
      return fromText(from, to, null);
  }
}

/** Cuts or refuses what is too long, pads what has a fixed length. Lengths are UTF-16 units or bytes. */
function fitLength(from: SqlType, to: SqlType, purpose: ConversionPurpose): Converter | null {
  const limit = lengthOf(to);
  const pads = isFixedLength(to);
  if (limit === Infinity) return null;
  const sameFamily = familyOf(from) === familyOf(to);
  if (sameFamily && lengthOf(from) <= limit && !(pads && !(isFixedLength(from) && lengthOf(from) === limit)))
    return null;
  return familyOf(to) === 'text'
    ? (value) => fitText(value as string, from, to, limit, pads, purpose)
    : (value) => fitBytes(value as Uint8Array, from, limit, pads, purpose);
}

function fitText(
  text: string,
  from: SqlType,
  to: SqlType,
  limit: number,
  pads: boolean,
  purpose: ConversionPurpose,
): string {
  if (text.length <= limit) return pads ? text.padEnd(limit, ' ') : text;
  if (familyOf(from) !== 'text' && familyOf(from) !== 'binary') return tooNarrow(from, to, limit, pads);
  // trailing blanks beyond the length are dropped in silence, as in SQL Server
  if (purpose.kind === 'assign' && text.slice(limit).trimEnd() !== '') throw truncated(purpose, text.slice(0, limit));
  const cut = text.slice(0, limit);
  assertWellFormed(cut);
  return cut;
}

function fitBytes(
  bytes: Uint8Array,
  from: SqlType,
  limit: number,
  pads: boolean,
  purpose: ConversionPurpose,
): Uint8Array {
  if (bytes.length > limit) {
    if (purpose.kind === 'assign') throw truncated(purpose, '');
    // numbers lose their high bytes, strings of bytes their last ones
    return familyOf(from) === 'integer' ? bytes.subarray(bytes.length - limit) : bytes.subarray(0, limit);
  }
  if (!pads || bytes.length === limit) return bytes;
  const padded = new Uint8Array(limit);
  padded.set(bytes, familyOf(from) === 'integer' ? limit - bytes.length : 0);
  return padded;
}

/** Numbers and dates that do not fit a text: `*` for integers in (VAR)CHAR, else an error. */
function tooNarrow(from: SqlType, to: SqlType, limit: number, pads: boolean): string {
  if (familyOf(from) === 'integer' && !isNational(to)) return pads ? '*'.padEnd(limit, ' ') : '*';
  if (familyOf(from) === 'guid')
    throw new SqlError(8170, 'Insufficient result space to convert uniqueidentifier value to char.');
  throw new SqlError(8115, `Arithmetic overflow error converting ${from.name} to data type ${to.name}.`, 16, 2);
}

function truncated({ target }: ConversionPurpose, value: string): SqlError {
  return new SqlError(
    2628,
    `String or binary data would be truncated in table '${target?.table ?? ''}', column '${target?.column ?? ''}'. Truncated value: '${value.slice(0, 100)}'.`,
  );
}
