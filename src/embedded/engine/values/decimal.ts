/**
 * Exact decimals of up to 38 digits. Stored as a text code whose plain order is the numeric order and which is the same
 * for 1.5 and 1.50: `p`, 38 digits before the point, the digits after it without trailing zeros; for negative numbers
 * `m`, the same digits in nines' complement, `~`.
 */
import { SqlError } from '../../backend.ts';
import type { SqlType } from '../../backend.ts';
import { decimalShape, typeText } from '../../tsql/types.ts';

const WHOLE_DIGITS = 38;

export interface Decimal {
  /** The number is unscaled / 10^scale. */
  readonly unscaled: bigint;
  readonly scale: number;
}

export function encodeDecimal({ unscaled, scale }: Decimal): string {
  const isNegative = unscaled < 0n;
  const digits = (isNegative ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale).padStart(WHOLE_DIGITS, '0');
  const code = whole + digits.slice(digits.length - scale).replace(/0+$/, '');
  return isNegative ? `m${ninesComplement(code)}~` : `p${code}`;
}

export function decodeDecimal(code: string): Decimal {
  const isNegative = code.startsWith('m');
  const digits = isNegative ? ninesComplement(code.slice(1, -1)) : code.slice(1);
  const unscaled = BigInt(digits);
  return { unscaled: isNegative ? -unscaled : unscaled, scale: digits.length - WHOLE_DIGITS };
}

function ninesComplement(digits: string): string {
  let result = '';
  for (let i = 0; i < digits.length; i++) result += String.fromCharCode(105 - digits.charCodeAt(i));
  return result;
}

/** Rounds half away from zero to `scale`, as SQL Server does. */
export function rescale(value: Decimal, scale: number): bigint {
  if (scale >= value.scale) return value.unscaled * 10n ** BigInt(scale - value.scale);
  return divideRounded(value.unscaled, 10n ** BigInt(value.scale - scale));
}

export function divideRounded(a: bigint, b: bigint): bigint {
  const negative = a < 0n !== b < 0n;
  const [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  const rounded = (2n * x + y) / (2n * y);
  return negative ? -rounded : rounded;
}

/** A decimal as the code of a type: rounded to its scale; error 8115 when it has more digits than the precision. */
export function fitDecimal(value: Decimal, type: SqlType, fromName = 'numeric'): string {
  const { precision, scale } = decimalShape(type);
  const unscaled = rescale(value, scale);
  if ((unscaled < 0n ? -unscaled : unscaled) >= 10n ** BigInt(precision)) {
    throw new SqlError(
      8115,
      `Arithmetic overflow error converting ${fromName} to data type ${type.name === 'decimal' ? 'numeric' : type.name}.`,
      16,
      8,
    );
  }
  return encodeDecimal({ unscaled, scale });
}

const PLAIN = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/;

/** Digits of a decimal text, or null when it is none. */
export function parseDecimal(text: string): Decimal | null {
  const found = PLAIN.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found ?? [];
  if (found === null || (whole === '' && fraction === '') || whole.length + fraction.length > 400) return null;
  const magnitude = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent);
  const unscaled = sign === '-' ? -magnitude : magnitude;
  return scale >= 0 ? { unscaled, scale } : { unscaled: unscaled * 10n ** BigInt(-scale), scale: 0 };
}

/** The code of a decimal text in a type; null when the text is no number. */
export function decimalFromText(text: string, type: SqlType): string | null {
  const value = parseDecimal(text);
  return value === null ? null : fitDecimal(value, type, typeText(type));
}

/** `-12.50`, with exactly `scale` fraction digits. */
export function decimalToText(code: string, scale: number): string {
  const unscaled = rescale(decodeDecimal(code), scale);
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const text = scale === 0 ? whole : `${whole}.${digits.slice(digits.length - scale)}`;
  return unscaled < 0n ? `-${text}` : text;
}

export function divideByZero(): SqlError {
  return new SqlError(8134, 'Divide by zero error encountered.');
}

/** `a operator b` as the code of the result type. */
export function decimalArithmetic(
  operator: '+' | '-' | '*' | '/' | '%',
  type: SqlType,
): (a: string, b: string) => string {
  const { scale } = decimalShape(type);
  return (codeA, codeB) => {
    const [a, b] = [decodeDecimal(codeA), decodeDecimal(codeB)];
    if (operator === '*') return fitDecimal({ unscaled: a.unscaled * b.unscaled, scale: a.scale + b.scale }, type);
    const common = Math.max(a.scale, b.scale);
    const [x, y] = [rescale(a, common), rescale(b, common)];
    if (operator === '+') return fitDecimal({ unscaled: x + y, scale: common }, type);
    if (operator === '-') return fitDecimal({ unscaled: x - y, scale: common }, type);
    if (y === 0n) throw divideByZero();
    if (operator === '%') return fitDecimal({ unscaled: x % y, scale: common }, type);
    // a quotient is cut at the result's scale, not rounded
    return fitDecimal({ unscaled: (x * 10n ** BigInt(scale)) / y, scale }, type);
  };
}
