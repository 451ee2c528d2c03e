/** What a run will cost: time, journal, log. Estimates for a human to decide by, rounded nowhere. */
import { censusTotal } from '../keys/stored-key.ts';
import type { Forecast, Range, StagedTarget, TargetCensus } from '../progress/events.ts';
import { envelopeGrowth } from './checks/value-growth.ts';
import type { SpaceNeed } from './checks/server-checks.ts';
import type { ProofPolicy, RootPair } from './deps.ts';
import type { TargetFacts } from './ports.ts';

type FoundFacts = Extract<TargetFacts, { found: true }>;

/** Key columns, outcome, batch number, row and index overhead of one journal row. */
const JOURNAL_ROW_BYTES = 160;
/** Headers of the log records of one row: journal insert, live update, index entries. */
const LOG_ROW_BYTES = 400;
/**
 * Rows a second that the server takes when each is read, journaled and written: assumed, because nothing but writing can
 * measure it. Low is what is left of the slowest direct change measured, 180 keys a second at 4096 bits on Babelfish with
 * server and tool on two cores, when RSA's share of about 600 operations a second is taken off; high is a bulk load and
 * a set-based update there, on one connection and without RSA.
 */
const WRITTEN_ROWS_PER_SECOND: Range = { low: 250, high: 10_000 };
/**
 * A swap is reckoned from a measurement on the server at hand: the dry run compares the whole staging with its live rows,
 * segment by segment, and a change makes much the same comparison twice more (sweep and check) beside its one swap. In
 * these units a whole swap took 5.2 to 6.4 on the embedded server (12,000 rows), 1.6 to 3.4 there when other work slowed
 * the comparison down, and 8 to 10 on Babelfish, where the comparison follows from what sweep and check take. No SQL Server
 * has been measured: the range goes further than these, down for servers with cores for all lanes, up for a slow log.
 */
const SWAP_IN_COMPARISONS: Range = { low: 1, high: 15 };
/** 16 in 4,000 rows and every 100th. */
const SAMPLED_PROOFS = 0.014;

/** With its journal there (staged before, or resumed) a run takes what the longer live values take, and log. */
export function spaceNeed(
  targets: readonly { readonly facts: FoundFacts }[],
  roots: RootPair,
  isJournaled: boolean,
): SpaceNeed {
  let journalBytes = 0;
  let logBytes = 0;
  for (const { facts } of targets) {
    const newBytes = facts.totalValueBytes + facts.rows * envelopeGrowth(roots.old, roots.new);
    const journal = facts.totalValueBytes + newBytes + facts.rows * JOURNAL_ROW_BYTES;
    journalBytes += isJournaled ? newBytes - facts.totalValueBytes : journal;
    // The journal's rows, then the live value before and after the update.
    logBytes += journal + facts.totalValueBytes + newBytes + facts.rows * LOG_ROW_BYTES;
  }
  return { journalBytes, logBytes };
}

export interface ForecastInput {
  readonly census: readonly TargetCensus[];
  /** What is staged, by target: those rows are only swapped. */
  readonly staging: readonly StagedTarget[];
  readonly need: SpaceNeed;
  readonly proof: ProofPolicy;
  /** Measured with the old root on this machine, all workers together. */
  readonly privateOpsPerSecond: number;
  /** Measured while the staging was looked at; null where there is none, or nothing in it. */
  readonly comparedRowsPerSecond: number | null;
  /** The change is taken to have the limit of its dry run; null for none. */
  readonly maxKeysPerSecond: number | null;
}

export function forecastRun(input: ForecastInput): Forecast {
  const { census, staging, need, proof, privateOpsPerSecond, comparedRowsPerSecond, maxKeysPerSecond } = input;
  const works = census.map((each) => workOn(each, staging));
  const sumOf = (numberOf: (work: TargetWork) => number): number =>
    works.reduce((sum, work) => sum + numberOf(work), 0);
  const [keys, rows, swapped] = [sumOf((work) => work.keys), sumOf((work) => work.rows), sumOf((work) => work.swapped)];
  const operations = keys * (1 + (proof === 'full' ? 1 : SAMPLED_PROOFS));
  const cryptoSeconds = privateOpsPerSecond > 0 ? operations / privateOpsPerSecond : 0;
  const comparedSeconds = comparedRowsPerSecond === null ? 0 : swapped / comparedRowsPerSecond;
  const limitedSeconds = maxKeysPerSecond === null ? 0 : (rows + swapped) / maxKeysPerSecond;
  const { low: slowest, high: fastest } = WRITTEN_ROWS_PER_SECOND;
  const { low: fewest, high: most } = SWAP_IN_COMPARISONS;
  return {
    keys,
    ...(staging.length === 0 ? {} : { swapped }),
    // Reading, rewrapping and writing overlap at best, and follow each other at worst.
    secondsLow: Math.max(cryptoSeconds, rows / fastest + fewest * comparedSeconds, limitedSeconds),
    secondsHigh: Math.max(cryptoSeconds * 1.25 + rows / slowest, limitedSeconds) + most * comparedSeconds,
    grounds: {
      privateOpsPerSecond,
      writtenRowsPerSecond: WRITTEN_ROWS_PER_SECOND,
      comparedRowsPerSecond,
      swapInComparisons: SWAP_IN_COMPARISONS,
      maxKeysPerSecond,
    },
    ...need,
  };
}

interface TargetWork {
  /** To be rewrapped. */
  readonly keys: number;
  /** To be read and written, with or without a key. */
  readonly rows: number;
  /** Only swapped, or only looked at. */
  readonly swapped: number;
}

function workOn({ targetNo, census, unopened }: TargetCensus, staging: readonly StagedTarget[]): TargetWork {
  const rows = censusTotal(census) + unopened;
  const staged = staging.find((each) => each.targetNo === targetNo);
  // An unopened key may be of any class: count it as work.
  if (staged === undefined) return { keys: census.old + unopened, rows, swapped: 0 };
  return {
    keys: Math.min(staged.stale, census.old + unopened),
    rows: staged.stale,
    swapped: staged.rows - staged.stale,
  };
}
