/** What a dry run found, kept in a file, so that the change may be held to it. Plain data for people to read; no secrets. */
import type { Census } from './stored-key.ts';

export interface PlannedRoot {
  readonly subject: string;
  readonly fingerprint: string;
  readonly publicKeyId: string;
}

/** Stored keys by class; `unopened` are of no class yet, because a dry run opens direct RSA blocks by sample only. */
export type PlannedCensus = Census & { readonly unopened: number };

export interface TargetInPlan {
  readonly name: string;
  /** `canonicalDefinition` as an object. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly census: PlannedCensus;
}

export interface SavedPlan {
  readonly version: 1;
  readonly toolVersion: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly server: string;
  readonly database: string;
  readonly oldRoot: PlannedRoot;
  readonly newRoot: PlannedRoot;
  /** Every key was opened (`--full`), and will be again when the plan is compared. */
  readonly isFull: boolean;
  /** By how many keys each class of each target may differ, and why that is expected. */
  readonly drift: { readonly keys: number; readonly reason: string };
  readonly targets: readonly TargetInPlan[];
  /** `dbo.Machine.Photo` */
  readonly ignore: readonly string[];
}
