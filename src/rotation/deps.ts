import type { RootSummary } from '../keys/root.ts';
import type { Emit } from '../progress/events.ts';
import type { Pace } from './controls.ts';
import type { Clock, Inspector, KeyWorkers, RunRegister } from './ports.ts';

/** Everything the engine speaks to. The caller owns it all and closes it. */
export interface EngineDeps {
  readonly inspector: Inspector;
  readonly register: RunRegister;
  readonly workers: KeyWorkers;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly pace: Pace;
  /** 0 … 1, for the jitter of waits; Math.random unless given. */
  readonly random?: () => number;
}

/** What holding a run takes, whatever is done under the hold. */
export type HoldDeps = Pick<EngineDeps, 'register' | 'clock' | 'emit' | 'random'>;

/** *Old value* and *New value*. */
export interface RootPair {
  readonly old: RootSummary;
  readonly new: RootSummary;
}

/** How many new envelopes are opened with the new private key before they are written. */
export type ProofPolicy = 'sample' | 'full';

/**
 * An `emit` that cannot throw: a crashed screen must not decide the fate of a transaction, and a throw between commit
 * and the next claim would look like a failure of the database.
 */
export function shieldedEmit(emit: Emit): Emit {
  return (event) => {
    try {
      emit(event);
    } catch {
      // The screen's own error handling shows what broke; the run goes on.
    }
  };
}
