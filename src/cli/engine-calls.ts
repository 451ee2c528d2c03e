/** The engine called with what a session and its settings say; for the command and for the screens alike. */
import { changeCa } from '../rotation/change-ca.ts';
import type { ChangeCaOptions, ChangeCaResult } from '../rotation/change-ca.ts';
import { dryRun } from '../rotation/dry-run.ts';
import type { DryRunResult } from '../rotation/dry-run.ts';
import type { JobOptions } from '../rotation/prepare-job.ts';
import { stage } from '../rotation/stage.ts';
import type { StageOptions, StageResult } from '../rotation/stage.ts';
import { rollback } from '../rotation/rollback.ts';
import type { RollbackOptions, RollbackResult } from '../rotation/rollback.ts';
import { dropJournal } from '../rotation/drop-journal.ts';
import type { DropJournalOptions, DropJournalResult } from '../rotation/drop-journal.ts';
import type { HoldDeps } from '../rotation/deps.ts';
import type { LoadedSettings } from '../config/settings.ts';
import { verify } from '../rotation/verify-run.ts';
import type { VerifyResult } from '../rotation/verify-run.ts';
import { SYSTEM_CLOCK, thisHolder } from './parts.ts';
import type { Job } from './parts.ts';
import type { Session } from './session.ts';
import { TOOL_VERSION } from './version.ts';

/** Long enough for a steady figure, short enough not to be waited for. */
const MEASURE_MS = 300;

export async function rehearse(job: Job, session: Session, full: boolean): Promise<DryRunResult> {
  const { keyMap, summaries, loaded, deps, workers } = job;
  const { proof, allowTriggers, segmentRows, maxKeysPerSecond = null } = loaded.settings;
  return dryRun(deps, {
    keyMap,
    roots: summaries,
    allowTriggers,
    proof,
    full,
    privateOpsPerSecond: await workers.measurePrivateRate(MEASURE_MS),
    maxKeysPerSecond,
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

export async function stageAhead(job: Job, session: Session, confirm: StageOptions['confirm']): Promise<StageResult> {
  return stage(job.deps, { ...jobOptions(job, session), confirm });
}

export async function rollBack(
  job: Job,
  session: Session,
  confirm: RollbackOptions['confirm'],
): Promise<RollbackResult> {
  const { keyMap, roots, holder, lanes } = jobOptions(job, session);
  return rollback(job.deps, { keyMap, roots, holder, lanes, confirm, ...signalsOf(session) });
}

export async function verifyKeys(job: Job, session: Session, full: boolean): Promise<VerifyResult> {
  const { keyMap, summaries, deps } = job;
  return verify(deps, { keyMap, roots: summaries, full, ...signalsOf(session) });
}

/** Opens no key, so it needs no root and no key map. */
export async function dropTheJournal(
  register: HoldDeps['register'],
  loaded: LoadedSettings,
  session: Session,
  decided: Pick<DropJournalOptions, 'runId' | 'confirm'>,
): Promise<DropJournalResult> {
  const { emit } = session.reporter;
  return dropJournal(
    { register, clock: SYSTEM_CLOCK, emit },
    { ...decided, holder: thisHolder(loaded), ...signalsOf(session) },
  );
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
