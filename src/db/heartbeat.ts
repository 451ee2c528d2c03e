/**
 * Proof of life of a run's holder: a session lock that dies with the connection, and a heartbeat for connections that
 * are dead without the server knowing. Losing the connection alone loses nothing: it is opened again and the epoch
 * tells whether the run is still ours.
 */
import { SrkeyError } from '../errors.ts';
import type { ConnectionOptions } from './connection.ts';
import { onlyRow, readNumber } from './rows.ts';
import { int, Session, nvarchar } from './session.ts';
import { LOCK_TIMEOUT_MS } from './statements/binding.ts';
import { GET_LOCK, HEARTBEAT } from './statements/run.ts';
import { text } from '../text/message.ts';

export interface HeartbeatParts {
  readonly options: ConnectionOptions;
  readonly liveness: Session;
  readonly runId: number;
  readonly epoch: number;
  readonly leaseSeconds: number;
  readonly lock: string;
}

/** Beats in a lease: two may be missed before the lease is over. */
const BEATS_PER_LEASE = 3;

export class Heartbeat {
  readonly #parts: HeartbeatParts;
  readonly #lost = new AbortController();
  #session: Session;
  #timer: NodeJS.Timeout | null = null;
  #beating: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(parts: HeartbeatParts) {
    this.#parts = parts;
    this.#session = parts.liveness;
    this.#schedule();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    // A beat on a dead line would keep its caller waiting: closing the session ends it.
    await this.#session.close();
    await this.#beating;
    await this.#session.close();
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(
      () => {
        this.#beating = this.#beat().finally(() => {
          this.#schedule();
        });
      },
      (this.#parts.leaseSeconds * 1000) / BEATS_PER_LEASE,
    );
    this.#timer.unref();
  }

  /** Never rejects: a beat that failed for want of a connection is made up for by the next one. */
  async #beat(): Promise<void> {
    const { runId, epoch } = this.#parts;
    try {
      const isProof = !this.#session.isClosed || (await this.#reopen());
      const beat = { run: int(runId), epoch: int(epoch) };
      const moved = await this.#session.query(text`renew the lease`, HEARTBEAT, beat, this.#patienceMs);
      // A session without the lock proves nothing for longer than this beat.
      if (!isProof) await this.#session.close();
      if (readNumber(onlyRow(moved), 'Moved') === 1) return;
    } catch {
      return;
    }
    this.#stopped = true;
    this.#lost.abort(
      new SrkeyError('E_FENCED', text`run ${runId} was taken over by another tool; committed batches stand`, {
        hint: text`this tool was frozen or cut off for longer than its lease; look who is at work with \`srkey runs\``,
      }),
    );
  }

  /** A beat that hangs on a dead line must leave time for the next one on a new line. */
  get #patienceMs(): number {
    return Math.max((this.#parts.leaseSeconds * 1000) / BEATS_PER_LEASE, 2 * LOCK_TIMEOUT_MS);
  }

  /** Opens a new session; false when the server still holds the lock for the lost one. */
  async #reopen(): Promise<boolean> {
    const session = await Session.open(this.#parts.options);
    this.#session = session;
    const lock = { resource: nvarchar(this.#parts.lock), wait: int(0) };
    try {
      const taken = await session.query(text`take the lock of the run`, GET_LOCK, lock, this.#patienceMs);
      return readNumber(onlyRow(taken), 'Granted') >= 0;
    } catch (error) {
      await session.close();
      throw error;
    }
  }
}
