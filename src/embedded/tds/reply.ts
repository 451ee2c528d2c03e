/**
 * The reply to one request: the `ResultSink` that turns what the executor reports into tokens.
 *
 * Every DONE but the last carries the bit "more follows", and which is the last is known only later: so each waits until
 * the next token or the end of the request.
 */
import type { ResultColumn, ResultSink, SqlError, SqlValue } from '../backend.ts';
import type { Channel } from './channel.ts';
import { OutgoingMessage } from './outgoing.ts';
import { RowWriter } from './rows.ts';
import {
  CURRENT_COMMAND_SELECT,
  DoneKind,
  DoneStatus,
  EnvChange,
  writeBytesChange,
  writeDone,
  writeError,
  writeInfo,
  writeReturnedHandle,
  writeReturnStatus,
  writeTextChange,
} from './tokens.ts';
import type { TransactionState } from './transaction-state.ts';

export interface ReplyOptions {
  /** A reply to an RPC ends with RETURNSTATUS and DONEPROC (MS-TDS 2.2.7.7), any other with DONE. */
  readonly isProcedure: boolean;
  /** Aborted when the request is cancelled: rows after that are dropped. */
  readonly signal: AbortSignal;
  readonly transaction: TransactionState;
  readonly isMuted: boolean;
  /** The pause before each row, of a slow-rows fault. */
  readonly pauseBeforeRow: (() => Promise<void>) | null;
}

export class Reply implements ResultSink {
  readonly #channel: Channel;
  readonly #message: OutgoingMessage;
  readonly #options: ReplyOptions;
  #rows: RowWriter | null = null;
  /** The DONE that waits: rows affected, or null for a statement that counts nothing. */
  #waitingDone: { readonly rowCount: number | null; readonly isSelect: boolean } | null = null;

  constructor(channel: Channel, options: ReplyOptions) {
    this.#channel = channel;
    this.#message = new OutgoingMessage(channel, options.isMuted);
    this.#options = options;
  }

  columns(columns: readonly ResultColumn[]): void {
    this.#writeWaitingDone(DoneStatus.more);
    this.#rows = new RowWriter(columns);
    this.#rows.writeMetadata(this.#message.tokens, columns);
  }

  row(values: readonly SqlValue[]): void | Promise<void> {
    if (!this.#rows) throw new TypeError('a row came before its columns');
    if (this.#options.signal.aborted) return;
    if (this.#options.pauseBeforeRow) return this.#rowAfterPause(this.#rows, values, this.#options.pauseBeforeRow);
    this.#rows.writeRow(this.#message.tokens, values);
    if (this.#message.isFull && !this.#message.flush()) return this.#channel.drained(this.#options.signal);
  }

  async #rowAfterPause(rows: RowWriter, values: readonly SqlValue[], pause: () => Promise<void>): Promise<void> {
    await pause();
    if (this.#options.signal.aborted) return;
    rows.writeRow(this.#message.tokens, values);
    if (!this.#message.flush()) await this.#channel.drained(this.#options.signal);
  }

  done(rowCount: number | null): void {
    this.#writeWaitingDone(DoneStatus.more);
    this.#waitingDone = { rowCount, isSelect: this.#rows !== null };
    this.#rows = null;
  }

  info(message: string, number: number): void {
    this.#writeWaitingDone(DoneStatus.more);
    writeInfo(this.#message.tokens, { message, number, severity: 0, state: 1 });
  }

  databaseChanged(name: string): void {
    this.#writeWaitingDone(DoneStatus.more);
    writeTextChange(this.#message.tokens, EnvChange.database, name, '');
    this.info(`Changed database context to '${name}'.`, 5701);
  }

  transactionChanged(change: 'begin' | 'commit' | 'rollback'): void {
    this.#writeWaitingDone(DoneStatus.more);
    const { transaction } = this.#options;
    if (change === 'begin') {
      writeBytesChange(this.#message.tokens, EnvChange.beginTransaction, transaction.begin());
      return;
    }
    const type = change === 'commit' ? EnvChange.commitTransaction : EnvChange.rollbackTransaction;
    if (transaction.descriptor) writeBytesChange(this.#message.tokens, type, undefined, transaction.descriptor);
    transaction.end();
  }

  /** The answer to the reset bit: sp_reset_connection has run before this request. */
  resetAcknowledged(): void {
    if (this.#options.transaction.descriptor) this.transactionChanged('rollback');
    writeBytesChange(this.#message.tokens, EnvChange.resetAcknowledged);
  }

  returnedHandle(name: string, value: number): void {
    this.#writeWaitingDone(DoneStatus.more);
    writeReturnedHandle(this.#message.tokens, name, value);
  }

  /** The request succeeded. */
  finish(): void {
    if (this.#options.isProcedure) {
      this.#writeWaitingDone(DoneStatus.more);
      this.#endProcedure(0, DoneStatus.final);
    } else {
      this.#waitingDone ??= { rowCount: null, isSelect: false };
      this.#writeWaitingDone(DoneStatus.final);
    }
    this.#message.end();
  }

  /** The request ended with an error. */
  fail(error: Pick<SqlError, 'number' | 'severity' | 'state' | 'message'>): void {
    this.#writeWaitingDone(DoneStatus.more);
    writeError(this.#message.tokens, error);
    if (this.#options.isProcedure) this.#endProcedure(error.number, DoneStatus.error);
    else writeDone(this.#message.tokens, DoneKind.statement, DoneStatus.error);
    this.#message.end();
  }

  /** The request was cancelled or taken back: the results end here, without an error of their own. */
  breakOff(): void {
    this.#writeWaitingDone(DoneStatus.more);
    writeDone(this.#message.tokens, DoneKind.statement, DoneStatus.error);
    this.#message.end();
  }

  #endProcedure(returnStatus: number, doneStatus: number): void {
    writeReturnStatus(this.#message.tokens, returnStatus);
    writeDone(this.#message.tokens, DoneKind.procedure, doneStatus);
  }

  #writeWaitingDone(moreOrFinal: number): void {
    if (!this.#waitingDone) return;
    const { rowCount, isSelect } = this.#waitingDone;
    this.#waitingDone = null;
    const kind = this.#options.isProcedure ? DoneKind.inProcedure : DoneKind.statement;
    const status = moreOrFinal | (rowCount === null ? 0 : DoneStatus.count);
    writeDone(this.#message.tokens, kind, status, isSelect ? CURRENT_COMMAND_SELECT : 0, rowCount ?? 0);
  }
}

/** The acknowledgement of an attention is a message of its own (MS-TDS 2.2.1.7). */
export function acknowledgeAttention(channel: Channel): void {
  const message = new OutgoingMessage(channel);
  writeDone(message.tokens, DoneKind.statement, DoneStatus.attention);
  message.end();
}
