/** What the checks of a job come to: what stands against going on, or what is to be read before. Pure. */
import type { Check } from '../../progress/events.ts';
import type { Problem } from '../desk.ts';
import type { JobState } from './app-state.ts';
import { failedChecks, problemIn, unreadWarnings, warningsOf } from './job-facts.ts';

export type Verdict =
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** `columns`: what a key map that does not fit may choose from, as a check has found it. */
  | { readonly kind: 'failed'; readonly checks: readonly Check[]; readonly columns: Check | null }
  | { readonly kind: 'warning'; readonly check: Check; readonly at: number; readonly of: number }
  | { readonly kind: 'passed' };

/** Of checks that are over. */
export function verdictOf(job: JobState, acknowledged: readonly string[]): Verdict {
  const failed = failedChecks(job);
  if (failed.length > 0) return { kind: 'failed', checks: failed, columns: columnsToChoose(job, failed) };
  const problem = problemIn(job);
  if (problem !== null) return { kind: 'problem', problem };
  const unread = unreadWarnings(job, acknowledged);
  const [check] = unread;
  if (check === undefined) return { kind: 'passed' };
  const of = warningsOf(job).length;
  return { kind: 'warning', check, at: of - unread.length + 1, of };
}

function columnsToChoose({ rotation }: JobState, failed: readonly Check[]): Check | null {
  if (!failed.some(({ id }) => id.startsWith('schema:'))) return null;
  return rotation.checks.find(({ id, status }) => id === 'unmapped-columns' && status === 'warning') ?? null;
}
