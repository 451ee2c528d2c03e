/** Conversion to integers, with the range errors of SQL Server. */
import { SqlError } from '../../backend.ts';
import type { SqlType, SqlTypeName } from '../../backend.ts';
import { familyOf, isNational } from '../../tsql/types.ts';
import type { Converter } from './stored.ts';
import { decodeDecimal } from './decimal.ts';

const RANGES: Readonly<Partial<Record<SqlTypeName, readonly [low: bigint, high: bigint]>>> = {
  tinyint: [0n, 255n],
  smallint: [-32768n, 32767n],
  int: [-2147483648n, 2147483647n],
  bigint: [-9223372036854775808n, 9223372036854775807n],
};

/** A whole number as an integer type; `overflow` makes the error when it is out of range. */
export function fitInteger(value: bigint, to: SqlType, overflow: () => SqlError): bigint {
  if (to.name === 'bit') return value === 0n ? 0n : 1n;
  const range = RANGES[to.name];
  if (range === undefined || value < range[0] || value > range[1]) throw overflow();
  return value;
}

/** From integers, floats and decimals; the fraction is cut. */
export function toInteger(from: SqlType, to: SqlType): Converter | null {
  if (familyOf(from) === 'integer') {
    if (isWider(from, to)) return null;
    return (value) =>
      fitInteger(BigInt(value as number | bigint), to, () =>
        to.name === 'tinyint' || to.name === 'smallint'
          ? new SqlError(220, `Arithmetic overflow error for data type ${to.name}, value = ${String(value)}.`, 16, 2)
          : overflowTo(to, 'expression'),
      );
  }
  if (familyOf(from) === 'decimal') {
    return (value) => {
      const { unscaled, scale } = decodeDecimal(value as string);
      if (to.name === 'bit') return unscaled === 0n ? 0n : 1n;
      return fitInteger(unscaled / 10n ** BigInt(scale), to, () => overflowTo(to, from.name));
    };
  }
  return (value) => {
    if (to.name === 'bit') return Number(value) === 0 ? 0n : 1n;
    return fitInteger(BigInt(Math.trunc(Number(value))), to, () => overflowTo(to, from.name));
  };
}

const WIDTHS: readonly SqlTypeName[] = ['bit', 'tinyint', 'smallint', 'int', 'bigint'];

function isWider(from: SqlType, to: SqlType): boolean {
  return WIDTHS.indexOf(from.name) <= WIDTHS.indexOf(to.name);
}

export function overflowTo(to: SqlType, from: string): SqlError {
  return new SqlError(8115, `Arithmetic overflow error converting ${from} to data type ${to.name}.`, 16, 2);
}

/** Text to integer: 245 when it is none, 244, 248 or 8115 when it is too large. */
export function integerFromText(text: string, from: SqlType, to: SqlType): bigint {
  const trimmed = text.trim();
  if (to.name === 'bit') {
    if (/^true$/i.test(trimmed)) return 1n;
    if (/^false$/i.test(trimmed)) return 0n;
  }
  const shown = isNational(from) ? 'nvarchar' : 'varchar';
  if (!/^(?:[+-]?\d*)$/.test(trimmed) || /^[+-]$/.test(trimmed)) {
    if (to.name === 'bigint') throw new SqlError(8114, `Error converting data type ${shown} to bigint.`, 16, 5);
    throw new SqlError(
      245,
      `Conversion failed when converting the ${shown} value '${text.slice(0, 200)}' to data type ${to.name}.`,
    );
  }
  const value = BigInt(trimmed.replace(/^\+/, '') || '0');
  return fitInteger(value, to, () => {
    if (to.name === 'bigint') return overflowTo(to, shown);
    const number = to.name === 'int' ? 248 : 244;
    return new SqlError(
      number,
      `The conversion of the ${shown} value '${text.slice(0, 200)}' overflowed an ${to.name} column.`,
      16,
      1,
    );
  });
}
