/**
 * One database session: one connection of its own for as long as it lives, because its #temp tables, application locks
 * and epochs are worthless on another one. mssql only offers pools, so a session is a pool of one connection that
 * refuses to replace it: a silent reconnect would lose all of these.
 */
import sql from 'mssql';
import { DatabaseError } from '../errors.ts';
import { timingOf } from './connection.ts';
import type { ConnectionOptions, DriverConnection } from './connection.ts';
import { databaseError } from './failures.ts';
import type { OneConnectionPool } from './one-connection-pool.ts';
import { openPool } from './open-pool.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

export type ParameterValue =
  | { readonly type: 'int'; readonly value: number | null }
  | { readonly type: 'guid'; readonly value: string }
  | { readonly type: 'text'; readonly value: string | null };

export type Parameters = Readonly<Record<string, ParameterValue>>;

export const int = (value: number | null): ParameterValue => ({ type: 'int', value });
export const guid = (value: string): ParameterValue => ({ type: 'guid', value });
export const nvarchar = (value: string | null): ParameterValue => ({ type: 'text', value });

/** Rows as the driver gives them: parse before use. */
export type RawRow = Readonly<Record<string, unknown>>;

export interface BulkColumn {
  readonly name: string;
  readonly type: 'int' | 'outcome' | 'reason' | 'bytes' | 'text';
  readonly nullable: boolean;
}

/** Statements that walk a whole table may take long on a large one; a dead line is found by TCP keep-alive. */
export const LONG_REQUEST_MS = 30 * 60_000;

export class Session {
  readonly #pool: OneConnectionPool;
  readonly #connection: DriverConnection;
  #closed = false;

  private constructor(pool: OneConnectionPool) {
    const { connection } = pool;
    this.#pool = pool;
    this.#connection = connection;
    // The server or the network ended it: the pool must not get the chance to connect again.
    connection.once('end', () => void this.close());
  }

  /** Opens a session or rejects with a `DatabaseError` (E_CONNECT, E_LOGIN) that tells the cause. */
  static async open(options: ConnectionOptions): Promise<Session> {
    return new Session(await openPool(options));
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /**
   * Runs a statement text and answers its result sets. `what` completes "could not …" in errors. After any error but a
   * rolled-back one the connection is destroyed: nobody knows what state it is in.
   */
  async query(what: Message, statement: string, parameters: Parameters = {}, timeoutMs?: number): Promise<RawRow[][]> {
    return this.#guard(what, async () => {
      const request = this.#request(timeoutMs);
      for (const [name, parameter] of Object.entries(parameters)) addInput(request, name, parameter);
      const result = await request.query<RawRow>(statement);
      return result.recordsets;
    });
  }

  /** Runs a text outside sp_executesql: #temp tables and SET options made in it outlive it. */
  async batch(what: Message, statement: string): Promise<void> {
    await this.#guard(what, () => this.#request().batch(statement));
  }

  /** Bulk-loads rows into one of the session's #temp tables. */
  async bulk(
    what: Message,
    tableName: string,
    columns: readonly BulkColumn[],
    rows: readonly (readonly (number | string | Buffer | null)[])[],
  ): Promise<void> {
    const table = new sql.Table(tableName);
    table.create = false;
    for (const { name, type, nullable } of columns) table.columns.add(name, bulkType(type), { nullable });
    for (const row of rows) table.rows.push([...row] as never);
    await this.#guard(what, () => this.#request().bulk(table));
  }

  /**
   * Destroys the connection, also with a request under way, which then rejects; the server rolls back and frees
   * everything it held. Idempotent, never rejects.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // The pool alone would wait for the request's end, on a dead line until its time-out.
    this.#connection.close();
    await this.#pool.close().catch(() => undefined);
  }

  #request(timeoutMs?: number): sql.Request {
    return timeoutMs === undefined
      ? this.#pool.request()
      : (this.#pool.request as (conf: { requestTimeout: number }) => sql.Request).call(this.#pool, {
          requestTimeout: timeoutMs,
        });
  }

  async #guard<T>(what: Message, call: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new DatabaseError('reconnect', text`could not ${what}: the connection was lost`);
    try {
      return await call();
    } catch (error) {
      const failure = databaseError(error, what);
      // Not awaited: a half-open connection may take its time to go, and nobody needs to see it gone.
      if (failure.disposition !== 'retry') void this.close();
      throw failure;
    }
  }
}

function addInput(request: sql.Request, name: string, parameter: ParameterValue): void {
  switch (parameter.type) {
    case 'int':
      request.input(name, sql.Int, parameter.value);
      break;
    case 'guid':
      request.input(name, sql.UniqueIdentifier, parameter.value);
      break;
    case 'text':
      // System functions and names are not made for (MAX); nearly every text fits without.
      request.input(name, sql.NVarChar((parameter.value?.length ?? 0) > 4000 ? sql.MAX : 4000), parameter.value);
      break;
  }
}

function bulkType(type: BulkColumn['type']): sql.ISqlType {
  switch (type) {
    case 'int':
      return sql.Int();
    case 'outcome':
      return sql.VarChar(10);
    case 'reason':
      return sql.NVarChar(200);
    case 'bytes':
      return sql.VarBinary(sql.MAX);
    case 'text':
      return sql.NVarChar(sql.MAX);
  }
}

/** The question whether a session is there may take this part of the time after which it is asked. */
const IDLE_SHARE = 6;

/** A session that is opened again after it was lost: for calls that hold nothing on the server between them. */
export class RenewedSession {
  readonly #options: ConnectionOptions;
  readonly #idleMs: number;
  #opening: Promise<Session> | null = null;
  #usedAt = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#idleMs = timingOf(options).idleMs;
  }

  async get(): Promise<Session> {
    const opening = this.#opening;
    const current = opening === null ? null : await opening.catch(() => null);
    if (current !== null && (await this.#isThere(current))) {
      this.#usedAt = performance.now();
      return current;
    }
    if (this.#opening !== opening) return this.get(); // another caller was faster
    this.#opening = Session.open(this.#options);
    this.#usedAt = performance.now();
    return this.#opening;
  }

  /**
   * Firewalls forget idle connections and tell nobody: what is sent then is never answered, and the statements that come
   * next may have half an hour.
   */
  async #isThere(session: Session): Promise<boolean> {
    if (!session.isClosed && performance.now() - this.#usedAt > this.#idleMs) {
      await session
        .query(text`reach the server`, 'SELECT 1 AS Here', {}, this.#idleMs / IDLE_SHARE)
        .catch(() => undefined);
    }
    return !session.isClosed;
  }

  async query(what: Message, statement: string, parameters?: Parameters, timeoutMs?: number): Promise<RawRow[][]> {
    return (await this.get()).query(what, statement, parameters, timeoutMs);
  }

  async close(): Promise<void> {
    const current = this.#opening === null ? null : await this.#opening.catch(() => null);
    await current?.close();
  }
}
