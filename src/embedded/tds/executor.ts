/**
 * Hands requests to the session, and keeps what the protocol adds to it: statement handles, the table that a bulk load
 * was announced for, transaction names.
 */
import { SqlError, type SqlSession } from '../backend.ts';
import { ProtocolError } from './bytes.ts';
import { readBulkRows } from './bulk-load.ts';
import type { Reply } from './reply.ts';
import type { Request } from './requests.ts';
import { withNames } from './rpc.ts';
import type { TransactionRequest } from './transaction-request.ts';
import type { TransactionState } from './transaction-state.ts';

interface PreparedStatement {
  readonly text: string;
  readonly declaration: string;
}

interface AnnouncedLoad {
  readonly text: string;
  readonly columnCount: number;
}

const INSERT_BULK = /^\s*insert\s+bulk\s/i;

export class Executor {
  readonly #session: SqlSession;
  readonly #transaction: TransactionState;
  readonly #prepared = new Map<number, PreparedStatement>();
  #lastHandle = 0;
  #announcedLoad: AnnouncedLoad | null = null;

  constructor(session: SqlSession, transaction: TransactionState) {
    this.#session = session;
    this.#transaction = transaction;
  }

  /** sp_reset_connection. */
  reset(reply: Reply): void {
    const { database } = this.#session;
    this.#session.reset();
    this.#prepared.clear();
    this.#announcedLoad = null;
    reply.resetAcknowledged();
    if (this.#session.database !== database) reply.databaseChanged(this.#session.database);
  }

  /** What fault rules match. */
  textOf(request: Request): string {
    switch (request.kind) {
      case 'batch':
      case 'execute-sql':
      case 'prepare':
        return request.text;
      case 'execute':
      case 'unprepare':
        return this.#prepared.get(request.handle)?.text ?? '';
      case 'transaction':
        return `${request.operation.toUpperCase()} TRANSACTION`;
      case 'bulk-data':
        return `BULK DATA: ${this.#announcedLoad?.text ?? ''}`;
    }
  }

  async execute(request: Request, reply: Reply, signal: AbortSignal): Promise<void> {
    // The rows come right behind the statement that announces them, or not at all.
    if (request.kind !== 'bulk-data') this.#announcedLoad = null;
    switch (request.kind) {
      case 'batch':
        if (!INSERT_BULK.test(request.text) || !this.#announceLoad(request.text)) {
          await this.#session.execute(request.text, [], reply, signal);
        }
        return;
      case 'execute-sql':
        await this.#session.execute(request.text, request.parameters, reply, signal);
        return;
      case 'prepare':
        this.#prepared.set(++this.#lastHandle, { text: request.text, declaration: request.declaration });
        reply.returnedHandle('@handle', this.#lastHandle);
        return;
      case 'execute': {
        const { text, declaration } = this.#preparedStatement(request.handle);
        await this.#session.execute(text, withNames(request.parameters, declaration), reply, signal);
        return;
      }
      case 'unprepare':
        this.#preparedStatement(request.handle);
        this.#prepared.delete(request.handle);
        return;
      case 'transaction':
        await this.#executeTransaction(request, reply);
        return;
      case 'bulk-data':
        await this.#load(request.data, reply);
        return;
    }
  }

  async rollBack(reply: Reply): Promise<void> {
    if (this.#transaction.descriptor) await this.#session.transaction('rollback', null, reply);
  }

  #preparedStatement(handle: number): PreparedStatement {
    const statement = this.#prepared.get(handle);
    if (!statement) throw new SqlError(8179, `Could not find prepared statement with handle ${handle}.`);
    return statement;
  }

  async #executeTransaction({ operation, isolation, name }: TransactionRequest, reply: Reply): Promise<void> {
    const savepointName = operation === 'rollback' && name !== '' && name !== this.#transaction.name ? name : null;
    if (savepointName !== null) {
      const message = `Cannot roll back ${savepointName}. No transaction or savepoint of that name was found.`;
      throw new SqlError(6401, message);
    }
    await this.#session.transaction(operation, isolation, reply);
    if (operation === 'begin') this.#transaction.name = name;
  }

  /** The rows come in the client's next message. */
  #announceLoad(text: string): boolean {
    const load = this.#session.beginBulkLoad(text);
    this.#announcedLoad = load && { text: text.trim(), columnCount: load.columns.length };
    return load !== null;
  }

  async #load(data: Buffer, reply: Reply): Promise<void> {
    const load = this.#announcedLoad;
    this.#announcedLoad = null;
    if (!load) throw new ProtocolError('rows of a bulk load came without INSERT BULK');
    reply.done(await this.#session.bulkLoad(readBulkRows(data, load.columnCount)));
  }
}
