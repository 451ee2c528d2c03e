/** One connection working on one target of a run: claims, pages, batches. Implements the engine's `Lane`. */
import { Buffer } from 'node:buffer';
import { WORKS } from '../keys/run.ts';
import type { SegmentState, Work } from '../keys/run.ts';
import type { Rewrapped } from '../keys/stored-key.ts';
import type { Claim, CommittedBatch, Deed, Lane, Page, StagedRow } from '../rotation/ports.ts';
import { targetColumn } from '../keys/target.ts';
import { Pages } from './pages.ts';
import { lastRow, onlyRow, readLedgerRow, readNumber, readSegmentState } from './rows.ts';
import { guid, int } from './session.ts';
import type { BulkColumn, Parameters, RawRow, Session } from './session.ts';
import { claimSegment, commitBatch } from './statements/batch.ts';
import { runTables } from './statements/binding.ts';
import type { BoundTarget, RunTables } from './statements/binding.ts';
import { commitFromJournal } from './statements/journal-batch.ts';
import { segmentRange } from './statements/page.ts';
import type { SegmentRange } from './statements/page.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

/** What every lane of a run shares. */
export interface LaneScope {
  readonly runId: number;
  readonly runEpoch: number;
  /** This tool, as segments know it: a random identifier. */
  readonly owner: string;
  readonly targetNo: number;
  /** Segments 1 … n. */
  readonly segmentCount: number;
  readonly work: Work;
}

export class DatabaseLane implements Lane {
  readonly #session: Session;
  readonly #bound: BoundTarget;
  readonly #scope: LaneScope;
  readonly #tables: RunTables;
  readonly #pages: Pages;
  /** The same text for every batch; null for work that commits none with results. */
  readonly #commitText: string | null;
  #segmentNo = 0;
  /** As claimed: what a batch that does not close it leaves it in. */
  #state: SegmentState = 'open';
  #epoch = 0;
  /** The batch whose results are in #result already: a retried commit must not load them twice. */
  #loadedBatchNo: number | null = null;

  private constructor(session: Session, bound: BoundTarget, scope: LaneScope) {
    const { work } = scope;
    this.#session = session;
    this.#bound = bound;
    this.#scope = scope;
    this.#tables = runTables(scope.runId, scope.targetNo);
    this.#pages = new Pages(session, bound, this.#tables);
    this.#commitText = work === 'rollback' ? null : commitBatch(bound, this.#tables, work);
  }

  static async open(session: Session, bound: BoundTarget, scope: LaneScope): Promise<DatabaseLane> {
    const lane = new DatabaseLane(session, bound, scope);
    await lane.#pages.prepare();
    return lane;
  }

  async claimSegment(segmentNo: number): Promise<Claim | null> {
    const claim = await this.#claim(segmentNo);
    return claim.state === this.#closed ? null : claim;
  }

  async seekToJournal(): Promise<void> {
    const { batchNo } = this.#pages.next;
    await this.#pages.seekToJournal(this.#segmentNo, batchNo - 1, this.#range(this.#segmentNo));
  }

  async seekToStart(segmentNo: number): Promise<void> {
    await this.#pages.seekToStart(segmentNo, this.#range(segmentNo), null);
  }

  async claimSweep(): Promise<Claim> {
    return this.#claim(0);
  }

  async sweepRange(segmentNo: number): Promise<void> {
    const basis = this.#scope.work === 'stage' ? 'staged' : 'applied';
    await this.#pages.seekToStart(segmentNo, this.#range(segmentNo), basis);
  }

  async readPage(rows: number): Promise<Page> {
    return this.#pages.read(rows);
  }

  async commitBatch(page: Page, rows: readonly StagedRow[], closesSegment: boolean): Promise<CommittedBatch> {
    if (this.#commitText === null) throw new TypeError(`work of kind ${this.#scope.work} commits no results`);
    const what = this.#commitName(page.batchNo);
    if (rows.length > 0 && this.#loadedBatchNo !== page.batchNo) {
      await this.#session.bulk(what, '#result', this.#resultColumns(), rows.map(resultRow(page.batchNo)));
      this.#loadedBatchNo = page.batchNo;
    }
    const sets = await this.#session.query(what, this.#commitText, {
      ...this.#batchParameters(page.batchNo, page.rows.length, closesSegment),
    });
    this.#pages.committed(page.batchNo);
    return readCommitted(sets);
  }

  async commitFromJournal(deed: Deed, rows: number, closes: boolean): Promise<CommittedBatch> {
    const { batchNo, segmentNo, range } = this.#pages.next;
    const sets = await this.#session.query(
      this.#commitName(batchNo),
      commitFromJournal(deed, this.#bound, this.#tables, range),
      { ...this.#batchParameters(batchNo, rows, closes), segment: int(segmentNo) },
    );
    const batch = readCommitted(sets);
    this.#pages.filled(batchNo, batch.rows);
    this.#pages.committed(batchNo);
    return batch;
  }

  #commitName(batchNo: number): Message {
    return text`commit batch ${batchNo} of segment ${this.#segmentNo} of ${targetColumn(this.#bound.target)}`;
  }

  get #closed(): SegmentState {
    return WORKS[this.#scope.work].closed;
  }

  #batchParameters(batchNo: number, rows: number, closes: boolean): Parameters {
    const { segment, ...run } = this.#segmentParameters(this.#segmentNo);
    return {
      ...run,
      ...(segment === undefined ? {} : { fenced: segment }),
      epoch: int(this.#epoch),
      batch: int(batchNo),
      rows: int(rows),
      state: { type: 'text', value: closes ? this.#closed : this.#state },
    };
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  async #claim(segmentNo: number): Promise<Claim> {
    const sets = await this.#session.query(
      text`claim segment ${segmentNo} of ${targetColumn(this.#bound.target)}`,
      claimSegment(this.#scope.work),
      this.#segmentParameters(segmentNo),
    );
    const segment = onlyRow(sets);
    const [last] = sets[1] ?? [];
    const epoch = readNumber(segment, 'Epoch');
    const batchNo = readNumber(segment, 'BatchNo');
    this.#segmentNo = segmentNo;
    this.#state = readSegmentState(segment);
    this.#epoch = epoch;
    this.#loadedBatchNo = null;
    this.#pages.startAfter(batchNo);
    return { epoch, batchNo, state: this.#state, lastBatch: last === undefined ? null : readLedgerRow(last) };
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

function readCommitted(sets: readonly RawRow[][]): CommittedBatch {
  const committed = lastRow(sets);
  return { ...readLedgerRow(committed), sqlMs: readNumber(committed, 'SqlMs') };
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
