/** What the runs of a database allow. The engine decides; this only spares people a way that leads nowhere. Pure. */
import { basisOf, hasTouchedKeys, isUnapplied, mayDropJournal } from '../../keys/run.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import type { JobKind, KnownRun } from '../desk.ts';

/**
 * Why a job would be refused; null when it may go ahead.
 * @param runs newest first
 */
export function whyNot(job: JobKind | null, runs: readonly KnownRun[]): Message | null {
  const open = runs.find(({ isOpen }) => isOpen);
  switch (job) {
    case 'change':
      return open?.state === 'rolling-back' ? beingRolledBack(open) : null;
    case 'stage':
      if (open === undefined || isUnapplied(open.state)) return null;
      return open.state === 'rolling-back'
        ? beingRolledBack(open)
        : text`run ${open.runId} is changing keys already: finish that change`;
    case 'verify':
      return runs.some(({ state, hasJournal }) => hasJournal && basisOf(state) !== null)
        ? null
        : text`no run has a journal to hold the keys against`;
    case 'rollback':
      return whyNoRollback(runs);
    case 'drop-journal':
      return runs.some((run) => whyKept(run) === null) ? null : text`no run has a journal that may go`;
    default:
      return null;
  }
}

function beingRolledBack({ runId }: KnownRun): Message {
  return text`run ${runId} is being rolled back: finish that first`;
}

/** The run that a rollback takes back: the newest that changed keys; null when there is none. */
export function runToRollBack(runs: readonly KnownRun[]): KnownRun | null {
  const newest = runs.find(({ state }) => state !== 'abandoned' && state !== 'rolled-back');
  return newest !== undefined && newest.hasJournal && hasTouchedKeys(newest.state) ? newest : null;
}

function whyNoRollback(runs: readonly KnownRun[]): Message | null {
  if (runToRollBack(runs) !== null) return null;
  const newest = runs.find(({ state }) => state !== 'abandoned' && state !== 'rolled-back');
  return newest !== undefined && !newest.hasJournal
    ? text`the journal of run ${newest.runId} was dropped: no old value is left`
    : text`no change of a run is live: there is nothing to take back`;
}

/** Why the journal of a run stays; null when it may be dropped. */
export function whyKept({ state, hasJournal }: KnownRun): Message | null {
  if (!hasJournal) return text`dropped already`;
  return mayDropJournal(state) ? null : text`still needed`;
}

/** A change that was begun and is to be gone on with; what was only prepared still wants its dry run. */
export function changeUnderWay(runs: readonly KnownRun[]): KnownRun | null {
  return runs.find(({ isOpen, state }) => isOpen && !isUnapplied(state)) ?? null;
}
