/**
 * Everything the engine tells the outside, as it happens. The same events feed the terminal, plain lines, JSON lines,
 * the log file and the tests. Plain data and messages, no secrets, no values of stored keys.
 */
import type { DeviationCounts, DeviationKind } from '../keys/deviation.ts';
import type { Basis, Holder, RunState } from '../keys/run.ts';
import type { Census, OutcomeCounts } from '../keys/stored-key.ts';
import type { Message } from '../text/message.ts';

export type CheckStatus = 'passed' | 'warning' | 'failed' | 'unknown';

/** One preflight check. `id` is stable; `found` says what was seen, `remedy` what to do about it. */
export interface Check {
  readonly id: string;
  readonly status: CheckStatus;
  readonly title: Message;
  readonly found: Message;
  readonly remedy: Message | null;
  /** What would mend it, where a program can offer it. */
  readonly fix?: 'swap-roots' | 'allow-triggers';
}

export interface TargetPlan {
  readonly targetNo: number;
  readonly name: string;
  readonly column: string;
  readonly rows: number;
  readonly segments: number;
  /** Of these, through already by earlier starts. Absent: none. */
  readonly segmentsDone?: number;
}

export interface TargetCensus {
  readonly targetNo: number;
  readonly name: string;
  readonly column: string;
  readonly census: Census;
  /** Keys opened with a private key; the others were classified by structure and recipient. */
  readonly opened: number;
  /** Keys of direct RSA envelopes that were not opened, so belong to no class yet. */
  readonly unopened: number;
}

/** What the counts of a target are concluded from. */
export type CensusSource =
  /** Every row was read; `opened` keys were opened, the others are taken at the word of their envelope. */
  | {
      readonly targetNo: number;
      readonly name: string;
      readonly from: 'reading' | 'opening';
      readonly read: number;
      readonly opened: number;
    }
  /** `concluded` live values are, to the byte, those that the run wrote or left; only the others were read. */
  | {
      readonly targetNo: number;
      readonly name: string;
      readonly from: 'journal';
      readonly runId: number;
      readonly state: RunState;
      readonly concluded: number;
      readonly read: number;
    };

/** A target's staging, held against its live rows. `rows` are the live ones; each other number is a part of them. */
export interface StagedTarget {
  readonly targetNo: number;
  readonly name: string;
  readonly column: string;
  readonly rows: number;
  /** Under the old root, and ready to be swapped. */
  readonly staged: number;
  /** Under the new root already. */
  readonly new: number;
  readonly foreign: number;
  readonly unreadable: number;
  readonly empty: number;
  /** Added or changed since: change-ca rewraps them, unless stage does before. */
  readonly stale: number;
}

/** A target after a rollback. */
export interface RestoredTarget {
  readonly targetNo: number;
  readonly name: string;
  readonly column: string;
  readonly rows: number;
  /** Live as they were before the change. */
  readonly restored: number;
  /** Under the new root, and the journal holds no old value for them. */
  readonly underNew: number;
  /** At most 1,000 of them, named by their key columns. */
  readonly underNewKeys: readonly (readonly string[])[];
}

/** The live rows of a target, held against the journal of a run. */
export interface StandingTarget {
  readonly targetNo: number;
  readonly name: string;
  readonly column: string;
  /** Live: those that stand, those the run has still to come to, and the deviations that are not `gone`. */
  readonly rows: number;
  /** To the byte as the journal says, whatever its outcome was. */
  readonly standing: number;
  /** Part of `standing`: foreign or unreadable when they were read, and left behind. */
  readonly leftBehind: number;
  /** Not come to yet: staged rows of a change under way are part of `standing`, rows without a journal row are not. */
  readonly pending: number;
  readonly deviations: DeviationCounts;
  /** Keys opened under their roots and, where there are two values, compared; null when that was not asked for. */
  readonly opened: number | null;
  /** Part of `opened`: by an earlier start that was stopped, and their journal rows have not moved since. */
  readonly openedBefore: number;
}

/** One live row that is not as the journal says. */
export interface DeviatingKey {
  readonly target: string;
  readonly key: readonly string[];
  readonly kind: DeviationKind;
  /** The journal has nothing for it. */
  readonly isAdded: boolean;
  /** Why, for `damaged` and `foreign`; null otherwise. */
  readonly reason: Message | null;
}

export interface LeftBehindKey {
  readonly target: string;
  readonly key: readonly string[];
  readonly class: 'foreign' | 'unreadable';
  readonly reason: Message;
}

export interface Forecast {
  /** To be rewrapped. */
  readonly keys: number;
  /** On a staged run: rows that are swapped from the journal, or only looked at, at the speed of SQL. */
  readonly swapped?: number;
  readonly secondsLow: number;
  readonly secondsHigh: number;
  readonly grounds: ForecastGrounds;
  readonly journalBytes: number;
  readonly logBytes: number;
}

/** What the times of a forecast are reckoned from: what was measured just now, and what nobody can measure unwritten. */
export interface ForecastGrounds {
  /** Measured with the old root on this machine, all workers together. */
  readonly privateOpsPerSecond: number;
  /** Assumed: rows read, rewrapped, journaled and written. */
  readonly writtenRowsPerSecond: Range;
  /** Measured on a staged run: live rows held against the journal. Null: nothing is staged. */
  readonly comparedRowsPerSecond: number | null;
  /** Assumed: how many such comparisons the swap of a row takes, with sweep and check. */
  readonly swapInComparisons: Range;
  /** As asked for; null for no limit. */
  readonly maxKeysPerSecond: number | null;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

// prettier-ignore
export type RotationEvent =
  | { readonly type: 'server'; readonly banner: string; readonly embedded: boolean; readonly server: string; readonly database: string; readonly login: string }
  | { readonly type: 'check'; readonly check: Check }
  | { readonly type: 'lease-wait'; readonly holder: Holder; readonly secondsLeft: number }
  | { readonly type: 'run'; readonly runId: number; readonly resumed: boolean; readonly state: RunState; readonly tookOverFrom: Holder | null }
  | { readonly type: 'plan'; readonly targets: readonly TargetPlan[] }
  /** What earlier starts of this run already committed, so that progress starts where it stands. */
  | { readonly type: 'resumed'; readonly targetNo: number; readonly rows: number; readonly outcomes: OutcomeCounts }
  | { readonly type: 'state'; readonly from: RunState; readonly to: RunState }
  | { readonly type: 'segment'; readonly targetNo: number; readonly segmentNo: number; readonly change: 'claimed' | 'done' }
  | {
      readonly type: 'batch';
      readonly targetNo: number;
      readonly segmentNo: number;
      readonly batchNo: number;
      readonly committedAt: Date;
      readonly rows: number;
      readonly outcomes: OutcomeCounts;
      readonly sqlMs: number;
    }
  /** Asked for by somebody; reached when nothing is in work any more; ended when the work goes on. */
  | { readonly type: 'pause'; readonly change: 'asked' | 'reached' | 'ended'; readonly because: Message }
  /** RSA threads at work, at the start and whenever they are turned. */
  | { readonly type: 'workers'; readonly workers: number }
  /** What the job was asked to keep to; told once, when there is any. */
  | { readonly type: 'limits'; readonly maxKeysPerSecond: number | null; readonly until: Date | null }
  | { readonly type: 'retry'; readonly what: Message; readonly attempt: number; readonly waitMs: number; readonly because: Message }
  | { readonly type: 'sweep'; readonly targetNo: number; readonly pass: number; readonly change: 'started' | 'finished'; readonly found: number; readonly old: number }
  | { readonly type: 'verified'; readonly targetNo: number; readonly rows: number; readonly rewrapped: number; readonly leftBehind: number; readonly unaccounted: number }
  /** verify begins: the run, and what its live rows are held against. */
  | { readonly type: 'verify'; readonly runId: number; readonly state: RunState; readonly basis: Basis; readonly full: boolean }
  | { readonly type: 'verify-progress'; readonly targetNo: number; readonly name: string; readonly rows: number; readonly of: number }
  /** At most 1,000 of each kind and target are named. */
  | { readonly type: 'deviation'; readonly key: DeviatingKey }
  | { readonly type: 'standing'; readonly target: StandingTarget }
  | { readonly type: 'restored'; readonly target: RestoredTarget }
  | { readonly type: 'staged'; readonly target: StagedTarget }
  | { readonly type: 'census-progress'; readonly targetNo: number; readonly name: string; readonly rows: number; readonly of: number }
  | { readonly type: 'census'; readonly target: TargetCensus }
  | { readonly type: 'census-source'; readonly source: CensusSource }
  | { readonly type: 'left-behind'; readonly key: LeftBehindKey }
  | { readonly type: 'forecast'; readonly forecast: Forecast }
  | { readonly type: 'note'; readonly level: 'info' | 'warning'; readonly text: Message };

export type Emit = (event: RotationEvent) => void;
