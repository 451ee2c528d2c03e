/** The register of runs. Implements the engine's `RunRegister`. */
import { DatabaseError, SrkeyError } from '../errors.ts';
import { isClosed, LAYOUT_VERSION, RUN_STATES } from '../keys/run.ts';
import type { Holder, RunState } from '../keys/run.ts';
import type { HolderIdentity, NewRun, RunRecord, RunRegister, RunTarget, TakeResult } from '../rotation/ports.ts';
import type { ConnectionOptions } from './connection.ts';
import type { LiveSchema } from './live-schema.ts';
import { DatabaseOwnership, livenessLock } from './ownership.ts';
import { onlyRow, readDate, readDateOrNull, readNumber, readNumberOrNull, readText, readTextOrNull } from './rows.ts';
import { DatabaseRunView } from './run-view.ts';
import { int, Session, nvarchar } from './session.ts';
import type { RawRow, RenewedSession } from './session.ts';
import { readStateScript, splitBatches } from './state-layout.ts';
import { missingTables, readOwnTables } from './own-tables.ts';
import { runTables } from './statements/binding.ts';
import { grantedRights, RIGHTS_TO_ALTER } from './statements/rights.ts';
import {
  COUNT_LAYOUT_2_COLUMNS,
  CREATE_RUN,
  FIND_RUN,
  GET_LOCK,
  LAYOUT_2_COLUMNS,
  LIST_RUNS,
  LIST_RUNS_OF_LAYOUT_1,
  RELEASE_LOCK,
  RUN_TARGETS,
  STATE_TABLES_EXIST,
  TAKE_RUN,
} from './statements/run.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

const PLANNING_LOCK = 'srkey-planning';
const PLANNING_WAIT_MS = 15_000;

export class DatabaseRegister implements RunRegister {
  readonly #options: ConnectionOptions;
  readonly #session: RenewedSession;
  readonly #schema: LiveSchema;

  constructor(options: ConnectionOptions, session: RenewedSession, schema: LiveSchema) {
    this.#options = options;
    this.#session = session;
    this.#schema = schema;
  }

  async exists(): Promise<boolean> {
    const row = onlyRow(await this.#session.query(text`look for the state tables`, STATE_TABLES_EXIST));
    return readNumber(row, 'Present') === 1;
  }

  async list(): Promise<readonly RunRecord[]> {
    const layout = await this.#layout();
    if (layout === 0) return [];
    const [rows] = await this.#session.query(text`list the runs`, layout === 1 ? LIST_RUNS_OF_LAYOUT_1 : LIST_RUNS);
    return (rows ?? []).map(readRun);
  }

  /** Layout of the state tables as they stand; 0 when some are missing. */
  async #layout(): Promise<number> {
    if (!(await this.exists())) return 0;
    const counted = onlyRow(await this.#session.query(text`look at the layout`, COUNT_LAYOUT_2_COLUMNS));
    return readNumber(counted, 'Added') === LAYOUT_2_COLUMNS ? 2 : 1;
  }

  async targets(runId: number): Promise<readonly RunTarget[]> {
    const [rows] = await this.#session.query(text`read the targets of run ${runId}`, RUN_TARGETS, { run: int(runId) });
    const there = await readOwnTables(this.#session);
    return (rows ?? []).map((row) => {
      const [targetNo, planned] = [readNumber(row, 'TargetNo'), readNumber(row, 'Segments') > 0];
      return {
        targetNo,
        name: readText(row, 'Name'),
        definition: readText(row, 'Definition'),
        planned,
        missingTables: planned ? missingTables(runTables(runId, targetNo), there) : [],
      };
    });
  }

  async prepare(): Promise<void> {
    const layout = await this.#layout();
    if (layout === LAYOUT_VERSION) return;
    const what =
      layout === 0
        ? text`create the state tables in schema rotation`
        : text`bring the state tables in schema rotation from layout ${layout} to ${LAYOUT_VERSION}`;
    await this.#planning(what, async (session) => {
      // Asked first: the script raises the version before it alters the first table, and should not stop in between.
      if (layout !== 0 && (await isAlterDenied(session))) throw mayNotAlter(layout);
      try {
        for (const batch of splitBatches(await readStateScript())) await session.batch(what, batch);
      } catch (error) {
        const isRefused = error instanceof DatabaseError && REFUSED_TO_ALTER.has(error.number);
        throw layout !== 0 && isRefused ? mayNotAlter(layout, error) : error;
      }
    });
  }

  async create(run: NewRun): Promise<RunRecord> {
    return this.#planning(text`record the run`, async (session) => {
      await session.query(text`record the run`, CREATE_RUN, {
        layoutVersion: int(LAYOUT_VERSION),
        toolVersion: nvarchar(run.toolVersion),
        oldPublicKey: nvarchar(run.oldPublicKeyId),
        newPublicKey: nvarchar(run.newPublicKeyId),
        newRecipient: nvarchar(run.newRecipientId),
        oldRoot: nvarchar(run.oldRoot),
        newRoot: nvarchar(run.newRoot),
      });
      const [rows] = await session.query(text`read the run`, LIST_RUNS);
      const open = (rows ?? []).map(readRun).find(({ state }) => !isClosed(state));
      if (open === undefined)
        throw new DatabaseError('stop', text`could not record the run: the server kept no row of it`);
      return open;
    });
  }

  /** Under the planning lock, one tool after the other, on a session that takes the lock with it when it ends. */
  async #planning<T>(what: Message, work: (session: Session) => Promise<T>): Promise<T> {
    const session = await Session.open(this.#options);
    try {
      const lock = { resource: nvarchar(PLANNING_LOCK), wait: int(PLANNING_WAIT_MS) };
      const granted = readNumber(onlyRow(await session.query(text`wait for other tools`, GET_LOCK, lock)), 'Granted');
      if (granted < 0) throw new DatabaseError('retry', text`could not ${what}: another tool is planning a run`);
      const done = await work(session);
      await releaseLock(session, PLANNING_LOCK);
      return done;
    } finally {
      await session.close();
    }
  }

  /**
   * The liveness lock is named after the epoch, so a new holder never waits for a dead one's lock: it takes the lock of
   * a later epoch first, then moves the run to that epoch by compare-and-set. Who loses that race looks again and finds
   * the winner alive. A lock of the next epoch that nobody recorded (a rival cut off in between) is stepped over.
   */
  async take(runId: number, who: HolderIdentity, force: boolean): Promise<TakeResult> {
    const session = await Session.open(this.#options);
    try {
      for (let attempt = 1; attempt <= MAX_RACES; attempt++) {
        const run = readRun(onlyRow(await session.query(text`read run ${runId}`, FIND_RUN, { run: int(runId) })));
        const { holder } = run;
        const isAlive = holder !== null && !(await lockIsFree(session, runId, run.epoch));
        if (isAlive && !(force && isOverdue(holder))) {
          await session.close();
          return { kind: 'held', holder };
        }
        const epoch = await lockNextEpoch(session, runId, run.epoch);
        if (epoch !== null && (await moveEpoch(session, run, epoch, who, isAlive))) {
          return { kind: 'taken', ownership: this.#ownership(session, run, epoch, who) };
        }
        if (epoch !== null) await releaseLock(session, livenessLock(runId, epoch));
      }
      throw new DatabaseError('retry', text`could not take run ${runId}: other tools are taking it at the same moment`);
    } catch (error) {
      await session.close();
      throw error;
    }
  }

  view(runId: number): DatabaseRunView {
    return new DatabaseRunView({ options: this.#options, control: this.#session, schema: this.#schema, runId });
  }

  #ownership(liveness: Session, run: RunRecord, epoch: number, who: HolderIdentity): DatabaseOwnership {
    return new DatabaseOwnership({
      options: this.#options,
      liveness,
      control: this.#session,
      schema: this.#schema,
      runId: run.runId,
      epoch,
      leaseSeconds: who.leaseSeconds,
      tookOverFrom: run.holder,
    });
  }
}

async function isAlterDenied(session: Session): Promise<boolean> {
  const [rows = []] = await session.query(text`read the rights of this login`, grantedRights(RIGHTS_TO_ALTER));
  return rows.some((row) => readNumberOrNull(row, 'Granted') === 0);
}

/** Numbers under which the server refuses the statements of the script, or pretends not to know their tables. */
const REFUSED_TO_ALTER: ReadonlySet<number | null> = new Set([229, 1088, 4902]);

function mayNotAlter(layout: number, cause?: unknown): SrkeyError {
  const tables = RIGHTS_TO_ALTER.map(({ securable }) => securable).join(', ');
  return new SrkeyError(
    'E_PREFLIGHT',
    text`the tool's own tables are of layout ${layout} and this version needs layout ${LAYOUT_VERSION}, but this login may not alter them (${tables}); no stored key was changed`,
    {
      hint: text`let a DBA run what \`srkey ddl --key-map FILE\` prints: it adds the columns that are missing, and no run loses a row of its journal. Then run the same command again`,
      ...(cause === undefined ? {} : { cause }),
    },
  );
}

const MAX_RACES = 5;
/** Locks of later epochs that may be held by rivals who never got to record themselves. */
const MAX_GHOSTS = 8;

/** By the server's clock. */
function isOverdue({ heartbeatAgeSeconds, leaseSeconds }: Holder): boolean {
  return heartbeatAgeSeconds >= leaseSeconds;
}

/** The first epoch behind `epoch` whose lock is free, locked now; null when rivals hold them all. */
async function lockNextEpoch(session: Session, runId: number, epoch: number): Promise<number | null> {
  for (let next = epoch + 1; next <= epoch + MAX_GHOSTS; next++) {
    if (await getLock(session, livenessLock(runId, next))) return next;
  }
  return null;
}

async function moveEpoch(
  session: Session,
  run: RunRecord,
  epoch: number,
  who: HolderIdentity,
  onlyOverdue: boolean,
): Promise<boolean> {
  const moved = await session.query(text`take run ${run.runId}`, TAKE_RUN, {
    run: int(run.runId),
    seenEpoch: int(run.epoch),
    epoch: int(epoch),
    // A holder with a live lock may have beaten once more since it was looked at: then it is not overdue.
    onlyOverdue: int(onlyOverdue ? 1 : 0),
    host: nvarchar(who.host.slice(0, 128)),
    user: nvarchar(who.user.slice(0, 128)),
    pid: int(who.pid),
    leaseSeconds: int(who.leaseSeconds),
  });
  return readNumber(onlyRow(moved), 'Moved') === 1;
}

async function getLock(session: Session, resource: string): Promise<boolean> {
  const parameters = { resource: nvarchar(resource), wait: int(0) };
  return readNumber(onlyRow(await session.query(text`take the lock of the run`, GET_LOCK, parameters)), 'Granted') >= 0;
}

async function releaseLock(session: Session, resource: string): Promise<void> {
  await session.query(text`free the lock of the run`, RELEASE_LOCK, { resource: nvarchar(resource) });
}

async function lockIsFree(session: Session, runId: number, epoch: number): Promise<boolean> {
  const resource = livenessLock(runId, epoch);
  if (!(await getLock(session, resource))) return false;
  await releaseLock(session, resource);
  return true;
}

function readState(row: RawRow): RunState {
  const state = readText(row, 'State').trim();
  const known = RUN_STATES.find((name) => name === state);
  if (known === undefined)
    throw new DatabaseError('stop', text`run state "${state}" is unknown to this version of srkey`);
  return known;
}

function readRun(row: RawRow): RunRecord {
  return {
    runId: readNumber(row, 'RunId'),
    layoutVersion: readNumber(row, 'LayoutVersion'),
    toolVersion: readText(row, 'ToolVersion'),
    state: readState(row),
    epoch: readNumber(row, 'Epoch'),
    oldPublicKeyId: readText(row, 'OldPublicKey'),
    newPublicKeyId: readText(row, 'NewPublicKey'),
    newRecipientId: readTextOrNull(row, 'NewRecipient'),
    oldRoot: readText(row, 'OldRoot'),
    newRoot: readText(row, 'NewRoot'),
    startedAt: readDate(row, 'StartedAt'),
    startedBy: readText(row, 'StartedBy'),
    endedAt: readDateOrNull(row, 'EndedAt'),
    journalDroppedAt: readDateOrNull(row, 'JournalDroppedAt'),
    holder: readHolder(row),
  };
}

function readHolder(row: RawRow): Holder | null {
  const host = readTextOrNull(row, 'HolderHost');
  if (host === null) return null;
  return {
    host,
    user: readTextOrNull(row, 'HolderUser') ?? '',
    pid: readNumberOrNull(row, 'HolderPid') ?? 0,
    since: readDate(row, 'HeldSince'),
    heartbeatAt: readDate(row, 'HeartbeatAt'),
    heartbeatAgeSeconds: readNumber(row, 'HeartbeatAgeSeconds'),
    leaseSeconds: readNumberOrNull(row, 'LeaseSeconds') ?? 0,
  };
}
