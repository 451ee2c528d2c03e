/**
 * Random tests: one seed for a whole run of the tests, told in its last lines so that a failure can be repeated, and one
 * switch for how much is tried.
 *
 *     SRKEY_TEST_SEED=…    repeats a run
 *     SRKEY_TEST_EFFORT=…  multiplies the rounds of the long random tests (default 1; the campaigns set more)
 */
import fc from 'fast-check';

/** Set by vitest.config.ts where nobody chose one; see summary-reporter.ts. */
export const SEED = Number(process.env['SRKEY_TEST_SEED'] ?? 1);

/** fast-check, on that seed. */
fc.configureGlobal({ seed: SEED });
export { fc };

export function rounds(usual: number): number {
  return Math.ceil(usual * Number(process.env['SRKEY_TEST_EFFORT'] ?? 1));
}

export interface SeededRandom {
  /** 0 … limit - 1 */
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
}

/** Mulberry32. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, pick: (choices) => choices[below(choices.length)]! };
}
