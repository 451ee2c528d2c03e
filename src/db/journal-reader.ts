/** A read-only walk over a run's journal and the live rows beside it. Implements the engine's `JournalReader`. */
import type { Basis, Deviation, JournalPage, JournalReader, ValuePair } from '../rotation/ports.ts';
import { targetColumn } from '../keys/target.ts';
import { Pages } from './pages.ts';
import { readNumber, readText, readValue } from './rows.ts';
import { int } from './session.ts';
import type { RawRow, Session } from './session.ts';
import { readDeviations, readPairs } from './statements/account.ts';
import type { BoundTarget, RunTables } from './statements/binding.ts';
import { segmentRange } from './statements/page.ts';
import type { PageRange } from './statements/page.ts';
import { text } from '../text/message.ts';

export class DatabaseJournalReader implements JournalReader {
  readonly #session: Session;
  readonly #bound: BoundTarget;
  readonly #tables: RunTables;
  readonly #segmentCount: number;
  readonly #pages: Pages;

  private constructor(session: Session, bound: BoundTarget, tables: RunTables, segmentCount: number) {
    this.#session = session;
    this.#bound = bound;
    this.#tables = tables;
    this.#segmentCount = segmentCount;
    this.#pages = new Pages(session, bound, tables);
  }

  static async open(
    session: Session,
    bound: BoundTarget,
    tables: RunTables,
    segmentCount: number,
  ): Promise<DatabaseJournalReader> {
    const reader = new DatabaseJournalReader(session, bound, tables, segmentCount);
    await reader.#pages.prepare();
    return reader;
  }

  async seek(segmentNo: number): Promise<void> {
    await this.#pages.seekToStart(segmentNo, segmentRange(segmentNo, this.#segmentCount), null);
  }

  async readDeviations(rows: number, basis: Basis): Promise<JournalPage<Deviation>> {
    return this.#read(rows, (range) => readDeviations(this.#bound, this.#tables, range, basis), toDeviation);
  }

  async readPairs(rows: number): Promise<JournalPage<ValuePair>> {
    return this.#read(rows, (range) => readPairs(this.#bound, this.#tables, range), toPair);
  }

  async nameKeys(batchNo: number, ordinals: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
    return this.#pages.nameKeys(batchNo, ordinals);
  }

  async close(): Promise<void> {
    await this.#session.close();
  }

  /** The page before stays on the server too, so that its keys can still be named. */
  async #read<T>(
    rows: number,
    statement: (range: PageRange) => string,
    toRow: (row: RawRow) => T,
  ): Promise<JournalPage<T>> {
    const { batchNo, segmentNo, range } = this.#pages.next;
    const parameters = { batch: int(batchNo), rows: int(rows), segment: int(segmentNo) };
    const what = text`read the journal of ${targetColumn(this.#bound.target)}`;
    const [read = []] = await this.#session.query(what, statement(range), parameters);
    this.#pages.filled(batchNo, read.length);
    if (read.length > 0) await this.#pages.forgetBefore(batchNo - 1);
    return { batchNo, rows: read.map(toRow), isLast: read.length < rows };
  }
}

function toDeviation(row: RawRow): Deviation {
  const journaled = readText(row, 'Journaled').trim();
  return {
    ordinal: readNumber(row, 'Ordinal'),
    value: readValue(row, 'OldValue'),
    journaled: journaled === 'none' || journaled === 'old-value' ? journaled : 'other',
  };
}

function toPair(row: RawRow): ValuePair {
  return {
    ordinal: readNumber(row, 'Ordinal'),
    oldValue: readValue(row, 'OldValue'),
    newValue: readValue(row, 'NewValue'),
  };
}
