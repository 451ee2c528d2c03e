/**
 * Integers, bit, floats, money (MS-TDS 2.2.5.5.1): results use the nullable forms (INTN, BITN, FLTN, MONEYN), whose
 * values carry a length byte, 0 for NULL; requests may also use the fixed forms.
 */
import type { SqlType, SqlTypeName, SqlValue } from '../../backend.ts';
import { ProtocolError, type ByteReader, type ByteWriter } from '../bytes.ts';
import { parseScaled, scaledText } from './decimal.ts';
import { misfit, type DecoderFactory, type ValueEncoder } from './codec.ts';

const INTN = 0x26;
const BITN = 0x68;
const FLTN = 0x6d;
const MONEYN = 0x6e;
const MONEY_SCALE = 4;

interface NumberType {
  readonly name: SqlTypeName;
  readonly byteCount: number;
  readonly read: (reader: ByteReader) => SqlValue;
}

const BIT: NumberType = { name: 'bit', byteCount: 1, read: (reader) => reader.u8() !== 0 };
const TINYINT: NumberType = { name: 'tinyint', byteCount: 1, read: (reader) => reader.u8() };
const SMALLINT: NumberType = { name: 'smallint', byteCount: 2, read: (reader) => reader.i16() };
const INT: NumberType = { name: 'int', byteCount: 4, read: (reader) => reader.i32() };
const BIGINT: NumberType = { name: 'bigint', byteCount: 8, read: (reader) => reader.i64() };
const REAL: NumberType = { name: 'real', byteCount: 4, read: (reader) => reader.float() };
const FLOAT: NumberType = { name: 'float', byteCount: 8, read: (reader) => reader.double() };
const SMALLMONEY: NumberType = {
  name: 'money',
  byteCount: 4,
  read: (reader) => scaledText(BigInt(reader.i32()), MONEY_SCALE),
};
const MONEY: NumberType = { name: 'money', byteCount: 8, read: (reader) => scaledText(readMoney(reader), MONEY_SCALE) };

/** Money is two halves, the high one first (MS-TDS 2.2.5.5.1.2). */
function readMoney(reader: ByteReader): bigint {
  const high = BigInt(reader.i32());
  return (high << 32n) | BigInt(reader.u32());
}

function writeMoney(writer: ByteWriter, scaled: bigint): void {
  writer.i32(Number(scaled >> 32n));
  writer.u32(Number(scaled & 0xffff_ffffn));
}

function numeric(
  typeByte: number,
  byteCount: number,
  write: (writer: ByteWriter, value: SqlValue) => void,
): ValueEncoder {
  return {
    writeTypeInfo(writer) {
      writer.u8(typeByte);
      writer.u8(byteCount);
    },
    writeValue(writer, value) {
      if (value === null) {
        writer.u8(0);
        return;
      }
      writer.u8(byteCount);
      write(writer, value);
    },
  };
}

function asNumber(type: SqlType, value: SqlValue): number {
  if (typeof value !== 'number') throw misfit(type, value);
  return value;
}

export function integerEncoder(type: SqlType): ValueEncoder {
  switch (type.name) {
    case 'tinyint':
      return numeric(INTN, 1, (writer, value) => {
        writer.u8(asNumber(type, value));
      });
    case 'smallint':
      return numeric(INTN, 2, (writer, value) => {
        writer.i16(asNumber(type, value));
      });
    case 'int':
      return numeric(INTN, 4, (writer, value) => {
        writer.i32(asNumber(type, value));
      });
    default:
      return numeric(INTN, 8, (writer, value) => {
        if (typeof value !== 'bigint') throw misfit(type, value);
        writer.i64(value);
      });
  }
}

export function bitEncoder(type: SqlType): ValueEncoder {
  return numeric(BITN, 1, (writer, value) => {
    if (typeof value !== 'boolean') throw misfit(type, value);
    writer.u8(value ? 1 : 0);
  });
}

export function floatEncoder(type: SqlType): ValueEncoder {
  return type.name === 'real'
    ? numeric(FLTN, 4, (writer, value) => {
        writer.float(asNumber(type, value));
      })
    : numeric(FLTN, 8, (writer, value) => {
        writer.double(asNumber(type, value));
      });
}

export function moneyEncoder(type: SqlType): ValueEncoder {
  return numeric(MONEYN, 8, (writer, value) => {
    if (typeof value !== 'string') throw misfit(type, value);
    writeMoney(writer, parseScaled(value, MONEY_SCALE));
  });
}

function fixed(type: NumberType): DecoderFactory {
  const decoder = { type: { name: type.name }, readValue: type.read };
  return () => decoder;
}

/** TYPE_INFO holds the greatest length, each value its own: 0 is NULL. */
function nullable(...family: readonly NumberType[]): DecoderFactory {
  return (reader) => {
    const declared = reader.u8();
    const type = family.find((member) => member.byteCount === declared);
    if (!type) throw new ProtocolError(`a number type of ${declared} bytes does not exist`);
    return {
      type: { name: type.name },
      readValue(values) {
        const byteCount = values.u8();
        if (byteCount === 0) return null;
        if (byteCount === declared) return type.read(values);
        throw new ProtocolError(`a ${type.name} value has ${byteCount} bytes`);
      },
    };
  };
}

export const NUMBER_DECODERS: Readonly<Record<number, DecoderFactory>> = {
  [INTN]: nullable(TINYINT, SMALLINT, INT, BIGINT),
  [BITN]: nullable(BIT),
  [FLTN]: nullable(REAL, FLOAT),
  [MONEYN]: nullable(SMALLMONEY, MONEY),
  0x30: fixed(TINYINT),
  0x32: fixed(BIT),
  0x34: fixed(SMALLINT),
  0x38: fixed(INT),
  0x7f: fixed(BIGINT),
  0x3b: fixed(REAL),
  0x3e: fixed(FLOAT),
  0x3c: fixed(MONEY),
  0x7a: fixed(SMALLMONEY),
};
