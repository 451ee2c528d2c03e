/**
 * Dates and times, exact to 100 ns. Stored as `YYYY-MM-DDTHH:MM:SS.fffffff`, `YYYY-MM-DD` or `HH:MM:SS.fffffff`: always
 * seven fraction digits, so that values of different scales compare as plain text.
 */
import { SqlError } from '../../backend.ts';
import type { SqlType } from '../../backend.ts';

const TICKS_PER_SECOND = 10_000_000n;
const TICKS_PER_DAY = 86_400n * TICKS_PER_SECOND;
const DAY_MS = 86_400_000;

const FORM = /^(?:(\d{4})-?(\d\d)-?(\d\d))?(?:(?:^|[T ])(\d\d):(\d\d)(?::(\d\d)(?:[.](\d{1,9}))?)?)?Z?$/;

/** 100 ns units since 1970-01-01 (dates) or midnight (times). */
function ticksOf(stored: string): bigint {
  const hasDate = stored[4] === '-';
  const clock = hasDate ? stored.slice(11) : stored;
  const days = hasDate ? BigInt(Date.parse(`${stored.slice(0, 10)}T00:00:00Z`) / DAY_MS) : 0n;
  if (clock === '') return days * TICKS_PER_DAY;
  const seconds = Number(clock.slice(0, 2)) * 3600 + Number(clock.slice(3, 5)) * 60 + Number(clock.slice(6, 8));
  return days * TICKS_PER_DAY + BigInt(seconds) * TICKS_PER_SECOND + BigInt(clock.slice(9));
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

const FIRST_TICK = BigInt(Date.parse('0001-01-01T00:00:00Z') / DAY_MS) * TICKS_PER_DAY;
const LAST_TICK = BigInt(Date.parse('9999-12-31T00:00:00Z') / DAY_MS + 1) * TICKS_PER_DAY;

function storedOf(ticks: bigint, type: SqlType): string {
  if (ticks < FIRST_TICK || ticks >= LAST_TICK) throw outOfRange(type);
  const days = floorDivide(ticks, TICKS_PER_DAY);
  const ofDay = ticks - days * TICKS_PER_DAY;
  const date = new Date(Number(days) * DAY_MS).toISOString().slice(0, 10);
  if (type.name === 'date') return date;
  const seconds = Number(ofDay / TICKS_PER_SECOND);
  const clock = new Date(seconds * 1000).toISOString().slice(11, 19);
  const time = `${clock}.${(ofDay % TICKS_PER_SECOND).toString().padStart(7, '0')}`;
  return type.name === 'time' ? time : `${date}T${time}`;
}

function outOfRange(type: SqlType): SqlError {
  return new SqlError(517, `Adding a value to a '${type.name}' column caused an overflow.`, 16, 1);
}

/** Stored form of an ISO text in a type, rounded to its precision; null when it is no such date. */
export function parseIso(text: string, type: SqlType): string | null {
  const found = FORM.exec(text.trim());
  if (found === null) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0'] = found;
  if (year === undefined && found[4] === undefined) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const date = year === undefined ? '1900-01-01' : `${year}-${month ?? ''}-${day ?? ''}`;
  const asDate = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(asDate.getTime()) || asDate.toISOString().slice(0, 10) !== date || year === '0000') return null;
  const ticks = fraction.slice(0, 7).padEnd(7, '0');
  return roundTo(`${date}T${hour}:${minute}:${second}.${ticks}`, type);
}

/** A stored value of any date or time type as one of `type`: cut to its parts, rounded to its precision. */
export function roundTo(stored: string, type: SqlType): string {
  const hasDate = stored[4] === '-';
  const hasTime = stored.includes(':');
  const ticks = ticksOf(hasDate ? (hasTime ? stored : `${stored}T00:00:00.0000000`) : `1900-01-01T${stored}`);
  switch (type.name) {
    case 'date':
      return storedOf(ticks, type);
    case 'smalldatetime':
      return storedOf(roundTicks(ticks, 60n * TICKS_PER_SECOND), type);
    case 'datetime':
      return datetimeOf(ticks, type);
    default:
      return storedOf(roundTicks(ticks, 10n ** BigInt(7 - (type.scale ?? 7))), type);
  }
}

function roundTicks(ticks: bigint, unit: bigint): bigint {
  return unit === 1n ? ticks : floorDivide(ticks + unit / 2n, unit) * unit;
}

/** DATETIME counts 1/300 s, shown as .000, .003 and .007; years from 1753 on. */
function datetimeOf(ticks: bigint, type: SqlType): string {
  const days = floorDivide(ticks, TICKS_PER_DAY);
  const count = ((ticks - days * TICKS_PER_DAY) * 300n + TICKS_PER_SECOND / 2n) / TICKS_PER_SECOND;
  const milliseconds = (count * 10n + 1n) / 3n;
  const stored = storedOf(days * TICKS_PER_DAY + milliseconds * 10_000n, type);
  if (stored < '1753') {
    throw new SqlError(
      242,
      'The conversion of a data type to a datetime data type resulted in an out-of-range value.',
      16,
      3,
    );
  }
  return stored;
}

function fractionDigits(type: SqlType): number {
  if (type.name === 'datetime') return 3;
  return type.name === 'smalldatetime' ? 0 : (type.scale ?? 7);
}

/** ISO 8601 without a zone, with the type's fraction digits: the form of the seam. */
export function formatDateTime(stored: string, type: SqlType): string {
  if (type.name === 'date') return stored;
  const digits = fractionDigits(type);
  return digits === 0 ? stored.slice(0, -8) : stored.slice(0, stored.length - 7 + digits);
}

/** CONVERT to text by style: 20 and 120, 21, 25 and 121, 23, 126. Null for a style that is not known. */
export function dateTimeText(stored: string, type: SqlType, style: number): string | null {
  const iso = formatDateTime(stored, type);
  switch (style) {
    case 20:
    case 120:
      return iso.replace('T', ' ').replace(/\.\d+$/, '');
    case 21:
    case 25:
    case 121:
      return (type.name === 'smalldatetime' ? `${iso}.000` : iso).replace('T', ' ');
    case 23:
      return iso.includes('-') ? iso.slice(0, 10) : null;
    case 126:
      return type.name === 'datetime' ? iso.replace(/\.000$/, '') : iso;
    default:
      return null;
  }
}

/** Now, in UTC, in the stored form of DATETIME2(7). JavaScript's clock gives milliseconds. */
export function nowStored(): string {
  return `${new Date().toISOString().slice(0, 23)}0000`;
}

const UNITS: Readonly<Record<string, bigint>> = {
  DAY: TICKS_PER_DAY,
  HOUR: 3600n * TICKS_PER_SECOND,
  MINUTE: 60n * TICKS_PER_SECOND,
  SECOND: TICKS_PER_SECOND,
  MILLISECOND: 10_000n,
  MICROSECOND: 10n,
};

/** Full names and abbreviations of the parts that DATEADD and DATEDIFF take here. */
// prettier-ignore
const PARTS: Readonly<Record<string, string>> = {
  YEAR: 'YEAR', YY: 'YEAR', YYYY: 'YEAR', MONTH: 'MONTH', MM: 'MONTH', M: 'MONTH', DAY: 'DAY', DD: 'DAY', D: 'DAY',
  HOUR: 'HOUR', HH: 'HOUR', MINUTE: 'MINUTE', MI: 'MINUTE', N: 'MINUTE', SECOND: 'SECOND', SS: 'SECOND', S: 'SECOND',
  MILLISECOND: 'MILLISECOND', MS: 'MILLISECOND', MICROSECOND: 'MICROSECOND', MCS: 'MICROSECOND',
};

export function datePart(name: string): string | null {
  return PARTS[name] ?? null;
}

export function dateAdd(part: string, count: bigint, stored: string, type: SqlType): string {
  const unit = UNITS[part];
  if (unit !== undefined) return roundTo(storedOf(ticksOf(stored) + count * unit, { name: 'datetime2' }), type);
  if (stored[4] !== '-')
    throw new SqlError(
      9810,
      `The datepart ${part.toLowerCase()} is not supported by date function dateadd for data type time.`,
    );
  const months =
    Number(stored.slice(0, 4)) * 12 + Number(stored.slice(5, 7)) - 1 + Number(count) * (part === 'YEAR' ? 12 : 1);
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1];
  if (year < 1 || year > 9999) throw outOfRange(type);
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const day = Math.min(Number(stored.slice(8, 10)), lastDay);
  const pad = (n: number, width: number): string => String(n).padStart(width, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}${stored.slice(10)}`;
}

/** Boundaries of the part that are crossed between two values; 535 beyond INT. */
export function dateDiff(part: string, from: string, to: string): number {
  const unit = UNITS[part];
  const months = (stored: string): number => Number(stored.slice(0, 4)) * 12 + Number(stored.slice(5, 7));
  const years = (stored: string): number => Number(stored.slice(0, 4));
  if (unit === undefined) return part === 'YEAR' ? years(to) - years(from) : months(to) - months(from);
  const count = floorDivide(ticksOf(to), unit) - floorDivide(ticksOf(from), unit);
  if (count > 2147483647n || count < -2147483648n) {
    throw new SqlError(
      535,
      'The datediff function resulted in an overflow. The number of dateparts separating two date/time instances is too large.',
    );
  }
  return Number(count);
}
