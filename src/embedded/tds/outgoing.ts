/**
 * One outgoing message: tokens are collected in a buffer, which leaves in full packets as it grows.
 */
import { ByteWriter } from './bytes.ts';
import type { Channel } from './channel.ts';
import { HEADER_BYTES, packetize, PacketType } from './packets.ts';

/** Enough for one write to carry several packets, little enough for memory to stay flat. */
const FLUSH_BYTES = 32 * 1024;

export class OutgoingMessage {
  readonly tokens = new ByteWriter();
  readonly #channel: Channel;
  readonly #isMuted: boolean;
  #packetId = 1;

  /** A muted message is written like any other and reaches nobody (see `faults.ts`). */
  constructor(channel: Channel, isMuted = false) {
    this.#channel = channel;
    this.#isMuted = isMuted;
  }

  get isFull(): boolean {
    return this.tokens.length >= FLUSH_BYTES;
  }

  /** Sends all full packets; false when the client is slower than we are. */
  flush(): boolean {
    if (this.tokens.length < this.#channel.packetBytes - HEADER_BYTES) return true;
    return this.#send(false);
  }

  end(): void {
    this.#send(true);
  }

  #send(isEndOfMessage: boolean): boolean {
    const { bytes, consumed, packetCount } = packetize(this.tokens.buffer.subarray(0, this.tokens.length), {
      type: PacketType.tabularResult,
      packetBytes: this.#channel.packetBytes,
      spid: this.#channel.spid,
      firstPacketId: this.#packetId,
      isEndOfMessage,
    });
    this.#packetId += packetCount;
    this.tokens.discard(consumed);
    return this.#isMuted || this.#channel.write(bytes);
  }
}
