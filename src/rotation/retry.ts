/**
 * Patience with a database that fails: how long to wait before asking again, and when to give up.
 *
 * Whatever the server answered for good is thrown at once. What nobody can tell (cut line, time-out, restart) is asked
 * again for minutes, because a server that restarts is an ordinary event and giving up costs a night.
 */
import { DatabaseError, SrkeyError } from '../errors.ts';
import type { Emit } from '../progress/events.ts';
import type { Clock } from './ports.ts';
import { unlessAborted } from './brakes.ts';
import { type Message, text, verbatim } from '../text/message.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** Failures in a row, without one success between. */
const MAX_FAILURES = 10;
const MAX_TOTAL_MS = 5 * 60_000;

export interface Patience {
  /** Waits before the next attempt, or throws E_DB_UNAVAILABLE when there were enough. */
  afterFailure(what: Message, error: unknown): Promise<void>;
  /** Something worked: the next failure is a first one again. */
  renew(): void;
}

export interface PatienceDeps {
  readonly clock: Clock;
  readonly emit: Emit;
  /** 0 … 1; Math.random unless given. */
  readonly random?: () => number;
  /** A wait ends at once when this aborts. */
  readonly quit: AbortSignal;
}

export function makePatience({ clock, emit, random = Math.random, quit }: PatienceDeps): Patience {
  let failures = 0;
  let firstFailureAt = 0;
  return {
    renew: () => {
      failures = 0;
    },
    afterFailure: async (what, error) => {
      quit.throwIfAborted();
      if (failures === 0) firstFailureAt = clock.elapsedMs();
      failures += 1;
      const spentMs = clock.elapsedMs() - firstFailureAt;
      if (failures >= MAX_FAILURES || spentMs >= MAX_TOTAL_MS) throw givenUp(what, failures, spentMs, error);
      const waitMs = Math.min(backoffMs(failures, random()), MAX_TOTAL_MS - spentMs);
      emit({ type: 'retry', what, attempt: failures, waitMs, because: messageOf(error) });
      await clock.sleep(waitMs, quit);
    },
  };
}

/** Doubles with each failure; the upper half is jittered, so that several lanes do not come back in step. */
export function backoffMs(failures: number, random: number): number {
  const fullMs = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LONGEST_WAIT_MS);
  return Math.round(fullMs / 2 + (fullMs / 2) * random);
}

export function isReconnect(error: unknown): boolean {
  return error instanceof DatabaseError && error.disposition === 'reconnect';
}

/**
 * Makes the same call on the same connection again while the server rolls it back (deadlock, lock time-out). Anything
 * else is thrown: after a `reconnect` the connection is gone, and what comes next depends on the call.
 */
export async function retrying<T>(
  patience: Patience,
  signal: AbortSignal,
  what: Message,
  call: () => Promise<T>,
): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    try {
      return await unlessAborted(signal, call());
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.disposition !== 'retry') throw error;
      await patience.afterFailure(what, error);
    }
  }
}

/** For calls that may be made twice whatever became of the first: reads, and writes that are idempotent by contract. */
export async function persisting<T>(
  patience: Patience,
  signal: AbortSignal,
  what: Message,
  call: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      const result = await retrying(patience, signal, what, call);
      patience.renew();
      return result;
    } catch (error) {
      if (!isReconnect(error)) throw error;
      await patience.afterFailure(what, error);
    }
  }
}

function givenUp(what: Message, failures: number, spentMs: number, cause: unknown): SrkeyError {
  const seconds = Math.round(spentMs / 1000);
  return new SrkeyError(
    'E_DB_UNAVAILABLE',
    text`${what} failed ${failures} times in ${seconds} s, last with: ${messageOf(cause)}`,
    { cause, hint: text`see that the server and the network are up, then run the same command again: it resumes` },
  );
}

function messageOf(error: unknown): Message {
  if (error instanceof SrkeyError) return error.said;
  return verbatim(error instanceof Error ? error.message : String(error));
}
