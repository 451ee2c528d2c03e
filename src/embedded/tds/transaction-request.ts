/**
 * Requests of the transaction manager (MS-TDS 2.2.6.9): BEGIN, COMMIT and ROLLBACK that are no T-SQL.
 */
import { SqlError } from '../backend.ts';
import { ProtocolError, type ByteReader } from './bytes.ts';

const Operation = { begin: 5, commit: 7, rollback: 8 } as const;
/** fBeginXact: begin the next transaction in the same request. */
const BEGIN_NEXT = 0x01;
const MAX_ISOLATION = 5;

export interface TransactionRequest {
  readonly kind: 'transaction';
  readonly operation: 'begin' | 'commit' | 'rollback';
  /** 1 read uncommitted … 5 snapshot; null for no change. */
  readonly isolation: number | null;
  readonly name: string;
}

export function parseTransactionRequest(reader: ByteReader): TransactionRequest {
  const operation = reader.u16();
  switch (operation) {
    case Operation.begin: {
      const isolation = reader.u8();
      if (isolation > MAX_ISOLATION) throw new ProtocolError(`no isolation level ${isolation} exists`);
      return { kind: 'transaction', operation: 'begin', isolation: isolation || null, name: transactionName(reader) };
    }
    case Operation.commit:
      return ending('commit', reader);
    case Operation.rollback:
      return ending('rollback', reader);
    default:
      throw new SqlError(
        40517,
        `the embedded server does not serve transaction manager request ${operation} (savepoints, DTC)`,
      );
  }
}

function ending(operation: 'commit' | 'rollback', reader: ByteReader): TransactionRequest {
  const name = transactionName(reader);
  if (reader.remaining > 0 && reader.u8() & BEGIN_NEXT) {
    throw new SqlError(40517, 'the embedded server begins no transaction together with the end of another');
  }
  return { kind: 'transaction', operation, isolation: null, name };
}

/** Its length counts bytes, though the characters have two. */
function transactionName(reader: ByteReader): string {
  return reader.bytes(reader.u8()).toString('utf16le');
}
