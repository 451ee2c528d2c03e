/** Application locks (sp_getapplock): named, shared or exclusive, owned by a session or its transaction. */
import { closesCycle, waitInQueue } from './locks.ts';
import type { LockOwner, WaitLimits } from './locks.ts';

export type AppLockMode = 'Shared' | 'Exclusive';
export type AppLockScope = 'Session' | 'Transaction';

interface Grant {
  readonly owner: LockOwner;
  mode: AppLockMode;
  readonly counts: Record<AppLockScope, number>;
}

interface Waiter {
  readonly owner: LockOwner;
  readonly mode: AppLockMode;
  readonly scope: AppLockScope;
  readonly grant: () => void;
}

interface AppLock {
  grants: Grant[];
  queue: Waiter[];
  holders(): Iterable<LockOwner>;
}

export class AppLocks {
  readonly #locks = new Map<string, AppLock>();

  /** The return values of sp_getapplock: 0 granted, 1 granted after waiting, -1 time-out, -3 deadlock. */
  async acquire(
    owner: LockOwner,
    resource: string,
    mode: AppLockMode,
    scope: AppLockScope,
    limits: WaitLimits,
  ): Promise<0 | 1 | -1 | -3> {
    const lock = this.#lock(resource);
    const isOvertaking = lock.queue.length > 0 && !lock.grants.some((grant) => grant.owner === owner);
    if (!isOvertaking && isFree(lock, owner, mode)) {
      take(lock, owner, mode, scope);
      return 0;
    }
    if (limits.timeoutMs === 0) return -1;
    if (closesCycle(owner, { holders: () => others(lock, owner) })) return -3;
    const outcome = await waitInQueue(owner, { holders: () => others(lock, owner) }, limits, (grant) => {
      const waiter: Waiter = { owner, mode, scope, grant };
      lock.queue.push(waiter);
      return () => {
        lock.queue = lock.queue.filter((other) => other !== waiter);
        this.#serve(resource, lock);
      };
    });
    return outcome === 'granted' ? 1 : -1;
  }

  /** False when the owner does not hold it. */
  release(owner: LockOwner, resource: string, scope: AppLockScope): boolean {
    const lock = this.#locks.get(resource);
    const grant = lock?.grants.find((candidate) => candidate.owner === owner);
    if (lock === undefined || grant === undefined || grant.counts[scope] === 0) return false;
    grant.counts[scope]--;
    this.#dropEmpty(resource, lock);
    return true;
  }

  /** Frees what a session holds: all of it, or what its transaction owns. */
  releaseAll(owner: LockOwner, scope: AppLockScope | 'all'): void {
    for (const [resource, lock] of this.#locks) {
      for (const grant of lock.grants) {
        if (grant.owner !== owner) continue;
        grant.counts.Transaction = 0;
        if (scope !== 'Transaction') grant.counts.Session = 0;
      }
      this.#dropEmpty(resource, lock);
    }
  }

  #lock(resource: string): AppLock {
    const existing = this.#locks.get(resource);
    if (existing !== undefined) return existing;
    const lock: AppLock = {
      grants: [],
      queue: [],
      holders() {
        return this.grants.map((grant) => grant.owner);
      },
    };
    this.#locks.set(resource, lock);
    return lock;
  }

  #dropEmpty(resource: string, lock: AppLock): void {
    lock.grants = lock.grants.filter(({ counts }) => counts.Session + counts.Transaction > 0);
    this.#serve(resource, lock);
  }

  #serve(resource: string, lock: AppLock): void {
    for (let next = lock.queue[0]; next !== undefined && isFree(lock, next.owner, next.mode); next = lock.queue[0]) {
      lock.queue.shift();
      take(lock, next.owner, next.mode, next.scope);
      next.grant();
    }
    if (lock.grants.length === 0 && lock.queue.length === 0) this.#locks.delete(resource);
  }
}

function others(lock: AppLock, owner: LockOwner): readonly LockOwner[] {
  return lock.grants.map((grant) => grant.owner).filter((holder) => holder !== owner);
}

function isFree(lock: AppLock, owner: LockOwner, mode: AppLockMode): boolean {
  return lock.grants.every((grant) => grant.owner === owner || (mode === 'Shared' && grant.mode === 'Shared'));
}

function take(lock: AppLock, owner: LockOwner, mode: AppLockMode, scope: AppLockScope): void {
  let grant = lock.grants.find((candidate) => candidate.owner === owner);
  if (grant === undefined) {
    grant = { owner, mode, counts: { Session: 0, Transaction: 0 } };
    lock.grants.push(grant);
  }
  if (mode === 'Exclusive') grant.mode = mode;
  grant.counts[scope]++;
}
