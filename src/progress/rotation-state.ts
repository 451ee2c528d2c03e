/**
 * What the screens show: the sum of all events so far. `reduce` is pure and total, and keeps these promises whatever
 * order events come in: no target has more done than rows, progress never runs backwards within a run, nothing but the
 * end of the work reads 100 %, and lists are bounded.
 */
import { addCensus, EMPTY_CENSUS, OUTCOMES } from '../keys/stored-key.ts';
import type { Census, Outcome } from '../keys/stored-key.ts';
import type { Holder, RunState } from '../keys/run.ts';
import type {
  Check,
  DeviatingKey,
  Forecast,
  LeftBehindKey,
  RestoredTarget,
  RotationEvent,
  StagedTarget,
  StandingTarget,
  TargetCensus,
} from './events.ts';
import { NEW_METER, observe, rest, timeLeft, windowRate } from './rate.ts';
import type { RateMeter, TimeLeft } from './rate.ts';
import type { Message } from '../text/message.ts';

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export interface TargetState {
  readonly targetNo: number;
  readonly name: string;
  readonly column: string;
  /** Rows to go through: as planned, or more when more were found. Never less than `done`. */
  readonly rows: number;
  /** Rows gone through, those of earlier starts included. */
  readonly done: number;
  /** Sums of the ledger. A row that the sweep took up again counts in both of its batches. */
  readonly outcomes: OutcomeCounts;
  readonly segments: number;
  readonly segmentsDone: number;
  /** Rows that sweeps staged again. */
  readonly sweptRows: number;
  /** The sweep under way, or the last one. */
  readonly sweep: {
    readonly pass: number;
    readonly isOpen: boolean;
    readonly found: number;
    readonly old: number;
  } | null;
  /** What a staging holds, held against the live rows. */
  readonly staged: StagedTarget | null;
  /** What a rollback left, once it is over. */
  readonly restored: RestoredTarget | null;
  /** How its live rows stand to the journal of a run. */
  readonly standing: StandingTarget | null;
  readonly verified: { readonly rows: number; readonly rewrapped: number; readonly unaccounted: number } | null;
  /** Rows that the census or the verification under way has been through. */
  readonly counted: { readonly rows: number; readonly of: number } | null;
  readonly census: TargetCensus | null;
}

/** What the tool is busy with: counting and verifying keys reads only, changing them writes. */
export type Phase = 'idle' | 'counting' | 'verifying' | 'changing';

export interface LastBatch {
  readonly targetNo: number;
  readonly segmentNo: number;
  readonly batchNo: number;
  readonly committedAt: Date;
  readonly rows: number;
}

export interface RotationState {
  readonly server: Extract<RotationEvent, { type: 'server' }> | null;
  readonly checks: readonly Check[];
  readonly run: {
    readonly runId: number;
    readonly resumed: boolean;
    readonly state: RunState;
    readonly tookOverFrom: Holder | null;
  } | null;
  /** By target number. */
  readonly targets: readonly TargetState[];
  readonly leaseWait: { readonly holder: Holder; readonly secondsLeft: number } | null;
  readonly leftBehind: {
    readonly count: number;
    /** The first of them. */
    readonly keys: readonly LeftBehindKey[];
  };
  /** The run that is held against its live rows. */
  readonly verify: Omit<Extract<RotationEvent, { type: 'verify' }>, 'type'> | null;
  readonly deviations: {
    readonly count: number;
    /** The first of them. */
    readonly keys: readonly DeviatingKey[];
  };
  readonly retries: number;
  readonly lastRetry: Extract<RotationEvent, { type: 'retry' }> | null;
  /** When the next attempt is due, on the caller's clock; null once the work has gone on. */
  readonly retryAtMs: number | null;
  /** Null while the work goes on. Not reached: what was in work when it was asked for is still being finished. */
  readonly pause: { readonly because: Message; readonly isReached: boolean; readonly sinceMs: number } | null;
  readonly limits: { readonly maxKeysPerSecond: number | null; readonly until: Date | null };
  /** RSA threads at work; null before it is known. */
  readonly workers: number | null;
  readonly lastBatch: LastBatch | null;
  readonly forecast: Forecast | null;
  readonly notes: readonly { readonly level: 'info' | 'warning'; readonly text: Message }[];
  readonly phase: Phase;
  /** When rows were gone through last, on the caller's clock; null before the first ones. */
  readonly movedAtMs: number | null;
  /** Speed of the phase under way. */
  readonly meter: RateMeter;
}

/** Screens name this many keys left behind; the log file and the JSON lines have them all. */
export const LEFT_BEHIND_SHOWN = 100;
const NOTES_KEPT = 200;
const CHECKS_KEPT = 1000;

const NO_OUTCOMES = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as unknown as OutcomeCounts;

export const INITIAL_STATE: RotationState = {
  server: null,
  checks: [],
  run: null,
  targets: [],
  leaseWait: null,
  leftBehind: { count: 0, keys: [] },
  verify: null,
  deviations: { count: 0, keys: [] },
  retries: 0,
  lastRetry: null,
  retryAtMs: null,
  pause: null,
  limits: { maxKeysPerSecond: null, until: null },
  workers: null,
  lastBatch: null,
  forecast: null,
  notes: [],
  phase: 'idle',
  movedAtMs: null,
  meter: NEW_METER,
};

function unknownTarget(targetNo: number): TargetState {
  return {
    targetNo,
    name: `target ${targetNo}`,
    column: '',
    rows: 0,
    done: 0,
    outcomes: NO_OUTCOMES,
    segments: 0,
    segmentsDone: 0,
    sweptRows: 0,
    sweep: null,
    staged: null,
    restored: null,
    standing: null,
    verified: null,
    counted: null,
    census: null,
  };
}

export function addOutcomes(a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, a[outcome] + b[outcome]])) as unknown as OutcomeCounts;
}

/** Changes one target, which is made when it is new, and keeps `done ≤ rows`. */
function withTarget(
  state: RotationState,
  targetNo: number,
  change: (target: TargetState) => TargetState,
): RotationState {
  const old = state.targets.find((target) => target.targetNo === targetNo) ?? unknownTarget(targetNo);
  const changed = change(old);
  const target = { ...changed, rows: Math.max(changed.rows, changed.done) };
  const others = state.targets.filter((other) => other.targetNo !== targetNo);
  return { ...state, targets: [...others, target].sort((a, b) => a.targetNo - b.targetNo) };
}

/** Events that only a server that answers brings about. */
const GOING_ON: ReadonlySet<RotationEvent['type']> = new Set([
  'run',
  'state',
  'segment',
  'batch',
  'sweep',
  'verified',
  'verify-progress',
  'census-progress',
]);

/** @param atMs the caller's monotonic clock when the event arrived */
export function reduce(state: RotationState, event: RotationEvent, atMs: number): RotationState {
  const alive = { ...observeAlive(state, atMs), retryAtMs: GOING_ON.has(event.type) ? null : state.retryAtMs };
  switch (event.type) {
    case 'server':
      return { ...alive, server: event };
    case 'check': {
      // a check that is made again replaces its former answer
      const others = alive.checks.filter(
        ({ id, title }) => id !== event.check.id || String(title) !== String(event.check.title),
      );
      return { ...alive, checks: [...others, event.check].slice(-CHECKS_KEPT) };
    }
    case 'lease-wait':
      return {
        ...alive,
        leaseWait: event.secondsLeft > 0 ? { holder: event.holder, secondsLeft: event.secondsLeft } : null,
      };
    case 'run': {
      const { runId, resumed, tookOverFrom } = event;
      return { ...alive, leaseWait: null, run: { runId, resumed, state: event.state, tookOverFrom } };
    }
    case 'state':
      return alive.run === null ? alive : { ...alive, run: { ...alive.run, state: event.to } };
    case 'pause':
      return reducePause(alive, event, atMs);
    case 'limits':
      return { ...alive, limits: { maxKeysPerSecond: event.maxKeysPerSecond, until: event.until } };
    case 'workers':
      return { ...alive, workers: event.workers };
    case 'plan':
      return event.targets.reduce(
        (sum, plan) =>
          withTarget(sum, plan.targetNo, (target) => ({
            ...target,
            name: plan.name,
            column: plan.column,
            rows: plan.rows,
            segments: plan.segments,
            segmentsDone: plan.segmentsDone ?? 0,
          })),
        alive,
      );
    case 'resumed':
      return withTarget(alive, event.targetNo, (target) => ({
        ...target,
        done: Math.max(target.done, event.rows),
        outcomes: addOutcomes(target.outcomes, event.outcomes),
      }));
    case 'segment':
      return event.change === 'claimed' ? alive : withTarget(alive, event.targetNo, withSegmentDone);
    case 'batch':
      return reduceBatch(alive, event, atMs);
    case 'retry':
      return { ...alive, retries: alive.retries + 1, lastRetry: event, retryAtMs: atMs + event.waitMs };
    case 'sweep':
      return withTarget(alive, event.targetNo, (target) => ({
        ...target,
        sweep: { pass: event.pass, isOpen: event.change === 'started', found: event.found, old: event.old },
      }));
    case 'restored':
      return withTarget(alive, event.target.targetNo, (target) => ({
        ...target,
        name: event.target.name,
        column: event.target.column,
        restored: event.target,
      }));
    case 'verify': {
      const { runId, state: runState, basis, full } = event;
      return { ...alive, verify: { runId, state: runState, basis, full } };
    }
    case 'census-source':
      return alive;
    case 'verify-progress':
      return reduceCount(alive, event, 'verifying', atMs);
    case 'deviation': {
      const { count, keys } = alive.deviations;
      return {
        ...alive,
        deviations: { count: count + 1, keys: keys.length < LEFT_BEHIND_SHOWN ? [...keys, event.key] : keys },
      };
    }
    case 'standing':
      return withTarget(alive, event.target.targetNo, (target) => ({
        ...target,
        name: event.target.name,
        column: event.target.column,
        standing: event.target,
      }));
    case 'staged':
      return withTarget(alive, event.target.targetNo, (target) => ({
        ...target,
        name: event.target.name,
        column: event.target.column,
        staged: event.target,
      }));
    case 'verified':
      return withTarget(alive, event.targetNo, (target) => ({
        ...target,
        verified: { rows: event.rows, rewrapped: event.rewrapped, unaccounted: event.unaccounted },
      }));
    case 'census-progress':
      return reduceCount(alive, event, 'counting', atMs);
    case 'census':
      return withTarget(alive, event.target.targetNo, (target) => ({
        ...target,
        name: event.target.name,
        column: event.target.column,
        census: event.target,
      }));
    case 'left-behind': {
      const { count, keys } = alive.leftBehind;
      return {
        ...alive,
        leftBehind: { count: count + 1, keys: keys.length < LEFT_BEHIND_SHOWN ? [...keys, event.key] : keys },
      };
    }
    case 'forecast':
      return { ...alive, forecast: event.forecast };
    case 'note':
      return { ...alive, notes: [...alive.notes, { level: event.level, text: event.text }].slice(-NOTES_KEPT) };
  }
}

/** Behind the last segment every row was gone through: those that are missing went away, or had nothing to be done. */
function withSegmentDone(target: TargetState): TargetState {
  const segmentsDone = target.segmentsDone + 1;
  const segments = Math.max(target.segments, segmentsDone);
  return { ...target, segmentsDone, segments, done: segmentsDone === segments ? target.rows : target.done };
}

/** No event, but a sign of life: call it about once a second, so that waiting counts and sleeping does not. */
export function observeAlive(state: RotationState, atMs: number): RotationState {
  const { pause, meter } = state;
  return { ...state, meter: pause?.isReached === true ? rest(meter, atMs) : observe(meter, 0, atMs) };
}

/** Batches still in work when a pause is asked for count as work, the rest of the pause does not. */
function reducePause(
  state: RotationState,
  { change, because }: Extract<RotationEvent, { type: 'pause' }>,
  atMs: number,
): RotationState {
  if (change === 'ended') return { ...state, pause: null, movedAtMs: state.movedAtMs === null ? null : atMs };
  const sinceMs = state.pause?.sinceMs ?? atMs;
  return { ...state, pause: { because, isReached: change === 'reached', sinceMs } };
}

/** A phase has a speed of its own: opening keys for a census says nothing about changing them. */
function inPhase(state: RotationState, phase: Phase): RotationState {
  return state.phase === phase ? state : { ...state, phase, meter: NEW_METER };
}

function reduceBatch(
  state: RotationState,
  event: Extract<RotationEvent, { type: 'batch' }>,
  atMs: number,
): RotationState {
  const { targetNo, segmentNo, batchNo, committedAt, rows } = event;
  const isSweep = segmentNo === 0;
  const counted = withTarget(inPhase(state, 'changing'), targetNo, (target) => ({
    ...target,
    done: isSweep ? target.done : target.done + rows,
    sweptRows: isSweep ? target.sweptRows + rows : target.sweptRows,
    outcomes: addOutcomes(target.outcomes, event.outcomes),
  }));
  return {
    ...counted,
    lastBatch: { targetNo, segmentNo, batchNo, committedAt, rows },
    movedAtMs: atMs,
    meter: observe(counted.meter, isSweep ? 0 : rows, atMs),
  };
}

function reduceCount(
  state: RotationState,
  event: Extract<RotationEvent, { type: 'census-progress' | 'verify-progress' }>,
  phase: 'counting' | 'verifying',
  atMs: number,
): RotationState {
  const known = state.targets.find(({ targetNo }) => targetNo === event.targetNo)?.counted?.rows ?? 0;
  // a count that starts again (the census after the change) starts at its own beginning
  const isNew = state.phase !== phase || event.rows < known;
  const before = isNew ? 0 : known;
  const counted = withTarget(inPhase(state, phase), event.targetNo, (target) => ({
    ...target,
    name: event.name,
    counted: { rows: event.rows, of: Math.max(event.of, event.rows) },
  }));
  return { ...counted, movedAtMs: atMs, meter: observe(counted.meter, event.rows - before, atMs) };
}

export interface Progress {
  readonly done: number;
  readonly rows: number;
  /** 0 … 1; 1 only when every row is done. */
  readonly share: number;
  readonly keysPerSecond: number | null;
  readonly left: TimeLeft | null;
}

export function progressOf(state: RotationState): Progress {
  const isCounting = state.phase === 'counting' || state.phase === 'verifying';
  const sum = (numberOf: (target: TargetState) => number): number =>
    state.targets.reduce((total, target) => total + numberOf(target), 0);
  const done = sum((target) => (isCounting ? (target.counted?.rows ?? 0) : target.done));
  const rows = sum((target) => (isCounting ? (target.counted?.of ?? 0) : target.rows));
  return {
    done,
    rows,
    share: rows === 0 ? 0 : done / rows,
    keysPerSecond: windowRate(state.meter),
    left: rows === 0 ? null : timeLeft(state.meter, rows - done),
  };
}

/** All targets' censuses together; null before the first one. */
export function censusOf(state: RotationState): Census | null {
  const known = state.targets.flatMap(({ census }) => (census === null ? [] : [census.census]));
  return known.length === 0 ? null : known.reduce(addCensus, EMPTY_CENSUS);
}
