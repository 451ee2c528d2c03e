/** What anybody may read of a run. Implements the engine's `RunView`. */
import { DatabaseError } from '../errors.ts';
import type { Work } from '../keys/run.ts';
import { targetColumn } from '../keys/target.ts';
import type { Target } from '../keys/target.ts';
import type {
  Account,
  Basis,
  JournalReader,
  LedgerTotal,
  NamedKey,
  RunView,
  SegmentRecord,
} from '../rotation/ports.ts';
import type { ConnectionOptions } from './connection.ts';
import { DatabaseJournalReader } from './journal-reader.ts';
import type { LiveSchema } from './live-schema.ts';
import {
  lastRow,
  onlyRow,
  readDateOrNull,
  readKeyTexts,
  readNumber,
  readOutcomes,
  readSegmentState,
  readText,
  readTextOrNull,
} from './rows.ts';
import { int, LONG_REQUEST_MS, Session, nvarchar } from './session.ts';
import type { RenewedSession } from './session.ts';
import { account, leftBehind } from './statements/account.ts';
import { runTables } from './statements/binding.ts';
import { segmentRange } from './statements/page.ts';
import type { SegmentRange } from './statements/page.ts';
import { FORGET_CHECKS, LEDGER_TOTALS, RECORD_CHECK, RUN_SEGMENTS } from './statements/run.ts';
import { text } from '../text/message.ts';

export interface RunViewParts {
  readonly options: ConnectionOptions;
  readonly control: RenewedSession;
  readonly schema: LiveSchema;
  readonly runId: number;
}

export class DatabaseRunView implements RunView {
  readonly runId: number;
  readonly #parts: RunViewParts;
  readonly #segmentCounts = new Map<number, number>();

  constructor(parts: RunViewParts) {
    this.runId = parts.runId;
    this.#parts = parts;
  }

  async segments(): Promise<readonly SegmentRecord[]> {
    const [rows] = await this.#parts.control.query(text`read the segments of run ${this.runId}`, RUN_SEGMENTS, {
      run: int(this.runId),
    });
    return (rows ?? []).map((row) => ({
      targetNo: readNumber(row, 'TargetNo'),
      segmentNo: readNumber(row, 'SegmentNo'),
      state: readSegmentState(row),
      batchNo: readNumber(row, 'BatchNo'),
      checkedAt: readDateOrNull(row, 'CheckedAt'),
    }));
  }

  async ledgerTotals(work: Work): Promise<readonly LedgerTotal[]> {
    const [rows] = await this.#parts.control.query(text`read the ledger of run ${this.runId}`, LEDGER_TOTALS, {
      run: int(this.runId),
      phase: nvarchar(work),
    });
    return (rows ?? []).map((row) => ({
      targetNo: readNumber(row, 'TargetNo'),
      rows: readNumber(row, 'TotalRows'),
      outcomes: readOutcomes(row),
    }));
  }

  async account(targetNo: number, target: Target, segmentNo: number, basis: Basis): Promise<Account> {
    const bound = await this.#parts.schema.bind(target);
    const range = await this.range(targetNo, segmentNo);
    const sets = await this.#parts.control.query(
      text`verify segment ${segmentNo} of ${targetColumn(target)}`,
      account(bound, runTables(this.runId, targetNo), range, basis),
      { segment: int(segmentNo) },
      LONG_REQUEST_MS,
    );
    const rows = sets[0] ?? [];
    const counts = new Map(rows.map((row) => [readText(row, 'Account'), readNumber(row, 'LiveRows')]));
    const paired = rows.reduce((sum, row) => sum + readNumber(row, 'PairedRows'), 0);
    const of = (name: string): number => counts.get(name) ?? 0;
    return {
      liveRows: [...counts.values()].reduce((sum, n) => sum + n, 0),
      staged: of('staged'),
      rewrapped: of('rewrapped'),
      new: of('new'),
      foreign: of('foreign'),
      unreadable: of('unreadable'),
      empty: of('empty'),
      unaccounted: of('unaccounted') + of('unjournaled'),
      unjournaled: of('unjournaled'),
      departed: Math.max(0, readNumber(lastRow(sets), 'JournalRows') - paired),
    };
  }

  async leftBehind(targetNo: number, target: Target, limit: number): Promise<readonly NamedKey[]> {
    const bound = await this.#parts.schema.bind(target);
    const statement = leftBehind(bound, runTables(this.runId, targetNo));
    const [rows] = await this.#parts.control.query(
      text`name the keys left behind in ${targetColumn(target)}`,
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

  async openJournal(targetNo: number, target: Target): Promise<JournalReader> {
    const bound = await this.#parts.schema.bind(target);
    const segmentCount = await this.segmentCount(targetNo);
    const tables = runTables(this.runId, targetNo);
    return DatabaseJournalReader.open(await Session.open(this.#parts.options), bound, tables, segmentCount);
  }

  async recordCheck(segment: SegmentRecord, sweep: SegmentRecord): Promise<boolean> {
    const { targetNo, segmentNo, batchNo } = segment;
    const marked = await this.#parts.control.query(
      text`record that segment ${segmentNo} of target ${targetNo} was checked`,
      RECORD_CHECK,
      {
        run: int(this.runId),
        target: int(targetNo),
        segment: int(segmentNo),
        batch: int(batchNo),
        sweepBatch: int(sweep.batchNo),
      },
    );
    return readNumber(onlyRow(marked), 'Marked') === 1;
  }

  async forgetChecks(): Promise<void> {
    const what = text`forget what was checked of run ${this.runId}`;
    await this.#parts.control.query(what, FORGET_CHECKS, { run: int(this.runId) });
  }

  async range(targetNo: number, segmentNo: number): Promise<SegmentRange> {
    return segmentRange(segmentNo, await this.segmentCount(targetNo));
  }

  async segmentCount(targetNo: number): Promise<number> {
    const known = this.#segmentCounts.get(targetNo);
    if (known !== undefined) return known;
    for (const segment of await this.segments()) {
      const count = this.#segmentCounts.get(segment.targetNo) ?? 0;
      this.#segmentCounts.set(segment.targetNo, Math.max(count, segment.segmentNo));
    }
    const count = this.#segmentCounts.get(targetNo);
    if (count === undefined)
      throw new DatabaseError('stop', text`target ${targetNo} of run ${this.runId} is not planned`);
    return count;
  }
}
