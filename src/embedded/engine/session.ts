/** One logged-in connection: runs requests, draws the consequences of errors, and frees everything at its end. */
import { SqlError } from '../backend.ts';
import type { ResultColumn, ResultSink, SqlParameter, SqlSession, SqlValue } from '../backend.ts';
import { bulkColumns, insertBulk, parseBulkLoad } from './bulk.ts';
import type { BulkLoad } from './bulk.ts';
import type { Database } from './database.ts';
import { writableTable } from '../tsql/bind-statement.ts';
import { Interpreter } from './interpreter.ts';
import type { ParseCache } from './parse-cache.ts';
import type { Server } from './server.ts';
import { DEFAULT_SETTINGS, SessionState } from './session-state.ts';
import type { Login } from './session-state.ts';
import { asSqlError } from './sqlite-errors.ts';
import { Frame } from './statement-runner.ts';
import { toStored } from './values/stored.ts';
import { converter } from './values/convert.ts';

/** Errors that undo the transaction even with XACT_ABORT OFF: deadlock, and failed conversions, as in SQL Server. */
const ABORTS_TRANSACTION: ReadonlySet<number> = new Set([1205, 241, 242, 244, 245, 248]);

const ISOLATION_LEVELS: Readonly<Record<number, string>> = {
  1: 'READ UNCOMMITTED',
  2: 'READ COMMITTED',
  3: 'REPEATABLE READ',
  4: 'SERIALIZABLE',
  5: 'SNAPSHOT',
};

export class Session implements SqlSession {
  readonly id: number;
  readonly #state: SessionState;
  readonly #interpreter: Interpreter;
  readonly #onClose: () => void;
  /** Aborts what is running when the session is closed or killed. */
  readonly #end = new AbortController();
  #isRunning = false;
  #isClosed = false;
  #load: BulkLoad | null = null;

  constructor(id: number, server: Server, database: Database, login: Login, parsed: ParseCache, onClose: () => void) {
    this.id = id;
    this.#onClose = onClose;
    this.#state = new SessionState(id, server, database, login, () => {
      this.#kill();
    });
    this.#interpreter = new Interpreter(this.#state, parsed);
  }

  get database(): string {
    return this.#state.database.name;
  }

  execute(text: string, parameters: readonly SqlParameter[], sink: ResultSink, signal: AbortSignal): Promise<void> {
    return this.#request(sink, signal, async (combined) => {
      const frame = new Frame(parameters.length > 0);
      for (const { name, type, value } of parameters) {
        if (frame.variables.has(name.toUpperCase()))
          throw new SqlError(134, `The variable name '${name}' has already been declared.`, 15, 2);
        const stored = toStored(value, type);
        const fit = converter({ ...type, ...(type.length === undefined ? {} : { length: 'max' as const }) }, type, {
          kind: 'explicit',
          style: null,
        });
        frame.declare(name, type, stored === null || fit === null ? stored : fit(stored));
      }
      await this.#interpreter.run(text, frame, { sink, signal: combined });
    });
  }

  beginBulkLoad(text: string): { readonly columns: readonly ResultColumn[] } | null {
    this.#assertOpen();
    this.#load = parseBulkLoad(text);
    return this.#load === null ? null : { columns: bulkColumns(this.#state, this.#load) };
  }

  async bulkLoad(rows: Iterable<readonly SqlValue[]>): Promise<number> {
    const load = this.#load;
    this.#load = null;
    if (load === null) throw new SqlError(4002, 'Bulk load data was expected after an INSERT BULK statement.');
    let count = 0;
    await this.#request(SILENT, new AbortController().signal, async (signal) => {
      const state = this.#state;
      const table = writableTable(
        state.environment(() => null),
        load.table,
      );
      const limits = { timeoutMs: state.settings.lockTimeoutMs, signal };
      const rules = { isCompound: true, isUndoable: !state.settings.xactAbort };
      count = await state.transactions.write(table.isTemp ? 'temp' : 'main', limits, rules, () =>
        insertBulk(state, load, rows, signal),
      );
      state.rowCount = count;
    });
    return count;
  }

  transaction(request: 'begin' | 'commit' | 'rollback', isolation: number | null, sink: ResultSink): Promise<void> {
    return this.#request(sink, new AbortController().signal, () => {
      const level = isolation === null ? undefined : ISOLATION_LEVELS[isolation];
      if (level !== undefined) this.#state.settings = { ...this.#state.settings, isolation: level };
      this.#interpreter.transaction(request, sink);
      return Promise.resolve();
    });
  }

  /** Runs one request; whatever ends it is answered as a SqlError, or as the signal's reason. */
  async #request(sink: ResultSink, signal: AbortSignal, body: (combined: AbortSignal) => Promise<void>): Promise<void> {
    this.#assertOpen();
    this.#isRunning = true;
    const combined = AbortSignal.any([signal, this.#end.signal]);
    try {
      combined.throwIfAborted();
      await body(combined);
    } catch (error) {
      throw this.#fail(error, combined, sink);
    } finally {
      this.#interpreter.tidyUp();
      this.#isRunning = false;
      if (this.#isClosed) this.#free();
    }
  }

  /** What an error does to the transaction. */
  #fail(error: unknown, signal: AbortSignal, sink: ResultSink): unknown {
    const { transactions, settings } = this.#state;
    const mapped = asSqlError(error, [], 'request');
    const aborts =
      settings.xactAbort ||
      (mapped instanceof SqlError && (ABORTS_TRANSACTION.has(mapped.number) || mapped.severity >= 20));
    if (transactions.count > 0 && aborts) {
      transactions.rollback();
      sink.transactionChanged('rollback');
    }
    return signal.aborted ? signal.reason : mapped;
  }

  reset(): void {
    this.#assertOpen();
    const state = this.#state;
    if (state.transactions.count > 0) state.transactions.rollback();
    for (const table of state.transactions.temp.values()) state.connection.exec(`DROP TABLE temp.t${table.id}`);
    state.transactions.setTemp(new Map());
    state.tempIdentities.clear();
    state.database.appLocks.releaseAll(state, 'all');
    state.settings = DEFAULT_SETTINGS;
    state.rowCount = 0;
    state.identity = null;
    this.#load = null;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#end.abort(new SqlError(596, 'Cannot continue the execution because the session is closed.', 21));
    // a running request frees everything when it has ended, which it now does at its next step
    if (!this.#isRunning) this.#free();
  }

  #kill(): void {
    this.#isClosed = true;
    this.#end.abort(new SqlError(596, 'Cannot continue the execution because the session is in the kill state.', 21));
    if (!this.#isRunning) this.#free();
  }

  #free(): void {
    this.#state.leave();
    this.#onClose();
  }

  #assertOpen(): void {
    if (this.#isClosed) throw this.#end.signal.reason as Error;
    if (this.#isRunning) throw new Error('requests of a session may not overlap');
  }
}

/** A bulk load reports through its return value. */
const SILENT: ResultSink = {
  columns: () => undefined,
  row: () => undefined,
  done: () => undefined,
  info: () => undefined,
  databaseChanged: () => undefined,
  transactionChanged: () => undefined,
};
