/** The right to work on a run: lock, heartbeat, and the statements that only its holder makes. */
import { randomUUID } from 'node:crypto';
import { DatabaseError, SrkeyError } from '../errors.ts';
import type { Holder, RunState } from '../keys/run.ts';
import { canonicalDefinition, targetColumn } from '../keys/target.ts';
import type { Target } from '../keys/target.ts';
import type { Account, BatchRecord, Lane, NamedKey, Ownership, SegmentRecord } from '../rotation/ports.ts';
import type { ConnectionOptions } from './connection.ts';
import { Heartbeat } from './heartbeat.ts';
import { DatabaseLane } from './lane.ts';
import type { LiveSchema } from './live-schema.ts';
import { onlyRow, readKeyTexts, readNumber, readOutcomes, readText, readTextOrNull } from './rows.ts';
import { int, LONG_REQUEST_MS, Session, text } from './session.ts';
import type { RenewedSession } from './session.ts';
import { runTables } from './statements/binding.ts';
import { account, leftBehind, segmentRange } from './statements/page.ts';
import {
  createTargetTables,
  FIND_RUN,
  LEDGER_TOTALS,
  planTarget,
  RELEASE_RUN,
  RUN_SEGMENTS,
  SET_STATE,
} from './statements/run.ts';

/** Resource name of the lock that proves a holder alive. A new epoch has a new lock. */
export function livenessLock(runId: number, epoch: number): string {
  return `srkey-run-${runId}-${epoch}`;
}

export interface OwnershipParts {
  readonly options: ConnectionOptions;
  /** Holds the liveness lock; used for heartbeats only, so that no long statement delays one. */
  readonly liveness: Session;
  readonly control: RenewedSession;
  readonly schema: LiveSchema;
  readonly runId: number;
  readonly epoch: number;
  readonly leaseSeconds: number;
  readonly tookOverFrom: Holder | null;
}

export class DatabaseOwnership implements Ownership {
  readonly runId: number;
  readonly epoch: number;
  readonly tookOverFrom: Holder | null;
  readonly #parts: OwnershipParts;
  readonly #heartbeat: Heartbeat;
  /** This tool, as segments know it. */
  readonly #owner = randomUUID();

  constructor(parts: OwnershipParts) {
    this.#parts = parts;
    this.runId = parts.runId;
    this.epoch = parts.epoch;
    this.tookOverFrom = parts.tookOverFrom;
    this.#heartbeat = new Heartbeat({ ...parts, lock: livenessLock(parts.runId, parts.epoch) });
  }

  get lost(): AbortSignal {
    return this.#heartbeat.lost;
  }

  async setState(from: RunState, to: RunState): Promise<void> {
    const run = { run: int(this.runId), epoch: int(this.epoch) };
    const control = this.#parts.control;
    const what = `move run ${this.runId} from ${from} to ${to}`;
    const moved = await control.query(what, SET_STATE, { ...run, from: text(from), to: text(to) });
    if (readNumber(onlyRow(moved), 'Moved') === 1) return;
    // A move whose answer was lost may have been made: then the run is where we want it, under our epoch.
    const now = onlyRow(await control.query(what, FIND_RUN, { run: int(this.runId) }));
    if (readNumber(now, 'Epoch') === this.epoch && readText(now, 'State').trim() === to) return;
    throw new SrkeyError('E_FENCED', `could not ${what}: another tool took the run over`, {
      hint: 'committed batches stand; look who is at work with `srkey runs`',
    });
  }

  async planTarget(targetNo: number, target: Target, segmentRows: number): Promise<void> {
    const bound = await this.#parts.schema.bind(target);
    const tables = runTables(this.runId, targetNo);
    const control = await this.#parts.control.get();
    const what = `plan ${targetColumn(target)}`;
    for (const statement of createTargetTables(bound, tables)) await control.batch(what, statement);
    await control.query(
      what,
      planTarget(bound, tables),
      {
        run: int(this.runId),
        runEpoch: int(this.epoch),
        target: int(targetNo),
        name: text(target.name),
        definition: text(canonicalDefinition(target)),
        segmentRows: int(segmentRows),
      },
      LONG_REQUEST_MS,
    );
  }

  async segments(): Promise<readonly SegmentRecord[]> {
    const [rows] = await this.#parts.control.query(`read the segments of run ${this.runId}`, RUN_SEGMENTS, {
      run: int(this.runId),
    });
    return (rows ?? []).map((row) => ({
      targetNo: readNumber(row, 'TargetNo'),
      segmentNo: readNumber(row, 'SegmentNo'),
      state: readText(row, 'State').trim() === 'done' ? 'done' : 'open',
      batchNo: readNumber(row, 'BatchNo'),
    }));
  }

  async ledgerTotals(): Promise<readonly Omit<BatchRecord, 'segmentNo' | 'batchNo' | 'committedAt'>[]> {
    const [rows] = await this.#parts.control.query(`read the ledger of run ${this.runId}`, LEDGER_TOTALS, {
      run: int(this.runId),
    });
    return (rows ?? []).map((row) => ({
      targetNo: readNumber(row, 'TargetNo'),
      rows: readNumber(row, 'TotalRows'),
      outcomes: readOutcomes(row),
    }));
  }

  async openLane(targetNo: number, target: Target): Promise<Lane> {
    const bound = await this.#parts.schema.bind(target);
    const segmentCount = await this.#segmentCount(targetNo);
    return DatabaseLane.open(await Session.open(this.#parts.options), bound, {
      runId: this.runId,
      runEpoch: this.epoch,
      owner: this.#owner,
      targetNo,
      segmentCount,
    });
  }

  async account(targetNo: number, target: Target, segmentNo: number): Promise<Account> {
    const bound = await this.#parts.schema.bind(target);
    const last = await this.#segmentCount(targetNo);
    const statement = account(bound, runTables(this.runId, targetNo), segmentRange(segmentNo, last));
    const [rows] = await this.#parts.control.query(
      `verify segment ${segmentNo} of ${targetColumn(target)}`,
      statement,
      { segment: int(segmentNo) },
      LONG_REQUEST_MS,
    );
    const counts = new Map((rows ?? []).map((row) => [readText(row, 'Account'), readNumber(row, 'LiveRows')]));
    const of = (name: string): number => counts.get(name) ?? 0;
    return {
      liveRows: [...counts.values()].reduce((sum, n) => sum + n, 0),
      rewrapped: of('rewrapped'),
      new: of('new'),
      foreign: of('foreign'),
      unreadable: of('unreadable'),
      empty: of('empty'),
      unaccounted: of('unaccounted'),
    };
  }

  async leftBehind(targetNo: number, target: Target, limit: number): Promise<readonly NamedKey[]> {
    const bound = await this.#parts.schema.bind(target);
    const statement = leftBehind(bound, runTables(this.runId, targetNo));
    const [rows] = await this.#parts.control.query(
      `name the keys left behind in ${targetColumn(target)}`,
      statement,
      { limit: int(limit) },
      LONG_REQUEST_MS,
    );
    return (rows ?? []).map((row) => ({
      key: readKeyTexts(row, bound.keyColumns.length),
      outcome: readText(row, 'Outcome').trim() === 'foreign' ? 'foreign' : 'unreadable',
      reason: readTextOrNull(row, 'Reason'),
    }));
  }

  async release(): Promise<void> {
    await this.#heartbeat.stop();
    const run = { run: int(this.runId), epoch: int(this.epoch) };
    // A holder that cannot let go any more is found dead by its free lock.
    await this.#parts.control.query('let go of the run', RELEASE_RUN, run).catch(() => undefined);
  }

  readonly #counts = new Map<number, number>();

  async #segmentCount(targetNo: number): Promise<number> {
    const known = this.#counts.get(targetNo);
    if (known !== undefined) return known;
    for (const segment of await this.segments()) {
      const count = this.#counts.get(segment.targetNo) ?? 0;
      this.#counts.set(segment.targetNo, Math.max(count, segment.segmentNo));
    }
    const count = this.#counts.get(targetNo);
    if (count === undefined) throw new DatabaseError('stop', `target ${targetNo} of run ${this.runId} is not planned`);
    return count;
  }
}
