import { describe, expect, it } from 'vitest';
import { nextOccurrence, stopAt } from '../../src/cli/until.ts';
import type { StopSignals } from '../../src/cli/signals.ts';
import { FakeClock } from '../rotation/fake-clock.ts';

/** By this computer's clock, whatever its zone. */
const at = (day: number, hours: number, minutes: number, seconds = 0): Date =>
  new Date(2026, 10, day, hours, minutes, seconds);

describe('the next time that a clock shows', () => {
  it.each([
    ['05:00', at(23, 22, 0), at(24, 5, 0)],
    ['22:30', at(23, 22, 0), at(23, 22, 30)],
    ['0:05', at(23, 23, 59, 59), at(24, 0, 5)],
    ['21:59', at(23, 22, 0), at(24, 21, 59)],
    ['5:00', at(30, 22, 0), new Date(2026, 11, 1, 5, 0)],
  ])('%s', (timeOfDay, now, next) => {
    expect(nextOccurrence(timeOfDay, now)).toEqual(next);
  });

  it.each([at(23, 22, 0), at(23, 22, 0, 59)])('is no sensible question about the present minute (%s)', (now) => {
    expect(() => nextOccurrence('22:00', now)).toThrow(expect.objectContaining({ code: 'E_USAGE' }));
  });
});

function fakeSignals(): { signals: StopSignals; reasons: unknown[] } {
  const reasons: unknown[] = [];
  const stop = new AbortController();
  const stopFor = (reason: unknown): void => void reasons.push(reason);
  return {
    signals: { stop: stop.signal, abort: stop.signal, press: () => {}, stopFor, dispose: () => {} },
    reasons,
  };
}

describe('stopping at a time', () => {
  it('waits in steps, so that a sleep of the computer cannot be overslept by more than one', async () => {
    const clock = new FakeClock();
    const { signals, reasons } = fakeSignals();
    const waits: number[] = [];
    const sleep = clock.sleep.bind(clock);
    clock.sleep = (ms, signal) => {
      waits.push(ms);
      // the lid is closed once, for an hour
      if (waits.length === 3) clock.ms += 3_600_000;
      return sleep(ms, signal);
    };
    await stopAt(new Date(clock.ms + 7_200_000), clock, signals, new AbortController().signal);
    expect(reasons).toEqual([
      expect.objectContaining({ code: 'E_INTERRUPTED', message: 'the time given with --until has come' }),
    ]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
    expect(waits).toHaveLength(120);
  });

  it('ends without a word when the job is over first', async () => {
    const { signals, reasons } = fakeSignals();
    const over = new AbortController();
    const clock = new FakeClock();
    clock.sleep = (_ms, signal) => {
      over.abort();
      return Promise.reject(signal?.reason as Error);
    };
    await stopAt(new Date(clock.ms + 60_000), clock, signals, over.signal);
    expect(reasons).toEqual([]);
  });
});
