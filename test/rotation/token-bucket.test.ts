import { describe, expect, it } from 'vitest';
import { fc } from '../support/random.ts';
import { makeTokenBucket } from '../../src/rotation/token-bucket.ts';

interface Use {
  readonly atMs: number;
  readonly rows: number;
}

/** Lanes that ask, wait for their turn, use their rows for a while, and ask again. */
function simulate(rowsPerSecond: number, lanes: number, wanted: number, workMs: (n: number) => number, uses: number) {
  const bucket = makeTokenBucket(rowsPerSecond);
  const freeAt = Array.from({ length: lanes }, () => 0);
  const used: Use[] = [];
  while (used.length < uses) {
    const nowMs = Math.min(...freeAt);
    const lane = freeAt.indexOf(nowMs);
    const rows = bucket.fitting(wanted);
    const atMs = nowMs + bucket.take(rows, nowMs);
    used.push({ atMs, rows });
    freeAt[lane] = atMs + workMs(used.length);
  }
  return used;
}

function rowsWithin(used: readonly Use[], fromMs: number, toMs: number): number {
  return used.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).reduce((sum, { rows }) => sum + rows, 0);
}

describe('the token bucket', () => {
  it('lets through at most the limit in any span of time, but for one second of credit and one page', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 2_000 }),
        fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 20_000 }),
        (limit, lanes, wanted, works, spanMs) => {
          const used = simulate(limit, lanes, wanted, (n) => works[n % works.length]!, 60);
          const page = Math.min(wanted, limit);
          for (const { atMs } of used) {
            const most = limit * (spanMs / 1_000 + 1) + page;
            expect(rowsWithin(used, atMs, atMs + spanMs)).toBeLessThanOrEqual(most * (1 + 1e-9));
          }
        },
      ),
    );
  });

  it('reaches the limit when the lanes are fast enough', () => {
    const used = simulate(500, 3, 200, () => 100, 200);
    const seconds = (used.at(-1)!.atMs - used[0]!.atMs) / 1_000;
    expect(rowsWithin(used, 0, Infinity) / seconds).toBeGreaterThan(490);
    expect(rowsWithin(used, 0, Infinity) / seconds).toBeLessThan(520);
  });

  it('makes up for one slow page, and not for an hour of rest', () => {
    const bucket = makeTokenBucket(100);
    bucket.take(50, 0);
    expect(bucket.take(50, 1_000)).toBe(0);
    // a second of credit is a hundred rows, whatever the rest was
    const hour = 3_600_000;
    expect([bucket.take(100, hour), bucket.take(100, hour), bucket.take(100, hour)]).toEqual([0, 0, 1_000]);
  });

  it('takes pages of a second at most, and gives lanes their turns in order of asking', () => {
    const bucket = makeTokenBucket(10);
    expect([bucket.fitting(2_000), bucket.fitting(3)]).toEqual([10, 3]);
    bucket.take(10, 0);
    expect([bucket.take(10, 0), bucket.take(10, 0), bucket.take(10, 0)]).toEqual([0, 1_000, 2_000]);
  });

  it('takes back what was reserved and not there', () => {
    const bucket = makeTokenBucket(10);
    bucket.take(20, 0);
    expect(bucket.isFree(0)).toBe(false);
    bucket.giveBack(10);
    expect(bucket.isFree(0)).toBe(true);
  });
});
