/**
 * Character and binary types (MS-TDS 2.2.5.4.3, 2.2.5.5.1.1-2.2.5.5.1.3): a two-byte length in front of the ordinary ones,
 * PLP for (MAX), text pointers for TEXT, NTEXT and IMAGE.
 *
 * Eight types, two questions: how is the value framed, and are its bytes text?
 */
import type { SqlType, SqlTypeName, SqlValue } from '../../backend.ts';
import { ProtocolError, type ByteReader, type ByteWriter } from '../bytes.ts';
import { misfit, type DecoderFactory, type ValueEncoder } from './codec.ts';
import { COLLATION, COLLATION_BYTES, decodeCodePage, writeCodePage } from './collation.ts';
import {
  readPlp,
  readTextParameter,
  readTextWithPointer,
  writePlpEnd,
  writePlpHeader,
  writePlpNull,
  writeTextHeader,
  writeTextNull,
} from './long-values.ts';

/** How bytes and values of the seam correspond. */
interface Content {
  readonly bytesPerUnit: 1 | 2;
  readonly isText: boolean;
  /** Calls `frame` with the number of bytes, then writes them. */
  readonly write: (type: SqlType, writer: ByteWriter, value: SqlValue, frame: (byteCount: number) => void) => void;
  readonly read: (bytes: Buffer) => string | Uint8Array;
}

const CODE_PAGE_TEXT: Content = {
  bytesPerUnit: 1,
  isText: true,
  write(type, writer, value, frame) {
    if (typeof value !== 'string') throw misfit(type, value);
    writeCodePage(writer, value, frame);
  },
  read: decodeCodePage,
};

const UNICODE_TEXT: Content = {
  bytesPerUnit: 2,
  isText: true,
  write(type, writer, value, frame) {
    if (typeof value !== 'string') throw misfit(type, value);
    frame(value.length * 2);
    writer.utf16(value);
  },
  read(bytes) {
    if (bytes.length % 2 !== 0) throw new ProtocolError('a Unicode string has an odd number of bytes');
    return bytes.toString('utf16le');
  },
};

const BYTES: Content = {
  bytesPerUnit: 1,
  isText: false,
  write(type, writer, value, frame) {
    if (!(value instanceof Uint8Array)) throw misfit(type, value);
    frame(value.length);
    writer.bytes(value);
  },
  read: (bytes) => bytes,
};

interface StringType {
  readonly name: SqlTypeName;
  readonly typeByte: number;
  readonly content: Content;
}

const SHORT_TYPES: readonly StringType[] = [
  { name: 'char', typeByte: 0xaf, content: CODE_PAGE_TEXT },
  { name: 'varchar', typeByte: 0xa7, content: CODE_PAGE_TEXT },
  { name: 'nchar', typeByte: 0xef, content: UNICODE_TEXT },
  { name: 'nvarchar', typeByte: 0xe7, content: UNICODE_TEXT },
  { name: 'binary', typeByte: 0xad, content: BYTES },
  { name: 'varbinary', typeByte: 0xa5, content: BYTES },
];

const LONG_TYPES: readonly StringType[] = [
  { name: 'text', typeByte: 0x23, content: CODE_PAGE_TEXT },
  { name: 'ntext', typeByte: 0x63, content: UNICODE_TEXT },
  { name: 'image', typeByte: 0x22, content: BYTES },
];

const MAX_SHORT_BYTES = 8000;
/** As a length in TYPE_INFO: (MAX). As the length of a value: NULL. */
const LENGTH_FFFF = 0xffff;

export function stringEncoder(type: SqlType): ValueEncoder {
  const longType = LONG_TYPES.find(({ name }) => name === type.name);
  if (longType) return textPointerEncoder(type, longType);
  const shortType = SHORT_TYPES.find(({ name }) => name === type.name);
  if (!shortType) throw misfit(type, null);
  const units = type.length ?? 'max';
  const byteCount = units === 'max' ? Infinity : Math.max(1, units) * shortType.content.bytesPerUnit;
  return byteCount > MAX_SHORT_BYTES ? plpEncoder(type, shortType) : shortEncoder(type, shortType, byteCount);
}

function shortEncoder(type: SqlType, { typeByte, content }: StringType, maxByteCount: number): ValueEncoder {
  return {
    writeTypeInfo(writer) {
      writer.u8(typeByte);
      writer.u16(maxByteCount);
      if (content.isText) writer.bytes(COLLATION);
    },
    writeValue(writer, value) {
      if (value === null) {
        writer.u16(LENGTH_FFFF);
        return;
      }
      content.write(type, writer, value, (byteCount) => {
        if (byteCount > maxByteCount) throw new RangeError('a value is longer than its column');
        writer.u16(byteCount);
      });
    },
  };
}

function plpEncoder(type: SqlType, { typeByte, content }: StringType): ValueEncoder {
  return {
    writeTypeInfo(writer) {
      writer.u8(typeByte);
      writer.u16(LENGTH_FFFF);
      if (content.isText) writer.bytes(COLLATION);
    },
    writeValue(writer, value) {
      if (value === null) {
        writePlpNull(writer);
        return;
      }
      content.write(type, writer, value, (byteCount) => {
        writePlpHeader(writer, byteCount);
      });
      writePlpEnd(writer);
    },
  };
}

function textPointerEncoder(type: SqlType, { typeByte, content }: StringType): ValueEncoder {
  return {
    writeTypeInfo(writer) {
      writer.u8(typeByte);
      writer.u32(0x7fff_ffff);
      if (content.isText) writer.bytes(COLLATION);
      // TableName of COLMETADATA (MS-TDS 2.2.7.4): in no parts, since a result need not come from one table.
      writer.u8(0);
    },
    writeValue(writer, value) {
      if (value === null) writeTextNull(writer);
      else {
        content.write(type, writer, value, (byteCount) => {
          writeTextHeader(writer, byteCount);
        });
      }
    },
  };
}

function shortDecoder({ name, content }: StringType): DecoderFactory {
  return (reader) => {
    const maxByteCount = reader.u16();
    if (content.isText) reader.skip(COLLATION_BYTES);
    const isMax = maxByteCount === LENGTH_FFFF;
    const readBytes = isMax ? readPlp : readShort;
    return {
      type: { name, length: isMax ? 'max' : maxByteCount / content.bytesPerUnit },
      readValue(values) {
        const bytes = readBytes(values);
        return bytes === null ? null : content.read(bytes);
      },
    };
  };
}

function readShort(reader: ByteReader): Buffer | null {
  const byteCount = reader.u16();
  return byteCount === LENGTH_FFFF ? null : reader.bytes(byteCount);
}

function longDecoder({ name, content }: StringType): DecoderFactory {
  return (reader, place) => {
    reader.skip(4);
    if (content.isText) reader.skip(COLLATION_BYTES);
    const readBytes = place === 'parameter' ? readTextParameter : readTextWithPointer;
    return {
      type: { name },
      readValue(values) {
        const bytes = readBytes(values);
        return bytes === null ? null : content.read(bytes);
      },
    };
  };
}

export const STRING_DECODERS: Readonly<Record<number, DecoderFactory>> = Object.fromEntries([
  ...SHORT_TYPES.map((type) => [type.typeByte, shortDecoder(type)] as const),
  ...LONG_TYPES.map((type) => [type.typeByte, longDecoder(type)] as const),
]);
