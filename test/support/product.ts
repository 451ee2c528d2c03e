/** The product's parts wired as the command line does it, in this process: crypto, database and engine for real. */
import { setTimeout as wait } from 'node:timers/promises';
import { parseKeyMap } from '../../src/config/key-map.ts';
import { startKeyWorkers } from '../../src/crypto/key-workers.ts';
import { parseRootFile } from '../../src/crypto/root-file.ts';
import { openKeyDatabase } from '../../src/db/key-database.ts';
import type { RotationEvent } from '../../src/progress/events.ts';
import { runCensus } from '../../src/rotation/census.ts';
import type { CensusResult } from '../../src/rotation/census.ts';
import { changeCa } from '../../src/rotation/change-ca.ts';
import type { ChangeCaOptions, ChangeCaResult } from '../../src/rotation/change-ca.ts';
import { dryRun } from '../../src/rotation/dry-run.ts';
import type { DryRunResult } from '../../src/rotation/dry-run.ts';
import { type Controls, makeControls } from '../../src/rotation/controls.ts';
import { dropJournal, type DropJournalResult } from '../../src/rotation/drop-journal.ts';
import { rollback, type RollbackResult } from '../../src/rotation/rollback.ts';
import { stage, type StageResult } from '../../src/rotation/stage.ts';
import { verify, type VerifyOptions, type VerifyResult } from '../../src/rotation/verify-run.ts';
import type { EngineDeps } from '../../src/rotation/deps.ts';
import type { Clock } from '../../src/rotation/ports.ts';
import type { RootSummary } from '../../src/keys/root.ts';
import type { TestDatabase } from './servers.ts';
import type { TestRoot } from './test-roots.ts';

export interface ProductOptions {
  readonly database: TestDatabase;
  readonly keyMap: Record<string, unknown>;
  readonly oldRoot: Pick<TestRoot, 'pem'>;
  readonly newRoot: Pick<TestRoot, 'pem'>;
  readonly emit?: (event: RotationEvent, controls: Controls) => void;
  readonly maxKeysPerSecond?: number;
}

async function withParts<T>(
  { database, keyMap, oldRoot, newRoot, emit: watch, maxKeysPerSecond }: ProductOptions,
  work: (
    deps: EngineDeps,
    common: { keyMap: ReturnType<typeof parseKeyMap>; roots: { old: RootSummary; new: RootSummary } },
  ) => Promise<T>,
): Promise<T> {
  const roots = {
    old: parseRootFile(Buffer.from(oldRoot.pem), { fileName: 'old_root.pem' }),
    new: parseRootFile(Buffer.from(newRoot.pem), { fileName: 'root.pem' }),
  };
  const product = await openKeyDatabase(database.connection);
  const workers = startKeyWorkers({ oldRoot: roots.old, newRoot: roots.new, workers: 0 });
  try {
    const clock: Clock = {
      now: () => new Date(),
      elapsedMs: () => performance.now(),
      sleep: async (ms, signal) => {
        await wait(ms, undefined, signal === undefined ? {} : { signal });
      },
    };
    const emit = (event: RotationEvent): void => watch?.(event, controls);
    const threads = { workers: 1, resize: () => undefined };
    const limits = { mostWorkers: 1, maxKeysPerSecond: maxKeysPerSecond ?? null };
    const { controls, pace } = makeControls({
      emit: (event) => (event.type === 'workers' ? undefined : emit(event)),
      clock,
      threads,
      ...limits,
    });
    const { inspector, register } = product;
    const deps: EngineDeps = { inspector, register, workers, clock, emit, pace };
    return await work(deps, {
      keyMap: parseKeyMap(keyMap, 'key-map.json'),
      roots: { old: roots.old.summary, new: roots.new.summary },
    });
  } finally {
    await workers.close();
    await product.close();
  }
}

const JOB = {
  holder: { host: 'TEST', user: 'tester', pid: process.pid, leaseSeconds: 30 },
  toolVersion: '0.0.0',
  lanes: 2,
  proof: 'sample',
  allowTriggers: false,
  confirm: async () => true,
} as const;

/** Watches a job, and asks it to stop with the given batch. */
export function stopAfter(batches: number): { readonly emit: ProductOptions['emit'] & {}; readonly stop: AbortSignal } {
  const controller = new AbortController();
  let left = batches;
  const emit = (event: RotationEvent): void => {
    if (event.type === 'batch' && --left === 0) controller.abort();
  };
  return { emit, stop: controller.signal };
}

export async function change(
  options: ProductOptions,
  overrides: Partial<ChangeCaOptions> = {},
): Promise<ChangeCaResult> {
  return withParts(options, (deps, common) => changeCa(deps, { ...common, ...JOB, ...overrides }));
}

export async function stageKeys(
  options: ProductOptions,
  overrides: Partial<ChangeCaOptions> = {},
): Promise<StageResult> {
  return withParts(options, (deps, common) => stage(deps, { ...common, ...JOB, ...overrides }));
}

export async function undo(options: ProductOptions): Promise<RollbackResult> {
  return withParts(options, (deps, common) => rollback(deps, { ...common, ...JOB }));
}

export async function look(options: ProductOptions, overrides: Partial<VerifyOptions> = {}): Promise<VerifyResult> {
  return withParts(options, (deps, common) => verify(deps, { ...common, full: false, ...overrides }));
}

export async function drop(options: ProductOptions, runId: number): Promise<DropJournalResult> {
  return withParts(options, (deps) => dropJournal(deps, { ...JOB, runId }));
}

export async function rehearse(options: ProductOptions, full = false): Promise<DryRunResult> {
  return withParts(options, (deps, common) =>
    dryRun(deps, {
      ...common,
      allowTriggers: false,
      proof: 'sample',
      full,
      privateOpsPerSecond: 1000,
      maxKeysPerSecond: null,
    }),
  );
}

export async function census(options: ProductOptions, full = false): Promise<CensusResult> {
  return withParts(options, (deps, common) => runCensus(deps, { ...common, full }));
}
