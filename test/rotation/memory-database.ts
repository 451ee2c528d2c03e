/**
 * The engine's ports in memory: live rows, journal, segments, ledger, epochs and fences as design.md has them, and every
 * way a call can fail. It shares no code with src/db; what it enforces beyond the ports (call order, batch numbers,
 * pages covered exactly, lanes not used after their death) it enforces by throwing a plain Error, which no engine
 * code may swallow.
 */
import { DatabaseError, SrkeyError } from '../../src/errors.ts';
import { type Holder, LAYOUT_VERSION, type RunState, type SegmentState, type Work, WORKS } from '../../src/keys/run.ts';
import { type ColumnValue, type Outcome, OUTCOMES } from '../../src/keys/stored-key.ts';
import { canonicalDefinition, type Target, targetColumn } from '../../src/keys/target.ts';
import type {
  Account,
  Accounted,
  Basis,
  BatchRecord,
  Claim,
  DatabaseSettings,
  Fact,
  FileSpace,
  Deed,
  HolderIdentity,
  Inspector,
  JournalPage,
  JournalReader,
  Lane,
  LedgerTotal,
  Ownership,
  Page,
  Reader,
  RightsFacts,
  RunRecord,
  RunRegister,
  RunView,
  SegmentRecord,
  ServerFacts,
  StagedRow,
  TakeResult,
  TargetFacts,
  TraitFacts,
  UnmappedColumn,
} from '../../src/rotation/ports.ts';
import type { IgnoredColumn } from '../../src/keys/target.ts';
import { TABLE_TRAITS } from '../../src/keys/table-traits.ts';
import { type FakeClock, hop } from './fake-clock.ts';
import { plaintextOf } from './toy-workers.ts';
import { text, verbatim } from '../../src/text/message.ts';

/** How call number n of a client fails. `late` takes effect some calls after its reply was lost. */
export type Fault =
  | 'retry'
  | 'reconnect-before'
  | 'reconnect-after'
  | 'reconnect-late'
  | 'restart-before'
  | 'restart-after'
  | 'stop-before'
  | 'stop-after'
  | 'kill-before'
  | 'kill-after'
  | 'half-open-before'
  | 'half-open-after'
  /** No reply, ever. */
  | 'hang';

interface JournalRow {
  readonly oldValue: ColumnValue;
  readonly newValue: ColumnValue;
  readonly outcome: Outcome;
  readonly reason: string | null;
}

interface SegmentRow {
  readonly segmentNo: number;
  readonly from: number;
  /** Exclusive; Infinity for the last one. */
  readonly to: number;
  state: SegmentState;
  batchNo: number;
  epoch: number;
  /** Last journal key. */
  cursor: number;
  checkedAt: Date | null;
}

interface TargetRow {
  readonly targetNo: number;
  readonly name: string;
  readonly definition: string;
  readonly segments: SegmentRow[];
  readonly journal: Map<number, JournalRow>;
  readonly ledger: (BatchRecord & { readonly work: Work })[];
  readonly sweep: { epoch: number; batchNo: number };
}

interface RunRow {
  readonly runId: number;
  layoutVersion: number;
  readonly oldPublicKeyId: string;
  readonly newPublicKeyId: string;
  readonly newRecipientId: string | null;
  readonly oldRoot: string;
  readonly newRoot: string;
  readonly startedAt: Date;
  journalDroppedAt: Date | null;
  state: RunState;
  epoch: number;
  holder: { who: HolderIdentity; since: Date; heartbeatAt: Date } | null;
  /** The session that holds the liveness lock; it outlives its client when the connection is half open. */
  lock: LockSession | null;
  readonly targets: Map<number, TargetRow>;
}

interface LockSession {
  readonly client: MemoryClient;
  /** False when nobody at the other end renews the heartbeat. */
  isBeating: boolean;
}

export interface MemoryTable {
  readonly rows: Map<number, ColumnValue>;
  /** Overrides of what the inspector says. */
  facts: Partial<Extract<TargetFacts, { found: true }>>;
}

const HEARTBEAT_MS = 5_000;
const CLAIMS: ReadonlySet<string> = new Set(['take', 'claimSegment', 'claimSweep']);

export class MemoryDatabase {
  readonly clock: FakeClock;
  readonly tables = new Map<string, MemoryTable>();
  readonly runs: RunRow[] = [];
  stateTablesExist = false;
  /** Whether the login may drop tables. */
  mayDrop = true;
  /** Layout of the state tables, once they exist. */
  layout = LAYOUT_VERSION;
  serverFacts: Partial<ServerFacts> = {};
  rights: Fact<RightsFacts> = { known: true, value: { missing: [], tablesToMake: [], unfitTables: [] } };
  unmapped: UnmappedColumn[] = [];
  /** Pages hold at most this many rows, whatever is asked. */
  pageLimit = 2;
  /** Writes by name, for tests that allow none. */
  readonly writes: string[] = [];
  private late: { inCalls: number; effect: () => void }[] = [];

  constructor(clock: FakeClock) {
    this.clock = clock;
  }

  addTable(target: Target, values: readonly ColumnValue[]): MemoryTable {
    const rows = new Map(values.map((value, index) => [(index + 1) * 10, value] as const));
    const table = { rows, facts: {} };
    this.tables.set(targetColumn(target), table);
    return table;
  }

  table(target: Target): MemoryTable {
    const table = this.tables.get(targetColumn(target));
    if (table === undefined) throw new Error(`no table for ${targetColumn(target)}`);
    return table;
  }

  connect(options: Partial<ClientOptions> = {}): MemoryClient {
    return new MemoryClient(this, options);
  }

  /** Effects of unanswered calls that are due. A late transaction that lost its fence does nothing. */
  settleLate(): void {
    const due = this.late.filter((each) => (each.inCalls -= 1) <= 0);
    this.late = this.late.filter((each) => each.inCalls > 0);
    for (const { effect } of due) {
      try {
        effect();
      } catch (error) {
        if (!(error instanceof SrkeyError)) throw error;
      }
    }
  }

  defer(inCalls: number, effect: () => void): void {
    this.late.push({ inCalls, effect });
  }
}

export interface ClientOptions {
  /** Asked before each call; `n` counts this client's calls from 1. */
  readonly fault: (n: number, name: string) => Fault | null;
  /** Others at work: called before each call's effect. */
  readonly between: (n: number, name: string) => void;
  readonly lateCalls: number;
  readonly readOnly: boolean;
}

/** One process of the tool, as the server sees it. */
export class MemoryClient {
  readonly calls: string[] = [];
  readonly writes: string[] = [];
  /** Resolves when the process was killed: from then on nothing it does takes effect or is answered. */
  readonly killed: Promise<'killed'>;
  readonly inspector: Inspector;
  readonly register: RunRegister;
  readonly db: MemoryDatabase;
  isDead = false;
  readonly options: ClientOptions;
  private announceKill = (): void => undefined;
  private ownerships: { controller: AbortController; run: RunRow }[] = [];
  /** Connections older than the last server restart are dead. */
  generation = 0;

  constructor(db: MemoryDatabase, options: Partial<ClientOptions>) {
    this.db = db;
    this.options = { fault: () => null, between: () => undefined, lateCalls: 1, readOnly: false, ...options };
    this.killed = new Promise((resolve) => {
      this.announceKill = () => resolve('killed');
    });
    this.inspector = makeInspector(this);
    this.register = makeRegister(this);
  }

  /** One port call: its effect is atomic, its reply may be lost. */
  async call<T>(
    name: string,
    kind: 'read' | 'write',
    effect: () => T,
    onCut: () => void = () => undefined,
  ): Promise<T> {
    await this.unlessDead();
    await hop(1 + (this.calls.length % 3));
    await this.unlessDead();
    this.calls.push(name);
    const n = this.calls.length;
    this.db.settleLate();
    this.options.between(n, name);
    const guarded = (): T => {
      if (kind === 'write') {
        if (this.options.readOnly) throw new Error(`${name} writes`);
        this.writes.push(name);
        this.db.writes.push(name);
      }
      this.db.clock.ms += 3;
      return effect();
    };
    const fault = this.options.fault(n, name);
    if (fault === 'hang') return await never();
    const result = this.faulty(fault, name, kind, guarded, onCut);
    await this.unlessDead();
    await hop(1);
    return result;
  }

  private async unlessDead(): Promise<void> {
    if (this.isDead) await never();
  }

  private faulty<T>(
    fault: Exclude<Fault, 'hang'> | null,
    name: string,
    kind: string,
    effect: () => T,
    onCut: () => void,
  ): T {
    const cut = (message: string): DatabaseError => {
      onCut();
      return new DatabaseError('reconnect', text`${name}: ${message}`);
    };
    switch (fault) {
      case null:
        return effect();
      case 'retry':
        throw new DatabaseError('retry', text`${name}: deadlock victim`, { number: 1205 });
      case 'reconnect-before':
        throw cut('the line was cut');
      case 'reconnect-after':
        effect();
        throw cut('the line was cut after the effect');
      case 'reconnect-late':
        // A claim that lands after ours would be our own ghost fencing us off: real, and ends with E_FENCED.
        if (kind === 'write' && !CLAIMS.has(name)) this.db.defer(this.options.lateCalls, effect);
        throw cut('the line was cut, the server is still at it');
      case 'restart-before':
        this.restart();
        throw cut('the server restarts');
      case 'restart-after':
        effect();
        this.restart();
        throw cut('the server restarts');
      case 'stop-before':
        throw new DatabaseError('stop', text`${name}: permission denied`, { number: 229 });
      case 'stop-after':
        effect();
        throw new DatabaseError('stop', text`${name}: refused`, { number: 9002 });
      case 'kill-before':
      case 'half-open-before':
        this.kill(fault === 'half-open-before');
        return undefined as T;
      case 'kill-after':
      case 'half-open-after':
        effect();
        this.kill(fault === 'half-open-after');
        return undefined as T;
    }
  }

  kill(isHalfOpen: boolean): void {
    this.isDead = true;
    for (const run of this.db.runs) if (run.lock?.client === this && !isHalfOpen) run.lock = null;
    this.announceKill();
  }

  /** All sessions of this client end; the server frees its locks. */
  restart(): void {
    this.generation += 1;
    for (const { controller, run } of this.ownerships) {
      if (run.lock?.client === this) run.lock = null;
      controller.abort(new SrkeyError('E_DB_UNAVAILABLE', verbatim('the connection that held the run was cut')));
    }
    this.ownerships = [];
  }

  own(controller: AbortController, run: RunRow): void {
    this.ownerships.push({ controller, run });
  }

  disown(controller: AbortController): void {
    this.ownerships = this.ownerships.filter((each) => each.controller !== controller);
  }
}

async function never(): Promise<never> {
  return await new Promise(() => undefined);
}

function makeInspector(client: MemoryClient): Inspector {
  const { db } = client;
  return {
    server: () => client.call('server', 'read', (): ServerFacts => ({ ...healthyServer(db.clock), ...db.serverFacts })),
    rights: () => client.call('rights', 'read', () => db.rights),
    target: (target) => client.call('target', 'read', () => factsOf(db, target)),
    unmappedColumns: () => client.call('unmappedColumns', 'read', () => db.unmapped),
    staleIgnores: (ignore: readonly IgnoredColumn[]) => client.call('staleIgnores', 'read', () => ignore),
    openReader: (target) => client.call('openReader', 'read', () => makeReader(client, target)),
  };
}

const ROOMY: FileSpace = { sizeBytes: 2e10, freeBytes: 1e10, growthBytes: null };

export const PLAIN_SETTINGS: DatabaseSettings = {
  compatibilityLevel: 160,
  recoveryModel: 'SIMPLE',
  logReuseWait: 'NOTHING',
  isReadCommittedSnapshot: false,
  allowsSnapshot: false,
  access: 'multi-user',
  isInAvailabilityGroup: false,
  isPublished: false,
  hasChangeDataCapture: false,
  isDurabilityDelayed: false,
};

/** A table with nothing but rows. */
export const NO_TRAITS = Object.fromEntries(
  TABLE_TRAITS.map((trait) => [trait, { known: true, value: [] }]),
) as unknown as TraitFacts;

export function healthyServer(clock: FakeClock): ServerFacts {
  return {
    kind: 'sql-server',
    banner: 'Microsoft SQL Server 2022',
    productVersion: '16.0.4135.4',
    edition: 'Standard',
    serverName: 'KEYS\\SES',
    database: 'srkey',
    login: 'ses_admin',
    readOnly: false,
    lastFullBackup: { known: true, value: new Date(clock.ms - 3_600_000) },
    isExpress: false,
    space: { known: true, value: { data: ROOMY, log: ROOMY } },
    settings: { known: true, value: PLAIN_SETTINGS },
    lockHolders: { known: true, value: [] },
  };
}

function factsOf(db: MemoryDatabase, target: Target): TargetFacts {
  const table = db.tables.get(targetColumn(target));
  if (table === undefined) return { found: false, missing: verbatim(targetColumn(target)) };
  const lengths = [...table.rows.values()].map((value) => value?.length ?? 0);
  return {
    found: true,
    keyColumns: [{ name: 'Id', type: 'INT', collation: null, nullable: false, usable: true }],
    value: {
      typeName: 'VARBINARY(MAX)',
      kind: 'binary',
      capacity: null,
      fixedLength: false,
      nullable: true,
      computed: false,
      ansiPadded: true,
    },
    uniqueKeyIndex: 'PK',
    valueIndexes: [],
    triggers: [],
    traits: NO_TRAITS,
    rows: table.rows.size,
    longestValueBytes: Math.max(0, ...lengths),
    totalValueBytes: lengths.reduce((sum, each) => sum + each, 0),
    ...table.facts,
  };
}

function makeReader(client: MemoryClient, target: Target): Reader {
  const { db } = client;
  const { generation } = client;
  let isCut = false;
  let cursor = -Infinity;
  let last: { batchNo: number; keys: number[] } = { batchNo: 0, keys: [] };
  const onCut = (): void => {
    isCut = true;
  };
  const assertAlive = (): void => {
    if (isCut) throw new Error('a dead reader was used');
    if (client.generation === generation) return;
    onCut();
    throw new DatabaseError('reconnect', verbatim('this session ended with the server'));
  };
  return {
    readPage: (rows) =>
      client.call(
        'reader.readPage',
        'read',
        () => {
          assertAlive();
          const behind = sortedKeys(db.table(target)).filter((key) => key > cursor);
          const keys = behind.slice(0, Math.min(rows, db.pageLimit));
          cursor = keys.at(-1) ?? cursor;
          last = { batchNo: last.batchNo + 1, keys };
          return pageOf(db.table(target), last.batchNo, keys, keys.length === behind.length);
        },
        onCut,
      ),
    nameKeys: (batchNo, ordinals) =>
      client.call(
        'nameKeys',
        'read',
        () => {
          assertAlive();
          if (batchNo !== last.batchNo) throw new Error('only the page read last has names');
          return new Map(ordinals.map((ordinal) => [ordinal, [String(last.keys[ordinal - 1])]]));
        },
        onCut,
      ),
    close: () => client.call('reader.close', 'read', () => undefined),
  };
}

function sortedKeys(table: MemoryTable): number[] {
  return [...table.rows.keys()].sort((a, b) => a - b);
}

function pageOf(table: MemoryTable, batchNo: number, keys: readonly number[], isLast: boolean): Page {
  const rows = keys.map((key, index) => ({ ordinal: index + 1, value: table.rows.get(key) ?? null }));
  return { batchNo, rows, isLast, bytes: rows.reduce((sum, row) => sum + (row.value?.length ?? 0), 0) };
}

function makeRegister(client: MemoryClient): RunRegister {
  const { db } = client;
  return {
    exists: () => client.call('exists', 'read', () => db.stateTablesExist),
    list: () => client.call('list', 'read', () => db.runs.map((run) => recordOf(db, run)).reverse()),
    targets: (runId) =>
      client.call('targets', 'read', () =>
        [...findRun(db, runId).targets.values()].map(({ targetNo, name, definition }) => ({
          targetNo,
          name,
          definition,
          planned: true,
        })),
      ),
    prepare: () => {
      const isReady = db.stateTablesExist && db.layout === LAYOUT_VERSION;
      return client.call('prepare', isReady ? 'read' : 'write', () => {
        db.stateTablesExist = true;
        db.layout = LAYOUT_VERSION;
        for (const run of db.runs) run.layoutVersion = LAYOUT_VERSION;
      });
    },
    view: (runId) => makeView(client, findRun(db, runId)),
    create: (run) =>
      client.call('create', 'write', () => {
        if (!db.stateTablesExist) throw new Error('no state tables');
        const open = db.runs.find(({ state }) => !['done', 'rolled-back', 'abandoned'].includes(state));
        if (open !== undefined) return recordOf(db, open);
        const row: RunRow = {
          runId: db.runs.length + 1,
          layoutVersion: LAYOUT_VERSION,
          journalDroppedAt: null,
          oldPublicKeyId: run.oldPublicKeyId,
          newPublicKeyId: run.newPublicKeyId,
          newRecipientId: run.newRecipientId,
          oldRoot: run.oldRoot,
          newRoot: run.newRoot,
          startedAt: db.clock.now(),
          state: 'planned',
          epoch: 0,
          holder: null,
          lock: null,
          targets: new Map(),
        };
        db.runs.push(row);
        return recordOf(db, row);
      }),
    take: (runId, who, force) => {
      let session: LockSession | null = null;
      return client.call(
        'take',
        'write',
        () => {
          const run = findRun(db, runId);
          const result = take(client, run, who, force);
          if (result.kind === 'taken') session = run.lock;
          return result;
        },
        // Taken, but nobody heard of it: the session is half open, and its lock stays until the lease is over.
        () => {
          if (session !== null) session.isBeating = false;
        },
      );
    },
  };
}

function findRun(db: MemoryDatabase, runId: number): RunRow {
  const run = db.runs.find((each) => each.runId === runId);
  if (run === undefined) throw new Error(`no run ${runId}`);
  return run;
}

function recordOf(db: MemoryDatabase, run: RunRow): RunRecord {
  const { runId, layoutVersion, state, epoch, oldPublicKeyId, newPublicKeyId, oldRoot, newRoot, startedAt } = run;
  const holder = holderOf(db, run);
  const common = {
    runId,
    layoutVersion,
    state,
    epoch,
    oldPublicKeyId,
    newPublicKeyId,
    newRecipientId: run.newRecipientId,
    oldRoot,
    newRoot,
    startedAt,
    journalDroppedAt: run.journalDroppedAt,
    holder,
  };
  return { ...common, toolVersion: '0', startedBy: 'admin@CONSOLE', endedAt: null };
}

function holderOf(db: MemoryDatabase, run: RunRow): Holder | null {
  if (run.holder === null) return null;
  const { who, since, heartbeatAt } = run.holder;
  // A living tool beats on time; a dead one's heartbeat stands where it was.
  if (run.lock?.isBeating === true && !run.lock.client.isDead) {
    const sinceBeat = db.clock.ms - heartbeatAt.getTime();
    run.holder.heartbeatAt = new Date(heartbeatAt.getTime() + Math.floor(sinceBeat / HEARTBEAT_MS) * HEARTBEAT_MS);
  }
  const beatAt = run.holder.heartbeatAt;
  return { ...who, since, heartbeatAt: beatAt, heartbeatAgeSeconds: (db.clock.ms - beatAt.getTime()) / 1000 };
}

function take(client: MemoryClient, run: RunRow, who: HolderIdentity, force: boolean): TakeResult {
  const { db } = client;
  const before = holderOf(db, run);
  if (run.lock !== null && before !== null) {
    const isLeaseOver = before.heartbeatAgeSeconds >= before.leaseSeconds;
    if (!force || !isLeaseOver) return { kind: 'held', holder: before };
  }
  run.lock = { client, isBeating: true };
  run.epoch += 1;
  run.holder = { who, since: db.clock.now(), heartbeatAt: db.clock.now() };
  return { kind: 'taken', ownership: makeOwnership(client, run, before) };
}

function makeOwnership(client: MemoryClient, run: RunRow, tookOverFrom: Holder | null): Ownership {
  const { db } = client;
  const { epoch } = run;
  const controller = new AbortController();
  client.own(controller, run);
  const fence = (): void => {
    if (run.epoch !== epoch) throw new SrkeyError('E_FENCED', text`run ${run.runId} was taken over`);
  };
  const write = <T>(name: string, effect: () => T): Promise<T> =>
    client.call(name, 'write', () => {
      fence();
      return effect();
    });
  return {
    epoch,
    tookOverFrom,
    lost: controller.signal,
    setState: (from, to) =>
      write('setState', () => {
        if (run.state !== from) throw new SrkeyError('E_FENCED', text`run ${run.runId} is ${run.state}, not ${from}`);
        run.state = to;
      }),
    planTarget: (targetNo, target, segmentRows) =>
      write('planTarget', () => {
        if (!run.targets.has(targetNo)) run.targets.set(targetNo, planTarget(db, targetNo, target, segmentRows));
      }),
    ...makeView(client, run),
    openLane: (targetNo, target, work) =>
      client.call('openLane', 'read', () =>
        makeLane({ client, run, runEpoch: epoch, row: findTarget(run, targetNo), target, work }),
      ),
    dropJournal: (targetNo) =>
      write('dropJournal', () => {
        findTarget(run, targetNo).journal.clear();
        return db.mayDrop ? [] : [`Journal_${run.runId}_${targetNo}`];
      }),
    recordJournalDropped: () =>
      write('recordJournalDropped', () => {
        run.journalDroppedAt ??= db.clock.now();
      }),
    release: async () => {
      if (client.isDead) return await never();
      client.disown(controller);
      if (run.epoch !== epoch) return;
      run.holder = null;
      if (run.lock?.client === client) run.lock = null;
      await hop();
    },
  };
}

function makeView(client: MemoryClient, run: RunRow): RunView {
  const { db } = client;
  return {
    runId: run.runId,
    segments: () => client.call('segments', 'read', () => [...run.targets.values()].flatMap(segmentsOf)),
    ledgerTotals: (work) =>
      client.call('ledgerTotals', 'read', () =>
        [...run.targets.values()].flatMap((target) => ledgerTotal(target, work)),
      ),
    account: (targetNo, target, segmentNo, basis) =>
      client.call('account', 'read', () => accountOf(db.table(target), findTarget(run, targetNo), segmentNo, basis)),
    departed: (targetNo, target, segmentNo) =>
      client.call(
        'departed',
        'read',
        () => departedKeys(db.table(target), findTarget(run, targetNo), segmentNo).length,
      ),
    leftBehind: (targetNo, _target, limit) =>
      client.call('leftBehind', 'read', () =>
        [...findTarget(run, targetNo).journal]
          .filter(([, { outcome }]) => outcome === 'foreign' || outcome === 'unreadable')
          .slice(0, limit)
          .map(([key, { outcome, reason }]) => ({ key: [String(key)], outcome, reason })),
      ),
    recordCheck: (segment, sweep) =>
      client.call('recordCheck', 'write', () => {
        const target = findTarget(run, segment.targetNo);
        const row = segmentOf(target, segment.segmentNo);
        if (row.batchNo !== segment.batchNo || target.sweep.batchNo !== sweep.batchNo) return false;
        row.checkedAt = db.clock.now();
        return true;
      }),
    forgetChecks: () =>
      client.call('forgetChecks', 'write', () => {
        for (const { segments } of run.targets.values()) for (const segment of segments) segment.checkedAt = null;
      }),
    openJournal: (targetNo, target) =>
      client.call('openJournal', 'read', () => makeJournalReader(client, findTarget(run, targetNo), target)),
  };
}

function makeJournalReader(client: MemoryClient, row: TargetRow, target: Target): JournalReader {
  const { db, generation } = client;
  let isCut = false;
  let range = { from: -Infinity, to: Infinity };
  let cursor = -Infinity;
  let last: { batchNo: number; keys: readonly number[] } = { batchNo: 0, keys: [] };
  let before = last;
  const onCut = (): void => {
    isCut = true;
  };
  const read = <T>(name: string, effect: () => T): Promise<T> =>
    client.call(
      name,
      'read',
      () => {
        if (isCut) throw new Error('a dead reader was used');
        if (client.generation === generation) return effect();
        onCut();
        throw new DatabaseError('reconnect', verbatim('this session ended with the server'));
      },
      onCut,
    );
  const page = <T>(
    keys: readonly number[],
    rows: number,
    toRow: (key: number, ordinal: number) => T,
  ): JournalPage<T> => {
    const behind = keys.filter((key) => key >= range.from && key < range.to && key > cursor).sort((a, b) => a - b);
    const taken = behind.slice(0, Math.min(rows, db.pageLimit));
    cursor = taken.at(-1) ?? cursor;
    before = last;
    last = { batchNo: last.batchNo + 1, keys: taken };
    const { batchNo } = last;
    return { batchNo, rows: taken.map((key, i) => toRow(key, i + 1)), isLast: taken.length === behind.length };
  };
  return {
    seek: (segmentNo) =>
      read('journal.seek', () => {
        range = segmentOf(row, segmentNo);
        cursor = -Infinity;
      }),
    readDeviations: (rows, basis, journaledOnly = false) =>
      read('readDeviations', () => {
        const live = db.table(target).rows;
        const moved = [...live.keys()].filter(
          (key) =>
            !isAccountedFor(live.get(key) ?? null, row.journal.get(key), basis) &&
            (!journaledOnly || row.journal.has(key)),
        );
        return page(moved, rows, (key, ordinal) => {
          const journaled = row.journal.get(key);
          const value = live.get(key) ?? null;
          const isOld =
            journaled !== undefined &&
            ['rewrapped', 'staged', 'changed', 'deleted'].includes(journaled.outcome) &&
            isSame(value, journaled.oldValue);
          return { ordinal, value, journaled: journaled === undefined ? 'none' : isOld ? 'old-value' : 'other' };
        });
      }),
    readAccounted: (rows, basis) =>
      read('readAccounted', () => {
        const live = db.table(target).rows;
        const kept = [...row.journal].filter(
          ([key, journaled]) =>
            ['rewrapped', 'staged', 'new'].includes(journaled.outcome) &&
            live.has(key) &&
            isAccountedFor(live.get(key) ?? null, journaled, basis),
        );
        return page(
          kept.map(([key]) => key),
          rows,
          (key, ordinal): Accounted => {
            const { oldValue = null, newValue = null, outcome } = row.journal.get(key) ?? {};
            return outcome === 'new'
              ? { ordinal, kind: 'new', value: oldValue }
              : { ordinal, kind: 'pair', oldValue, newValue };
          },
        );
      }),
    readDeparted: (rows) =>
      read('readDeparted', () => {
        const gone = row.segments.flatMap(({ segmentNo }) => departedKeys(db.table(target), row, segmentNo));
        return page(gone, rows, (_, ordinal) => ({ ordinal }));
      }),
    nameKeys: (batchNo, ordinals) =>
      read('nameKeys', () => {
        const named = [last, before].find((each) => each.batchNo === batchNo);
        if (named === undefined) throw new Error('only the last two pages have names');
        return new Map(ordinals.map((ordinal) => [ordinal, [String(named.keys[ordinal - 1])]]));
      }),
    close: () => client.call('reader.close', 'read', () => undefined),
  };
}

function findTarget(run: RunRow, targetNo: number): TargetRow {
  const target = run.targets.get(targetNo);
  if (target === undefined) throw new Error(`target ${targetNo} is not planned`);
  return target;
}

function planTarget(db: MemoryDatabase, targetNo: number, target: Target, segmentRows: number): TargetRow {
  const keys = sortedKeys(db.table(target));
  const segments: SegmentRow[] = [];
  for (let start = 0; start < Math.max(1, keys.length); start += segmentRows) {
    const from = start === 0 ? -Infinity : (keys[start] ?? Infinity);
    const to = keys[start + segmentRows] ?? Infinity;
    segments.push({
      segmentNo: segments.length + 1,
      from,
      to,
      state: 'open',
      batchNo: 0,
      epoch: 0,
      cursor: -Infinity,
      checkedAt: null,
    });
  }
  const definition = canonicalDefinition(target);
  return {
    targetNo,
    name: target.name,
    definition,
    segments,
    journal: new Map(),
    ledger: [],
    sweep: { epoch: 0, batchNo: 0 },
  };
}

function segmentsOf({ targetNo, segments, sweep, ledger }: TargetRow): SegmentRecord[] {
  const sweepRow: SegmentRecord = { targetNo, segmentNo: 0, state: 'open', batchNo: sweep.batchNo, checkedAt: null };
  const isSince = (checkedAt: Date, segmentNo: number): boolean =>
    ledger.some((batch) => [0, segmentNo].includes(batch.segmentNo) && batch.committedAt >= checkedAt);
  return [
    sweepRow,
    ...segments.map(({ segmentNo, state, batchNo, checkedAt }) => ({
      targetNo,
      segmentNo,
      state,
      batchNo,
      checkedAt: checkedAt === null || isSince(checkedAt, segmentNo) ? null : checkedAt,
    })),
  ];
}

export function noOutcomes(): Record<Outcome, number> {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
}

function ledgerTotal({ targetNo, ledger }: TargetRow, work: Work): LedgerTotal[] {
  const own = ledger.filter((batch) => batch.work === work);
  if (own.length === 0) return [];
  const outcomes = noOutcomes();
  for (const batch of own) for (const outcome of OUTCOMES) outcomes[outcome] += batch.outcomes[outcome];
  return [{ targetNo, rows: own.reduce((sum, batch) => sum + batch.rows, 0), outcomes }];
}

/** ≡ of design.md; the toy values are text or NULL. */
function isSame(a: ColumnValue | undefined, b: ColumnValue | undefined): boolean {
  return a === b;
}

function isAccountedFor(live: ColumnValue, row: JournalRow | undefined, basis: Basis): boolean {
  if (row === undefined) return false;
  switch (row.outcome) {
    case 'rewrapped':
      return (basis === 'applied' || basis === 'half-applied') && isSame(live, row.newValue);
    case 'new':
      return basis !== 'rolled-back' && isSame(live, row.oldValue);
    case 'foreign':
    case 'unreadable':
    case 'empty':
      return isSame(live, row.oldValue);
    case 'staged':
      return basis !== 'applied' && isSame(live, row.oldValue);
    case 'changed':
    case 'deleted':
      return false;
  }
}

/** Journal keys of a range whose live row is gone and that do not say so. */
function departedKeys(table: MemoryTable, target: TargetRow, segmentNo: number): number[] {
  const { from, to } = segmentOf(target, segmentNo);
  return [...target.journal]
    .filter(([key, { outcome }]) => key >= from && key < to && outcome !== 'deleted' && !table.rows.has(key))
    .map(([key]) => key);
}

function accountOf(table: MemoryTable, target: TargetRow, segmentNo: number, basis: Basis): Account {
  const { from, to } = segmentOf(target, segmentNo);
  const account = {
    liveRows: 0,
    staged: 0,
    rewrapped: 0,
    new: 0,
    foreign: 0,
    unreadable: 0,
    empty: 0,
    unaccounted: 0,
    unjournaled: 0,
  };
  for (const [key, live] of table.rows) {
    if (key < from || key >= to) continue;
    account.liveRows += 1;
    const row = target.journal.get(key);
    if (row === undefined) account.unjournaled += 1;
    if (row === undefined || !isAccountedFor(live, row, basis)) account.unaccounted += 1;
    else account[row.outcome as 'rewrapped'] += 1;
  }
  return account;
}

function segmentOf(target: TargetRow, segmentNo: number): SegmentRow {
  const segment = target.segments.find((each) => each.segmentNo === segmentNo);
  if (segment === undefined) throw new Error(`no segment ${segmentNo}`);
  return segment;
}

interface ClaimedRange {
  readonly kind: 'segment' | 'sweep';
  /** The row that carries epoch and batch number. */
  readonly fence: { epoch: number; batchNo: number };
  readonly epoch: number;
  readonly segment: SegmentRow | null;
}

interface LaneParts {
  readonly client: MemoryClient;
  readonly run: RunRow;
  readonly runEpoch: number;
  readonly row: TargetRow;
  readonly target: Target;
  readonly work: Work;
}

function makeLane({ client, run, runEpoch, row, target, work }: LaneParts): Lane {
  const { db } = client;
  const { runState, closed } = WORKS[work];
  const basis: Basis = work === 'stage' ? 'staged' : 'applied';
  const { generation } = client;
  let isCut = false;
  let isClosed = false;
  let claimed: ClaimedRange | null = null;
  let range = { from: -Infinity, to: Infinity };
  let cursor = -Infinity;
  let nextBatchNo = 0;
  const pages = new Map<number, readonly number[]>();

  const onCut = (): void => {
    isCut = true;
  };
  const assertAlive = (): void => {
    if (isCut || isClosed) throw new Error('a dead lane was used');
    if (client.generation === generation) return;
    isCut = true;
    throw new DatabaseError('reconnect', verbatim('this session ended with the server'));
  };
  const assertRunIsOurs = (): void => {
    if (run.epoch !== runEpoch || run.state !== runState)
      throw new SrkeyError('E_FENCED', text`run ${run.runId} was taken over`);
  };
  const fence = (): ClaimedRange => {
    if (claimed === null) throw new Error('nothing is claimed');
    assertRunIsOurs();
    if (claimed.fence.epoch !== claimed.epoch) throw new SrkeyError('E_FENCED', verbatim('the segment was taken over'));
    return claimed;
  };
  const claim = (
    kind: 'segment' | 'sweep',
    fenceRow: { epoch: number; batchNo: number },
    segment: SegmentRow | null,
  ): Claim => {
    assertRunIsOurs();
    fenceRow.epoch += 1;
    claimed = { kind, fence: fenceRow, epoch: fenceRow.epoch, segment };
    nextBatchNo = fenceRow.batchNo + 1;
    pages.clear();
    const segmentNo = segment?.segmentNo ?? 0;
    const lastBatch =
      row.ledger.find((batch) => batch.segmentNo === segmentNo && batch.batchNo === fenceRow.batchNo) ?? null;
    return { epoch: fenceRow.epoch, batchNo: fenceRow.batchNo, lastBatch, state: segment?.state ?? 'open' };
  };
  // Time between request and commit, in which an unanswered transaction holds no lane.
  const lane = <T>(name: string, kind: 'read' | 'write', effect: () => T): Promise<T> => {
    if (isCut || isClosed) throw new Error(`a dead lane was used for ${name}`);
    return client.call(name, kind, effect, onCut);
  };

  return {
    claimSegment: (segmentNo) =>
      lane('claimSegment', 'write', () => {
        assertAlive();
        const segment = segmentOf(row, segmentNo);
        const claimedNow = claim('segment', segment, segment);
        return segment.state === closed ? null : claimedNow;
      }),
    seekToJournal: () =>
      lane('seekToJournal', 'read', () => {
        assertAlive();
        const segment = claimed?.segment;
        if (segment === undefined || segment === null) throw new Error('no segment is claimed');
        range = { from: segment.from, to: segment.to };
        cursor = segment.cursor;
      }),
    seekToStart: (segmentNo) =>
      lane('seekToStart', 'read', () => {
        assertAlive();
        if (claimed?.segment !== null && claimed?.segment.segmentNo !== segmentNo) throw new Error('not claimed');
        const { from, to } = segmentOf(row, segmentNo);
        range = { from, to };
        cursor = -Infinity;
        pages.clear();
      }),
    claimSweep: () =>
      lane('claimSweep', 'write', () => {
        assertAlive();
        return claim('sweep', row.sweep, null);
      }),
    sweepRange: (segmentNo) =>
      lane('sweepRange', 'read', () => {
        assertAlive();
        const { from, to } = segmentOf(row, segmentNo);
        range = { from, to };
        cursor = -Infinity;
        nextBatchNo = row.sweep.batchNo + 1;
        pages.clear();
      }),
    readPage: (rows) =>
      lane('readPage', 'read', () => {
        assertAlive();
        if (claimed === null) throw new Error('nothing is claimed');
        if (nextBatchNo > claimed.fence.batchNo + 2) throw new Error('reading runs ahead by more than one page');
        const table = db.table(target);
        const isMine = (key: number): boolean => key >= range.from && key < range.to && key > cursor;
        const wanted = (key: number): boolean =>
          claimed?.kind === 'segment' || !isAccountedFor(table.rows.get(key) ?? null, row.journal.get(key), basis);
        const behind = sortedKeys(table).filter((key) => isMine(key) && wanted(key));
        const keys = behind.slice(0, Math.min(rows, db.pageLimit));
        cursor = keys.at(-1) ?? cursor;
        const page = pageOf(table, nextBatchNo, keys, keys.length === behind.length);
        pages.set(nextBatchNo, keys);
        nextBatchNo += 1;
        return page;
      }),
    commitBatch: (page, rows, closesSegment) => {
      const keys = pages.get(page.batchNo);
      const mine = claimed;
      return lane('commitBatch', 'write', () => {
        // A late transaction outlives its lane: only the fences decide.
        if (mine === null || keys === undefined) throw new Error('a page of another claim');
        if (claimed === mine) fence();
        else throw new SrkeyError('E_FENCED', verbatim('the lane has claimed anew'));
        if (page.batchNo !== mine.fence.batchNo + 1)
          throw new Error(`batch ${page.batchNo} after ${mine.fence.batchNo}`);
        if (work === 'rollback') throw new Error('a rollback commits no results');
        const batch = commit({ db, row, target, claimed: mine, work }, page, keys, rows);
        if (closesSegment && mine.segment !== null) mine.segment.state = closed;
        return { ...batch, sqlMs: 10 };
      });
    },
    commitFromJournal: (deed, rows, closes) => {
      const mine = claimed;
      const behind = { ...range, cursor };
      return lane('commitFromJournal', 'write', () => {
        if (mine === null) throw new Error('nothing is claimed');
        if (DEED_OF[deed] !== work) throw new Error(`${deed} is no deed of ${work}`);
        if (claimed === mine) fence();
        else throw new SrkeyError('E_FENCED', verbatim('the lane has claimed anew'));
        const table = db.table(target);
        const keys = [...row.journal.keys()]
          .sort((a, b) => a - b)
          .filter((key) => key >= behind.from && key < behind.to && key > behind.cursor)
          .filter((key) => isPicked(deed, table, key, row.journal.get(key)))
          .slice(0, Math.min(rows, db.pageLimit));
        const outcomes = noOutcomes();
        for (const key of keys) {
          const journalRow = perform(deed, table, key, row.journal.get(key));
          row.journal.set(key, journalRow);
          outcomes[journalRow.outcome] += 1;
        }
        if (!isCut) cursor = keys.at(-1) ?? cursor;
        mine.fence.batchNo += 1;
        nextBatchNo = mine.fence.batchNo + 1;
        if (keys.length === 0 && closes && mine.segment !== null) mine.segment.state = closed;
        const segmentNo = mine.segment?.segmentNo ?? 0;
        const counts = { segmentNo, batchNo: mine.fence.batchNo, rows: keys.length, outcomes };
        return { ...record(db, row, work, counts), sqlMs: 10 };
      });
    },
    close: async () => {
      isClosed = true;
      await hop();
    },
  };
}

const DEED_OF: Readonly<Record<Deed, Work>> = { swap: 'apply', undo: 'rollback', bury: 'stage' };

function isPicked(deed: Deed, table: MemoryTable, key: number, row: JournalRow | undefined): boolean {
  switch (deed) {
    case 'swap':
      return row?.outcome === 'staged';
    case 'undo':
      return row?.outcome === 'rewrapped';
    case 'bury':
      return row?.outcome !== 'deleted' && !table.rows.has(key);
  }
}

function perform(deed: Deed, table: MemoryTable, key: number, row: JournalRow | undefined): JournalRow {
  if (row === undefined) throw new Error(`no journal row ${key}`);
  if (deed === 'bury') return { ...row, outcome: 'deleted' };
  const [from, to] = deed === 'swap' ? [row.oldValue, row.newValue] : [row.newValue, row.oldValue];
  // Invariant 2, at the very moment of writing.
  if (plaintextOf(from) !== plaintextOf(to)) throw new Error(`key ${key} would lose its plaintext`);
  if (table.rows.has(key) && isSame(table.rows.get(key), from)) table.rows.set(key, to);
  const live = table.rows.get(key);
  if (live === undefined) return { ...row, outcome: 'deleted' };
  if (!isSame(live, to)) return { ...row, outcome: 'changed' };
  return { ...row, outcome: deed === 'swap' ? 'rewrapped' : 'staged' };
}

function record(
  db: MemoryDatabase,
  row: TargetRow,
  work: Work,
  counts: Pick<BatchRecord, 'segmentNo' | 'batchNo' | 'rows' | 'outcomes'>,
): BatchRecord {
  const batch = { targetNo: row.targetNo, committedAt: db.clock.now(), ...counts };
  row.ledger.push({ ...batch, work });
  return batch;
}

interface CommitTarget {
  readonly db: MemoryDatabase;
  readonly row: TargetRow;
  readonly target: Target;
  readonly claimed: ClaimedRange;
  readonly work: Work;
}

function commit(
  { db, row, target, claimed, work }: CommitTarget,
  page: Page,
  keys: readonly number[],
  staged: readonly StagedRow[],
): BatchRecord {
  const table = db.table(target);
  const outcomes = noOutcomes();
  if (staged.length !== keys.length) throw new Error('a batch must cover its page');
  for (const { ordinal, result } of staged) {
    const key = keys[ordinal - 1];
    if (key === undefined) throw new Error(`no ordinal ${ordinal}`);
    const oldValue = page.rows[ordinal - 1]?.value ?? null;
    const journalRow = journalRowOf(table, key, oldValue, result, work);
    row.journal.set(key, journalRow);
    outcomes[journalRow.outcome] += 1;
  }
  claimed.fence.batchNo = page.batchNo;
  const lastKey = keys.at(-1);
  if (claimed.segment !== null && lastKey !== undefined) claimed.segment.cursor = lastKey;
  const segmentNo = claimed.segment?.segmentNo ?? 0;
  return record(db, row, work, { segmentNo, batchNo: page.batchNo, rows: keys.length, outcomes });
}

function journalRowOf(
  table: MemoryTable,
  key: number,
  oldValue: ColumnValue,
  result: StagedRow['result'],
  work: Work,
): JournalRow {
  if (result.kind !== 'staged') {
    return { oldValue, newValue: null, outcome: result.kind, reason: 'reason' in result ? result.reason : null };
  }
  const newValue = result.newValue;
  // Invariant 2, at the very moment of writing.
  if (plaintextOf(newValue) !== plaintextOf(oldValue)) throw new Error(`key ${key} would lose its plaintext`);
  if (work === 'stage') return { oldValue, newValue, outcome: 'staged', reason: null };
  if (table.rows.has(key) && isSame(table.rows.get(key), oldValue)) table.rows.set(key, newValue);
  const live = table.rows.get(key);
  const outcome = live === undefined ? 'deleted' : isSame(live, newValue) ? 'rewrapped' : 'changed';
  return { oldValue, newValue, outcome, reason: null };
}
