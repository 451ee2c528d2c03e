/** The journal of a run, read beside the live rows. */
import type { Basis } from '../../keys/run.ts';
import type { ColumnValue, ValuePair } from '../../keys/stored-key.ts';
import type { PageRow } from './reader.ts';

/** A live row that the journal does not account for. */
export interface Deviation extends PageRow {
  /**
   * What the journal has for its key: nothing; a row whose old value is live (again, when it was rewrapped); or a row
   * with neither of its values live.
   */
  readonly journaled: 'none' | 'old-value' | 'other';
}

/** A live row that the journal accounts for, with what must open under the new root. */
export type Accounted =
  /** Its old and its new value, one of which is live. */
  | ({ readonly ordinal: number; readonly kind: 'pair' } & ValuePair)
  /** Under the new root before the change: it has one value, and that is live. */
  | { readonly ordinal: number; readonly kind: 'new'; readonly value: ColumnValue };

export interface JournalPage<T> {
  readonly batchNo: number;
  readonly rows: readonly T[];
  readonly isLast: boolean;
}

/** A read-only walk over a run's journal and the live rows beside it, segment by segment. */
export interface JournalReader {
  /** Goes to the start of a segment's range. */
  seek(segmentNo: number): Promise<void>;
  /** `journaledOnly` leaves out the rows that the journal has nothing for. */
  readDeviations(rows: number, basis: Basis, journaledOnly?: boolean): Promise<JournalPage<Deviation>>;
  /** The rows accounted for that hold a key of the change: rewrapped, staged, or new before. */
  readAccounted(rows: number, basis: Basis): Promise<JournalPage<Accounted>>;
  /** Journal rows whose live row is gone and that do not say so yet: `Account.departed` counts them. */
  readDeparted(rows: number): Promise<JournalPage<{ readonly ordinal: number }>>;
  /** Key texts of rows of the page read last or of the one before, by ordinal. */
  nameKeys(batchNo: number, ordinals: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>>;
  close(): Promise<void>;
}
