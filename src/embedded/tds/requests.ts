/**
 * What a client may ask for after the login (MS-TDS 2.2.6), decoded from messages.
 */
import { SqlError } from '../backend.ts';
import { ByteReader, ProtocolError } from './bytes.ts';
import { MAX_MESSAGE_BYTES, type Message } from './messages.ts';
import { PacketType } from './packets.ts';
import { parseRpc, type RpcRequest } from './rpc.ts';
import { parseTransactionRequest, type TransactionRequest } from './transaction-request.ts';

export type Request =
  | { readonly kind: 'batch'; readonly text: string }
  | RpcRequest
  | TransactionRequest
  /** The rows after `INSERT BULK …`. They name no table: the statement before them did. */
  | { readonly kind: 'bulk-data'; readonly data: Buffer };

/** Throws `SqlError` for requests that are well formed but not served. */
export function parseRequest(message: Message): Request {
  if (message.isTooLarge) {
    const mebibytes = MAX_MESSAGE_BYTES / 1024 / 1024;
    throw new SqlError(701, `the embedded server takes at most ${mebibytes} MiB in one request`, 17);
  }
  const reader = new ByteReader(message.data);
  switch (message.type) {
    case PacketType.sqlBatch:
      skipAllHeaders(reader);
      return { kind: 'batch', text: restAsText(reader) };
    case PacketType.rpc:
      skipAllHeaders(reader);
      return parseRpc(reader);
    case PacketType.transactionManager:
      skipAllHeaders(reader);
      return parseTransactionRequest(reader);
    case PacketType.bulkLoad:
      return { kind: 'bulk-data', data: message.data };
    default:
      throw new ProtocolError(`a message of type 0x${message.type.toString(16)} is no request`);
  }
}

/**
 * ALL_HEADERS (MS-TDS 2.2.5.3) holds the transaction descriptor and the number of requests under way. Without MARS both
 * follow from the connection.
 */
function skipAllHeaders(reader: ByteReader): void {
  const totalBytes = reader.u32();
  if (totalBytes < 4) throw new ProtocolError('ALL_HEADERS is shorter than its own length');
  reader.skip(totalBytes - 4);
}

function restAsText(reader: ByteReader): string {
  if (reader.remaining % 2 !== 0) throw new ProtocolError('a batch has an odd number of bytes');
  return reader.utf16(reader.remaining / 2);
}
