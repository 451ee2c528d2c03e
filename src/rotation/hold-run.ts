import { SrkeyError } from '../errors.ts';
import type { RunId } from '../keys/run.ts';
import { type Brakes, makeBrakes, type BrakeSignals } from './brakes.ts';
import type { HoldDeps } from './deps.ts';
import { takeRun } from './ownership.ts';
import type { HolderIdentity, Ownership } from './ports.ts';
import { makePatience, type Patience } from './retry.ts';
import type { Tally } from './tally.ts';
import { text } from '../text/message.ts';

export interface HoldOptions {
  readonly holder: HolderIdentity;
  readonly signals: BrakeSignals;
  readonly tally: Tally;
}

/** What a hold on the run lends to the work done under it. */
export interface Hold {
  readonly ownership: Ownership;
  readonly brakes: Brakes;
  readonly makePatience: () => Patience;
}

/**
 * Takes the run, does the work, lets go. When the server goes away the hold goes with it: then the run is taken again
 * and the work resumes, as a new start would. Being fenced off by another tool ends it.
 */
export async function holdRun<T>(
  deps: HoldDeps,
  runId: RunId,
  { holder, signals, tally }: HoldOptions,
  work: (hold: Hold) => Promise<T>,
): Promise<T> {
  const waiting = makeBrakes(signals);
  const patienceUntil = (quit: AbortSignal): Patience => makePatience({ ...deps, quit });
  const patience = patienceUntil(waiting.quit);
  try {
    for (;;) {
      const batchesBefore = tally.batches();
      const ownership = await takeRun(deps, runId, holder, patience, waiting.quit);
      const brakes = makeBrakes({ ...signals, lost: ownership.lost });
      try {
        return await work({ ownership, brakes, makePatience: () => patienceUntil(brakes.quit) });
      } catch (error) {
        if (!isCutOff(ownership)) throw error;
        // Progress between two cuts makes the second a first one: a server may restart more than once in a night.
        if (tally.batches() > batchesBefore) patience.renew();
        await patience.afterFailure(text`holding run ${runId}`, error);
      } finally {
        brakes.dispose();
        await ownership.release();
      }
    }
  } finally {
    waiting.dispose();
  }
}

function isCutOff({ lost }: Ownership): boolean {
  return lost.aborted && lost.reason instanceof SrkeyError && lost.reason.code === 'E_DB_UNAVAILABLE';
}
