/** How far the staging of a run is current, before a change swaps it: what is left for RSA, and what for SQL alone. */
import { DatabaseError } from '../../errors.ts';
import type { StagedTarget } from '../../progress/events.ts';
import { text } from '../../text/message.ts';
import { counted } from '../../text/quantities.ts';
import { accountByJournal } from '../count-from-journal.ts';
import { reading } from '../inspect.ts';
import type { ReadContext } from '../pages.ts';
import type { RunPlan } from '../plan.ts';
import { stagingOf } from '../stage-run.ts';
import { type Finding, passed, unknown } from './finding.ts';

export interface StagingLook {
  /** Empty where there is no staging to go on from. */
  readonly staging: readonly StagedTarget[];
  /** How fast the staging was compared with its live rows; null where there was nothing to compare. */
  readonly comparedRowsPerSecond: number | null;
  readonly findings: readonly Finding[];
}

const NOTHING_STAGED: StagingLook = { staging: [], comparedRowsPerSecond: null, findings: [] };
const [ID, TITLE] = ['staging', text`staging`] as const;

/** Set-based, and opens no key. */
export async function lookAtStaging(context: ReadContext, { job, decision, targets }: RunPlan): Promise<StagingLook> {
  if (job !== 'change' || decision.kind !== 'resume') return NOTHING_STAGED;
  const { runId, state } = decision.run;
  if (state !== 'staging' && state !== 'staged') return NOTHING_STAGED;
  const view = context.deps.register.view(runId);
  try {
    const segments = await reading(context, text`reading the segments`, () => view.segments());
    const staging: StagedTarget[] = [];
    let [rows, ms] = [0, 0];
    for (const { targetNo, target } of targets) {
      // A target that was added to the key map since has nothing staged.
      if (segments.every((segment) => segment.targetNo !== targetNo)) continue;
      const options = { view, basis: 'staged', target, runTargetNo: targetNo, segments } as const;
      const account = await accountByJournal(context, options, (_, { liveRows }, tookMs) => {
        [rows, ms] = [rows + liveRows, ms + tookMs];
        return Promise.resolve();
      });
      staging.push(stagingOf(targetNo, target, account));
    }
    for (const target of staging) context.deps.emit({ type: 'staged', target });
    const comparedRowsPerSecond = rows > 0 && ms > 0 ? (rows * 1000) / ms : null;
    return { staging, comparedRowsPerSecond, findings: [describe(staging)] };
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.disposition !== 'stop') throw error;
    const remedy = text`the change finds out by itself: what is not current is rewrapped`;
    const finding = unknown(ID, TITLE, text`could not be read, because ${error.reason}`, remedy);
    return { ...NOTHING_STAGED, findings: [finding] };
  }
}

function describe(staging: readonly StagedTarget[]): Finding {
  const staged = staging.reduce((sum, target) => sum + target.staged, 0);
  const stale = staging.reduce((sum, target) => sum + target.stale, 0);
  const swap = text`${counted(staged, 'row')} to swap from the journal, by SQL Server without RSA`;
  return passed(
    ID,
    TITLE,
    stale === 0 ? swap : text`${swap}; ${counted(stale, 'row')} added, changed or not staged yet, to rewrap`,
  );
}
