import { type Message, text } from '../text/message.ts';

export type RunId = number;

/** Layout of the state tables; raised whenever sql/rotation/state.sql or a journal changes its columns. */
export const LAYOUT_VERSION = 2;

/** `Run.State`, changed by compare-and-set only. */
export const RUN_STATES = [
  'planned',
  'staging',
  'staged',
  'applying',
  'verifying',
  'done',
  'rolling-back',
  'rolled-back',
  'abandoned',
] as const;
export type RunState = (typeof RUN_STATES)[number];

/**
 * What a tool does to a run, segment by segment: stage (fill the journal only), apply (swap what is staged, rewrap the
 * rest), roll back. Each works in one state of the run and calls a segment that is through by its own name.
 */
export const WORKS = {
  stage: { runState: 'staging', closed: 'staged' },
  apply: { runState: 'applying', closed: 'done' },
  rollback: { runState: 'rolling-back', closed: 'undone' },
} as const satisfies Record<string, { readonly runState: RunState; readonly closed: SegmentState }>;

export type Work = keyof typeof WORKS;

/** `open`: not through yet, perhaps begun. */
export type SegmentState = 'open' | 'staged' | 'done' | 'undone';

/** Nothing live was ever written in these: the journal may be thrown away. */
export function isUnapplied(state: RunState): boolean {
  return state === 'planned' || state === 'staging' || state === 'staged' || state === 'abandoned';
}

/** Live values may be those of the run: only these can be rolled back. */
export function hasTouchedKeys(state: RunState): boolean {
  return state === 'applying' || state === 'verifying' || state === 'done' || state === 'rolling-back';
}

/** Nothing needs the journal to be finished or to be taken back; that a done run stands is checked besides. */
export function mayDropJournal(state: RunState): boolean {
  return isUnapplied(state) || state === 'rolled-back' || state === 'done';
}

/**
 * What the live rows of a run are held against. `applied`: what a change leaves behind. `staged`: what a staging has
 * seen. `half-applied`: each row as its own batch left it, between a change (or a rollback) and its end.
 * `rolled-back`: what was live before the change; rows under the new root are then none of the run's doing.
 */
export type Basis = 'applied' | 'staged' | 'half-applied' | 'rolled-back';

/** Null for a run that was abandoned: nothing is held against its journal any more. */
export function basisOf(state: RunState): Basis | null {
  switch (state) {
    case 'planned':
    case 'staging':
    case 'staged':
      return 'staged';
    case 'applying':
    case 'rolling-back':
      return 'half-applied';
    case 'verifying':
    case 'done':
      return 'applied';
    case 'rolled-back':
      return 'rolled-back';
    case 'abandoned':
      return null;
  }
}

/** The states for people. */
export const RUN_STATE_WORDS: Readonly<Record<RunState, Message>> = {
  planned: text`planned`,
  staging: text`staging`,
  staged: text`staged`,
  applying: text`applying`,
  verifying: text`verifying`,
  done: text`done`,
  'rolling-back': text`rolling-back`,
  'rolled-back': text`rolled-back`,
  abandoned: text`abandoned`,
};

/** A run that is over: it neither blocks another one nor is resumed. */
export function isClosed(state: RunState): boolean {
  return state === 'done' || state === 'rolled-back' || state === 'abandoned';
}

/** Who holds a run, as the database recorded it. Times are the server's UTC clock. */
export interface Holder {
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  readonly since: Date;
  readonly heartbeatAt: Date;
  /** Seconds since the last heartbeat, by the server's clock. */
  readonly heartbeatAgeSeconds: number;
  /** The lease that this holder promised to renew within, seconds. */
  readonly leaseSeconds: number;
}
