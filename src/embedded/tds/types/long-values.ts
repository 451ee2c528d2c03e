/**
 * The two framings of long values: partially length-prefixed (PLP, MS-TDS 2.2.5.2.3) for the (MAX) types, and the text
 * pointer form of TEXT, NTEXT and IMAGE (MS-TDS 2.2.7.19, ROW).
 */
import { ProtocolError, type ByteReader, type ByteWriter } from '../bytes.ts';

const PLP_NULL = 0xffff_ffff_ffff_ffffn;
const PLP_UNKNOWN_LENGTH = 0xffff_ffff_ffff_fffen;

export function writePlpNull(writer: ByteWriter): void {
  writer.u32(0xffff_ffff);
  writer.u32(0xffff_ffff);
}

/** Total length, then one chunk of `byteCount` bytes, which the caller writes, then the terminator. */
export function writePlpHeader(writer: ByteWriter, byteCount: number): void {
  writer.u64(byteCount);
  if (byteCount > 0) writer.u32(byteCount);
}

export function writePlpEnd(writer: ByteWriter): void {
  writer.u32(0);
}

export function readPlp(reader: ByteReader): Buffer | null {
  const total = reader.u64();
  if (total === PLP_NULL) return null;
  const chunks: Buffer[] = [];
  for (let byteCount = reader.u32(); byteCount !== 0; byteCount = reader.u32()) chunks.push(reader.bytes(byteCount));
  const [only] = chunks;
  const value = chunks.length === 1 && only ? only : Buffer.concat(chunks);
  if (total !== PLP_UNKNOWN_LENGTH && total !== BigInt(value.length)) {
    throw new ProtocolError(`a long value announces ${total} bytes and has ${value.length}`);
  }
  return value;
}

const TEXT_POINTER_BYTES = 16;
const TIMESTAMP_BYTES = 8;
const NO_POINTER = Buffer.alloc(TEXT_POINTER_BYTES + TIMESTAMP_BYTES);

export function writeTextNull(writer: ByteWriter): void {
  writer.u8(0);
}

/** Clients skip pointer and timestamp: they serve READTEXT and UPDATETEXT, which nobody is offered. */
export function writeTextHeader(writer: ByteWriter, byteCount: number): void {
  writer.u8(TEXT_POINTER_BYTES);
  writer.bytes(NO_POINTER);
  writer.u32(byteCount);
}

/** As written by a bulk load. */
export function readTextWithPointer(reader: ByteReader): Buffer | null {
  const pointerBytes = reader.u8();
  if (pointerBytes === 0) return null;
  reader.skip(pointerBytes + TIMESTAMP_BYTES);
  return reader.bytes(reader.u32());
}

/** As written for a parameter: a four-byte length, -1 for NULL. */
export function readTextParameter(reader: ByteReader): Buffer | null {
  const byteCount = reader.i32();
  if (byteCount === -1) return null;
  if (byteCount < 0) throw new ProtocolError(`a text value has ${byteCount} bytes`);
  return reader.bytes(byteCount);
}
