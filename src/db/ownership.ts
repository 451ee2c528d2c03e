/** The right to work on a run: lock, heartbeat, and the statements that only its holder makes. */
import { randomUUID } from 'node:crypto';
import { SrkeyError } from '../errors.ts';
import type { Holder, RunState, Work } from '../keys/run.ts';
import { canonicalDefinition, targetColumn } from '../keys/target.ts';
import type { Target } from '../keys/target.ts';
import type {
  Account,
  Basis,
  JournalReader,
  Lane,
  LedgerTotal,
  NamedKey,
  Ownership,
  SegmentRecord,
} from '../rotation/ports.ts';
import type { ConnectionOptions } from './connection.ts';
import { Heartbeat } from './heartbeat.ts';
import { dropTargetJournal } from './journal-drop.ts';
import { DatabaseLane } from './lane.ts';
import type { LiveSchema } from './live-schema.ts';
import { onlyRow, readNumber, readText } from './rows.ts';
import { DatabaseRunView } from './run-view.ts';
import { int, LONG_REQUEST_MS, Session, nvarchar } from './session.ts';
import type { RenewedSession } from './session.ts';
import { runTables } from './statements/binding.ts';
import {
  createTargetTables,
  FIND_RUN,
  planTarget,
  RECORD_JOURNAL_DROPPED,
  RELEASE_RUN,
  SET_STATE,
} from './statements/run.ts';
import { text } from '../text/message.ts';

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
  readonly #view: DatabaseRunView;
  /** This tool, as segments know it. */
  readonly #owner = randomUUID();

  constructor(parts: OwnershipParts) {
    this.#parts = parts;
    this.#view = new DatabaseRunView(parts);
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
    const what = text`move run ${this.runId} from ${from} to ${to}`;
    const moved = await control.query(what, SET_STATE, { ...run, from: nvarchar(from), to: nvarchar(to) });
    if (readNumber(onlyRow(moved), 'Moved') === 1) return;
    // A move whose answer was lost may have been made: then the run is where we want it, under our epoch.
    const now = onlyRow(await control.query(what, FIND_RUN, { run: int(this.runId) }));
    if (readNumber(now, 'Epoch') === this.epoch && readText(now, 'State').trim() === to) return;
    throw new SrkeyError('E_FENCED', text`could not ${what}: another tool took the run over`, {
      hint: text`committed batches stand; look who is at work with \`srkey runs\``,
    });
  }

  async planTarget(targetNo: number, target: Target, segmentRows: number): Promise<void> {
    const bound = await this.#parts.schema.bind(target);
    const tables = runTables(this.runId, targetNo);
    const control = await this.#parts.control.get();
    const what = text`plan ${targetColumn(target)}`;
    for (const statement of createTargetTables(bound, tables)) await control.batch(what, statement);
    await control.query(
      what,
      planTarget(bound, tables),
      {
        run: int(this.runId),
        runEpoch: int(this.epoch),
        target: int(targetNo),
        name: nvarchar(target.name),
        definition: nvarchar(canonicalDefinition(target)),
        segmentRows: int(segmentRows),
      },
      LONG_REQUEST_MS,
    );
  }

  async openLane(targetNo: number, target: Target, work: Work): Promise<Lane> {
    const bound = await this.#parts.schema.bind(target);
    const segmentCount = await this.#view.segmentCount(targetNo);
    return DatabaseLane.open(await Session.open(this.#parts.options), bound, {
      runId: this.runId,
      runEpoch: this.epoch,
      owner: this.#owner,
      targetNo,
      segmentCount,
      work,
    });
  }

  segments(): Promise<readonly SegmentRecord[]> {
    return this.#view.segments();
  }

  ledgerTotals(work: Work): Promise<readonly LedgerTotal[]> {
    return this.#view.ledgerTotals(work);
  }

  account(targetNo: number, target: Target, segmentNo: number, basis: Basis): Promise<Account> {
    return this.#view.account(targetNo, target, segmentNo, basis);
  }

  leftBehind(targetNo: number, target: Target, limit: number): Promise<readonly NamedKey[]> {
    return this.#view.leftBehind(targetNo, target, limit);
  }

  openJournal(targetNo: number, target: Target): Promise<JournalReader> {
    return this.#view.openJournal(targetNo, target);
  }

  recordCheck(segment: SegmentRecord, sweep: SegmentRecord): Promise<boolean> {
    return this.#view.recordCheck(segment, sweep);
  }

  forgetChecks(): Promise<void> {
    return this.#view.forgetChecks();
  }

  dropJournal(targetNo: number): Promise<readonly string[]> {
    return dropTargetJournal(this.#parts.control, { runId: this.runId, epoch: this.epoch, targetNo });
  }

  async recordJournalDropped(): Promise<void> {
    const run = { run: int(this.runId), epoch: int(this.epoch) };
    await this.#parts.control.query(text`record that the journal is gone`, RECORD_JOURNAL_DROPPED, run);
  }

  async release(): Promise<void> {
    await this.#heartbeat.stop();
    const run = { run: int(this.runId), epoch: int(this.epoch) };
    // A holder that cannot let go any more is found dead by its free lock.
    await this.#parts.control.query(text`let go of the run`, RELEASE_RUN, run).catch(() => undefined);
  }
}
