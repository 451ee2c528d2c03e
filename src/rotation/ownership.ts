/**
 * Taking the run. Liveness is a lock that the server frees when its session dies, so a killed tool's run is free at
 * once. A lock that is held belongs to a tool at work, or to a connection that died without the server noticing: the
 * heartbeat tells which, and the database's clock alone measures it.
 */
import { SrkeyError } from '../errors.ts';
import type { Holder, RunId } from '../keys/run.ts';
import type { HoldDeps } from './deps.ts';
import type { HolderIdentity, Ownership, RunRegister, TakeResult } from './ports.ts';
import { type Patience, persisting } from './retry.ts';
import { text } from '../text/message.ts';

const POLL_MS = 1_000;

export async function takeRun(
  deps: HoldDeps,
  runId: RunId,
  who: HolderIdentity,
  patience: Patience,
  quit: AbortSignal,
): Promise<Ownership> {
  const take = (force: boolean): Promise<TakeResult> => takeOnce(deps.register, runId, who, force, patience, quit);
  const first = await take(false);
  if (first.kind === 'taken') return first.ownership;

  let baseline = first.holder;
  let holder = first.holder;
  while (!isLeaseOver(holder)) {
    deps.emit({ type: 'lease-wait', holder, secondsLeft: secondsLeft(holder) });
    await deps.clock.sleep(POLL_MS, quit);
    const next = await take(false);
    if (next.kind === 'taken') return next.ownership;
    holder = next.holder;
    // Our own `take`, whose reply was lost: a dead session like any other.
    if (isHeldBy(who, holder) && !isHeldBy(who, baseline)) baseline = holder;
    if (hasMoved(baseline, holder)) throw locked(holder);
  }
  const forced = await take(true);
  if (forced.kind === 'taken') return forced.ownership;
  // It came back to life, or a third tool was faster.
  throw locked(forced.holder);
}

/**
 * A `take` whose reply was lost may have succeeded. Its lock is then held by our own dead session until the server
 * notices, and the wait for the lease covers that like any other half-open connection.
 */
async function takeOnce(
  register: RunRegister,
  runId: RunId,
  who: HolderIdentity,
  force: boolean,
  patience: Patience,
  quit: AbortSignal,
): Promise<TakeResult> {
  // An abandoned `take` may still succeed; it must not leave a lock behind that nobody lets go of.
  const abandoned = (late: Promise<TakeResult>): Promise<TakeResult> => {
    void late.then(
      (result) => (quit.aborted && result.kind === 'taken' ? result.ownership.release() : undefined),
      () => undefined,
    );
    return late;
  };
  return await persisting(patience, quit, text`taking run ${runId}`, () => abandoned(register.take(runId, who, force)));
}

function isLeaseOver(holder: Holder): boolean {
  return holder.heartbeatAgeSeconds >= holder.leaseSeconds;
}

function secondsLeft(holder: Holder): number {
  return Math.max(0, Math.ceil(holder.leaseSeconds - holder.heartbeatAgeSeconds));
}

function isHeldBy(who: HolderIdentity, holder: Holder): boolean {
  return holder.host === who.host && holder.user === who.user && holder.pid === who.pid;
}

function hasMoved(before: Holder, after: Holder): boolean {
  return (
    after.heartbeatAt.getTime() !== before.heartbeatAt.getTime() ||
    after.since.getTime() !== before.since.getTime() ||
    after.host !== before.host ||
    after.pid !== before.pid
  );
}

function locked(holder: Holder): SrkeyError {
  return new SrkeyError(
    'E_LOCKED',
    text`another srkey is at work on this run: ${holder.user} on ${holder.host} (process ${holder.pid}), since ${holder.since.toISOString()}`,
    { hint: text`wait for it to finish, or stop it and run the same command again` },
  );
}
