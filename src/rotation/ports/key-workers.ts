/** The workers that hold the private keys. */
import type { Classified, ColumnShape, ColumnValue, Compared, Rewrapped, ValuePair } from '../../keys/stored-key.ts';
import type { ValueFormat } from '../../keys/target.ts';

/** The crypto, as the engine needs it. Order of results = order of values. */
export interface KeyWorkers {
  rewrap(
    format: ValueFormat,
    column: ColumnShape,
    values: readonly ColumnValue[],
    prove: readonly boolean[],
  ): Promise<readonly Rewrapped[]>;
  classify(
    format: ValueFormat,
    values: readonly ColumnValue[],
    open: readonly boolean[],
  ): Promise<readonly Classified[]>;
  /** Each value opened under its own root, and the plaintexts compared. Needs both private keys. */
  compare(format: ValueFormat, pairs: readonly ValuePair[]): Promise<readonly Compared[]>;
}
