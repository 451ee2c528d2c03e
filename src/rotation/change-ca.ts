/** The main job: change the certificate authority of a key database, from the first look to the last check. */
import type { RunId } from '../keys/run.ts';
import { addCensus, type Census, EMPTY_CENSUS } from '../keys/stored-key.ts';
import type { LeftBehindKey, TargetCensus } from '../progress/events.ts';
import { carryOut } from './carry-out.ts';
import { type EngineDeps, shieldedEmit } from './deps.ts';
import { holdRun } from './hold-run.ts';
import type { UnmappedColumn } from './ports.ts';
import { type JobOptions, openRun, prepareJob } from './prepare-job.ts';
import { makeTally, withState } from './tally.ts';

export type { ChangeSummary } from './prepare-job.ts';

export type ChangeCaOptions = JobOptions;

export interface ChangeCaResult {
  readonly runId: RunId;
  readonly resumed: boolean;
  readonly census: readonly TargetCensus[];
  readonly total: Census;
  /** At most 1,000 per target; the census counts all of them. */
  readonly leftBehind: readonly LeftBehindKey[];
  readonly unmapped: readonly UnmappedColumn[];
  /** Batches that this start committed. */
  readonly batches: number;
  /** From taking the run to done: how long keys were changing under this start. */
  readonly windowMs: number;
  readonly exit: 0 | 3;
}

/** Swaps what is staged, rewraps what is not, sweeps and verifies; from wherever an earlier start left it. */
export async function changeCa(given: EngineDeps, options: ChangeCaOptions): Promise<ChangeCaResult> {
  const deps = { ...given, emit: shieldedEmit(given.emit) };
  const { roots, proof, lanes, holder } = options;
  const { findings, plan } = await prepareJob(deps, 'change', options);
  const tally = makeTally(deps.emit, 'apply');
  try {
    const runId = await openRun(deps, options, plan);
    const startedMs = deps.clock.elapsedMs();
    const outcome = await holdRun(deps, runId, { holder, signals: options, tally }, async (hold) =>
      carryOut({ ...hold, deps, tally, work: 'apply', proof, canProve: roots.new.hasPrivateKey }, plan, lanes),
    );
    const windowMs = deps.clock.elapsedMs() - startedMs;
    const total = outcome.census.reduce((sum, { census }) => addCensus(sum, census), EMPTY_CENSUS);
    const exit = total.foreign + total.unreadable > 0 ? 3 : 0;
    return { ...outcome, runId, total, unmapped: findings.unmapped, batches: tally.batches(), windowMs, exit };
  } catch (error) {
    throw withState(error, tally);
  }
}
