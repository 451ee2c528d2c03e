/** One connection working on one target of a run: claims, pages, batches. Implements the engine's `Lane`. */
import { Buffer } from 'node:buffer';
import type { Rewrapped } from '../keys/stored-key.ts';
import type { Claim, CommittedBatch, Lane, Page, StagedRow } from '../rotation/ports.ts';
import { targetColumn } from '../keys/target.ts';
import { Pages } from './pages.ts';
import { lastRow, onlyRow, readLedgerRow, readNumber, readText } from './rows.ts';
import { guid, int } from './session.ts';
import type { BulkColumn, Parameters, Session } from './session.ts';
import { CLAIM_SEGMENT, commitBatch } from './statements/batch.ts';
import { runTables } from './statements/binding.ts';
import type { BoundTarget } from './statements/binding.ts';
import { segmentRange } from './statements/page.ts';
import type { SegmentRange } from './statements/page.ts';

/** What every lane of a run shares. */
export interface LaneScope {
  readonly runId: number;
  readonly runEpoch: number;
  /** This tool, as segments know it: a random identifier. */
  readonly owner: string;
  readonly targetNo: number;
  /** Segments 1 … n. */
  readonly segmentCount: number;
}

export class DatabaseLane implements Lane {
  readonly #session: Session;
  readonly #bound: BoundTarget;
  readonly #scope: LaneScope;
  readonly #pages: Pages;
  readonly #commitText: string;
  #segmentNo = 0;
  #epoch = 0;
  /** The batch whose results are in #result already: a retried commit must not load them twice. */
  #loadedBatchNo: number | null = null;

  private constructor(session: Session, bound: BoundTarget, scope: LaneScope) {
    const tables = runTables(scope.runId, scope.targetNo);
    this.#session = session;
    this.#bound = bound;
    this.#scope = scope;
    this.#pages = new Pages(session, bound, tables);
    this.#commitText = commitBatch(bound, tables);
  }

  static async open(session: Session, bound: BoundTarget, scope: LaneScope): Promise<DatabaseLane> {
    const lane = new DatabaseLane(session, bound, scope);
    await lane.#pages.prepare();
    return lane;
  }

  async claimSegment(segmentNo: number): Promise<Claim | null> {
    const { state, claim } = await this.#claim(segmentNo);
    if (state === 'done') return null;
    await this.#pages.seekToJournal(segmentNo, claim.batchNo, this.#range(segmentNo));
    return claim;
  }

  async claimSweep(): Promise<Claim> {
    return (await this.#claim(0)).claim;
  }

  async sweepRange(segmentNo: number): Promise<void> {
    await this.#pages.seekToStart(segmentNo, this.#range(segmentNo));
  }

  async readPage(rows: number): Promise<Page> {
    return this.#pages.read(rows);
  }

  async commitBatch(page: Page, rows: readonly StagedRow[], closesSegment: boolean): Promise<CommittedBatch> {
    const what = `commit batch ${page.batchNo} of segment ${this.#segmentNo} of ${targetColumn(this.#bound.target)}`;
    if (rows.length > 0 && this.#loadedBatchNo !== page.batchNo) {
      await this.#session.bulk(what, '#result', this.#resultColumns(), rows.map(resultRow(page.batchNo)));
      this.#loadedBatchNo = page.batchNo;
    }
    const sets = await this.#session.query(what, this.#commitText, {
      ...this.#segmentParameters(this.#segmentNo),
      epoch: int(this.#epoch),
      batch: int(page.batchNo),
      rows: int(page.rows.length),
      state: { type: 'text', value: closesSegment ? 'done' : 'open' },
    });
    this.#pages.committed(page.batchNo);
    const committed = lastRow(sets);
    return { ...readLedgerRow(committed), sqlMs: readNumber(committed, 'SqlMs') };
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async #claim(segmentNo: number): Promise<{ state: string; claim: Claim }> {
    const sets = await this.#session.query(
      `claim segment ${segmentNo} of ${targetColumn(this.#bound.target)}`,
      CLAIM_SEGMENT,
      this.#segmentParameters(segmentNo),
    );
    const segment = onlyRow(sets);
    const [last] = sets[1] ?? [];
    const epoch = readNumber(segment, 'Epoch');
    const batchNo = readNumber(segment, 'BatchNo');
    this.#segmentNo = segmentNo;
    this.#epoch = epoch;
    this.#loadedBatchNo = null;
    this.#pages.startAfter(batchNo);
    return {
      state: readText(segment, 'State'),
      claim: { epoch, batchNo, lastBatch: last === undefined ? null : readLedgerRow(last) },
    };
  }

  #segmentParameters(segmentNo: number): Parameters {
    const { runId, runEpoch, targetNo, owner } = this.#scope;
    return {
      run: int(runId),
      runEpoch: int(runEpoch),
      target: int(targetNo),
      segment: int(segmentNo),
      owner: guid(owner),
    };
  }

  #range(segmentNo: number): SegmentRange {
    return segmentRange(segmentNo, this.#scope.segmentCount);
  }

  #resultColumns(): readonly BulkColumn[] {
    return [
      { name: 'BatchNo', type: 'int', nullable: false },
      { name: 'Ordinal', type: 'int', nullable: false },
      { name: 'Outcome', type: 'outcome', nullable: false },
      { name: 'NewValue', type: this.#bound.value.kind === 'binary' ? 'bytes' : 'text', nullable: true },
      { name: 'Reason', type: 'reason', nullable: true },
    ];
  }
}

const REASON_LENGTH = 200;

function resultRow(batchNo: number): (row: StagedRow) => (number | string | Buffer | null)[] {
  return ({ ordinal, result }) => [batchNo, ordinal, result.kind, newValueOf(result), reasonOf(result)];
}

function newValueOf(result: Rewrapped): string | Buffer | null {
  if (result.kind !== 'staged') return null;
  const { newValue } = result;
  // A view, not a copy: the driver takes Buffers only.
  return typeof newValue === 'string'
    ? newValue
    : Buffer.from(newValue.buffer, newValue.byteOffset, newValue.byteLength);
}

function reasonOf(result: Rewrapped): string | null {
  return 'reason' in result ? result.reason.slice(0, REASON_LENGTH) : null;
}
