/** The forecast as arithmetic: what was measured goes in as it is, and what is assumed is told with the result. */
import { describe, expect, it } from 'vitest';
import { EMPTY_CENSUS } from '../../src/keys/stored-key.ts';
import type { StagedTarget, TargetCensus } from '../../src/progress/events.ts';
import { forecastRun, type ForecastInput } from '../../src/rotation/forecast.ts';

const NAMES = { targetNo: 1, name: 'file keys', column: 'dbo.FileKey.WrappedKey' };
const found: TargetCensus = { ...NAMES, census: { ...EMPTY_CENSUS, old: 30_000 }, opened: 0, unopened: 0 };
const staged: StagedTarget = {
  ...NAMES,
  rows: 30_000,
  staged: 30_000,
  new: 0,
  foreign: 0,
  unreadable: 0,
  empty: 0,
  stale: 0,
};

const forecast = (overrides: Partial<ForecastInput> = {}) =>
  forecastRun({
    census: [found],
    staging: [],
    need: { journalBytes: 0, logBytes: 0 },
    proof: 'sample',
    privateOpsPerSecond: 1_000,
    comparedRowsPerSecond: null,
    maxKeysPerSecond: null,
    ...overrides,
  });

describe('the forecast', () => {
  it('of a direct change is bound by the RSA that was measured, and by what is assumed of the server', () => {
    const { secondsLow, secondsHigh, grounds } = forecast();
    expect(secondsLow).toBeCloseTo(30.42);
    expect(secondsHigh).toBeCloseTo(30.42 * 1.25 + 30_000 / grounds.writtenRowsPerSecond.low);
    expect(forecast({ privateOpsPerSecond: 500 }).secondsLow).toBeCloseTo(2 * secondsLow);
    expect(forecast({ privateOpsPerSecond: 1e9 }).secondsLow).toBeCloseTo(30_000 / grounds.writtenRowsPerSecond.high);
    expect(grounds).toMatchObject({ privateOpsPerSecond: 1_000, comparedRowsPerSecond: null });
  });

  it('of a swap follows how fast this server compared the staging, and needs no RSA', () => {
    const at = (comparedRowsPerSecond: number) =>
      forecast({ staging: [staged], comparedRowsPerSecond, privateOpsPerSecond: 1 });
    const { keys, swapped, secondsLow, secondsHigh, grounds } = at(10_000);
    expect({ keys, swapped }).toEqual({ keys: 0, swapped: 30_000 });
    expect(secondsLow).toBeCloseTo(3 * grounds.swapInComparisons.low);
    expect(secondsHigh).toBeCloseTo(3 * grounds.swapInComparisons.high);
    expect(at(1_000).secondsHigh).toBeCloseTo(10 * secondsHigh);
  });

  it('takes no less than a limit on the speed lets through, swapped rows included', () => {
    const slow = forecast({ maxKeysPerSecond: 10 });
    expect([slow.secondsLow, slow.secondsHigh, slow.grounds.maxKeysPerSecond]).toEqual([3_000, 3_000, 10]);
    const swap = forecast({ maxKeysPerSecond: 10, staging: [staged], comparedRowsPerSecond: 10_000 });
    expect([swap.secondsLow, swap.secondsHigh]).toEqual([3_000, 3_045]);
    expect(forecast({ maxKeysPerSecond: 1_000_000 })).toMatchObject({
      secondsLow: forecast().secondsLow,
      secondsHigh: forecast().secondsHigh,
    });
  });

  it('of a staging that is not current anywhere is that of a direct change', () => {
    const stale = { ...staged, staged: 0, stale: 30_000 };
    const { secondsLow, secondsHigh } = forecast();
    expect(forecast({ staging: [stale], comparedRowsPerSecond: 10_000 })).toMatchObject({ secondsLow, secondsHigh });
  });
});
