/**
 * DECIMALN and NUMERICN (MS-TDS 2.2.5.5.1.6): a sign byte, 1 for plus, and the unscaled magnitude. Values are exact
 * decimal text on our side, so nothing passes through a floating-point number.
 */
import type { SqlType } from '../../backend.ts';
import { ProtocolError, type ByteReader, type ByteWriter } from '../bytes.ts';
import { misfit, type DecoderFactory, type ValueEncoder } from './codec.ts';

const DECIMALN = 0x6a;
const NUMERICN = 0x6c;
const MAX_PRECISION = 38;
const DEFAULT_PRECISION = 18;

/** "-12.5" with scale 2 is -1250n. More fraction digits than the scale are a bug of whoever made the value. */
export function parseScaled(text: string, scale: number): bigint {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  const fraction = match?.[3] ?? '';
  if (!match || fraction.length > scale) throw new TypeError(`'${text}' is no decimal of scale ${scale}`);
  const magnitude = BigInt((match[2] ?? '') + fraction.padEnd(scale, '0'));
  return match[1] === '-' ? -magnitude : magnitude;
}

/** The inverse: exactly `scale` fraction digits. */
export function scaledText(unscaled: bigint, scale: number): string {
  const sign = unscaled < 0n ? '-' : '';
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Sign and magnitude: 4, 8, 12 or 16 bytes of magnitude, by precision. */
function byteCountOf(precision: number): number {
  if (precision <= 9) return 5;
  if (precision <= 19) return 9;
  return precision <= 28 ? 13 : 17;
}

export function decimalEncoder(type: SqlType): ValueEncoder {
  const precision = type.precision ?? DEFAULT_PRECISION;
  const scale = type.scale ?? 0;
  const byteCount = byteCountOf(precision);
  return {
    writeTypeInfo(writer) {
      writer.u8(type.name === 'numeric' ? NUMERICN : DECIMALN);
      writer.u8(byteCount);
      writer.u8(precision);
      writer.u8(scale);
    },
    writeValue(writer, value) {
      if (value === null) {
        writer.u8(0);
        return;
      }
      if (typeof value !== 'string') throw misfit(type, value);
      writer.u8(byteCount);
      writeSignAndMagnitude(writer, parseScaled(value, scale), byteCount - 1);
    },
  };
}

function writeSignAndMagnitude(writer: ByteWriter, unscaled: bigint, byteCount: number): void {
  writer.u8(unscaled < 0n ? 0 : 1);
  let rest = unscaled < 0n ? -unscaled : unscaled;
  for (let written = 0; written < byteCount; written += 4) {
    writer.u32(Number(rest & 0xffff_ffffn));
    rest >>= 32n;
  }
  if (rest !== 0n) throw new RangeError('a decimal value has more digits than its precision');
}

function decimalDecoder(name: 'decimal' | 'numeric'): DecoderFactory {
  return (reader) => {
    reader.skip(1);
    const precision = reader.u8();
    const scale = reader.u8();
    if (precision < 1 || precision > MAX_PRECISION || scale > precision) {
      throw new ProtocolError(`decimal(${precision}, ${scale}) does not exist`);
    }
    return { type: { name, precision, scale }, readValue: (values) => readDecimal(values, scale) };
  };
}

function readDecimal(reader: ByteReader, scale: number): string | null {
  const byteCount = reader.u8();
  if (byteCount === 0) return null;
  if (byteCount > 17 || byteCount % 4 !== 1) throw new ProtocolError(`a decimal has ${byteCount} bytes`);
  const isNegative = reader.u8() === 0;
  let magnitude = 0n;
  for (let shift = 0n; shift < BigInt(byteCount - 1) * 8n; shift += 32n) magnitude |= BigInt(reader.u32()) << shift;
  return scaledText(isNegative ? -magnitude : magnitude, scale);
}

export const DECIMAL_DECODERS: Readonly<Record<number, DecoderFactory>> = {
  [DECIMALN]: decimalDecoder('decimal'),
  [NUMERICN]: decimalDecoder('numeric'),
};
