/**
 * What the screens show: the sum of all events so far, as `reduce` keeps it, and the questions that they ask of it.
 */
import { addCensus, EMPTY_CENSUS } from '../keys/stored-key.ts';
import type { Census, OutcomeCounts } from '../keys/stored-key.ts';
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
import { NEW_METER, timeLeft, windowRate } from './rate.ts';
import type { RateMeter, TimeLeft } from './rate.ts';
import type { Message } from '../text/message.ts';

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
  readonly verified: {
    readonly rows: number;
    readonly rewrapped: number;
    readonly leftBehind: number;
    readonly unaccounted: number;
  } | null;
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

export interface NamedKeys<T> {
  /** Told by name: of a database in which many are affected fewer than there are, see `leftBehindCount`. */
  readonly count: number;
  /** The first of them, `LEFT_BEHIND_SHOWN` at most. */
  readonly keys: readonly T[];
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
  readonly leftBehind: NamedKeys<LeftBehindKey>;
  /** The run that is held against its live rows. */
  readonly verify: Omit<Extract<RotationEvent, { type: 'verify' }>, 'type'> | null;
  readonly deviations: NamedKeys<DeviatingKey>;
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

/** Screens name this many keys left behind; the log file and the JSON lines have up to 1,000 of each target. */
export const LEFT_BEHIND_SHOWN = 100;

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

/** Keys that neither root opens: as counted last, or as the ledger has them while a change is under way. */
export function leftBehindCount({ leftBehind, run, targets }: RotationState): number {
  const isForward = run !== null && run.state !== 'rolling-back' && run.state !== 'rolled-back';
  const known = targets.map(({ census, standing, verified, staged, outcomes }) => {
    if (census !== null) return census.census.foreign + census.census.unreadable;
    if (standing !== null) return standing.leftBehind;
    if (verified !== null) return verified.leftBehind;
    if (staged !== null) return staged.foreign + staged.unreadable;
    return isForward ? outcomes.foreign + outcomes.unreadable : 0;
  });
  return Math.max(leftBehind.count, sum(known));
}

/** Keys that are not as the journal says, those that are told by name and those that are only counted. */
export function deviationCount({ deviations, targets }: RotationState): number {
  const known = targets.map(({ standing }) => (standing === null ? 0 : sum(Object.values(standing.deviations))));
  return Math.max(deviations.count, sum(known));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
