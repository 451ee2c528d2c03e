/** A read-only walk over a run's journal and the live rows beside it. Implements the engine's `JournalReader`. */
import type { Accounted, Basis, Deviation, JournalPage, JournalReader } from '../rotation/ports.ts';
import { targetColumn } from '../keys/target.ts';
import { Pages } from './pages.ts';
import { readNumber, readText, readValue } from './rows.ts';
import { int } from './session.ts';
import type { RawRow, Session } from './session.ts';
import { readAccounted, readDeparted, readDeviations } from './statements/account.ts';
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

  async readDeviations(rows: number, basis: Basis, journaledOnly = false): Promise<JournalPage<Deviation>> {
    const statement = (range: PageRange): string =>
      readDeviations(this.#bound, this.#tables, range, basis, journaledOnly);
    return this.#read(rows, statement, toDeviation);
  }

  async readAccounted(rows: number, basis: Basis): Promise<JournalPage<Accounted>> {
    return this.#read(rows, (range) => readAccounted(this.#bound, this.#tables, range, basis), toAccounted);
  }

  async readDeparted(rows: number): Promise<JournalPage<{ readonly ordinal: number }>> {
    const toRow = (row: RawRow): { readonly ordinal: number } => ({ ordinal: readNumber(row, 'Ordinal') });
    return this.#read(rows, (range) => readDeparted(this.#bound, this.#tables, range), toRow);
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

function toAccounted(row: RawRow): Accounted {
  const ordinal = readNumber(row, 'Ordinal');
  const oldValue = readValue(row, 'OldValue');
  if (readText(row, 'Outcome').trim() === 'new') return { ordinal, kind: 'new', value: oldValue };
  return { ordinal, kind: 'pair', oldValue, newValue: readValue(row, 'NewValue') };
}
