/** The runs that a key database knows. */
import type { Holder, RunId, RunState } from '../../keys/run.ts';
import type { Ownership } from './ownership.ts';
import type { RunView } from './run-view.ts';

/** One run as the database knows it. */
export interface RunRecord {
  readonly runId: RunId;
  readonly layoutVersion: number;
  readonly toolVersion: string;
  readonly state: RunState;
  readonly epoch: number;
  readonly oldPublicKeyId: string;
  readonly newPublicKeyId: string;
  /** `RootSummary.recipientId` of the new root; null in runs that were begun before it was kept. */
  readonly newRecipientId: string | null;
  /** Subject and fingerprint, for people. */
  readonly oldRoot: string;
  readonly newRoot: string;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly endedAt: Date | null;
  /** When `drop-journal` began to throw the run's journals away; null while they are whole. */
  readonly journalDroppedAt: Date | null;
  /** Who held it last; null before the first claim and after a clean release. */
  readonly holder: Holder | null;
}

export interface RunTarget {
  readonly targetNo: number;
  readonly name: string;
  /** `canonicalDefinition` of the target when it was planned. */
  readonly definition: string;
  /** False between the first and the last statement of planning it. */
  readonly planned: boolean;
  /** Of the tables that planning made, those that are not there any more, or hidden from this login. */
  readonly missingTables: readonly MissingTable[];
}

export interface MissingTable {
  readonly part: 'journal' | 'bounds';
  /** For people. */
  readonly name: string;
}

export interface NewRun {
  readonly toolVersion: string;
  readonly oldPublicKeyId: string;
  readonly newPublicKeyId: string;
  readonly newRecipientId: string;
  readonly oldRoot: string;
  readonly newRoot: string;
}

export interface HolderIdentity {
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  readonly leaseSeconds: number;
}

export type TakeResult =
  | { readonly kind: 'taken'; readonly ownership: Ownership }
  /** Another session holds the liveness lock. */
  | { readonly kind: 'held'; readonly holder: Holder };

/** All runs of the database: the tool's own tables in schema `rotation`. */
export interface RunRegister {
  /** False when the state tables do not exist yet: then there are no runs. Reads only. */
  exists(): Promise<boolean>;
  /** Newest first. Reads only; empty when the tables do not exist. */
  list(): Promise<readonly RunRecord[]>;
  targets(runId: RunId): Promise<readonly RunTarget[]>;
  /** Creates the state tables where they are missing, and brings those of an older layout forward. */
  prepare(): Promise<void>;
  /** What can be read of a run by anybody, held or not. */
  view(runId: RunId): RunView;
  /**
   * Records a new run in state `planned`, serialised against other tools. Answers the unfinished run instead when
   * there is one: at most one run of a database is open.
   */
  create(run: NewRun): Promise<RunRecord>;
  /**
   * Makes this tool the run's holder: at once when the liveness lock is free. `force` is for a holder whose lease ran
   * out without a heartbeat: a half-open connection may hold its lock for hours, its epoch fences it off instead.
   */
  take(runId: RunId, who: HolderIdentity, force: boolean): Promise<TakeResult>;
}
