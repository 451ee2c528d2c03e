/** A read-only walk over a target. */
import type { ColumnValue, Outcome } from '../../keys/stored-key.ts';

export interface PageRow {
  /** The row's handle within its page, 1 … n; keys stay on the server. */
  readonly ordinal: number;
  readonly value: ColumnValue;
}

/** Up to the asked number of rows, in key order. `isLast` when the range holds no more rows behind it. */
export interface Page {
  readonly batchNo: number;
  readonly rows: readonly PageRow[];
  readonly isLast: boolean;
  readonly bytes: number;
}

/** A stored key named for people. */
export interface NamedKey {
  /** Key column values as text, in key order. */
  readonly key: readonly string[];
  readonly outcome: Outcome;
  readonly reason: string | null;
}

export interface Reader {
  /** The next page behind the last one. */
  readPage(rows: number): Promise<Page>;
  /** Key texts of rows of the page read last, by ordinal. */
  nameKeys(batchNo: number, ordinals: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>>;
  close(): Promise<void>;
}
