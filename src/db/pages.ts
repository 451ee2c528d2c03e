/**
 * The pages of one session: where it stands in the key order of a target, kept on the server in #cursor by batch
 * number. Reading a page again under the same number reads the same page.
 */
import type { Page, PageRow } from '../rotation/ports.ts';
import { targetColumn } from '../keys/target.ts';
import { onlyRow, readKeyTexts, readNumber, readValue } from './rows.ts';
import { int } from './session.ts';
import type { Parameters, RawRow, Session } from './session.ts';
import type { BoundTarget, RunTables } from './statements/binding.ts';
import type { Basis } from '../rotation/ports.ts';
import { journalJoin, unaccountedCondition } from './statements/account.ts';
import {
  createSessionTables,
  FORGET_PAGE,
  namePageKeys,
  readPage,
  RESET_SESSION_TABLES,
  seekToJournal,
} from './statements/page.ts';
import type { PageRange, SegmentRange } from './statements/page.ts';
import { text } from '../text/message.ts';

export class Pages {
  readonly #session: Session;
  readonly #bound: BoundTarget;
  readonly #tables: RunTables | null;
  #range: PageRange = { from: 'start', to: 'end' };
  /** Null: every row. Otherwise only rows that the journal does not account for on this basis. */
  #unaccountedOn: Basis | null = null;
  #segmentNo = 0;
  #lastReadBatchNo = 0;

  constructor(session: Session, bound: BoundTarget, tables: RunTables | null) {
    this.#session = session;
    this.#bound = bound;
    this.#tables = tables;
  }

  get #column(): string {
    return targetColumn(this.#bound.target);
  }

  async prepare(): Promise<void> {
    await this.#session.batch(text`prepare a session for ${this.#column}`, createSessionTables(this.#bound));
  }

  /** The next page read is numbered `batchNo + 1`. */
  startAfter(batchNo: number): void {
    this.#lastReadBatchNo = batchNo;
  }

  /** Goes behind the last journal key of a segment, or to its start when it has none. */
  async seekToJournal(segmentNo: number, batchNo: number, range: SegmentRange): Promise<void> {
    if (this.#tables === null) throw new TypeError('a reader has no journal');
    const sets = await this.#session.query(
      text`find where segment ${segmentNo} of ${this.#column} stands`,
      seekToJournal(this.#bound, this.#tables, range),
      { batch: int(batchNo), segment: int(segmentNo) },
    );
    const hasCursor = readNumber(onlyRow(sets), 'Cursors') > 0;
    this.#segmentNo = segmentNo;
    this.#range = { ...range, ...(hasCursor ? { from: 'cursor' } : {}) };
    this.#unaccountedOn = null;
  }

  /** Goes to the start of a range; `unaccountedOn` as in `read`. */
  async seekToStart(segmentNo: number, range: SegmentRange, unaccountedOn: Basis | null): Promise<void> {
    await this.#session.query(text`go to segment ${segmentNo} of ${this.#column}`, RESET_SESSION_TABLES);
    this.#segmentNo = segmentNo;
    this.#range = range;
    this.#unaccountedOn = unaccountedOn;
  }

  /** Where the next page begins, for statements that fill #page themselves. */
  get next(): { readonly batchNo: number; readonly segmentNo: number; readonly range: PageRange } {
    return { batchNo: this.#lastReadBatchNo + 1, segmentNo: this.#segmentNo, range: this.#range };
  }

  /** #page and #cursor hold `rows` rows of page `batchNo`. An empty page keeps its number free. */
  filled(batchNo: number, rows: number): void {
    if (rows === 0) return;
    this.#lastReadBatchNo = batchNo;
    this.#range = { ...this.#range, from: 'cursor' };
  }

  async read(rows: number): Promise<Page> {
    const { batchNo, segmentNo, range } = this.next;
    const sets = await this.#session.query(
      text`read the stored keys of ${this.#column}`,
      readPage(this.#bound, this.#tables, range, this.#filter()),
      { batch: int(batchNo), rows: int(rows), segment: int(segmentNo) },
    );
    const read = (sets[0] ?? []).map(toPageRow);
    this.filled(batchNo, read.length);
    const bytes = read.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
    return { batchNo, rows: read, isLast: read.length < rows, bytes };
  }

  #filter(): { readonly join: string; readonly condition: string } | undefined {
    if (this.#unaccountedOn === null || this.#tables === null) return undefined;
    return {
      join: journalJoin(this.#bound, this.#tables),
      condition: unaccountedCondition(this.#bound, this.#unaccountedOn),
    };
  }

  committed(batchNo: number): void {
    this.#lastReadBatchNo = Math.max(this.#lastReadBatchNo, batchNo);
  }

  async forgetBefore(batchNo: number): Promise<void> {
    await this.#session.query(text`forget pages of ${this.#column}`, FORGET_PAGE, { batch: int(batchNo) });
  }

  /** Key texts of rows of a page that the session still holds. */
  async nameKeys(batchNo: number, ordinals: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
    if (ordinals.length === 0) return new Map();
    const wanted = new Set(ordinals);
    const parameters: Parameters = {
      batch: int(batchNo),
      first: int(Math.min(...ordinals)),
      last: int(Math.max(...ordinals)),
    };
    const [rows] = await this.#session.query(text`name keys of ${this.#column}`, namePageKeys(this.#bound), parameters);
    const named = (rows ?? []).map(
      (row) => [readNumber(row, 'Ordinal'), readKeyTexts(row, this.#bound.keyColumns.length)] as const,
    );
    return new Map(named.filter(([ordinal]) => wanted.has(ordinal)));
  }
}

export function toPageRow(row: RawRow): PageRow {
  return { ordinal: readNumber(row, 'Ordinal'), value: readValue(row, 'OldValue') };
}
