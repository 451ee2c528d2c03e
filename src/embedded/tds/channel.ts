/**
 * One connection's line: messages in, packets out, whatever carries them (TCP, or TLS on top of it).
 *
 * It listens all the time, so that an attention (MS-TDS 2.2.1.7) reaches a running request; other messages wait in a
 * queue until the connection asks for them (MS-TDS 3.3.5.9).
 */
import type { Duplex } from 'node:stream';
import { ProtocolError } from './bytes.ts';
import { MessageReader, type Message } from './messages.ts';
import { DEFAULT_PACKET_BYTES, PacketType } from './packets.ts';

/** Nobody reads the reply any more. The reason of every signal that a lost line aborts. */
export class LineClosed extends Error {
  override readonly name = 'LineClosed';
}

/** A client without MARS has one request under way; a long queue means that it is no such client. */
const MAX_QUEUED_MESSAGES = 32;

export class Channel {
  packetBytes = DEFAULT_PACKET_BYTES;
  /** Shown in packet headers; known after the login. */
  spid = 0;
  /** Called as soon as an attention has arrived, whatever else is waiting. */
  onAttention: (() => void) | null = null;

  readonly #socket: Duplex;
  #stream: Duplex;
  readonly #messages = new MessageReader();
  readonly #queue: Message[] = [];
  readonly #closing = new AbortController();
  #failure: Error | null = null;
  #wake: (() => void) | null = null;
  #isDeaf = false;

  constructor(socket: Duplex) {
    this.#socket = socket;
    this.#stream = socket;
    socket.on('error', this.#lost);
    socket.on('close', this.#lost);
    this.#listen(socket);
  }

  /** Aborted when the line is gone. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  get hasQueuedAttention(): boolean {
    return this.#queue.some((message) => message.type === PacketType.attention);
  }

  /** The next message in order; null after the client has gone. Throws `ProtocolError` if it sent garbage. */
  async nextMessage(): Promise<Message | null> {
    for (;;) {
      const message = this.#queue.shift();
      if (message) return message;
      if (this.#failure) throw this.#failure;
      if (this.closed.aborted) return null;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Moves the conversation to another carrier: TLS after PRELOGIN, or back to bare TCP after the login. */
  switchTo(stream: Duplex): void {
    if (!this.#messages.isAtRest || this.#queue.length > 0) {
      throw new ProtocolError('the client went on talking while TLS was negotiated');
    }
    this.#stream.off('data', this.#receive);
    this.#stream.off('end', this.#lost);
    this.#stream = stream;
    if (stream !== this.#socket) {
      stream.on('error', this.#lost);
      stream.on('close', this.#lost);
    }
    this.#listen(stream);
  }

  /** False when the client reads more slowly than we write: wait for `drained`. */
  write(bytes: Buffer): boolean {
    return this.closed.aborted || this.#stream.destroyed || this.#stream.write(bytes);
  }

  /** Resolves when there is room again, or when `signal` aborts, or when the line is gone; never rejects. */
  drained(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        this.#stream.off('drain', settle);
        signal.removeEventListener('abort', settle);
        this.closed.removeEventListener('abort', settle);
        resolve();
      };
      if (signal.aborted || this.closed.aborted) {
        resolve();
        return;
      }
      this.#stream.on('drain', settle);
      signal.addEventListener('abort', settle);
      this.closed.addEventListener('abort', settle);
    });
  }

  /** From now on nothing that the client says is heard, though the line stays up. */
  goDeaf(): void {
    this.#isDeaf = true;
    this.#queue.length = 0;
  }

  /** Sends what is written, then closes. */
  end(): void {
    this.goDeaf();
    this.#stream.end(() => {
      this.#socket.end(() => {
        this.#socket.destroy();
      });
    });
  }

  /** Cuts the line at once. */
  destroy(): void {
    this.#socket.destroy();
    if (this.#stream !== this.#socket) this.#stream.destroy();
    this.#lost();
  }

  #listen(stream: Duplex): void {
    stream.on('data', this.#receive);
    stream.on('end', this.#lost);
    stream.resume();
  }

  readonly #receive = (chunk: Buffer): void => {
    if (this.#isDeaf) return;
    try {
      for (const message of this.#messages.push(chunk)) this.#accept(message);
    } catch (error) {
      this.#failure = error as Error;
      this.#isDeaf = true;
      this.#closing.abort(error);
    }
    this.#wakeUp();
  };

  #accept(message: Message): void {
    this.#queue.push(message);
    if (this.#queue.length > MAX_QUEUED_MESSAGES) throw new ProtocolError('too many requests at once');
    if (message.type === PacketType.attention) this.onAttention?.();
  }

  readonly #lost = (): void => {
    this.#closing.abort(new LineClosed('the client has gone'));
    this.#wakeUp();
  };

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
