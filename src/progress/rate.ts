/**
 * Keys a second and the time left, measured on *worked* time: time in which the tool was seen alive. A console that
 * sleeps, hibernates or is stopped is not seen alive, so such a gap counts for nothing; a server that keeps us waiting
 * does count. All pure; the caller's monotonic milliseconds come in as `atMs`.
 */

/** Rates look at this much worked time: long enough to even out batches and checkpoints, short enough to follow a change. */
export const WINDOW_MS = 60_000;
/** Two observations further apart than this: the tool was not running in between. Observations come every second. */
export const GAP_MS = 5_000;
/** Below this much worked time a rate says more about start-up than about the work. */
const LEAST_MS = 2_000;
/** Observations closer than this share a sample, so that the window holds a bounded number. */
const SAMPLE_MS = 500;
/** What the past cannot tell about the rest: other targets, other sizes, the sweep. */
const UNCERTAINTY = 0.1;

interface Sample {
  readonly workedMs: number;
  readonly rows: number;
}

export interface RateMeter {
  /** Worked time so far. */
  readonly workedMs: number;
  /** Rows gone through since the meter started; what earlier starts did is not in here. */
  readonly rows: number;
  readonly lastAtMs: number | null;
  /** Oldest first; the first one is the window's left edge. */
  readonly samples: readonly Sample[];
}

export const NEW_METER: RateMeter = { workedMs: 0, rows: 0, lastAtMs: null, samples: [{ workedMs: 0, rows: 0 }] };

/**
 * The tool is alive at `atMs` and has gone through `rows` more rows (0: just alive). The first rows only start the
 * clock: how long they took is not known.
 */
export function observe(meter: RateMeter, rows: number, atMs: number): RateMeter {
  if (meter.lastAtMs === null) return rows === 0 ? meter : { ...meter, lastAtMs: atMs };
  const gap = Math.max(0, atMs - meter.lastAtMs);
  const workedMs = meter.workedMs + (gap > GAP_MS ? 0 : gap);
  const total = meter.rows + rows;
  const sample: Sample = { workedMs, rows: total };
  const last = meter.samples.at(-1);
  const beforeLast = meter.samples.at(-2);
  const joins = last !== undefined && beforeLast !== undefined && workedMs - beforeLast.workedMs < SAMPLE_MS;
  const samples = joins ? [...meter.samples.slice(0, -1), sample] : [...meter.samples, sample];
  // keep one sample at or before the window's left edge
  let first = 0;
  while (first + 1 < samples.length && (samples[first + 1]?.workedMs ?? 0) <= workedMs - WINDOW_MS) first++;
  return { workedMs, rows: total, lastAtMs: Math.max(atMs, meter.lastAtMs), samples: samples.slice(first) };
}

/** Nothing is worked on at `atMs`, on purpose: the time since the last observation counts for nothing. */
export function rest(meter: RateMeter, atMs: number): RateMeter {
  return meter.lastAtMs === null ? meter : { ...meter, lastAtMs: Math.max(atMs, meter.lastAtMs) };
}

/** Rows a second over the window; null while there is too little to tell. */
export function windowRate(meter: RateMeter): number | null {
  const first = meter.samples[0];
  if (first === undefined) return null;
  const ms = meter.workedMs - first.workedMs;
  return ms < LEAST_MS ? null : ((meter.rows - first.rows) * 1000) / ms;
}

/** Rows a second since the meter started; null while there is too little to tell. */
export function overallRate(meter: RateMeter): number | null {
  return meter.workedMs < LEAST_MS ? null : (meter.rows * 1000) / meter.workedMs;
}

export interface TimeLeft {
  readonly secondsLow: number;
  readonly secondsHigh: number;
}

/** From the faster and the slower of both rates. Null while nothing moves: no number is better than a wrong one. */
export function timeLeft(meter: RateMeter, rowsLeft: number): TimeLeft | null {
  if (rowsLeft <= 0) return { secondsLow: 0, secondsHigh: 0 };
  const rates = [windowRate(meter), overallRate(meter)].filter((rate) => rate !== null && rate > 0) as number[];
  if (rates.length < 2) return null;
  return {
    secondsLow: Math.floor((rowsLeft / Math.max(...rates)) * (1 - UNCERTAINTY)),
    secondsHigh: Math.ceil((rowsLeft / Math.min(...rates)) * (1 + UNCERTAINTY)),
  };
}
