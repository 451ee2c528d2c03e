/**
 * TLS inside TDS (MS-TDS 2.2.6.5, 3.3.5.2): during the handshake each flight of TLS records travels as the data of a
 * PRELOGIN message; after it the records are bare on the wire, and the TDS packets are inside them.
 *
 * The handshake is over for both directions when the client's first bare record arrives: it sends one only after it has
 * accepted the server's Finished. That holds up to TLS 1.2, which is as far as TDS 7.x goes.
 */
import { Duplex } from 'node:stream';
import { DEFAULT_PACKET_BYTES, packetize, PacketReader, PacketType } from './packets.ts';

/** The stream that a TLSSocket sits on, between it and the TCP socket. */
export class TlsTunnel extends Duplex {
  readonly #socket: Duplex;
  readonly #packets = new PacketReader();
  #isHandshake = true;
  #isDetached = false;

  constructor(socket: Duplex) {
    super();
    this.#socket = socket;
    socket.on('data', this.#receive);
    socket.on('end', this.#end);
    socket.on('close', this.#close);
    socket.resume();
  }

  /** Gives the socket back, for the rest of a connection whose login alone was encrypted. */
  detach(): void {
    this.#isDetached = true;
    this.#socket.off('data', this.#receive);
    this.#socket.off('end', this.#end);
    this.#socket.off('close', this.#close);
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(chunk, done);
  }

  /** TLS writes a flight in pieces, but clients wait for exactly one message per flight: so join them. */
  override _writev(pieces: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#send(Buffer.concat(pieces.map((piece) => piece.chunk)), done);
  }

  override _final(done: () => void): void {
    done();
  }

  #send(records: Buffer, done: (error?: Error | null) => void): void {
    // What TLS still has to say at the end (an alert) would be garbage between bare packets.
    if (this.#isDetached) {
      done();
      return;
    }
    this.#socket.write(this.#isHandshake ? wrapFlight(records) : records, (error) => {
      done(error);
    });
  }

  readonly #receive = (chunk: Buffer): void => {
    try {
      const isBare = this.#packets.pendingBytes === 0 && chunk[0] !== PacketType.preLogin;
      if (this.#isHandshake && isBare) this.#isHandshake = false;
      const records = this.#isHandshake ? this.#packets.push(chunk).map((packet) => packet.data) : [chunk];
      for (const bytes of records) if (!this.push(bytes)) this.#socket.pause();
    } catch (error) {
      this.destroy(error as Error);
    }
  };

  readonly #end = (): void => {
    this.push(null);
  };

  readonly #close = (): void => {
    this.destroy();
  };
}

function wrapFlight(records: Buffer): Buffer {
  const options = { type: PacketType.preLogin, packetBytes: DEFAULT_PACKET_BYTES, spid: 0, firstPacketId: 1 };
  return packetize(records, { ...options, isEndOfMessage: true }).bytes;
}
