/** The run whose journal speaks of today's live values, if there is one. */
import { type Basis, basisOf, hasTouchedKeys } from '../keys/run.ts';
import type { RootPair } from './deps.ts';
import { hasRoots } from './plan.ts';
import type { RunRecord } from './ports.ts';

export type StandingRun =
  | { readonly kind: 'found'; readonly run: RunRecord; readonly basis: Basis }
  | { readonly kind: 'none' }
  /** `later`, a run with other roots, has written live values since. */
  | { readonly kind: 'replaced'; readonly run: RunRecord; readonly later: RunRecord }
  | { readonly kind: 'dropped'; readonly run: RunRecord; readonly droppedAt: Date };

/** @param runs newest first */
export function findStandingRun(runs: readonly RunRecord[], roots: RootPair): StandingRun {
  const run = runs.find((each) => hasRoots(each, roots) && each.state !== 'abandoned');
  const basis = run === undefined ? null : basisOf(run.state);
  if (run === undefined || basis === null) return { kind: 'none' };
  const later = runs.find((each) => each.runId > run.runId && hasTouchedKeys(each.state));
  if (later !== undefined) return { kind: 'replaced', run, later };
  if (run.journalDroppedAt !== null) return { kind: 'dropped', run, droppedAt: run.journalDroppedAt };
  return { kind: 'found', run, basis };
}
