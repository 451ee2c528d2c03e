/**
 * Waiting in JavaScript. node:sqlite blocks its thread while it waits, so sessions queue here: first come, first served,
 * with a time-out, and cancellable.
 */
import { SqlError } from '../backend.ts';

/** A session as the locks see it. */
export interface LockOwner {
  waitsFor: Waitable | null;
}

interface Waitable {
  holders(): Iterable<LockOwner>;
}

export interface WaitLimits {
  /** -1: forever; 0: not at all. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Would `owner` wait for itself? */
export function closesCycle(owner: LockOwner, lock: Waitable): boolean {
  const seen = new Set<Waitable>();
  const reaches = (next: Waitable): boolean => {
    if (seen.has(next)) return false;
    seen.add(next);
    for (const holder of next.holders()) {
      if (holder === owner || (holder.waitsFor !== null && reaches(holder.waitsFor))) return true;
    }
    return false;
  };
  return reaches(lock);
}

/**
 * Waits until `grant` is called, the time is up or the signal aborts. `enqueue` gets the function that grants, and
 * answers how to leave the queue.
 */
export async function waitInQueue(
  owner: LockOwner,
  lock: Waitable,
  { timeoutMs, signal }: WaitLimits,
  enqueue: (grant: () => void) => () => void,
): Promise<'granted' | 'timeout'> {
  signal.throwIfAborted();
  owner.waitsFor = lock;
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise<'granted' | 'timeout'>((resolve, reject) => {
      const leave = enqueue(() => {
        resolve('granted');
      });
      if (timeoutMs >= 0) {
        timer = setTimeout(() => {
          leave();
          resolve('timeout');
        }, timeoutMs);
      }
      onAbort = (): void => {
        leave();
        reject(signal.reason as Error);
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
  } finally {
    owner.waitsFor = null;
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}

/** The right to write a database file: one session at a time. */
export class WriteLock {
  #owner: LockOwner | null = null;
  #queue: { readonly owner: LockOwner; readonly grant: () => void }[] = [];

  holders(): Iterable<LockOwner> {
    return this.#owner === null ? [] : [this.#owner];
  }

  /** Throws 1222 when the time is up, 1205 when waiting could never end. */
  async acquire(owner: LockOwner, limits: WaitLimits): Promise<void> {
    if (this.#owner === owner) throw new Error('the write lock is held already');
    if (this.#owner === null) {
      this.#owner = owner;
      return;
    }
    if (limits.timeoutMs === 0) throw lockTimeout();
    if (closesCycle(owner, this)) throw deadlock();
    const outcome = await waitInQueue(owner, this, limits, (grant) => {
      const waiter = { owner, grant };
      this.#queue.push(waiter);
      return () => {
        this.#queue = this.#queue.filter((other) => other !== waiter);
      };
    });
    if (outcome === 'timeout') throw lockTimeout();
    if (limits.signal.aborted) {
      // granted and aborted in the same turn
      this.release(owner);
      throw limits.signal.reason as Error;
    }
  }

  release(owner: LockOwner): void {
    if (this.#owner !== owner) return;
    const next = this.#queue.shift();
    this.#owner = next?.owner ?? null;
    next?.grant();
  }
}

export function lockTimeout(): SqlError {
  return new SqlError(1222, 'Lock request time out period exceeded.', 16, 51);
}

function deadlock(): SqlError {
  return new SqlError(
    1205,
    'Transaction was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
    13,
    51,
  );
}
