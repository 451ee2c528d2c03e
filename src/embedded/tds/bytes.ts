/**
 * Reading and writing the little-endian primitives of MS-TDS 2.2.5 (data type definitions).
 *
 * The reader never trusts a length: past the end it throws `ProtocolError`, which ends the connection. The writer is
 * one growing buffer, reused for every token of a reply.
 */

/** The client's bytes are not TDS as MS-TDS defines it. Nothing can be trusted after it, so the connection ends. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

export class ByteReader {
  readonly buffer: Buffer;
  offset: number;

  constructor(buffer: Buffer, offset = 0) {
    this.buffer = buffer;
    this.offset = offset;
  }

  get remaining(): number {
    return this.buffer.length - this.offset;
  }

  u8(): number {
    return this.buffer.readUInt8(this.#advance(1));
  }

  u16(): number {
    return this.buffer.readUInt16LE(this.#advance(2));
  }

  u32(): number {
    return this.buffer.readUInt32LE(this.#advance(4));
  }

  i16(): number {
    return this.buffer.readInt16LE(this.#advance(2));
  }

  i32(): number {
    return this.buffer.readInt32LE(this.#advance(4));
  }

  u64(): bigint {
    return this.buffer.readBigUInt64LE(this.#advance(8));
  }

  i64(): bigint {
    return this.buffer.readBigInt64LE(this.#advance(8));
  }

  float(): number {
    return this.buffer.readFloatLE(this.#advance(4));
  }

  double(): number {
    return this.buffer.readDoubleLE(this.#advance(8));
  }

  /** An unsigned integer of 1 to 6 bytes. */
  uint(byteCount: number): number {
    return this.buffer.readUIntLE(this.#advance(byteCount), byteCount);
  }

  /** A view, not a copy: message buffers are never written again. */
  bytes(byteCount: number): Buffer {
    const start = this.#advance(byteCount);
    return this.buffer.subarray(start, start + byteCount);
  }

  skip(byteCount: number): void {
    this.#advance(byteCount);
  }

  utf16(characterCount: number): string {
    const start = this.#advance(characterCount * 2);
    return this.buffer.toString('utf16le', start, start + characterCount * 2);
  }

  /** B_VARCHAR: one length byte, then that many UTF-16 characters. */
  bVarChar(): string {
    return this.utf16(this.u8());
  }

  /** US_VARCHAR: a two-byte length, then that many UTF-16 characters. */
  usVarChar(): string {
    return this.utf16(this.u16());
  }

  #advance(byteCount: number): number {
    const start = this.offset;
    if (start + byteCount > this.buffer.length) {
      throw new ProtocolError(`message ends ${start + byteCount - this.buffer.length} bytes early`);
    }
    this.offset = start + byteCount;
    return start;
  }
}

const INITIAL_BYTES = 16 * 1024;
const KEPT_BYTES = 1024 * 1024;

export class ByteWriter {
  buffer: Buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
  length = 0;

  u8(value: number): void {
    const at = this.#advance(1);
    this.buffer.writeUInt8(value, at);
  }

  u16(value: number): void {
    const at = this.#advance(2);
    this.buffer.writeUInt16LE(value, at);
  }

  u32(value: number): void {
    const at = this.#advance(4);
    this.buffer.writeUInt32LE(value, at);
  }

  i16(value: number): void {
    const at = this.#advance(2);
    this.buffer.writeInt16LE(value, at);
  }

  i32(value: number): void {
    const at = this.#advance(4);
    this.buffer.writeInt32LE(value, at);
  }

  i64(value: bigint): void {
    const at = this.#advance(8);
    this.buffer.writeBigInt64LE(value, at);
  }

  /** A count or length below 2^53 in eight bytes. */
  u64(value: number): void {
    const at = this.#advance(8);
    this.buffer.writeUInt32LE(value % 0x1_0000_0000, at);
    this.buffer.writeUInt32LE(Math.floor(value / 0x1_0000_0000), at + 4);
  }

  float(value: number): void {
    const at = this.#advance(4);
    this.buffer.writeFloatLE(value, at);
  }

  double(value: number): void {
    const at = this.#advance(8);
    this.buffer.writeDoubleLE(value, at);
  }

  /** An unsigned integer of 1 to 6 bytes. */
  uint(value: number, byteCount: number): void {
    const at = this.#advance(byteCount);
    this.buffer.writeUIntLE(value, at, byteCount);
  }

  bytes(value: Uint8Array): void {
    const at = this.#advance(value.length);
    this.buffer.set(value, at);
  }

  utf16(value: string): void {
    const at = this.#advance(value.length * 2);
    this.buffer.write(value, at, 'utf16le');
  }

  latin1(value: string): void {
    const at = this.#advance(value.length);
    this.buffer.write(value, at, 'latin1');
  }

  bVarChar(value: string): void {
    this.u8(value.length);
    this.utf16(value);
  }

  usVarChar(value: string): void {
    this.u16(value.length);
    this.utf16(value);
  }

  /** Writes what follows, then its byte length in front of it (the USHORT Length of many tokens). */
  withLength16(write: () => void): void {
    const at = this.#advance(2);
    write();
    this.buffer.writeUInt16LE(this.length - at - 2, at);
  }

  /** Forgets the first bytes, already sent; a buffer that one huge value blew up is let go. */
  discard(byteCount: number): void {
    const rest = this.buffer.subarray(byteCount, this.length);
    if (this.buffer.length > KEPT_BYTES && rest.length < INITIAL_BYTES) {
      this.buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
    }
    this.buffer.set(rest, 0);
    this.length = rest.length;
  }

  /**
   * Makes room, and may replace `this.buffer`: call it in a statement of its own, or the receiver of the write is the old
   * buffer.
   */
  #advance(byteCount: number): number {
    const start = this.length;
    const end = start + byteCount;
    if (end > this.buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(end, this.buffer.length * 2));
      larger.set(this.buffer.subarray(0, start), 0);
      this.buffer = larger;
    }
    this.length = end;
    return start;
  }
}
