export type RunId = number;

/** Layout of the state tables; raised whenever sql/rotation/state.sql or a journal changes its columns. */
export const LAYOUT_VERSION = 1;

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
