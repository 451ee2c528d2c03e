/** Runs the statements of a batch in order: control flow, variables, transactions; SQL goes to the runner. */
import { SqlError } from '../backend.ts';
import type { ResultSink, SqlType } from '../backend.ts';
import type { Expr, SetOption, Statement } from '../tsql/ast.ts';
import { convertTo } from '../tsql/bind-conversion.ts';
import { bindCondition, bindScalar, bindStatement } from '../tsql/bind-statement.ts';
import type { BoundStatement } from '../tsql/bind-statement.ts';
import type { BindingEnvironment } from '../tsql/bound.ts';
import { invalidObject, unsupported } from '../tsql/errors.ts';
import { define, definitionScope, removeTable } from './definitions.ts';
import type { Definition } from './definitions.ts';
import type { WaitLimits } from './locks.ts';
import type { ParseCache } from './parse-cache.ts';
import { runProcedure } from './procedures.ts';
import type { SessionState, Settings } from './session-state.ts';
import { Frame, nextTurn, StatementRunner } from './statement-runner.ts';
import type { Stored } from './values/stored.ts';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** EXEC inside EXEC inside …, as deep as SQL Server allows. */
const MAX_NESTING = 32;

/** Turns of the event loop that killed sessions get to end. */
const MAX_TURNS = 1000;

const NVARCHAR_MAX: SqlType = { name: 'nvarchar', length: 'max' };

/** Where one request's results go, and how it ends early. */
export interface Request {
  readonly sink: ResultSink;
  readonly signal: AbortSignal;
}

export class Interpreter {
  readonly #session: SessionState;
  readonly #parsed: ParseCache;
  readonly #runner: StatementRunner;
  #nesting = 0;

  constructor(session: SessionState, parsed: ParseCache) {
    this.#session = session;
    this.#parsed = parsed;
    this.#runner = new StatementRunner(session);
  }

  /**
   * Runs a text in a frame. If that is a procedure's (sp_executesql, EXEC), settings and #temp tables made in it end
   * with it.
   */
  async run(text: string, frame: Frame, request: Request): Promise<void> {
    const statements = this.#parsed.parse(text);
    if (++this.#nesting > MAX_NESTING) {
      this.#nesting = 0;
      throw new SqlError(
        217,
        'Maximum stored procedure, function, trigger, or view nesting level exceeded (limit 32).',
      );
    }
    const { settings } = this.#session;
    try {
      await this.#all(statements, frame, request);
    } catch (error) {
      // what the error does is decided by the settings in force when it happened: see Session.#fail
      if (frame.isProcedure) this.#leftBehind = { settings, temps: [...this.#leftBehind.temps, ...frame.createdTemps] };
      throw error;
    } finally {
      this.#nesting = Math.max(0, this.#nesting - 1);
    }
    if (!frame.isProcedure) return;
    this.#session.settings = settings;
    this.#dropTemps(frame.createdTemps);
  }

  /** What procedures that ended with an error leave to be undone. */
  #leftBehind: { readonly settings: Settings | null; readonly temps: readonly string[] } = {
    settings: null,
    temps: [],
  };

  /** Called at the end of every request. */
  tidyUp(): void {
    const { settings, temps } = this.#leftBehind;
    this.#leftBehind = { settings: null, temps: [] };
    if (settings !== null) this.#session.settings = settings;
    this.#dropTemps(temps);
  }

  #dropTemps(names: Iterable<string>): void {
    const { transactions } = this.#session;
    for (const name of names) {
      const table = transactions.temp.get(name);
      if (table === undefined) continue;
      removeTable(this.#session, table);
      transactions.forgetTemp(name);
    }
  }

  async #all(statements: readonly Statement[], frame: Frame, request: Request): Promise<void> {
    for (const statement of statements) {
      request.signal.throwIfAborted();
      await this.#one(statement, frame, request);
    }
  }

  async #one(statement: Statement, frame: Frame, request: Request): Promise<void> {
    const { sink, signal } = request;
    switch (statement.kind) {
      case 'select':
      case 'insert':
      case 'update':
      case 'delete':
        return this.#data(statement, frame, request);
      case 'declare':
        for (const { name, type, value } of statement.variables) {
          if (frame.variables.has(name.toUpperCase())) {
            throw new SqlError(
              134,
              `The variable name '${name}' has already been declared. Variable names must be unique within a query batch or stored procedure.`,
              15,
              2,
            );
          }
          frame.declare(name, type, null);
          if (value !== null) frame.find(name).value = this.#evaluate(value, frame, type);
        }
        return;
      case 'set-variable': {
        const variable = frame.find(statement.variable);
        variable.value = this.#evaluate(statement.value, frame, variable.type);
        this.#session.rowCount = 1;
        return;
      }
      case 'set-option':
        this.#set(statement.option);
        this.#session.rowCount = 0;
        sink.done(null);
        return;
      case 'begin-transaction':
      case 'commit':
      case 'rollback':
        this.transaction(statement.kind === 'begin-transaction' ? 'begin' : statement.kind, sink);
        this.#session.rowCount = 0;
        sink.done(null);
        return;
      case 'if':
        return this.#if(statement, frame, request);
      case 'block':
        return this.#all(statement.statements, frame, request);
      case 'throw':
        return this.#throw(statement, frame);
      case 'print':
        sink.info(String(this.#evaluate(statement.value, frame, { name: 'nvarchar', length: 4000 }) ?? ''), 0);
        return;
      case 'use':
        if (frame.isProcedure) throw unsupported('USE inside EXEC or sp_executesql');
        this.use(statement.database, sink);
        return;
      case 'create-database':
      case 'drop-database':
      case 'alter-database':
        await this.#database(statement);
        sink.done(null);
        return;
      case 'exec-text': {
        const text = this.#evaluate(statement.text, frame, NVARCHAR_MAX);
        if (text !== null) await this.run(text as string, new Frame(true), request);
        return;
      }
      case 'exec-procedure':
        return this.#procedure(statement, frame, signal);
      default:
        return this.#define(statement, frame, request);
    }
  }

  #limits(signal: AbortSignal): WaitLimits {
    return { timeoutMs: this.#session.settings.lockTimeoutMs, signal };
  }

  async #data(
    statement: Of<'select' | 'insert' | 'update' | 'delete'>,
    frame: Frame,
    { sink, signal }: Request,
  ): Promise<void> {
    const session = this.#session;
    const runner = this.#runner;
    const bind = (env: BindingEnvironment): BoundStatement => bindStatement(env, statement);
    let prepared = runner.prepare(statement, frame, bind);
    const { target, footprint } = prepared.bound;
    let count: number;
    if (target !== null) {
      const rules = { isCompound: false, isUndoable: !session.settings.xactAbort };
      count = await session.transactions.write(target.isTemp ? 'temp' : 'main', this.#limits(signal), rules, () => {
        // the catalog may have changed while this session waited for the lock
        prepared = runner.prepare(statement, frame, bind);
        return runner.change(prepared, frame, statement.kind);
      });
    } else {
      if (await this.#claimForReading(footprint, signal)) prepared = runner.prepare(statement, frame, bind);
      if (prepared.bound.assigned !== null) {
        const { row, count: rows } = runner.lastRow(prepared, frame);
        for (const [i, name] of prepared.bound.assigned.entries())
          if (row !== null) frame.find(name).value = row[i] ?? null;
        session.rowCount = rows;
        return;
      }
      count = await runner.stream(prepared, frame, sink, signal);
    }
    session.rowCount = count;
    sink.done(session.settings.noCount ? null : count);
  }

  /** Reads that ask for locks, or for more than READ COMMITTED, make their transaction the writer. */
  async #claimForReading(footprint: BoundStatement['footprint'], signal: AbortSignal): Promise<boolean> {
    const { transactions, settings } = this.#session;
    const isStrict = settings.isolation !== 'READ COMMITTED' && settings.isolation !== 'READ UNCOMMITTED';
    if (transactions.count === 0 || !(footprint.hasLockHint || (isStrict && footprint.readsMain))) return false;
    await transactions.claim(this.#limits(signal));
    return true;
  }

  /** Converted implicitly, as assignments are: what is too long for a variable is cut in silence. */
  #evaluate(expr: Expr, frame: Frame, type: SqlType): Stored {
    const bind = (env: BindingEnvironment): BoundStatement =>
      bindScalar(env, expr, (value) => convertTo(env, value, type));
    return this.#runner.single(this.#runner.prepare(expr, frame, bind), frame);
  }

  async #if(statement: Of<'if'>, frame: Frame, request: Request): Promise<void> {
    const bind = (env: BindingEnvironment): BoundStatement => bindCondition(env, statement.condition);
    let prepared = this.#runner.prepare(statement, frame, bind);
    if (await this.#claimForReading(prepared.bound.footprint, request.signal))
      prepared = this.#runner.prepare(statement, frame, bind);
    const isTrue = this.#runner.single(prepared, frame) === 1n;
    const branch = isTrue ? statement.then : statement.otherwise;
    if (branch !== null) await this.#one(branch, frame, request);
  }

  #throw({ number, message, state }: Of<'throw'>, frame: Frame): never {
    const code = Number(this.#evaluate(number, frame, { name: 'int' }));
    const text = this.#evaluate(message, frame, { name: 'nvarchar', length: 2048 }) as string | null;
    if (code < 50000) {
      throw new SqlError(
        35100,
        `Error number ${code} in the THROW statement is outside the valid range. Specify an error number in the valid range of 50000 to 2147483647.`,
        16,
        10,
      );
    }
    throw new SqlError(code, text ?? '', 16, Number(this.#evaluate(state, frame, { name: 'tinyint' })));
  }

  #set(option: SetOption): void {
    const session = this.#session;
    const { settings } = session;
    switch (option.name) {
      case 'XACT_ABORT':
        if (settings.xactAbort !== option.on) session.settings = { ...settings, xactAbort: option.on };
        return;
      case 'NOCOUNT':
        if (settings.noCount !== option.on) session.settings = { ...settings, noCount: option.on };
        return;
      case 'LOCK_TIMEOUT':
        if (settings.lockTimeoutMs !== option.milliseconds)
          session.settings = { ...settings, lockTimeoutMs: option.milliseconds };
        return;
      case 'ISOLATION':
        session.settings = { ...settings, isolation: option.level };
        return;
      case 'IDENTITY_INSERT': {
        const resolved = session.resolve(option.table);
        if (resolved?.kind !== 'table') throw invalidObject(option.table.join('.'));
        if (!resolved.table.columns.some(({ identity }) => identity !== null)) {
          throw new SqlError(
            8106,
            `Table '${resolved.table.name}' does not have the identity property. Cannot perform SET operation.`,
          );
        }
        if (option.on && settings.identityInsert !== null && settings.identityInsert !== resolved.table.id) {
          throw new SqlError(8107, 'IDENTITY_INSERT is already ON for another table. Cannot perform SET operation.');
        }
        session.settings = { ...settings, identityInsert: option.on ? resolved.table.id : null };
        return;
      }
      case 'IGNORED':
        return;
    }
  }

  /** BEGIN, COMMIT or ROLLBACK, from a batch or from the wire. */
  transaction(request: 'begin' | 'commit' | 'rollback', sink: ResultSink): void {
    const { transactions } = this.#session;
    if (request === 'begin') {
      transactions.begin();
      if (transactions.count === 1) sink.transactionChanged('begin');
    } else if (request === 'commit') {
      if (transactions.commit()) sink.transactionChanged('commit');
    } else {
      transactions.rollback();
      sink.transactionChanged('rollback');
    }
  }

  use(name: string, sink: ResultSink): void {
    const session = this.#session;
    const database = session.server.find(name);
    if (database === null)
      throw new SqlError(911, `Database '${name}' does not exist. Make sure that the name is entered correctly.`);
    if (database !== session.database) {
      if (session.transactions.count > 0) throw unsupported('USE inside a transaction');
      if (session.transactions.temp.size > 0) throw unsupported('USE while there are #temp tables');
      session.use(database);
      this.#runner.forget();
    }
    sink.databaseChanged(database.name);
    sink.info(`Changed database context to '${database.name}'.`, 5701);
  }

  async #database(statement: Of<'create-database' | 'drop-database' | 'alter-database'>): Promise<void> {
    const session = this.#session;
    const verb = statement.kind.split('-', 1)[0]?.toUpperCase() ?? '';
    if (session.transactions.count > 0)
      throw new SqlError(226, `${verb} DATABASE statement not allowed within multi-statement transaction.`, 16, 6);
    switch (statement.kind) {
      case 'create-database':
        session.server.create(statement.database, statement.collation);
        return;
      case 'drop-database':
        for (const name of statement.databases) {
          if (!(statement.ifExists && session.server.find(name) === null)) session.server.drop(name);
        }
        return;
      case 'alter-database': {
        const database = session.server.find(statement.database);
        if (database === null)
          throw new SqlError(
            5011,
            `User does not have permission to alter database '${statement.database}', the database does not exist, or the database is not in a state that allows access checks.`,
            14,
            5,
          );
        database.isSingleUser = statement.single;
        if (!statement.single) return;
        for (const user of [...database.users]) if (user !== session) user.kill();
        // a killed session lets go at its next step
        for (let turn = 0; turn < MAX_TURNS && [...database.users].some((user) => user !== session); turn++)
          await nextTurn();
      }
    }
  }

  async #procedure(
    { procedure, result, args }: Of<'exec-procedure'>,
    frame: Frame,
    signal: AbortSignal,
  ): Promise<void> {
    const values = args.map(({ name, value }) => ({
      name: name?.toUpperCase() ?? null,
      value: this.#evaluate(value, frame, { name: 'nvarchar', length: 4000 }),
    }));
    if (result !== null) frame.find(result);
    const answer = await runProcedure(this.#session, procedure, values, signal);
    if (result === null) return;
    const variable = frame.find(result);
    const constantExpr: Expr = { kind: 'number', form: 'integer', text: String(Math.abs(answer)) };
    variable.value = this.#evaluate(
      answer < 0 ? { kind: 'negate', operand: constantExpr } : constantExpr,
      frame,
      variable.type,
    );
  }

  async #define(statement: Definition, frame: Frame, { sink, signal }: Request): Promise<void> {
    const session = this.#session;
    const rules = { isCompound: true, isUndoable: !session.settings.xactAbort };
    const created = await session.transactions.write(definitionScope(statement), this.#limits(signal), rules, () =>
      define(session, statement),
    );
    if (created !== null) frame.createdTemps.add(created.name.toUpperCase());
    session.rowCount = 0;
    sink.done(null);
  }
}
