/** SQLite user functions that every connection has: sort keys, checked arithmetic, aggregates over sort keys. */
import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { SqlError } from '../backend.ts';
import { SORT_KEYS } from '../tsql/collation.ts';
import { unsupported } from '../tsql/errors.ts';
import { codePageBytes, codePageText } from './values/code-page.ts';
import { decodeDecimal, divideByZero, divideRounded, encodeDecimal, fitDecimal, rescale } from './values/decimal.ts';
import type { Stored } from './values/stored.ts';
import { assertWellFormed } from './values/stored-text.ts';

type Fn = (...args: Stored[]) => Stored;

/** Whether NULL arguments reach the function; otherwise one makes the result NULL. */
interface Definition {
  readonly name: string;
  readonly isDeterministic?: boolean;
  readonly takesNull?: boolean;
  readonly fn: Fn;
}

export function registerFunction(
  db: DatabaseSync,
  { name, isDeterministic = true, takesNull = false, fn }: Definition,
): void {
  const guarded: Fn = takesNull ? fn : (...args) => (args.includes(null) ? null : fn(...args));
  db.function(name, { deterministic: isDeterministic, useBigIntArguments: true, varargs: true }, guarded as never);
}

/** One argument, NULL in, NULL out: the shape of sort keys and conversions, called once a row and more. */
export function registerUnary(db: DatabaseSync, name: string, fn: (value: Exclude<Stored, null>) => Stored): void {
  db.function(name, { deterministic: true, useBigIntArguments: true }, ((value: Stored) =>
    value === null ? null : fn(value)) as never);
}

/** VARBINARY comparison pads the shorter value with zero bytes, so trailing ones do not count. */
export function bytesKey(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end === bytes.length ? bytes : bytes.subarray(0, end);
}

const INT_RANGES = { tinyint: [0n, 255n], smallint: [-32768n, 32767n], int: [-2147483648n, 2147483647n] } as const;

export function registerFunctions(db: DatabaseSync): void {
  for (const [name, key] of Object.entries(SORT_KEYS)) registerUnary(db, name, (text) => key(text as string));
  registerUnary(db, 'key_bytes', (bytes) => bytesKey(bytes as Uint8Array));
  registerArithmetic(db);
  registerTextFunctions(db);
  registerAggregates(db);
  registerFunction(db, { name: 'new_id', isDeterministic: false, takesNull: true, fn: newGuid });
  registerFunction(db, {
    name: 'fail_512',
    isDeterministic: false,
    takesNull: true,
    fn: () => {
      throw new SqlError(
        512,
        'Subquery returned more than 1 value. This is not permitted when the subquery follows =, !=, <, <= , >, >= or when the subquery is used as an expression.',
      );
    },
  });
}

/** A version 4 GUID. The permuted stored form keeps the version's nibble in its place. */
function newGuid(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x3f) | 0x80;
  // stored byte 9 is the high byte of the third group in little-endian form
  bytes[9] = ((bytes[9] ?? 0) & 0x0f) | 0x40;
  return bytes;
}

function registerArithmetic(db: DatabaseSync): void {
  for (const [name, [low, high]] of Object.entries(INT_RANGES)) {
    registerUnary(db, `range_${name}`, (value) => {
      if (typeof value !== 'bigint' || value < low || value > high) throw overflow(name);
      return value;
    });
  }
  // 64-bit overflow shows as a REAL in SQLite
  registerUnary(db, 'range_bigint', (value) => {
    if (typeof value !== 'bigint') throw overflow('bigint');
    return value;
  });
  registerUnary(db, 'range_float', (value) => {
    if (!Number.isFinite(Number(value))) throw overflow('float');
    return value;
  });
  registerUnary(db, 'divisor', (value) => {
    if (Number(value) === 0) throw divideByZero();
    return value;
  });
  registerFunction(db, {
    name: 'top_rows',
    takesNull: true,
    fn: (count) => {
      if (typeof count !== 'bigint' || count < 0n)
        throw new SqlError(
          1060,
          'The number of rows provided for a TOP or FETCH clause row count parameter must be an integer.',
          15,
        );
      return count;
    },
  });
}

export function overflow(type: string): SqlError {
  return new SqlError(8115, `Arithmetic overflow error converting expression to data type ${type}.`, 16, 2);
}

function registerTextFunctions(db: DatabaseSync): void {
  const text = (name: string, fn: (...args: string[]) => Stored): void => {
    registerFunction(db, { name, fn: fn as Fn });
  };
  registerUnary(db, 'text_units', (value) => BigInt((value as string).length));
  registerUnary(db, 'text_bytes2', (value) => BigInt((value as string).length * 2));
  registerUnary(db, 'text_len', (value) => BigInt((value as string).replace(/ +$/, '').length));
  text('text_upper', (value) => sameLength(value, value.toUpperCase()));
  text('text_lower', (value) => sameLength(value, value.toLowerCase()));
  text('text_ltrim', (value) => value.replace(/^ +/, ''));
  text('text_rtrim', (value) => value.replace(/ +$/, ''));
  registerFunction(db, { name: 'text_repeat', fn: (value, count) => repeat(value as string, Number(count)) });
  registerFunction(db, {
    name: 'part_of',
    fn: (value, start, length) => part(value as string | Uint8Array, Number(start), Number(length)),
  });
  registerFunction(db, {
    name: 'left_of',
    fn: (value, length) => part(value as string | Uint8Array, 1, Number(length)),
  });
  registerFunction(db, {
    name: 'right_of',
    fn: (value, length) =>
      part(value as string | Uint8Array, Math.max(1, (value as string).length - Number(length) + 1), Number(length)),
  });
  registerFunction(db, {
    name: 'code_page_char',
    fn: (code) => (Number(code) >= 0 && Number(code) <= 255 ? codePageText(Uint8Array.of(Number(code))) : null),
  });
  text('code_page_code', (value) => (value === '' ? null : BigInt(codePageBytes(value)[0] ?? 0)));
  registerFunction(db, { name: 'concat_bytes', fn: (a, b) => Buffer.concat([a as Uint8Array, b as Uint8Array]) });
  registerFunction(db, {
    name: 'hash_bytes',
    fn: (algorithm, data) => {
      const known = { MD5: 'md5', SHA: 'sha1', SHA1: 'sha1', SHA2_256: 'sha256', SHA2_512: 'sha512' } as const;
      const name = (algorithm as string).toUpperCase();
      return name in known
        ? createHash(known[name as keyof typeof known])
            .update(data as Uint8Array)
            .digest()
        : null;
    },
  });
}

/** SQL Server maps character by character: 'ß' stays as it is. */
function sameLength(original: string, mapped: string): string {
  if (mapped.length === original.length) return mapped;
  const isUpper = mapped === original.toUpperCase();
  return Array.from(original, (character) => {
    const one = isUpper ? character.toUpperCase() : character.toLowerCase();
    return one.length === character.length ? one : character;
  }).join('');
}

function repeat(value: string, count: number): string | null {
  if (count < 0) return null;
  // a text of 8,000 bytes at most, unless it is (MAX): the binder marks that by its type, this bounds the memory
  if (value.length * count > 64 * 1024 * 1024) throw unsupported('REPLICATE beyond 64 MiB');
  return value.repeat(count);
}

function part(value: string | Uint8Array, start: number, length: number): string | Uint8Array {
  if (length < 0) throw new SqlError(537, 'Invalid length parameter passed to the LEFT or SUBSTRING function.', 16, 3);
  const from = Math.max(0, start - 1);
  const to = Math.max(from, start - 1 + length);
  if (typeof value !== 'string') return value.subarray(from, to);
  const result = value.slice(from, to);
  assertWellFormed(result);
  return result;
}

type Extreme = readonly [key: Stored, value: Stored] | null;

function registerAggregates(db: DatabaseSync): void {
  // MIN and MAX of texts and bytes: by sort key, answering the value itself
  for (const [name, sign] of [
    ['min_by', -1],
    ['max_by', 1],
  ] as const) {
    db.aggregate(name, {
      useBigIntArguments: true,
      start: () => null,
      step: ((best: Extreme, key: Stored, value: Stored): Extreme =>
        key === null || (best !== null && compareKeys(key, best[0]) * sign <= 0) ? best : [key, value]) as never,
      result: ((best: Extreme): Stored => best?.[1] ?? null) as never,
    });
  }
  interface Sum {
    readonly unscaled: bigint;
    readonly scale: number;
    readonly count: bigint;
  }
  const start = ((): Sum => ({ unscaled: 0n, scale: 0, count: 0n })) as never;
  const step = ((sum: Sum, code: string | null): Sum => {
    if (code === null) return sum;
    const value = decodeDecimal(code);
    const scale = Math.max(sum.scale, value.scale);
    return { unscaled: rescale(sum, scale) + rescale(value, scale), scale, count: sum.count + 1n };
  }) as never;
  db.aggregate('sum_decimal', {
    start,
    step,
    result: ((sum: Sum) =>
      sum.count === 0n ? null : fitDecimal(sum, { name: 'decimal', precision: 38, scale: sum.scale })) as never,
  });
  db.aggregate('avg_decimal', {
    start,
    step,
    // cut to 38 fraction digits; the binder fits it into the result's scale
    result: ((sum: Sum) =>
      sum.count === 0n
        ? null
        : encodeDecimal({
            unscaled: divideRounded(sum.unscaled * 10n ** BigInt(38 - sum.scale), sum.count),
            scale: 38,
          })) as never,
  });
}

function compareKeys(a: Stored, b: Stored): number {
  // texts by code point, as SQLite compares UTF-8
  const [x, y] = [toBytes(a), toBytes(b)];
  return Buffer.compare(x, y);
}

function toBytes(key: Stored): Uint8Array {
  return typeof key === 'string' ? Buffer.from(key) : (key as Uint8Array);
}
