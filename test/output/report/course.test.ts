import { describe, expect, it } from 'vitest';
import { fc } from '../../support/random.ts';
import { NO_OUTCOMES } from '../../../src/keys/stored-key.ts';
import { recordCourse } from '../../../src/output/report/course.ts';
import type { RotationEvent } from '../../../src/progress/events.ts';
import { verbatim } from '../../../src/text/message.ts';

const aBatch = (rows: number, batchNo = 1, segmentNo = 1): RotationEvent => ({
  type: 'batch',
  targetNo: 1,
  segmentNo,
  batchNo,
  committedAt: new Date(0),
  rows,
  outcomes: NO_OUTCOMES,
  sqlMs: 10,
});

function record(steps: readonly (readonly [atMs: number, event: RotationEvent])[]) {
  let nowMs = 1_000_000;
  const recorder = recordCourse(() => nowMs);
  for (const [atMs, event] of steps) {
    nowMs = 1_000_000 + atMs;
    recorder.record(event);
  }
  return recorder.course();
}

describe('the course of a job', () => {
  it('has every row in its moment, and few moments however long it takes', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(600_000), fc.nat(2_000)), { minLength: 1, maxLength: 60 }), (waits) => {
        let atMs = 0;
        let rows = 0;
        const steps = waits.map(([waitMs, count], index): [number, RotationEvent] => {
          atMs += waitMs;
          rows += count;
          return [atMs, aBatch(count, index + 1)];
        });
        const course = record(steps);
        expect(course.moments.length).toBeLessThanOrEqual(240);
        expect(course.moments.reduce((sum, each) => sum + each, 0)).toBe(rows);
        expect((course.moments.length - 1) * course.momentMs).toBeLessThanOrEqual(atMs);
        expect(course.moments.length * course.momentMs).toBeGreaterThan(atMs);
      }),
    );
  });

  it('is busy with verifying from where the run is known, and counts each key that is compared', () => {
    const progress = (rows: number): RotationEvent => ({
      type: 'verify-progress',
      targetNo: 1,
      name: 'x',
      rows,
      of: 9,
    });
    const course = record([
      [5, { type: 'verify', runId: 1, state: 'done', basis: 'applied', full: false }],
      [10, progress(4)],
      [20, progress(9)],
    ]);
    expect(course.stages.map(({ stage }) => stage)).toEqual(['checking', 'verifying']);
    expect(course.moments).toEqual([9]);
  });

  it('counts keys that a census goes through once, and swept rows not at all', () => {
    const progress = (rows: number): RotationEvent => ({
      type: 'census-progress',
      targetNo: 1,
      name: 'x',
      rows,
      of: 9,
    });
    const course = record([
      [0, progress(4)],
      [10, progress(9)],
      [20, aBatch(5, 1, 0)],
    ]);
    expect(course.moments).toEqual([9]);
    expect(course.batches).toHaveLength(1);
  });

  it('knows what it was busy with, and when it was paused', () => {
    const course = record([
      [5, { type: 'run', runId: 1, resumed: false, state: 'planned', tookOverFrom: null }],
      [7, { type: 'state', from: 'planned', to: 'applying' }],
      [10, { type: 'pause', change: 'asked', because: verbatim('b') }],
      [20, { type: 'pause', change: 'reached', because: verbatim('b') }],
      [30, { type: 'pause', change: 'ended', because: verbatim('b') }],
      [40, { type: 'state', from: 'applying', to: 'verifying' }],
      [50, { type: 'state', from: 'verifying', to: 'done' }],
    ]);
    expect(course.stages.map(({ stage, atMs }) => [stage, atMs - course.startMs])).toEqual([
      ['checking', 0],
      ['changing', 5],
      ['verifying', 40],
      ['done', 50],
    ]);
    expect(course.pauses).toEqual([{ fromMs: 1_000_020, toMs: 1_000_030 }]);
  });

  it('keeps the first and the last of many batches, and says how many it left out', () => {
    const course = record(Array.from({ length: 3_000 }, (_, n) => [n, aBatch(1, n + 1)] as const));
    expect(course.batches).toHaveLength(250);
    expect(course.batchesLeftOut).toBe(2_750);
    expect([course.batches[0]?.batchNo, course.batches[49]?.batchNo, course.batches[50]?.batchNo]).toEqual([
      1, 50, 2801,
    ]);
    expect(course.batches.at(-1)?.batchNo).toBe(3_000);
    expect(
      record([
        [0, aBatch(1)],
        [1, aBatch(0)],
      ]),
    ).toMatchObject({ batchesLeftOut: 0, batches: [{ rows: 1 }] });
  });
});
