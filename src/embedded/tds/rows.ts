/**
 * Result sets: COLMETADATA (MS-TDS 2.2.7.4) once, then a ROW token (MS-TDS 2.2.7.19) per row.
 */
import type { ResultColumn, SqlValue } from '../backend.ts';
import type { ByteWriter } from './bytes.ts';
import type { ValueEncoder } from './types/codec.ts';
import { encoderOf } from './types/data-types.ts';

const COLMETADATA = 0x81;
const ROW = 0xd1;

const ColumnFlag = { nullable: 0x0001, updateableUnknown: 0x0008 } as const;
/** Column names are identifiers: NVARCHAR(128). */
const MAX_NAME_CHARACTERS = 128;

export class RowWriter {
  readonly #encoders: readonly ValueEncoder[];

  constructor(columns: readonly ResultColumn[]) {
    this.#encoders = columns.map((column) => encoderOf(column.type));
  }

  writeMetadata(writer: ByteWriter, columns: readonly ResultColumn[]): void {
    writer.u8(COLMETADATA);
    writer.u16(columns.length);
    columns.forEach((column, index) => {
      writer.u32(0); // user type
      writer.u16(ColumnFlag.updateableUnknown | (column.nullable ? ColumnFlag.nullable : 0));
      this.#encoders[index]?.writeTypeInfo(writer);
      writer.bVarChar(column.name.slice(0, MAX_NAME_CHARACTERS));
    });
  }

  /** All of the row or, if it does not fit its columns, an exception and not a byte of it. */
  writeRow(writer: ByteWriter, values: readonly SqlValue[]): void {
    const start = writer.length;
    const encoders = this.#encoders;
    try {
      if (values.length !== encoders.length) throw new TypeError('a row has another number of values than columns');
      writer.u8(ROW);
      for (let index = 0; index < encoders.length; index++) {
        encoders[index]?.writeValue(writer, values[index] ?? null);
      }
    } catch (error) {
      writer.length = start;
      throw error;
    }
  }
}
