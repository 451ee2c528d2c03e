/** What a job is doing right now, in one sentence. */
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { counted, duration } from '../../text/quantities.ts';
import type { JobKind } from '../desk.ts';
import type { JobState } from './app-state.ts';

export interface Activity {
  readonly said: Message;
  /** Whether somebody should look. */
  readonly tone: 'calm' | 'alert';
}

/** A batch takes a fraction of a second: after this long without one, somebody should look. */
const SILENCE_MS = 10_000;

export function activityOf(job: JobState): Activity {
  const { rotation, stopping, nowMs } = job;
  const { leaseWait, retryAtMs, lastRetry, pause, movedAtMs } = rotation;
  if (stopping === 'at-once')
    return alert(text`Cutting at once. What was committed stands; the next start finds out about the rest.`);
  if (stopping === 'after-batch') {
    return alert(
      rotation.run !== null
        ? text`Stopping: the batch in work is finished or rolled back, then the run waits to be resumed. Ctrl-C cuts at once.`
        : text`Stopping. Nothing is being changed.`,
    );
  }
  if (leaseWait !== null) {
    const { holder, secondsLeft } = leaseWait;
    return alert(
      text`Waiting for ${holder.user} on ${holder.host}: takes over in ${duration(secondsLeft)} unless that tool shows a sign of life.`,
    );
  }
  if (retryAtMs !== null && lastRetry !== null) {
    const seconds = Math.ceil((retryAtMs - nowMs) / 1000);
    return alert(
      seconds > 0
        ? text`No connection: next try in ${duration(seconds)} (attempt ${lastRetry.attempt + 1}). What was committed stands.`
        : text`No connection: trying again now (attempt ${lastRetry.attempt + 1}). What was committed stands.`,
    );
  }
  if (pause !== null) {
    const since = duration(Math.floor((nowMs - pause.sinceMs) / 1000));
    return alert(
      pause.isReached
        ? text`PAUSED for ${since}: nothing is in work, nothing is locked, the run stays ours. p goes on.`
        : text`Pausing: what is in work is finished first.`,
    );
  }
  if (movedAtMs !== null && nowMs - movedAtMs > SILENCE_MS && stepOf(job).isCounted) {
    return alert(text`No answer from the server for ${duration(Math.floor((nowMs - movedAtMs) / 1000))}.`);
  }
  return { said: stepOf(job).said, tone: 'calm' };
}

function alert(said: Message): Activity {
  return { said, tone: 'alert' };
}

/** `isCounted`: rows are gone through, so that standing still means something. */
function stepOf({ kind, rotation }: JobState): { readonly said: Message; readonly isCounted: boolean } {
  const { run, phase, targets } = rotation;
  if (kind === 'drop-journal') return { said: text`Dropping the journal. No stored key is touched.`, isCounted: false };
  if (kind === 'verify') {
    return phase === 'idle'
      ? { said: text`Looking at the targets.`, isCounted: false }
      : { said: text`Every live key is held against the journal. Nothing is changed by it.`, isCounted: true };
  }
  if (kind === 'census' || phase === 'counting') {
    return phase === 'idle'
      ? { said: text`Looking at the targets.`, isCounted: false }
      : { said: text`Counting keys by root. Nothing is changed by it.`, isCounted: true };
  }
  if (run === null) return { said: text`Taking the run.`, isCounted: false };
  const sweeping = targets.find(({ sweep }) => sweep?.isOpen === true);
  if (sweeping !== undefined) {
    return {
      said: text`Sweep ${sweeping.sweep?.pass ?? 1} of ${sweeping.name}: looking for keys that others wrote meanwhile.`,
      isCounted: false,
    };
  }
  switch (run.state) {
    case 'staging':
      return {
        said: text`Preparing: every key is sealed for the new root in the journal. No live key is touched.`,
        isCounted: true,
      };
    case 'staged':
      return { said: text`Looking for keys that were added or changed since.`, isCounted: false };
    case 'applying':
      return {
        said: text`Rewrapping: opened with the old root, sealed for the new one, ${counted(targets.length, 'target')}.`,
        isCounted: true,
      };
    case 'verifying':
      return { said: text`Verifying: every live key is accounted for.`, isCounted: false };
    case 'rolling-back':
      return { said: text`Putting the old values back.`, isCounted: true };
    default:
      return { said: text`Preparing the run.`, isCounted: false };
  }
}

/** The name of what is going on, at the top of its screen. */
export function titleOf(kind: JobKind | null): Message {
  switch (kind) {
    case 'census':
      return text`Census: counting keys by root`;
    case 'verify':
      return text`Verify: holding every key against the journal`;
    case 'stage':
      return text`Preparing the change ahead`;
    case 'rollback':
      return text`Rolling the change back`;
    case 'drop-journal':
      return text`Dropping a journal`;
    default:
      return text`Changing the certificate authority`;
  }
}

export interface AskedWords {
  readonly asks: Message;
  readonly explains: Message;
}

/** Before something that writes is stopped: what stopping means for the keys. */
export function stopQuestion(kind: JobKind): AskedWords {
  switch (kind) {
    case 'stage':
      return {
        asks: text`Stop the preparation after the batch in work?`,
        explains: text`The work goes on while this is asked. Stopping loses nothing: no live key is touched, and what is prepared stays.`,
      };
    case 'rollback':
      return {
        asks: text`Stop the rollback after the batch in work?`,
        explains: text`The work goes on while this is asked. Stopping loses nothing: the rollback is resumed where it stood. But until then some keys need the old root and some the new one.`,
      };
    case 'drop-journal':
      return {
        asks: text`Stop dropping the journal?`,
        explains: text`No stored key is touched by it. What is dropped stays dropped, and the rest can be dropped later.`,
      };
    default:
      return {
        asks: text`Stop the change after the batch in work?`,
        explains: text`The work goes on while this is asked. Stopping loses nothing: the run is resumed where it stood. But keys that still need the old root stay out of reach until then.`,
      };
  }
}
