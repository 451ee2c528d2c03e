/**
 * Messages (MS-TDS 2.2.1): the packets from one to the next end-of-message bit, put together.
 */
import { ProtocolError } from './bytes.ts';
import { PacketReader, PacketStatus, PacketType, type Packet } from './packets.ts';

/** A larger request is refused with an error; its bytes are not kept. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

export interface Message {
  readonly type: number;
  /** Empty when the message was ignored or too large. */
  readonly data: Buffer;
  /** Bit RESETCONNECTION: run sp_reset_connection before this request. */
  readonly isReset: boolean;
  /** The client took the request back before it was complete (MS-TDS 2.2.1.7, ignore bit). */
  readonly isIgnored: boolean;
  readonly isTooLarge: boolean;
}

/** Assembles a byte stream into messages. */
export class MessageReader {
  readonly #packets = new PacketReader();
  #type: number | null = null;
  #isReset = false;
  #parts: Buffer[] = [];
  #byteCount = 0;

  /** True between messages: the moment at which the transport may change (TLS up or down). */
  get isAtRest(): boolean {
    return this.#type === null && this.#packets.pendingBytes === 0;
  }

  push(chunk: Buffer): Message[] {
    const messages: Message[] = [];
    for (const packet of this.#packets.push(chunk)) {
      const message = this.#add(packet);
      if (message !== null) messages.push(message);
    }
    return messages;
  }

  #add(packet: Packet): Message | null {
    this.#start(packet);
    this.#byteCount += packet.data.length;
    if (this.#byteCount <= MAX_MESSAGE_BYTES) this.#parts.push(packet.data);
    else this.#parts = [];
    return (packet.status & PacketStatus.endOfMessage) === 0 ? null : this.#finish(packet);
  }

  #start(packet: Packet): void {
    if (packet.status & PacketStatus.resetConnectionSkipTran) {
      throw new ProtocolError('RESETCONNECTIONSKIPTRAN is for distributed transactions, which are not served');
    }
    if (this.#type === null) {
      this.#type = packet.type;
      this.#isReset = (packet.status & PacketStatus.resetConnection) !== 0;
    } else if (packet.type === PacketType.attention) {
      // MS-TDS 2.2.1.7 asks for the ignore bit here; a client that sends the attention anyway means the same.
      this.#type = packet.type;
      this.#parts = [];
      this.#byteCount = 0;
    } else if (packet.type !== this.#type) {
      throw new ProtocolError('a message changes its type half-way');
    }
  }

  #finish(packet: Packet): Message {
    const isIgnored = (packet.status & PacketStatus.ignore) !== 0;
    const isTooLarge = this.#byteCount > MAX_MESSAGE_BYTES;
    const [only] = this.#parts;
    const message: Message = {
      type: packet.type,
      data: isIgnored ? Buffer.alloc(0) : this.#parts.length === 1 && only ? only : Buffer.concat(this.#parts),
      isReset: this.#isReset,
      isIgnored,
      isTooLarge,
    };
    this.#type = null;
    this.#isReset = false;
    this.#parts = [];
    this.#byteCount = 0;
    return message;
  }
}
