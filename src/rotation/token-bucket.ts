/**
 * A speed limit over many lanes: rows are reserved before they are read, and each reservation has its own moment, so
 * lanes take turns in order of asking instead of racing for what became free.
 */

/** Time not used up may be made up for, this much of it: a slow batch must not lower the speed for good. */
const CREDIT_MS = 1_000;

export interface TokenBucket {
  /** At most what the limit allows in a second: a large batch followed by a long rest would be no smooth flow. */
  fitting(wanted: number): number;
  /** Reserves `rows` and answers how many milliseconds to wait before using them. */
  take(rows: number, nowMs: number): number;
  /** Reserved and not used. */
  giveBack(rows: number): void;
  /** True when `take` would answer 0. */
  isFree(nowMs: number): boolean;
}

/** @param rowsPerSecond a whole number from 1 on */
export function makeTokenBucket(rowsPerSecond: number): TokenBucket {
  const msPerRow = 1_000 / rowsPerSecond;
  /** When the next reservation may begin, on the caller's clock. */
  let freeAtMs = Number.NEGATIVE_INFINITY;
  return {
    fitting: (wanted) => Math.min(wanted, rowsPerSecond),
    take: (rows, nowMs) => {
      const startMs = Math.max(freeAtMs, nowMs - CREDIT_MS);
      freeAtMs = startMs + rows * msPerRow;
      return Math.max(0, startMs - nowMs);
    },
    giveBack: (rows) => {
      freeAtMs -= rows * msPerRow;
    },
    isFree: (nowMs) => freeAtMs <= nowMs,
  };
}
