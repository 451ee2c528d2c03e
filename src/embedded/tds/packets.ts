/**
 * Packets (MS-TDS 2.2.3): each message travels as one or more packets of an eight-byte header and data.
 *
 *   Type BYTE · Status BYTE · Length USHORT big-endian, header included · SPID USHORT big-endian · PacketID BYTE · 0
 */
import { ProtocolError } from './bytes.ts';

export const HEADER_BYTES = 8;

/** MS-TDS 2.2.3.1.1. */
export const PacketType = {
  sqlBatch: 0x01,
  rpc: 0x03,
  tabularResult: 0x04,
  attention: 0x06,
  bulkLoad: 0x07,
  transactionManager: 0x0e,
  login7: 0x10,
  sspi: 0x11,
  preLogin: 0x12,
} as const;

const CLIENT_TYPES: ReadonlySet<number> = new Set([
  PacketType.sqlBatch,
  PacketType.rpc,
  PacketType.attention,
  PacketType.bulkLoad,
  PacketType.transactionManager,
  PacketType.login7,
  PacketType.sspi,
  PacketType.preLogin,
]);

/** MS-TDS 2.2.3.1.2. */
export const PacketStatus = {
  endOfMessage: 0x01,
  ignore: 0x02,
  resetConnection: 0x08,
  resetConnectionSkipTran: 0x10,
} as const;

/** Until LOGIN7 has negotiated another (MS-TDS 2.2.3.1.3). */
export const DEFAULT_PACKET_BYTES = 4096;
/** MS-TDS 2.2.3.1.3: "the maximum packet size … 32767". */
export const MAX_PACKET_BYTES = 32_767;

export interface Packet {
  readonly type: number;
  readonly status: number;
  /** A view on the received bytes. */
  readonly data: Buffer;
}

/** Cuts a byte stream into packets. */
export class PacketReader {
  #pending: Buffer = Buffer.alloc(0);

  /** Bytes of a packet that has not arrived in full. */
  get pendingBytes(): number {
    return this.#pending.length;
  }

  push(chunk: Buffer): Packet[] {
    let bytes = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    const packets: Packet[] = [];
    while (bytes.length > 0) {
      const type = bytes.readUInt8(0);
      if (!CLIENT_TYPES.has(type)) throw new ProtocolError(`no client packet has type 0x${type.toString(16)}`);
      if (bytes.length < HEADER_BYTES) break;
      const length = bytes.readUInt16BE(2);
      if (length < HEADER_BYTES || length > MAX_PACKET_BYTES) {
        throw new ProtocolError(`packet length ${length} is out of range`);
      }
      if (bytes.length < length) break;
      packets.push({ type, status: bytes.readUInt8(1), data: bytes.subarray(HEADER_BYTES, length) });
      bytes = bytes.subarray(length);
    }
    this.#pending = bytes;
    return packets;
  }
}

export interface PacketizeOptions {
  readonly type: number;
  readonly packetBytes: number;
  readonly spid: number;
  /** PacketID of the first packet; counts modulo 256 over one message (MS-TDS 2.2.3.1.5). */
  readonly firstPacketId: number;
  /** Whether the last of these packets ends the message. If not, only full packets are made of the data. */
  readonly isEndOfMessage: boolean;
}

/** Puts data into packets, all in one buffer; returns how many bytes of `data` are in them and how many packets. */
export function packetize(
  data: Uint8Array,
  options: PacketizeOptions,
): { readonly bytes: Buffer; readonly consumed: number; readonly packetCount: number } {
  const capacity = options.packetBytes - HEADER_BYTES;
  // The last packet of a message may be short or even empty; before it, what fills no packet stays with the caller.
  const packetCount = options.isEndOfMessage
    ? Math.max(1, Math.ceil(data.length / capacity))
    : Math.floor(data.length / capacity);
  const consumed = options.isEndOfMessage ? data.length : packetCount * capacity;
  const bytes = Buffer.allocUnsafe(consumed + packetCount * HEADER_BYTES);
  for (let index = 0, from = 0, at = 0; index < packetCount; index++) {
    const to = Math.min(from + capacity, consumed);
    const isLast = options.isEndOfMessage && index === packetCount - 1;
    bytes.writeUInt8(options.type, at);
    bytes.writeUInt8(isLast ? PacketStatus.endOfMessage : 0, at + 1);
    bytes.writeUInt16BE(to - from + HEADER_BYTES, at + 2);
    bytes.writeUInt16BE(options.spid & 0xffff, at + 4);
    bytes.writeUInt8((options.firstPacketId + index) & 0xff, at + 6);
    bytes.writeUInt8(0, at + 7);
    bytes.set(data.subarray(from, to), at + HEADER_BYTES);
    at += HEADER_BYTES + to - from;
    from = to;
  }
  return { bytes, consumed, packetCount };
}
