/**
 * What every data type of MS-TDS 2.2.5.4-2.2.5.5 offers: values out (results) and values in (parameters, bulk load).
 * One file per family of types; `data-types.ts` is the table of them.
 */
import type { SqlType, SqlValue } from '../../backend.ts';
import type { ByteReader, ByteWriter } from '../bytes.ts';

/** How the values of one result column are written. */
export interface ValueEncoder {
  /** TYPE_INFO (MS-TDS 2.2.5.6), its type byte included. */
  writeTypeInfo(writer: ByteWriter): void;
  writeValue(writer: ByteWriter, value: SqlValue): void;
}

/** How the values of one parameter or bulk column are read. */
export interface ValueDecoder {
  readonly type: SqlType;
  readValue(reader: ByteReader): SqlValue;
}

/** Where a value stands decides how TEXT, NTEXT and IMAGE are framed. */
export type ValuePlace = 'parameter' | 'bulk row';

/** Reads what follows the type byte of a TYPE_INFO. */
export type DecoderFactory = (reader: ByteReader, place: ValuePlace) => ValueDecoder;

/** The executor handed out a value that its own column cannot hold: a bug on the server's side, never the client's. */
export function misfit(type: SqlType, value: SqlValue): TypeError {
  return new TypeError(`a ${typeof value} came as the value of a column of type ${type.name}`);
}
