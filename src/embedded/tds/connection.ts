/**
 * The life of one connection (MS-TDS 3.3.1, the server's state machine, as one function after another): log in, answer
 * requests one at a time, close the session exactly once however it ends.
 */
import type { Socket } from 'node:net';
import { SqlError, type SqlSession } from '../backend.ts';
import { ProtocolError } from './bytes.ts';
import { Channel } from './channel.ts';
import { Executor } from './executor.ts';
import { injectedError, type FaultAction } from './faults.ts';
import { openSession, type LoginContext } from './login.ts';
import type { Message } from './messages.ts';
import { PacketType } from './packets.ts';
import { acknowledgeAttention, Reply } from './reply.ts';
import { parseRequest, type Request } from './requests.ts';
import { TransactionState } from './transaction-state.ts';

export interface ConnectionContext extends LoginContext {
  /** The clock of slow-rows faults. Rejects or resolves early when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onInternalError: (error: unknown) => void;
}

/** The reason of a signal that an attention aborted. */
export class RequestCancelled extends Error {
  override readonly name = 'RequestCancelled';
}

/** From here on the server ends the connection (MS-TDS 2.2.7.10). */
const FATAL_SEVERITY = 20;

/** Resolves when the connection is over and its session closed; never rejects. */
export async function serveConnection(socket: Socket, context: ConnectionContext): Promise<void> {
  const channel = new Channel(socket);
  let session: SqlSession | null = null;
  try {
    session = await openSession(socket, channel, context);
    if (session) await new Conversation(channel, session, context).run();
  } catch (error) {
    if (!(error instanceof ProtocolError)) context.onInternalError(error);
    channel.destroy();
  } finally {
    close(session, context);
    if (session) channel.end();
  }
}

function close(session: SqlSession | null, { onInternalError }: ConnectionContext): void {
  try {
    session?.close();
  } catch (error) {
    onInternalError(error);
  }
}

class Conversation {
  readonly #channel: Channel;
  readonly #context: ConnectionContext;
  readonly #executor: Executor;
  readonly #transaction = new TransactionState();
  #isOver = false;

  constructor(channel: Channel, session: SqlSession, context: ConnectionContext) {
    this.#channel = channel;
    this.#context = context;
    this.#executor = new Executor(session, this.#transaction);
  }

  async run(): Promise<void> {
    while (!this.#isOver) {
      const message = await this.#channel.nextMessage();
      if (!message) return;
      if (message.type === PacketType.attention) acknowledgeAttention(this.#channel);
      else await this.#answerCancellably(message);
    }
  }

  /** The signal aborts when the client cancels the request or goes away. */
  async #answerCancellably(message: Message): Promise<void> {
    const controller = new AbortController();
    const { closed } = this.#channel;
    const onClosed = (): void => {
      controller.abort(closed.reason);
    };
    const onAttention = (): void => {
      controller.abort(new RequestCancelled('the client cancelled the request'));
    };
    closed.addEventListener('abort', onClosed);
    this.#channel.onAttention = onAttention;
    // Either may have happened while this request waited in the queue.
    if (closed.aborted) onClosed();
    if (this.#channel.hasQueuedAttention) onAttention();
    try {
      await this.#answer(message, controller.signal);
    } finally {
      this.#channel.onAttention = null;
      closed.removeEventListener('abort', onClosed);
    }
  }

  async #answer(message: Message, signal: AbortSignal): Promise<void> {
    const request = this.#parse(message);
    const isRequest = !(request instanceof SqlError) && request !== null;
    const fault = isRequest ? this.#context.faults.take(this.#executor.textOf(request)) : null;
    if (fault?.kind === 'drop-before') {
      this.#drop();
      return;
    }
    if (fault?.kind === 'hang-before') {
      await this.#hang();
      return;
    }
    const reply = this.#startReply(message, fault, signal);
    try {
      if (message.isReset) this.#executor.reset(reply);
      if (request === null) reply.breakOff();
      else {
        if (request instanceof SqlError) throw request;
        if (fault?.kind === 'error') await this.#injectError(fault, reply);
        await this.#executor.execute(request, reply, signal);
        reply.finish();
      }
    } catch (error) {
      this.#fail(error, reply, signal);
    }
    if (fault?.kind === 'drop-after') this.#drop();
    if (fault?.kind === 'hang-after') await this.#hang();
  }

  /** Null for a request that the client took back. */
  #parse(message: Message): Request | SqlError | null {
    if (message.isIgnored) return null;
    try {
      return parseRequest(message);
    } catch (error) {
      if (error instanceof SqlError) return error;
      throw error;
    }
  }

  #startReply(message: Message, fault: FaultAction | null, signal: AbortSignal): Reply {
    return new Reply(this.#channel, {
      isProcedure: message.type === PacketType.rpc,
      signal,
      transaction: this.#transaction,
      isMuted: fault?.kind === 'drop-after' || fault?.kind === 'hang-after',
      pauseBeforeRow: fault?.kind === 'slow-rows' ? () => this.#pause(fault.delayMs, signal) : null,
    });
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#context.sleep(ms, signal);
    } catch (error) {
      // A cancelled pause is over; the executor hears of the cancellation through the signal itself.
      if (!signal.aborted) throw error;
    }
  }

  async #injectError(fault: FaultAction & { kind: 'error' }, reply: Reply): Promise<never> {
    const { message, severity, effect } = injectedError(fault);
    if (effect === 'rollback') await this.#executor.rollBack(reply);
    if (effect === 'disconnect') this.#isOver = true;
    throw new SqlError(fault.number, message, severity);
  }

  /** Everything that can end a request, other than success. */
  #fail(error: unknown, reply: Reply, signal: AbortSignal): void {
    if (signal.aborted && (error === signal.reason || error instanceof SqlError)) {
      reply.breakOff();
    } else if (error instanceof SqlError) {
      if (error.severity >= FATAL_SEVERITY) this.#isOver = true;
      reply.fail(error);
    } else {
      this.#isOver = true;
      const isClients = error instanceof ProtocolError;
      if (!isClients) this.#context.onInternalError(error);
      const message = `${isClients ? 'protocol error' : 'internal error of the embedded server'}: ${String(error)}`;
      reply.fail({ number: isClients ? 4002 : 50000, severity: FATAL_SEVERITY, state: 1, message });
    }
  }

  #drop(): void {
    this.#isOver = true;
    this.#channel.destroy();
  }

  /** A half-open line: the session lives until the client gives up. */
  async #hang(): Promise<void> {
    this.#isOver = true;
    this.#channel.goDeaf();
    const { closed } = this.#channel;
    if (closed.aborted) return;
    await new Promise((resolve) => {
      closed.addEventListener('abort', resolve, { once: true });
    });
  }
}
