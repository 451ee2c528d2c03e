/**
 * The table of data types (MS-TDS 2.2.5.4): the encoder of each type of the seam, the decoder of each type byte.
 */
import { SqlError, type SqlType } from '../../backend.ts';
import { ProtocolError, type ByteReader } from '../bytes.ts';
import type { DecoderFactory, ValueDecoder, ValueEncoder, ValuePlace } from './codec.ts';
import { DATE_TIME_DECODERS, dateTimeEncoder } from './date-time.ts';
import { DECIMAL_DECODERS, decimalEncoder } from './decimal.ts';
import { GUID_DECODERS, guidEncoder } from './guid.ts';
import { bitEncoder, floatEncoder, integerEncoder, moneyEncoder, NUMBER_DECODERS } from './numbers.ts';
import { STRING_DECODERS, stringEncoder } from './strings.ts';

export function encoderOf(type: SqlType): ValueEncoder {
  switch (type.name) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return integerEncoder(type);
    case 'bit':
      return bitEncoder(type);
    case 'real':
    case 'float':
      return floatEncoder(type);
    case 'money':
      return moneyEncoder(type);
    case 'decimal':
    case 'numeric':
      return decimalEncoder(type);
    case 'uniqueidentifier':
      return guidEncoder(type);
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'text':
    case 'ntext':
    case 'binary':
    case 'varbinary':
    case 'image':
      return stringEncoder(type);
    case 'date':
    case 'time':
    case 'datetime':
    case 'datetime2':
    case 'smalldatetime':
      return dateTimeEncoder(type);
  }
}

const DECODERS: Readonly<Record<number, DecoderFactory | undefined>> = {
  ...NUMBER_DECODERS,
  ...DECIMAL_DECODERS,
  ...GUID_DECODERS,
  ...STRING_DECODERS,
  ...DATE_TIME_DECODERS,
};

/** Types of MS-TDS that the embedded server has no use for; named so that the refusal is. */
const NOT_SERVED: Readonly<Record<number, string | undefined>> = {
  0x1f: 'null',
  0x2b: 'datetimeoffset',
  0x62: 'sql_variant',
  0xf0: 'a CLR type',
  0xf1: 'xml',
  0xf3: 'a table-valued parameter',
};

/** Reads a TYPE_INFO (MS-TDS 2.2.5.6). Throws `SqlError` 40517 for a type that exists but is not served. */
export function readTypeInfo(reader: ByteReader, place: ValuePlace): ValueDecoder {
  const typeByte = reader.u8();
  const decoder = DECODERS[typeByte];
  if (decoder) return decoder(reader, place);
  const name = NOT_SERVED[typeByte];
  if (name !== undefined) throw new SqlError(40517, `the embedded server does not take values of type ${name}`);
  throw new ProtocolError(`no data type has the byte 0x${typeByte.toString(16)}`);
}
