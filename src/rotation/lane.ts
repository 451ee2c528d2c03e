/**
 * A lane that can be replaced: after a `reconnect` error the connection is gone, and with it the page it held. The next
 * lane claims again, which fences off whatever the old connection may still be doing.
 */
import type { Work } from '../keys/run.ts';
import type { Brakes } from './brakes.ts';
import type { EngineDeps, ProofPolicy } from './deps.ts';
import type { PlannedTarget } from './plan.ts';
import type { Lane, Ownership } from './ports.ts';
import { isReconnect, type Patience, retrying } from './retry.ts';
import { FIRST_JOURNAL_ROWS, type Servo, startServo } from './servo.ts';
import type { Tally } from './tally.ts';
import { type Message, text } from '../text/message.ts';

/** What all lanes of one hold on the run share. */
export interface Shift {
  readonly deps: EngineDeps;
  readonly ownership: Ownership;
  readonly brakes: Brakes;
  readonly tally: Tally;
  /** What is done to the run: its state, its fences and what the lanes may do follow from it. */
  readonly work: Work;
  readonly proof: ProofPolicy;
  /** False for a certificate alone: no new envelope can be opened. */
  readonly canProve: boolean;
  readonly makePatience: () => Patience;
}

/** One target's lane, with the patience of the connection behind it. */
export interface TargetLane {
  readonly planned: PlannedTarget;
  readonly patience: Patience;
  /** What this target's batches have shown so far, from segment to segment, until the connection is lost. */
  servo: Servo;
  /** The same of batches from the journal. */
  journalServo: Servo;
  /** The open lane, or a new one. */
  open(): Promise<Lane>;
  /**
   * Closes the lane for good; the next `open` makes another. Its batches begin small again: whatever went wrong, a smaller
   * one is likelier to get through, and the same one may fail the same way as often as it is asked for.
   */
  drop(): Promise<void>;
}

export function makeTargetLane(shift: Shift, planned: PlannedTarget): TargetLane {
  const patience = shift.makePatience();
  let current: Lane | null = null;
  const targetLane: TargetLane = {
    planned,
    patience,
    servo: startServo(),
    journalServo: startServo(FIRST_JOURNAL_ROWS),
    open: async () => {
      current ??= await openLane(shift, planned, patience);
      return current;
    },
    drop: async () => {
      const dropped = current;
      current = null;
      targetLane.servo = startServo();
      targetLane.journalServo = startServo(FIRST_JOURNAL_ROWS);
      // A dead connection may fail to close; the server has let go of it or will.
      await dropped?.close().catch(() => undefined);
    },
  };
  return targetLane;
}

async function openLane(shift: Shift, planned: PlannedTarget, patience: Patience): Promise<Lane> {
  return await retrying(patience, shift.brakes.cut, text`connecting for ${planned.target.name}`, () =>
    shift.ownership.openLane(planned.targetNo, planned.target, shift.work),
  );
}

/**
 * Does `work` on a lane, and again on another lane as often as the connection is lost. `work` must begin by claiming:
 * only then is it known what became of the transaction that got no answer.
 */
export async function onLane<T>(
  shift: Shift,
  targetLane: TargetLane,
  what: Message,
  work: (lane: Lane) => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work(await targetLane.open());
    } catch (error) {
      await targetLane.drop();
      // A call abandoned because the run is lost must not look like an ordinary cut line.
      shift.brakes.cut.throwIfAborted();
      if (!isReconnect(error)) throw error;
      await targetLane.patience.afterFailure(what, error);
    }
  }
}
