/**
 * Dates and times (MS-TDS 2.2.5.5.1.4-2.2.5.5.1.8). On our side they are ISO 8601 text, UTC, without a zone mark, e.g.
 * "2026-11-05T23:59:59.9999999"; so a datetime2(7) keeps its last digit, which a JavaScript Date would drop.
 */
import type { SqlType, SqlTypeName } from '../../backend.ts';
import { ProtocolError, type ByteReader, type ByteWriter } from '../bytes.ts';
import { misfit, type DecoderFactory, type ValueEncoder } from './codec.ts';

const DATETIMN = 0x6f;
const DATEN = 0x28;
const TIMEN = 0x29;
const DATETIME2N = 0x2a;

const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;
/** Days from 0001-01-01 and from 1900-01-01 to 1970-01-01. */
const DAYS_YEAR_1 = 719_162;
const DAYS_YEAR_1900 = 25_567;
const MAX_DAYS_YEAR_1 = 3_652_058;
const DEFAULT_SCALE = 7;

interface Moment {
  /** Since 1970-01-01. */
  readonly days: number;
  /** Seconds of the day, whole. */
  readonly seconds: number;
  /** Up to seven digits, as text, without the point. */
  readonly fraction: string;
}

const ISO_FORM = /^(?:(\d{4}-\d\d-\d\d)(?:[T ]|$))?(?:(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7}))?)?Z?$/;

function parseIso(type: SqlType, text: string): Moment {
  const match = ISO_FORM.exec(text);
  const days = match?.[1] === undefined ? 0 : Date.parse(`${match[1]}T00:00:00Z`) / DAY_MS;
  if (!match || Number.isNaN(days)) throw new TypeError(`'${text}' is no value of type ${type.name}`);
  const seconds = Number(match[2] ?? 0) * 3600 + Number(match[3] ?? 0) * 60 + Number(match[4] ?? 0);
  return { days, seconds, fraction: match[5] ?? '' };
}

/** Time of day in units of 10^-scale seconds. */
function ticksOf({ seconds, fraction }: Moment, scale: number): number {
  return seconds * 10 ** scale + Number(fraction.padEnd(scale, '0').slice(0, scale));
}

function dateText(daysSince1970: number): string {
  return new Date(daysSince1970 * DAY_MS).toISOString().slice(0, 10);
}

function timeText(ticks: number, scale: number): string {
  const units = 10 ** scale;
  const seconds = Math.floor(ticks / units);
  const clock = new Date(seconds * 1000).toISOString().slice(11, 19);
  return scale === 0 ? clock : `${clock}.${String(ticks % units).padStart(scale, '0')}`;
}

/** Bytes of a time of day (MS-TDS 2.2.5.5.1.8). */
function timeBytesOf(scale: number): number {
  if (scale <= 2) return 3;
  return scale <= 4 ? 4 : 5;
}

/** A null is a length of 0, in every type of this file. */
function dated(type: SqlType, byteCount: number, typeInfo: readonly number[], write: MomentWriter): ValueEncoder {
  return {
    writeTypeInfo(writer) {
      for (const byte of typeInfo) writer.u8(byte);
    },
    writeValue(writer, value) {
      if (value === null) {
        writer.u8(0);
        return;
      }
      if (typeof value !== 'string') throw misfit(type, value);
      writer.u8(byteCount);
      write(writer, parseIso(type, value));
    },
  };
}

type MomentWriter = (writer: ByteWriter, moment: Moment) => void;

export function dateTimeEncoder(type: SqlType): ValueEncoder {
  const scale = type.scale ?? DEFAULT_SCALE;
  const timeBytes = timeBytesOf(scale);
  const writeDate: MomentWriter = (writer, { days }) => {
    writer.uint(days + DAYS_YEAR_1, 3);
  };
  const writeTime: MomentWriter = (writer, moment) => {
    writer.uint(ticksOf(moment, scale), timeBytes);
  };
  switch (type.name) {
    case 'date':
      return dated(type, 3, [DATEN], writeDate);
    case 'time':
      return dated(type, timeBytes, [TIMEN, scale], writeTime);
    case 'datetime2':
      return dated(type, timeBytes + 3, [DATETIME2N, scale], (writer, moment) => {
        writeTime(writer, moment);
        writeDate(writer, moment);
      });
    case 'smalldatetime':
      return dated(type, 4, [DATETIMN, 4], (writer, { days, seconds }) => {
        writer.u16(days + DAYS_YEAR_1900);
        writer.u16(Math.floor(seconds / 60));
      });
    default:
      return dated(type, 8, [DATETIMN, 8], (writer, moment) => {
        writer.i32(moment.days + DAYS_YEAR_1900);
        writer.u32(Math.round((ticksOf(moment, 3) * 3) / 10));
      });
  }
}

function readDate(reader: ByteReader): string {
  const days = reader.uint(3);
  if (days > MAX_DAYS_YEAR_1) throw new ProtocolError('a date lies after 9999-12-31');
  return dateText(days - DAYS_YEAR_1);
}

function readTime(reader: ByteReader, byteCount: number, scale: number): string {
  const ticks = reader.uint(byteCount);
  if (ticks >= DAY_SECONDS * 10 ** scale) throw new ProtocolError('a time of day has more than 24 hours');
  return timeText(ticks, scale);
}

/** Days since 1900 and 1/300 seconds: .000, .003, .007 (MS-TDS 2.2.5.5.1.4). */
function readDateTime(reader: ByteReader): string {
  const days = reader.i32() - DAYS_YEAR_1900 + DAYS_YEAR_1;
  const ms = Math.round((reader.u32() * 10) / 3);
  if (days < 0 || days > MAX_DAYS_YEAR_1 || ms >= DAY_MS) throw new ProtocolError('a datetime is out of range');
  return `${dateText(days - DAYS_YEAR_1)}T${timeText(ms, 3)}`;
}

function readSmallDateTime(reader: ByteReader): string {
  const days = reader.u16();
  const minutes = reader.u16();
  if (minutes >= DAY_SECONDS / 60) throw new ProtocolError('a smalldatetime is out of range');
  return `${dateText(days - DAYS_YEAR_1900)}T${timeText(minutes * 60, 0)}`;
}

function nullOr(type: SqlType, byteCount: number, read: (reader: ByteReader) => string): ReturnType<DecoderFactory> {
  return {
    type,
    readValue(reader) {
      const actual = reader.u8();
      if (actual === 0) return null;
      if (actual !== byteCount) throw new ProtocolError(`a ${type.name} has ${actual} bytes`);
      return read(reader);
    },
  };
}

/** time and datetime2: the scale is in TYPE_INFO. */
function scaled(name: SqlTypeName, hasDate: boolean): DecoderFactory {
  return (typeInfo) => {
    const scale = typeInfo.u8();
    if (scale > DEFAULT_SCALE) throw new ProtocolError(`${name}(${scale}) does not exist`);
    const timeBytes = timeBytesOf(scale);
    return nullOr({ name, scale }, timeBytes + (hasDate ? 3 : 0), (reader) => {
      const time = readTime(reader, timeBytes, scale);
      return hasDate ? `${readDate(reader)}T${time}` : time;
    });
  };
}

export const DATE_TIME_DECODERS: Readonly<Record<number, DecoderFactory>> = {
  [DATEN]: () => nullOr({ name: 'date' }, 3, readDate),
  [TIMEN]: scaled('time', false),
  [DATETIME2N]: scaled('datetime2', true),
  [DATETIMN]: (typeInfo) =>
    typeInfo.u8() === 4
      ? nullOr({ name: 'smalldatetime' }, 4, readSmallDateTime)
      : nullOr({ name: 'datetime' }, 8, readDateTime),
  0x3a: () => ({ type: { name: 'smalldatetime' }, readValue: readSmallDateTime }),
  0x3d: () => ({ type: { name: 'datetime' }, readValue: readDateTime }),
};
