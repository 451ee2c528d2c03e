/** Runs bound statements: binds once per text, catalog and variable types, fills the slots, streams rows. */
import type { StatementSync } from 'node:sqlite';
import type { SqlType } from '../backend.ts';
import type { ResultSink } from '../backend.ts';
import type { BoundStatement } from '../tsql/bind-statement.ts';
import type { BindingEnvironment } from '../tsql/bound.ts';
import { undeclaredVariable } from '../tsql/errors.ts';
import { typeText } from '../tsql/types.ts';
import type { Catalog } from './catalog.ts';
import type { Connection } from './connection.ts';
import type { SessionState } from './session-state.ts';
import { asSqlError } from './sqlite-errors.ts';
import type { TempTables } from './transactions.ts';
import { fromStored } from './values/stored.ts';
import type { Stored } from './values/stored.ts';

/** Rows, or milliseconds, after which other sessions get their turn. */
const YIELD_ROWS = 256;
const YIELD_MS = 5;

/** Variable types change with the values that clients send; more forms of one statement than this are not kept. */
const MAX_FORMS = 16;

export interface Variable {
  readonly type: SqlType;
  value: Stored;
}

/** Variables of one batch or procedure call, and the #temp tables that end with it. */
export class Frame {
  /** Of sp_executesql or EXEC. */
  readonly isProcedure: boolean;
  readonly variables = new Map<string, Variable>();
  readonly createdTemps = new Set<string>();
  /** Names and types, for finding a bound form. */
  signature = '';

  constructor(isProcedure: boolean) {
    this.isProcedure = isProcedure;
  }

  declare(name: string, type: SqlType, value: Stored): void {
    this.variables.set(name.toUpperCase(), { type, value });
    this.signature += `${name.toUpperCase()} ${typeText(type)},`;
  }

  find(name: string): Variable {
    const variable = this.variables.get(name.toUpperCase());
    if (variable === undefined) throw undeclaredVariable(name);
    return variable;
  }
}

/** Result rows of a statement that was made ready to run. */
export interface Prepared {
  readonly bound: BoundStatement;
  readonly statement: StatementSync;
  readonly readers: readonly ((value: Stored) => unknown)[];
}

interface Form extends Prepared {
  readonly catalog: Catalog;
  readonly temp: TempTables;
  readonly connection: Connection;
  readonly identityInsert: number | null;
}

export class StatementRunner {
  readonly #session: SessionState;
  /** By syntax node; nodes live as long as the parsed text is cached. */
  #forms = new WeakMap<object, Map<string, Form>>();

  constructor(session: SessionState) {
    this.#session = session;
  }

  prepare(node: object, frame: Frame, bind: (env: BindingEnvironment) => BoundStatement): Prepared {
    const { transactions, connection, settings } = this.#session;
    let forms = this.#forms.get(node);
    const known = forms?.get(frame.signature);
    if (
      known?.catalog === transactions.catalog &&
      known.temp === transactions.temp &&
      known.connection === connection &&
      known.identityInsert === settings.identityInsert
    ) {
      return known;
    }
    const env = this.#session.environment((name) => frame.variables.get(name.toUpperCase())?.type ?? null);
    const bound = bind(env);
    const form: Form = {
      bound,
      statement: this.#compile(bound),
      readers: bound.columns.map(({ type }) => fromStored(type)),
      catalog: transactions.catalog,
      temp: transactions.temp,
      connection,
      identityInsert: settings.identityInsert,
    };
    if (forms === undefined || forms.size >= MAX_FORMS) this.#forms.set(node, (forms = new Map<string, Form>()));
    forms.set(frame.signature, form);
    return form;
  }

  #compile(bound: BoundStatement): StatementSync {
    try {
      return this.#session.connection.prepare(bound.sql);
    } catch (error) {
      throw asSqlError(error, [], 'compile');
    }
  }

  /** What to bind, in order. */
  values({ bound }: Prepared, frame: Frame): Stored[] {
    return bound.slots.map((slot) =>
      slot.startsWith('v:') ? frame.find(slot.slice(2)).value : this.#session.slotValue(slot),
    );
  }

  /** The one row of a scalar or condition. */
  single(prepared: Prepared, frame: Frame): Stored {
    try {
      const row = prepared.statement.get(...this.values(prepared, frame)) as unknown as readonly Stored[] | undefined;
      return row?.[0] ?? null;
    } catch (error) {
      throw asSqlError(error, [], 'select');
    }
  }

  /** The last row, for SELECT @a = …, and how many there were. */
  lastRow(prepared: Prepared, frame: Frame): { readonly row: readonly Stored[] | null; readonly count: number } {
    let row: readonly Stored[] | null = null;
    let count = 0;
    try {
      for (const next of this.#iterate(prepared, frame)) {
        row = next;
        count++;
      }
    } catch (error) {
      throw asSqlError(error, [], 'select');
    }
    return { row, count };
  }

  #iterate(prepared: Prepared, frame: Frame): Iterable<readonly Stored[]> {
    return prepared.statement.iterate(...this.values(prepared, frame)) as unknown as Iterable<readonly Stored[]>;
  }

  /** Streams rows to the sink at the reader's pace; answers how many. */
  async stream(prepared: Prepared, frame: Frame, sink: ResultSink, signal: AbortSignal): Promise<number> {
    const { readers } = prepared;
    let count = 0;
    let turnBegan = performance.now();
    sink.columns(prepared.bound.columns);
    try {
      for (const stored of this.#iterate(prepared, frame)) {
        const pause = sink.row(readers.map((read, i) => read(stored[i] ?? null)) as never);
        count++;
        if (pause !== undefined) await untilAborted(pause, signal);
        if (count % YIELD_ROWS === 0 || performance.now() - turnBegan > YIELD_MS) {
          await nextTurn();
          signal.throwIfAborted();
          turnBegan = performance.now();
        }
      }
    } catch (error) {
      throw asSqlError(error, [], 'select');
    }
    return count;
  }

  /** INSERT, UPDATE or DELETE; answers the rows affected. */
  change(prepared: Prepared, frame: Frame, kind: string): number {
    const { target, makesIdentity } = prepared.bound;
    if (makesIdentity && target !== null) {
      const last = this.#session.lastIdentity(target);
      if (last !== null) this.#session.setLastIdentity(target, last);
    }
    try {
      return Number(prepared.statement.run(...this.values(prepared, frame)).changes);
    } catch (error) {
      throw asSqlError(error, target === null ? [] : [target], kind);
    }
  }

  forget(): void {
    this.#forms = new WeakMap();
  }
}

export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Waits for the reader, but not beyond the end of the request. */
async function untilAborted(pause: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let onAbort: (() => void) | undefined;
  try {
    await Promise.race([
      pause,
      new Promise<never>((_, reject) => {
        onAbort = (): void => {
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', onAbort, { once: true });
      }),
    ]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
