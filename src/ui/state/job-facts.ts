/** What the screens of a job conclude from its events. Pure. */
import type { Check } from '../../progress/events.ts';
import type { Confirmation, Problem } from '../desk.ts';
import type { AppState, JobState } from './app-state.ts';

/** A check that was made again and found the same needs no second look. */
export function checkMark({ id, found }: Check): string {
  return `${id} ${String(found)}`;
}

/** Preflight is over: what comes next has begun, or the job is. */
export function areChecksDone({ rotation, outcome }: JobState): boolean {
  return outcome !== null || rotation.targets.length > 0 || rotation.run !== null;
}

export function failedChecks({ rotation }: JobState): readonly Check[] {
  return rotation.checks.filter(({ status }) => status === 'failed');
}

/** What must be read by a human before anything goes on, in the order in which it was found. */
export function warningsOf({ rotation }: JobState): readonly Check[] {
  return rotation.checks.filter(({ status }) => status === 'warning' || status === 'unknown');
}

export function unreadWarnings(job: JobState, acknowledged: readonly string[]): readonly Check[] {
  return warningsOf(job).filter((check) => !acknowledged.includes(checkMark(check)));
}

/** Whether the checks say that old and new value are exchanged, or may be. */
export function looksSwapped({ rotation }: JobState): boolean {
  return rotation.checks.some(({ fix }) => fix === 'swap-roots');
}

/** Whether triggers are all that stands against it, and such as may be allowed to fire. */
export function canAllowTriggers(job: JobState): boolean {
  const failed = failedChecks(job);
  return failed.length > 0 && failed.every(({ fix }) => fix === 'allow-triggers');
}

export function isRunning(job: JobState | null): job is JobState {
  return job !== null && job.outcome === null;
}

/** A run was taken: something is written, or may have been, under this start. */
export function isWriting({ job }: Pick<AppState, 'job'>): boolean {
  return isRunning(job) && job.rotation.run !== null;
}

/** Whether the run under way can be paused and sped up: it has begun and nobody has stopped it. */
export function hasLevers({ kind, rotation, stopping, outcome }: JobState): boolean {
  const goesThroughRows = kind === 'change' || kind === 'stage' || kind === 'rollback';
  return goesThroughRows && rotation.run !== null && stopping === null && outcome === null;
}

/** Whether threads do the work: a rollback has none, the database does it. */
export function hasThreads(job: JobState): boolean {
  return job.kind !== 'rollback' && job.rotation.workers !== null;
}

export function problemIn(job: JobState | null): Problem | null {
  return job?.outcome?.problem ?? null;
}

/** What the engine waits to be agreed to; null while it does not wait. */
export function confirmationIn({ confirm }: Pick<AppState, 'confirm'>): Confirmation | null {
  return confirm?.confirmation ?? null;
}

/** The job has ended and did what it was asked to. */
export function isDone(job: JobState | null): boolean {
  return job?.outcome?.problem === null;
}
