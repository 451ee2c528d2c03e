/** Batches from the journal on their way through a lane: one request each, no value in between. */
import type { Deed, Lane } from './ports.ts';
import type { Shift, TargetLane } from './lane.ts';
import { retrying } from './retry.ts';
import { MAX_BATCH_BYTES, observeBatch } from './servo.ts';
import { text } from '../text/message.ts';

/**
 * Takes the journal's rows from where the lane stands through the deed, to the end of the range. The empty batch behind
 * the last row ends it, and with `closes` marks the segment as through: so a lost reply that says so loses no counts.
 */
export async function pumpJournal(
  shift: Shift,
  targetLane: TargetLane,
  lane: Lane,
  deed: Deed,
  closes: boolean,
): Promise<void> {
  const { deps, brakes, tally } = shift;
  for (;;) {
    const admitted = await deps.pace.admit(rowsOf(targetLane), brakes.quit);
    // From here on only `cut` interrupts.
    const { sqlMs, ...batch } = await retrying(
      targetLane.patience,
      brakes.cut,
      text`writing ${targetLane.planned.target.name}`,
      () => lane.commitFromJournal(deed, admitted, closes),
    );
    deps.pace.giveBack(admitted - batch.rows);
    targetLane.patience.renew();
    targetLane.journalServo = observeBatch(targetLane.journalServo, {
      rows: batch.rows,
      bytes: 0,
      sqlMs,
      rewrapMs: 0,
    });
    tally.batchCommitted(batch, sqlMs);
    if (batch.rows === 0) return;
  }
}

/** The values stay on the server, so only the longest one tells how many make a transaction of a bearable size. */
function rowsOf({ journalServo, planned }: TargetLane): number {
  const fitting = Math.floor(MAX_BATCH_BYTES / Math.max(1, planned.longestValueBytes));
  return Math.max(1, Math.min(journalServo.rows, fitting));
}
