/**
 * `--until HH:MM`: when to stop by the clock on the wall. A computer that slept meanwhile stops when it wakes up late:
 * timers stand still in sleep, so the clock is looked at again and again.
 */
import { SrkeyError } from '../errors.ts';
import { text } from '../text/message.ts';
import type { Clock } from '../rotation/ports.ts';
import type { StopSignals } from './signals.ts';

const LOOK_EVERY_MS = 30_000;
const MINUTE_MS = 60_000;

/**
 * The next time that this computer's clock shows `timeOfDay` (HH:MM). Throws E_USAGE for the present minute: nobody who
 * types it means to work on for a day. Where the clock is put forward over that time, it is the first moment after it.
 */
export function nextOccurrence(timeOfDay: string, now: Date): Date {
  const [hours = 0, minutes = 0] = timeOfDay.split(':').map(Number);
  const today = new Date(now);
  today.setHours(hours, minutes, 0, 0);
  if (today > now) return today;
  if (now.getTime() - today.getTime() < MINUTE_MS) {
    throw new SrkeyError('E_USAGE', text`--until ${timeOfDay} is now: it would stop before it begins, or tomorrow`, {
      hint: text`give a time that is still to come, or leave --until out`,
    });
  }
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  tomorrow.setHours(hours, minutes, 0, 0);
  return tomorrow;
}

/** Asks for a stop when the time has come. Ends early, without a word, when `signal` aborts. */
export async function stopAt(until: Date, clock: Clock, signals: StopSignals, signal: AbortSignal): Promise<void> {
  const left = (): number => until.getTime() - clock.now().getTime();
  try {
    while (left() > 0) await clock.sleep(Math.min(left(), LOOK_EVERY_MS), signal);
  } catch (error) {
    if (signal.aborted) return;
    throw error;
  }
  const because = text`the time given with --until has come`;
  signals.stopFor(new SrkeyError('E_INTERRUPTED', because), because);
}
