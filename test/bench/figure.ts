/** What a figure is given, and how it says what it found. */
import { availableParallelism } from 'node:os';
import { makeTestRoot } from '../support/test-roots.ts';
import type { TestRoot } from '../support/test-roots.ts';
import type { BenchServer } from './file-keys.ts';

/** Answers whether every aim was met; what could not be measured here misses none. */
export type Figure = (server: BenchServer) => boolean | Promise<boolean>;

/** A short run that only shows that everything works. */
export const QUICK = process.argv.includes('--quick');
export const WORKERS = Math.min(2, availableParallelism());

export interface RootPair {
  readonly old: TestRoot;
  readonly new: TestRoot;
}

export function makeRoots(bits: number): RootPair {
  return {
    old: makeTestRoot({ commonName: 'Old root', bits }),
    new: makeTestRoot({ commonName: 'New root', serial: '02b8', bits }),
  };
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

export interface Aim {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Prints one line and answers whether the ratio reaches its aim. */
export function report(name: string, ratio: number, { atLeast, atMost }: Aim, details: string): boolean {
  const isMet = ratio >= (atLeast ?? -Infinity) && ratio <= (atMost ?? Infinity);
  const aim = atLeast === undefined ? `<= ${String(atMost)}` : `>= ${String(atLeast)}`;
  console.log(
    `${name.padEnd(13)} ${ratio.toFixed(2).padStart(5)}   aim ${aim.padEnd(8)}   ${isMet ? 'met' : 'MISSED'}   ${details}`,
  );
  return isMet;
}

export function reportMissing(name: string, because: string): true {
  console.log(`${name.padEnd(13)} not measured: ${because}`);
  return true;
}
