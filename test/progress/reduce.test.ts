import { describe, expect, it } from 'vitest';
import { fc } from '../support/random.ts';
import { RUN_STATES } from '../../src/keys/run.ts';
import { NO_DEVIATIONS } from '../../src/keys/deviation.ts';
import { NO_OUTCOMES, type OutcomeCounts } from '../../src/keys/stored-key.ts';
import type { RotationEvent } from '../../src/progress/events.ts';
import { observeAlive, reduce } from '../../src/progress/reduce.ts';
import {
  censusOf,
  deviationCount,
  INITIAL_STATE,
  LEFT_BEHIND_SHOWN,
  leftBehindCount,
  progressOf,
} from '../../src/progress/rotation-state.ts';
import type { RotationState } from '../../src/progress/rotation-state.ts';
import { verbatim } from '../../src/text/message.ts';

const outcomes = (some: Partial<OutcomeCounts>): OutcomeCounts => ({ ...NO_OUTCOMES, ...some });

function aBatch(rows: number, overrides: Partial<Extract<RotationEvent, { type: 'batch' }>> = {}): RotationEvent {
  return {
    type: 'batch',
    targetNo: 1,
    segmentNo: 1,
    batchNo: 1,
    committedAt: new Date(0),
    rows,
    outcomes: outcomes({ rewrapped: rows }),
    sqlMs: 10,
    ...overrides,
  };
}
const aPlan = (rows: number, segments = 1): RotationEvent => ({
  type: 'plan',
  targets: [{ targetNo: 1, name: 'disk keys', column: 'dbo.DiskKey.WrappedKey', rows, segments }],
});

function play(events: readonly RotationEvent[], from: RotationState = INITIAL_STATE): RotationState {
  return events.reduce((state, event, index) => reduce(state, event, index * 1000), from);
}

const anEvent: fc.Arbitrary<RotationEvent> = fc.oneof(
  fc
    .record({ targetNo: fc.integer({ min: 1, max: 3 }), segmentNo: fc.integer({ min: 0, max: 3 }), rows: fc.nat(2000) })
    .map(({ rows, ...at }) => aBatch(rows, at)),
  fc.nat(5000).map((rows) => aPlan(rows)),
  fc.record({
    type: fc.constant('resumed' as const),
    targetNo: fc.integer({ min: 1, max: 3 }),
    rows: fc.nat(5000),
    outcomes: fc.constant(NO_OUTCOMES),
  }),
  fc.record({
    type: fc.constant('segment' as const),
    targetNo: fc.integer({ min: 1, max: 3 }),
    segmentNo: fc.nat(3),
    change: fc.constantFrom('claimed' as const, 'done' as const),
  }),
  fc.record({
    type: fc.constant('state' as const),
    from: fc.constantFrom(...RUN_STATES),
    to: fc.constantFrom(...RUN_STATES),
  }),
  fc.record({
    type: fc.constant('census-progress' as const),
    targetNo: fc.integer({ min: 1, max: 3 }),
    name: fc.constant('x'),
    rows: fc.nat(5000),
    of: fc.nat(5000),
  }),
  fc.constant<RotationEvent>({
    type: 'left-behind',
    key: { target: 't', key: ['1'], class: 'foreign', reason: verbatim('r') },
  }),
  fc.record({
    type: fc.constant('pause' as const),
    change: fc.constantFrom('asked' as const, 'reached' as const, 'ended' as const),
    because: fc.constant(verbatim('b')),
  }),
  fc.constant<RotationEvent>({ type: 'retry', what: verbatim('w'), attempt: 1, waitMs: 5, because: verbatim('b') }),
);

describe('the state of a rotation', () => {
  it('adds up what is committed', () => {
    const state = play([
      aPlan(1000, 2),
      aBatch(300),
      aBatch(200, { batchNo: 2, outcomes: outcomes({ rewrapped: 199, foreign: 1 }) }),
    ]);
    expect(state.targets[0]).toMatchObject({ rows: 1000, done: 500, outcomes: { rewrapped: 499, foreign: 1 } });
    expect(progressOf(state)).toMatchObject({ done: 500, rows: 1000, share: 0.5 });
    expect(state.lastBatch).toMatchObject({ batchNo: 2, rows: 200 });
  });

  it('starts where the ledger stands, without counting old rows into the speed', () => {
    const resumed: RotationEvent = { type: 'resumed', targetNo: 1, rows: 900, outcomes: outcomes({ rewrapped: 900 }) };
    const state = play([aPlan(1000), resumed, aBatch(10), aBatch(10), aBatch(10), aBatch(10)]);
    expect(progressOf(state)).toMatchObject({ done: 940, share: 0.94 });
    expect(progressOf(state).keysPerSecond).toBeCloseTo(10);
  });

  it('is through with every row behind the last segment, also with rows that nothing was to be done for', () => {
    const segmentDone = (segmentNo: number): RotationEvent => ({
      type: 'segment',
      targetNo: 1,
      segmentNo,
      change: 'done',
    });
    // A swap of 100 rows: 20 of them were foreign or empty when they were staged, 10 have gone since.
    const passed = { type: 'resumed', targetNo: 1, rows: 20, outcomes: outcomes({ foreign: 5, empty: 15 }) } as const;
    const swapped = [passed, aPlan(100, 2), aBatch(50), segmentDone(1), aBatch(20, { segmentNo: 2, batchNo: 1 })];
    expect(progressOf(play(swapped))).toMatchObject({ done: 90, rows: 100, share: 0.9 });
    const state = play([...swapped, segmentDone(2)]);
    expect(progressOf(state)).toMatchObject({ done: 100, rows: 100, share: 1 });
    expect(state.targets[0]).toMatchObject({ segments: 2, segmentsDone: 2, outcomes: { foreign: 5, empty: 15 } });
  });

  it('counts the segments that earlier starts are through with', () => {
    const plan = aPlan(100, 3);
    const [target] = plan.type === 'plan' ? plan.targets : [];
    const resumed: RotationEvent = { type: 'plan', targets: [{ ...target!, segmentsDone: 2 }] };
    const state = play([resumed, aBatch(10), { type: 'segment', targetNo: 1, segmentNo: 3, change: 'done' }]);
    expect(state.targets[0]).toMatchObject({ segments: 3, segmentsDone: 3, done: 100 });
  });

  it('does not take swept rows for progress', () => {
    const state = play([aPlan(100), aBatch(100), aBatch(5, { segmentNo: 0 })]);
    expect(state.targets[0]).toMatchObject({ done: 100, rows: 100, sweptRows: 5 });
  });

  it('grows the total when more rows are found than planned', () => {
    expect(progressOf(play([aPlan(100), aBatch(150)]))).toMatchObject({ done: 150, rows: 150, share: 1 });
  });

  it('keeps a pause out of speed and time left, but not the batches that it waits for', () => {
    const pause = (change: 'asked' | 'reached' | 'ended'): RotationEvent => ({
      type: 'pause',
      change,
      because: verbatim('b'),
    });
    let state = play([aPlan(1000), aBatch(10), aBatch(10), aBatch(10), pause('asked'), aBatch(10)]);
    expect(state.pause).toEqual({ because: verbatim('b'), isReached: false, sinceMs: 4000 });
    state = reduce(state, pause('reached'), 6000);
    const atPause = progressOf(state);
    expect(atPause.keysPerSecond).toBeCloseTo(30 / 5);
    for (let atMs = 7000; atMs <= 3_600_000; atMs += 1000) state = observeAlive(state, atMs);
    expect(state.pause).toEqual({ because: verbatim('b'), isReached: true, sinceMs: 4000 });
    expect(progressOf(state)).toEqual(atPause);
    state = reduce(state, pause('ended'), 3_600_500);
    expect(state).toMatchObject({ pause: null, movedAtMs: 3_600_500 });
    expect(progressOf(state)).toEqual(atPause);
    state = reduce(state, aBatch(6), 3_601_500);
    expect(progressOf(state).keysPerSecond).toBeCloseTo(36 / 6);
  });

  it('knows the number of workers as it was turned last', () => {
    expect(INITIAL_STATE.workers).toBeNull();
    expect(
      play([
        { type: 'workers', workers: 2 },
        { type: 'workers', workers: 3 },
      ]).workers,
    ).toBe(3);
  });

  it('gives counting and changing a speed of their own', () => {
    const counting: RotationEvent[] = [0, 1, 2, 3].map((n) => ({
      type: 'census-progress',
      targetNo: 1,
      name: 'x',
      rows: n * 5000,
      of: 20_000,
    }));
    const counted = play(counting);
    expect(counted.phase).toBe('counting');
    expect(progressOf(counted)).toMatchObject({ done: 15_000, rows: 20_000 });
    const changed = reduce(reduce(counted, aPlan(20_000), 5000), aBatch(10), 6000);
    expect(changed.phase).toBe('changing');
    expect(progressOf(changed)).toMatchObject({ done: 10, keysPerSecond: null });
  });

  it('counts every key left behind, and keeps the first of them', () => {
    const many = Array.from({ length: LEFT_BEHIND_SHOWN + 50 }, (_, n): RotationEvent => ({
      type: 'left-behind',
      key: { target: 't', key: [String(n)], class: 'unreadable', reason: verbatim('r') },
    }));
    const { leftBehind } = play(many);
    expect(leftBehind.count).toBe(LEFT_BEHIND_SHOWN + 50);
    expect(leftBehind.keys.map(({ key }) => key[0])).toEqual(
      Array.from({ length: LEFT_BEHIND_SHOWN }, (_, n) => String(n)),
    );
  });

  it('knows of more keys left behind than are named: from the ledger at work, then from what was counted', () => {
    const aRun = (state: 'applying' | 'rolling-back'): RotationEvent => ({
      type: 'run',
      runId: 1,
      resumed: true,
      state,
      tookOverFrom: null,
    });
    const batch = aBatch(9_000, { outcomes: outcomes({ foreign: 2_000, unreadable: 3_000, rewrapped: 4_000 }) });
    const named: RotationEvent = {
      type: 'left-behind',
      key: { target: 't', key: ['1'], class: 'foreign', reason: verbatim('r') },
    };
    const counts = { targetNo: 1, rows: 9_000, rewrapped: 4_000, unaccounted: 0 };
    expect(leftBehindCount(play([named]))).toBe(1);
    expect(leftBehindCount(play([aRun('rolling-back'), batch]))).toBe(0);
    const working = play([aRun('applying'), batch]);
    expect(leftBehindCount(working)).toBe(5_000);
    const verified = play([{ type: 'verified', ...counts, leftBehind: 4_999 }, named], working);
    expect([leftBehindCount(verified), verified.leftBehind.count]).toEqual([4_999, 1]);
  });

  it('counts deviations that are not named as well', () => {
    const target = { targetNo: 1, name: 't', column: 'c', rows: 9, standing: 0, leftBehind: 0, pending: 0 };
    const deviations = { ...NO_DEVIATIONS, foreign: 1_500, gone: 2 };
    const key = { target: 't', key: ['1'], kind: 'foreign', isAdded: false, reason: null } as const;
    const met = play([{ type: 'deviation', key }]);
    expect(deviationCount(met)).toBe(1);
    const standing = { ...target, deviations, opened: null, openedBefore: 0 };
    expect(deviationCount(play([{ type: 'standing', target: standing }], met))).toBe(1_502);
  });

  it('shows a check that is made again once, with its last answer', () => {
    const check = (status: 'failed' | 'passed'): RotationEvent => ({
      type: 'check',
      check: { id: 'space', status, title: verbatim('t'), found: verbatim('f'), remedy: null },
    });
    expect(play([check('failed'), check('passed')]).checks).toMatchObject([{ status: 'passed' }]);
  });

  it('forgets the wait for a lease when the run is taken', () => {
    const holder = {
      host: 'h',
      user: 'u',
      pid: 1,
      since: new Date(0),
      heartbeatAt: new Date(0),
      heartbeatAgeSeconds: 3,
      leaseSeconds: 30,
    };
    const waiting = play([{ type: 'lease-wait', holder, secondsLeft: 12 }]);
    expect(waiting.leaseWait?.secondsLeft).toBe(12);
    const taken = play([{ type: 'run', runId: 7, resumed: true, state: 'applying', tookOverFrom: holder }], waiting);
    expect(taken.leaseWait).toBeNull();
    expect(taken.run).toMatchObject({ runId: 7, resumed: true });
  });

  it('has no census before the first one, then the sum of all', () => {
    expect(censusOf(INITIAL_STATE)).toBeNull();
    const census = (targetNo: number): RotationEvent => ({
      type: 'census',
      target: {
        targetNo,
        name: 'x',
        column: 'c',
        census: { old: 1, new: 2, foreign: 0, unreadable: 0, empty: 1 },
        opened: 3,
        unopened: 0,
      },
    });
    expect(censusOf(play([census(1), census(2)]))).toMatchObject({ old: 2, new: 4, empty: 2 });
  });

  it('keeps done within rows and the share within 0 and 1, whatever comes in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anEvent, fc.nat(100_000)), { maxLength: 60 }), (moments) => {
        let state = INITIAL_STATE;
        for (const [event, atMs] of moments) {
          const before = new Map(state.targets.map(({ targetNo, done }) => [targetNo, done]));
          state = observeAlive(reduce(state, event, atMs), atMs + 1);
          for (const { targetNo, done, rows } of state.targets) {
            expect(done).toBeLessThanOrEqual(rows);
            expect(done).toBeGreaterThanOrEqual(before.get(targetNo) ?? 0);
          }
          const { share, left } = progressOf(state);
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
          if (left !== null) expect(left.secondsHigh).toBeGreaterThanOrEqual(left.secondsLow);
        }
      }),
    );
  });

  it('is never changed in place', () => {
    fc.assert(
      fc.property(fc.array(anEvent, { maxLength: 20 }), anEvent, (events, last) => {
        const state = play(events);
        const copy = structuredClone(state);
        reduce(state, last, 1e6);
        expect(state).toEqual(copy);
      }),
    );
  });
});
