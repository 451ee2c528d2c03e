import { describe, expect, it } from 'vitest';
import { fc } from '../support/random.ts';
import { GAP_MS, NEW_METER, observe, overallRate, timeLeft, WINDOW_MS, windowRate } from '../../src/progress/rate.ts';
import type { RateMeter } from '../../src/progress/rate.ts';

interface Step {
  readonly waitMs: number;
  readonly rows: number;
}

function play(steps: readonly Step[], startMs = 0, meter: RateMeter = NEW_METER): { meter: RateMeter; atMs: number } {
  let atMs = startMs;
  for (const { waitMs, rows } of steps) {
    atMs += waitMs;
    meter = observe(meter, rows, atMs);
  }
  return { meter, atMs };
}

/** `rows` rows in each of `seconds` seconds. */
const steady = (seconds: number, rows: number): Step[] =>
  Array.from({ length: seconds }, () => ({ waitMs: 1000, rows }));
const someSteps = fc.array(
  fc.record({ waitMs: fc.integer({ min: 0, max: 20_000 }), rows: fc.integer({ min: 0, max: 2000 }) }),
  { maxLength: 200 },
);

describe('the rate', () => {
  it('is unknown at the start', () => {
    expect(windowRate(NEW_METER)).toBeNull();
    expect(timeLeft(NEW_METER, 100)).toBeNull();
  });

  it('is what is committed per second', () => {
    const { meter } = play(steady(30, 500));
    expect(windowRate(meter)).toBeCloseTo(500);
    expect(overallRate(meter)).toBeCloseTo(500);
  });

  it('does not count the time before the first rows: connecting and preflight are not the work', () => {
    const { meter } = play([...steady(20, 0), ...steady(10, 100)]);
    expect(windowRate(meter)).toBeCloseTo(100);
  });

  it('follows a change within its window, while the overall rate remembers', () => {
    const { meter } = play([...steady(300, 1000), ...steady(WINDOW_MS / 1000 + 1, 100)]);
    expect(windowRate(meter)).toBeCloseTo(100, -1);
    expect(overallRate(meter)).toBeGreaterThan(500);
  });

  it('sinks while the server keeps us waiting', () => {
    const { meter } = play([...steady(30, 1000), ...steady(30, 0)]);
    expect(windowRate(meter)).toBeLessThan(600);
  });

  it('is not poisoned by a sleep of any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: GAP_MS + 1, max: 1e9 }), (sleepMs) => {
        const before = play(steady(20, 300));
        const after = play(steady(20, 300), before.atMs + sleepMs, before.meter);
        expect(windowRate(after.meter)).toBeCloseTo(300, -2);
        expect(after.meter.workedMs).toBeLessThanOrEqual(40_000);
      }),
    );
  });

  it('is never negative, infinite or not a number, whatever the clock does', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 0, max: 1e6 }))),
        (moments) => {
          let meter = NEW_METER;
          for (const [atMs, rows] of moments) {
            meter = observe(meter, rows, atMs);
            for (const rate of [windowRate(meter), overallRate(meter)]) {
              expect(rate === null || (Number.isFinite(rate) && rate >= 0)).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('keeps a bounded number of samples', () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        expect(play([...steps, ...steps, ...steps]).meter.samples.length).toBeLessThanOrEqual(WINDOW_MS / 500 + 4);
      }),
    );
  });
});

describe('the time left', () => {
  it('is a range around what is left at the present speed', () => {
    const left = timeLeft(play(steady(30, 100)).meter, 6000);
    expect(left?.secondsLow).toBeLessThanOrEqual(60);
    expect(left?.secondsHigh).toBeGreaterThanOrEqual(60);
    expect(left?.secondsHigh).toBeLessThan(80);
  });

  it('is nothing when nothing is left, and unknown while nothing moves', () => {
    const { meter } = play(steady(30, 100));
    expect(timeLeft(meter, 0)).toEqual({ secondsLow: 0, secondsHigh: 0 });
    expect(timeLeft(meter, -5)).toEqual({ secondsLow: 0, secondsHigh: 0 });
    expect(timeLeft(play(steady(120, 0), 30_000, meter).meter, 100)).toBeNull();
  });

  it('never has its ends the wrong way round', () => {
    fc.assert(
      fc.property(someSteps, fc.integer({ min: 1, max: 1e9 }), (steps, rows) => {
        const left = timeLeft(play(steps).meter, rows);
        if (left !== null) expect(left.secondsLow).toBeLessThanOrEqual(left.secondsHigh);
      }),
    );
  });
});
