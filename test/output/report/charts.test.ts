import { describe, expect, it } from 'vitest';
import { fc } from '../../support/random.ts';
import { niceCeiling, shareBar, throughputChart, timeTicks } from '../../../src/output/report/charts.ts';

describe('the pictures', () => {
  it('have round scales that hold every value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e7, noNaN: true }), (value) => {
        expect(niceCeiling(value)).toBeGreaterThanOrEqual(value);
        expect(niceCeiling(value)).toBeLessThanOrEqual(value * 2.5);
      }),
    );
    expect([1, 3, 450, 501, 1000].map(niceCeiling)).toEqual([1, 4, 500, 1000, 1000]);
  });

  it('have at most nine times at round steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e7, noNaN: true }), (seconds) => {
        expect(timeTicks(seconds).length).toBeLessThanOrEqual(9);
        expect(timeTicks(seconds).at(-1)).toBeLessThanOrEqual(seconds);
      }),
    );
  });

  it('show a part of one in a million, and stay within their width', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 6 }), (amounts) => {
        const parts = amounts.map((amount) => ({ kind: 'old', label: 'x', amount }));
        const { markup } = shareBar(parts, 'title');
        const widths = [...markup.matchAll(/ width="([\d.]+)"/g)].map(([, width]) => Number(width));
        expect(Math.min(...widths)).toBeGreaterThan(0);
        const ends = [...markup.matchAll(/ x="([\d.]+)"[^>]* width="([\d.]+)"/g)].map(
          ([, x, w]) => Number(x) + Number(w),
        );
        expect(Math.max(...ends)).toBeLessThanOrEqual(720.1);
      }),
    );
  });

  it('draw numbers only, whatever the course was', () => {
    const words = { title: 't', description: 'd', rate: String, time: String, pause: 'p' };
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { maxLength: 50 }), fc.nat(100_000), (moments, lengthMs) => {
        const course = {
          startMs: 0,
          momentMs: 500,
          moments,
          stages: [],
          pauses: [{ fromMs: 10, toMs: null }],
          batches: [],
          batchesLeftOut: 0,
        };
        expect(throughputChart(course, lengthMs, words).markup).not.toMatch(/NaN|Infinity|undefined/);
      }),
    );
  });
});
