/** Fakes the port `RunRegister`: the runs, and who holds one by which lock and heartbeat. */
import type { Holder } from '../../../src/keys/run.ts';
import { LAYOUT_VERSION } from '../../../src/keys/run.ts';
import type { HolderIdentity, RunRecord, RunRegister, TakeResult } from '../../../src/rotation/ports.ts';
import type { MemoryClient } from './client.ts';
import type { MemoryDatabase } from './database.ts';
import { makeOwnership } from './ownership.ts';
import type { LockSession, RunRow } from './rows.ts';
import { makeView } from './run-view.ts';

export function makeRegister(client: MemoryClient): RunRegister {
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
          missingTables: [],
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

const HEARTBEAT_MS = 5_000;

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
