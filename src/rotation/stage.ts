/**
 * Stage: the journal filled days or months ahead of the switch, no live value touched. `change-ca` with the same roots
 * then only swaps. Run again, it works on nothing but the rows that were added, changed or deleted since.
 */
import type { RunId } from '../keys/run.ts';
import type { LeftBehindKey, StagedTarget } from '../progress/events.ts';
import { type EngineDeps, shieldedEmit } from './deps.ts';
import { holdRun } from './hold-run.ts';
import type { UnmappedColumn } from './ports.ts';
import { type JobOptions, openRun, prepareJob } from './prepare-job.ts';
import { stageRun } from './stage-run.ts';
import { makeTally, withState } from './tally.ts';

export type StageOptions = JobOptions;

export interface StageResult {
  readonly runId: RunId;
  readonly resumed: boolean;
  /** What the staging holds and how far it is current, as of its end. */
  readonly targets: readonly StagedTarget[];
  /** Keys that change-ca will leave behind, at most 1,000 per target. */
  readonly leftBehind: readonly LeftBehindKey[];
  readonly unmapped: readonly UnmappedColumn[];
  /** Batches that this start committed; 0 when everything was current. */
  readonly batches: number;
  readonly exit: 0 | 3;
}

export async function stage(given: EngineDeps, options: StageOptions): Promise<StageResult> {
  const deps = { ...given, emit: shieldedEmit(given.emit) };
  const { roots, proof, lanes, holder } = options;
  const { findings, plan } = await prepareJob(deps, 'stage', options);
  const tally = makeTally(deps.emit, 'stage');
  try {
    const runId = await openRun(deps, options, plan);
    const outcome = await holdRun(deps, runId, { holder, signals: options, tally }, async (hold) =>
      stageRun({ ...hold, deps, tally, work: 'stage', proof, canProve: roots.new.hasPrivateKey }, plan, lanes),
    );
    const { unmapped } = findings;
    const exit = outcome.targets.some(({ foreign, unreadable }) => foreign + unreadable > 0) ? 3 : 0;
    return { ...outcome, runId, unmapped, batches: tally.batches(), exit };
  } catch (error) {
    throw withState(error, tally);
  }
}
