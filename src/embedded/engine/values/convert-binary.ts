/** Bytes to and from texts (styles 0, 1, 2), integers and GUIDs. */
import { SqlError } from '../../backend.ts';
import type { SqlType, SqlTypeName } from '../../backend.ts';
import { unsupported } from '../../tsql/errors.ts';
import { familyOf, isNational, lengthOf } from '../../tsql/types.ts';
import { codePageBytes, codePageText } from './code-page.ts';
import type { Converter } from './stored.ts';
import { guidFromBinary, guidToBinary } from './guid.ts';
import { assertWellFormed } from './stored-text.ts';

const INTEGER_BYTES: Readonly<Partial<Record<SqlTypeName, number>>> = {
  bit: 1,
  tinyint: 1,
  smallint: 2,
  int: 4,
  bigint: 8,
};

export function toBinary(from: SqlType, to: SqlType, style: number | null): Converter {
  switch (familyOf(from)) {
    case 'integer': {
      const width = INTEGER_BYTES[from.name] ?? 8;
      return (value) => {
        const bytes = Buffer.alloc(8);
        bytes.writeBigInt64BE(BigInt(value as number | bigint));
        return bytes.subarray(8 - width);
      };
    }
    case 'guid':
      return (value) => guidToBinary(value as Uint8Array);
    case 'text':
      return bytesFromText(from, to, style);
    default:
      throw unsupported(`Conversion of ${from.name} to ${to.name}`);
  }
}

function bytesFromText(from: SqlType, to: SqlType, style: number | null): Converter {
  if (style === 1 || style === 2) {
    return (value) => {
      const text = (value as string).trimEnd();
      const digits = style === 2 ? text : /^0x/i.test(text) ? text.slice(2) : null;
      if (digits === null || !/^(?:[0-9a-f]{2})*$/i.test(digits)) {
        throw new SqlError(
          8114,
          `Error converting data type ${isNational(from) ? 'nvarchar' : 'varchar'} to ${to.name}.`,
          16,
          5,
        );
      }
      return Buffer.from(digits, 'hex');
    };
  }
  if (style !== null && style !== 0) throw unsupported(`CONVERT of ${from.name} to ${to.name} with style ${style}`);
  return isNational(from)
    ? (value) => Buffer.from(value as string, 'utf16le')
    : (value) => codePageBytes(value as string);
}

export function fromBinary(from: SqlType, to: SqlType, style: number | null): Converter {
  switch (familyOf(to)) {
    case 'integer': {
      const width = INTEGER_BYTES[to.name] ?? 8;
      return (value) => integerFromBytes(value as Uint8Array, width, to);
    }
    case 'guid':
      return (value) => {
        if ((value as Uint8Array).length < 16)
          throw new SqlError(8169, 'Conversion failed when converting from binary to uniqueidentifier.', 16, 2);
        return guidFromBinary((value as Uint8Array).subarray(0, 16));
      };
    case 'text':
      return textFromBytes(from, to, style);
    default:
      throw unsupported(`Conversion of ${from.name} to ${to.name}`);
  }
}

/** The last bytes count, high byte first; the sign is that of the full width only. */
function integerFromBytes(bytes: Uint8Array, width: number, to: SqlType): bigint {
  const last = Buffer.alloc(8);
  const used = bytes.subarray(Math.max(0, bytes.length - width));
  last.set(used, 8 - used.length);
  const unsigned = last.readBigUInt64BE();
  if (to.name === 'bit') return unsigned === 0n ? 0n : 1n;
  return to.name === 'tinyint' ? unsigned : BigInt.asIntN(width * 8, unsigned);
}

function textFromBytes(from: SqlType, to: SqlType, style: number | null): Converter {
  if (style === 1 || style === 2) {
    const prefix = style === 1 ? '0x' : '';
    return (value) => {
      const bytes = value as Uint8Array;
      // only whole bytes are shown when the text is too short for all
      const room = Math.floor((lengthOf(to) - prefix.length) / 2);
      return (
        prefix +
        Buffer.from(bytes.subarray(0, Math.max(0, Math.min(bytes.length, room))))
          .toString('hex')
          .toUpperCase()
      );
    };
  }
  if (style !== null && style !== 0) throw unsupported(`CONVERT of ${from.name} to ${to.name} with style ${style}`);
  if (!isNational(to)) return (value) => codePageText(value as Uint8Array);
  return (value) => {
    const bytes = value as Uint8Array;
    const even = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(1)]);
    const text = Buffer.from(even).toString('utf16le');
    assertWellFormed(text);
    return text;
  };
}
