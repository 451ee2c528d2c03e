import type { ProofPolicy } from './deps.ts';

/** A systematic fault (wrong parameters, wrong encoding) shows in the first rows, before much is written. */
const PROVEN_AT_START = 16;
const PROVEN_EVERY = 100;

/** True for the first 16 rows and every 100th after; `index` counts from 0 since the range was claimed. */
export function isSampled(index: number): boolean {
  return index < PROVEN_AT_START || (index - PROVEN_AT_START + 1) % PROVEN_EVERY === 0;
}

/** Which of `count` rows, from `firstIndex` on, must be opened with the new private key before they are written. */
export function proofOf(policy: ProofPolicy, firstIndex: number, count: number): readonly boolean[] {
  return Array.from({ length: count }, (_, offset) => policy === 'full' || isSampled(firstIndex + offset));
}
