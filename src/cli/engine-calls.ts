/** The engine called with what a session and its settings say; for the command and for the screens alike. */
import { changeCa } from '../rotation/change-ca.ts';
import type { ChangeCaOptions, ChangeCaResult } from '../rotation/change-ca.ts';
import { dryRun } from '../rotation/dry-run.ts';
import type { DryRunResult } from '../rotation/dry-run.ts';
import type { JobOptions } from '../rotation/prepare-job.ts';
import { stage } from '../rotation/stage.ts';
import type { StageResult } from '../rotation/stage.ts';
import { rollback } from '../rotation/rollback.ts';
import type { RollbackOptions, RollbackResult } from '../rotation/rollback.ts';
import { thisHolder } from './parts.ts';
import type { Job } from './parts.ts';
import type { Session } from './session.ts';
import { TOOL_VERSION } from './version.ts';

/** Long enough for a steady figure, short enough not to be waited for. */
const MEASURE_MS = 300;

export async function rehearse(job: Job, session: Session, full: boolean): Promise<DryRunResult> {
  const { keyMap, summaries, loaded, deps, workers } = job;
  const { proof, allowTriggers, segmentRows } = loaded.settings;
  return dryRun(deps, {
    keyMap,
    roots: summaries,
    allowTriggers,
    proof,
    full,
    privateOpsPerSecond: await workers.measurePrivateRate(MEASURE_MS),
    ...(segmentRows === undefined ? {} : { segmentRows }),
    ...signalsOf(session),
  });
}

export async function change(
  job: Job,
  session: Session,
  decided: Pick<ChangeCaOptions, 'confirm' | 'savedPlan'>,
): Promise<ChangeCaResult> {
  return changeCa(job.deps, { ...jobOptions(job, session), ...decided });
}

/** Asks nothing: no live value is touched. */
export async function stageAhead(job: Job, session: Session): Promise<StageResult> {
  return stage(job.deps, { ...jobOptions(job, session), confirm: () => Promise.resolve(true) });
}

export async function rollBack(
  job: Job,
  session: Session,
  confirm: RollbackOptions['confirm'],
): Promise<RollbackResult> {
  const { keyMap, roots, holder, lanes } = jobOptions(job, session);
  return rollback(job.deps, { keyMap, roots, holder, lanes, confirm, ...signalsOf(session) });
}

function jobOptions(job: Job, session: Session): Omit<JobOptions, 'confirm'> {
  const { keyMap, summaries, loaded, workers } = job;
  const { proof, allowTriggers, segmentRows, lanes } = loaded.settings;
  return {
    keyMap,
    roots: summaries,
    holder: thisHolder(loaded),
    toolVersion: TOOL_VERSION,
    // a lane waits for the server most of its time; more than four only lengthen its queue
    lanes: lanes ?? Math.max(2, Math.min(4, workers.workers)),
    proof,
    allowTriggers,
    ...(segmentRows === undefined ? {} : { segmentRows }),
    ...signalsOf(session),
  };
}

function signalsOf({ signals: { stop, abort } }: Session): { readonly stop: AbortSignal; readonly abort: AbortSignal } {
  return { stop, abort };
}
