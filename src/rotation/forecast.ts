/** What a run will cost: time, journal, log. Estimates for a human to decide by, rounded nowhere. */
import { censusTotal } from '../keys/stored-key.ts';
import type { Forecast, StagedTarget, TargetCensus } from '../progress/events.ts';
import { envelopeGrowth } from './checks/value-growth.ts';
import type { SpaceNeed } from './checks/server-checks.ts';
import type { ProofPolicy, RootPair } from './deps.ts';
import type { TargetFacts } from './ports.ts';

type FoundFacts = Extract<TargetFacts, { found: true }>;

/** Key columns, outcome, batch number, row and index overhead of one journal row. */
const JOURNAL_ROW_BYTES = 160;
/** Headers of the log records of one row: journal insert, live update, index entries. */
const LOG_ROW_BYTES = 400;
/** Rows a second that SQL writes with one batch at a time and with several, as measured on small servers. */
const SQL_ROWS_PER_SECOND = { low: 2_000, high: 10_000 } as const;
/** The same of rows whose new value is in the journal: swapped, swept and verified without a value in between. */
const SWAPPED_ROWS_PER_SECOND = { low: 3_000, high: 15_000 } as const;
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
}

export function forecastRun({ census, staging, need, proof, privateOpsPerSecond }: ForecastInput): Forecast {
  const works = census.map((each) => workOn(each, staging));
  const sumOf = (numberOf: (work: TargetWork) => number): number =>
    works.reduce((sum, work) => sum + numberOf(work), 0);
  const [keys, rows, swapped] = [sumOf((work) => work.keys), sumOf((work) => work.rows), sumOf((work) => work.swapped)];
  const operations = keys * (1 + (proof === 'full' ? 1 : SAMPLED_PROOFS));
  const cryptoSeconds = privateOpsPerSecond > 0 ? operations / privateOpsPerSecond : 0;
  const sqlSeconds = (speed: 'low' | 'high'): number =>
    rows / SQL_ROWS_PER_SECOND[speed] + swapped / SWAPPED_ROWS_PER_SECOND[speed];
  return {
    keys,
    ...(staging.length === 0 ? {} : { swapped }),
    // Reading, rewrapping and writing overlap at best, and follow each other at worst.
    secondsLow: Math.max(cryptoSeconds, sqlSeconds('high')),
    secondsHigh: cryptoSeconds * 1.25 + sqlSeconds('low'),
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
