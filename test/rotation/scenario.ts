/** Ready-made roots, key maps, databases and starts of the tool. */
import { expect } from 'vitest';
import type { RootSummary } from '../../src/keys/root.ts';
import type { ColumnValue } from '../../src/keys/stored-key.ts';
import type { KeyMap, Target, ValueFormat } from '../../src/keys/target.ts';
import type { RotationEvent } from '../../src/progress/events.ts';
import { changeCa, type ChangeCaOptions, type ChangeCaResult } from '../../src/rotation/change-ca.ts';
import { type Controls, makeControls } from '../../src/rotation/controls.ts';
import { dropJournal, type DropJournalResult } from '../../src/rotation/drop-journal.ts';
import { rollback, type RollbackResult } from '../../src/rotation/rollback.ts';
import { stage, type StageResult } from '../../src/rotation/stage.ts';
import type { EngineDeps, RootPair } from '../../src/rotation/deps.ts';
import { FakeClock } from './fake-clock.ts';
import type { ClientOptions, Fault, MemoryClient } from './memory-database/client.ts';
import { MemoryDatabase } from './memory-database/database.ts';
import { makeToyWorkers, plaintextOf, toyClass, type ToyWorkers } from './toy-workers.ts';

export function rootOf(name: string, overrides: Partial<RootSummary> = {}): RootSummary {
  return {
    subject: `CN=Root ${name}`,
    issuer: `CN=Root ${name}`,
    serial: '01',
    fingerprint: `${name}${name}:01`,
    publicKeyId: `key-${name}`,
    recipientId: `certificate-${name}`,
    keyBits: 4096,
    notBefore: new Date('2026-06-01T00:00:00Z'),
    notAfter: new Date('2036-06-01T00:00:00Z'),
    isCa: true,
    signatureAlgorithm: 'sha256WithRSAEncryption',
    hasPrivateKey: true,
    ...overrides,
  };
}

export const ROOTS: RootPair = {
  old: rootOf('A', { notBefore: new Date('2016-12-01T00:00:00Z'), notAfter: new Date('2026-12-01T00:00:00Z') }),
  new: rootOf('B'),
};
/** Those of the next change, years later. */
export const NEXT_ROOTS: RootPair = { old: ROOTS.new, new: rootOf('C') };
/** The same two files, given the wrong way round; valid both, so that only the stored keys tell. */
export const SWAPPED: RootPair = { old: ROOTS.new, new: { ...ROOTS.old } };

const CMS: ValueFormat = {
  envelope: 'cms',
  encoding: 'binary',
  plaintextBytes: null,
  oaepHash: 'sha256',
  mgf1Hash: 'sha256',
  oaepLabel: '',
  padding: 'none',
};

export function targetOf(name: string, format: Partial<ValueFormat> = {}, overrides: Partial<Target> = {}): Target {
  return {
    name,
    schema: 'dbo',
    table: name,
    key: ['Id'],
    value: 'Wrapped',
    format: { ...CMS, ...format },
    ...overrides,
  };
}

export const DISKS = targetOf('disks');
export const FILES = targetOf('files');
export const KEY_MAP: KeyMap = { targets: [DISKS, FILES], ignore: [] };

/** Keys of every class. */
export const DISK_VALUES: readonly ColumnValue[] = [
  'A:d1',
  null,
  'A:d2',
  'B:d3',
  'X:d4',
  'A:d5',
  'damaged',
  'A:d6',
  'A:d7',
];
export const FILE_VALUES: readonly ColumnValue[] = ['A:f1', 'A:f2', 'A:f3', '', 'A:f5'];

export interface Scenario {
  readonly db: MemoryDatabase;
  readonly clock: FakeClock;
}

export function makeScenario(
  disks: readonly ColumnValue[] = DISK_VALUES,
  files: readonly ColumnValue[] = FILE_VALUES,
): Scenario {
  const clock = new FakeClock();
  const db = new MemoryDatabase(clock);
  db.addTable(DISKS, disks);
  db.addTable(FILES, files);
  return { db, clock };
}

/** `key-A` opens `A:…`. */
const letterOf = ({ publicKeyId }: RootSummary): string => publicKeyId.charAt('key-'.length);

let pids = 1000;

export interface Start {
  readonly client: MemoryClient;
  readonly deps: EngineDeps;
  readonly options: ChangeCaOptions;
  readonly events: RotationEvent[];
  readonly workers: ToyWorkers;
  readonly controls: Controls;
}

export interface StartOptions extends Partial<ChangeCaOptions> {
  readonly client?: Partial<ClientOptions>;
  /** Told of every event, before the engine goes on. */
  readonly watch?: (event: RotationEvent, start: Start) => void;
  readonly maxKeysPerSecond?: number;
}

/** A process of the tool, not yet running. */
export function prepareStart(
  { db, clock }: Scenario,
  { client: clientOptions, watch, maxKeysPerSecond, ...overrides }: StartOptions = {},
): Start {
  const client = db.connect(clientOptions);
  const { old, new: fresh } = overrides.roots ?? ROOTS;
  const workers = makeToyWorkers(letterOf(old), letterOf(fresh));
  const events: RotationEvent[] = [];
  const emit = (event: RotationEvent): void => {
    events.push(event);
    watch?.(event, start);
  };
  const { controls, pace } = makeControls({
    emit: (event) => (event.type === 'workers' ? undefined : emit(event)),
    clock,
    threads: { workers: 2, resize: () => undefined },
    mostWorkers: 2,
    maxKeysPerSecond: maxKeysPerSecond ?? null,
  });
  const { inspector, register } = client;
  const deps = { inspector, register, workers, clock, emit, pace, random: () => 0.5 };
  pids += 1;
  const options: ChangeCaOptions = {
    keyMap: KEY_MAP,
    roots: ROOTS,
    holder: { host: 'CONSOLE', user: 'admin', pid: pids, leaseSeconds: 30 },
    toolVersion: '0.1.0',
    lanes: 2,
    proof: 'sample',
    allowTriggers: false,
    segmentRows: 4,
    confirm: () => Promise.resolve(true),
    ...overrides,
  };
  const start: Start = { client, deps, options, events, workers, controls };
  return start;
}

export function runStage(start: Start): Promise<StageResult> {
  return stage(start.deps, start.options);
}

export function run(start: Start): Promise<ChangeCaResult> {
  return changeCa(start.deps, start.options);
}

const yes = (): Promise<boolean> => Promise.resolve(true);

export function undo({ deps, options }: Start): Promise<RollbackResult> {
  return rollback(deps, { ...options, confirm: yes });
}

export function drop(runId: number): (start: Start) => Promise<DropJournalResult> {
  return ({ deps, options }) => dropJournal(deps, { ...options, runId, confirm: yes });
}

/** A database after a job that nothing disturbed. */
export async function after(
  job: (start: Start) => Promise<unknown>,
  scenario: Scenario = makeScenario(),
): Promise<Scenario> {
  await job(prepareStart(scenario));
  return scenario;
}

/** After a change whose only start stopped at its n-th commit, which took no effect. */
export async function afterStopAtCommit(n: number, scenario: Scenario = makeScenario()): Promise<Scenario> {
  let commits = 0;
  const fault = (_: number, name: string): Fault | null =>
    name === 'commitBatch' && (commits += 1) === n ? 'stop-before' : null;
  await expect(run(prepareStart(scenario, { lanes: 1, client: { fault } }))).rejects.toThrow();
  return scenario;
}

/** A start from the first call to its end, whatever the end: its result, its error, or `killed`. */
export async function runToEnd<T = ChangeCaResult>(
  start: Start,
  job: (start: Start) => Promise<T> = run as never,
): Promise<T | { readonly error: unknown } | 'killed'> {
  const running = job(start).catch((error: unknown) => ({ error }));
  const end = await Promise.race([running, start.client.killed]);
  // The process is gone, and its sessions with it.
  if (!start.client.isDead) start.client.kill(false);
  return end;
}

export interface LiveKey {
  readonly key: number;
  readonly class: string;
  /** The plaintext of a key under A or B; the whole value of anything else. */
  readonly content: ColumnValue;
}

/** Live data up to the randomness of envelopes. */
export function liveKeys({ db }: Scenario, target: Target): readonly LiveKey[] {
  return [...db.table(target).rows]
    .sort(([a], [b]) => a - b)
    .map(([key, value]) => {
      const keyClass = toyClass(value, 'A', 'B');
      return { key, class: keyClass, content: keyClass === 'old' || keyClass === 'new' ? plaintextOf(value) : value };
    });
}
