/**
 * The rows of a bulk load (MS-TDS 2.2.6.1): COLMETADATA, then ROW and NBCROW tokens, then DONE.
 *
 * Values stay in the message's bytes and are decoded one row at a time as the executor asks for them, so a load costs
 * its own size in memory and no more.
 */
import { SqlError, type SqlValue } from '../backend.ts';
import { ByteReader, ProtocolError } from './bytes.ts';
import type { ValueDecoder } from './types/codec.ts';
import { readTypeInfo } from './types/data-types.ts';

const Token = { columnMetadata: 0x81, row: 0xd1, rowWithNullBitmap: 0xd2, done: 0xfd } as const;

/** TEXT, NTEXT and IMAGE columns name their table. */
const TYPES_WITH_TABLE_NAME: ReadonlySet<string> = new Set(['text', 'ntext', 'image']);

/** Throws `ProtocolError`, also while iterating, when the message is malformed. */
export function readBulkRows(data: Buffer, columnCount: number): Iterable<readonly SqlValue[]> {
  const reader = new ByteReader(data);
  // Without rows a client may leave out the metadata.
  if (data.length === 0 || data[0] === Token.done) return [];
  if (reader.u8() !== Token.columnMetadata) throw new ProtocolError('a bulk load begins without its columns');
  const columns = readColumns(reader);
  if (columns.length !== columnCount) {
    throw new SqlError(4804, `The bulk load names ${columnCount} columns and sends ${columns.length}.`);
  }
  return readRows(reader, columns);
}

function readColumns(reader: ByteReader): ValueDecoder[] {
  const columns: ValueDecoder[] = [];
  for (let count = reader.u16(); count > 0; count--) {
    reader.skip(4 + 2); // user type, flags
    const column = readTypeInfo(reader, 'bulk row');
    if (TYPES_WITH_TABLE_NAME.has(column.type.name)) reader.usVarChar();
    reader.bVarChar();
    columns.push(column);
  }
  return columns;
}

function* readRows(reader: ByteReader, columns: readonly ValueDecoder[]): Generator<readonly SqlValue[]> {
  while (reader.remaining > 0) {
    const token = reader.u8();
    if (token === Token.row) yield columns.map((column) => column.readValue(reader));
    else if (token === Token.rowWithNullBitmap) yield readRowWithNullBitmap(reader, columns);
    else if (token === Token.done) return;
    else throw new ProtocolError(`a bulk load contains token 0x${token.toString(16)}`);
  }
}

/** NBCROW (MS-TDS 2.2.7.15): a bit per column, set for NULL, then the values of the others. */
function readRowWithNullBitmap(reader: ByteReader, columns: readonly ValueDecoder[]): SqlValue[] {
  const bitmap = reader.bytes(Math.ceil(columns.length / 8));
  return columns.map((column, index) => {
    const isNull = ((bitmap[index >> 3] ?? 0) >> (index & 7)) & 1;
    return isNull ? null : column.readValue(reader);
  });
}
