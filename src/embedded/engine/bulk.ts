/** INSERT BULK: the statement that announces a load, and the load. */
import { SqlError } from '../backend.ts';
import type { ResultColumn, SqlType, SqlValue } from '../backend.ts';
import type { ObjectName } from '../tsql/ast.ts';
import { assignTo, writableTable } from '../tsql/bind-statement.ts';
import { invalidColumn, unsupported } from '../tsql/errors.ts';
import { parseObjectName } from '../tsql/parse-query.ts';
import { parseType } from '../tsql/parse-type.ts';
import { TokenStream } from '../tsql/token-stream.ts';
import { isText } from '../tsql/types.ts';
import { findColumn, storageName } from './catalog.ts';
import type { CatalogTable } from './catalog.ts';
import type { SessionState } from './session-state.ts';
import { asSqlError } from './sqlite-errors.ts';
import { nextTurn } from './statement-runner.ts';
import { toStored } from './values/stored.ts';
import type { Stored } from './values/stored.ts';

const YIELD_MS = 5;

/** Options that tedious and bcp send; they ask for checks and locks that are always there. */
const OPTIONS: ReadonlySet<string> = new Set(['TABLOCK', 'KEEP_NULLS', 'CHECK_CONSTRAINTS', 'FIRE_TRIGGERS']);

export interface BulkLoad {
  readonly table: ObjectName;
  readonly columns: readonly { readonly name: string; readonly type: SqlType }[];
  readonly keepsNulls: boolean;
}

/** Null when the text is no INSERT BULK. */
export function parseBulkLoad(text: string): BulkLoad | null {
  if (!/^\s*insert\s+bulk\b/i.test(text)) return null;
  const s = new TokenStream(text);
  s.expect('INSERT', 'BULK');
  const table = parseObjectName(s);
  const columns = s.parenthesized(() =>
    s.list(() => {
      const name = s.name();
      const type = parseType(s, 1);
      if (s.accept('COLLATE')) s.name();
      return { name, type };
    }),
  );
  let keepsNulls = false;
  if (s.accept('WITH')) {
    s.parenthesized(() =>
      s.list(() => {
        const option = s.next().upper;
        if (!OPTIONS.has(option)) throw unsupported(`The bulk load option ${option}`);
        if (option === 'KEEP_NULLS') keepsNulls = true;
      }),
    );
  }
  while (s.accept(';'));
  if (!s.atEnd) throw s.unexpected();
  return { table, columns, keepsNulls };
}

export function bulkColumns(session: SessionState, load: BulkLoad): readonly ResultColumn[] {
  const table = writableTable(
    session.environment(() => null),
    load.table,
  );
  return load.columns.map(({ name, type }) => ({ name, type, nullable: findColumn(table, name)?.isNullable ?? true }));
}

/** Inserts all rows or none. Runs inside a transaction of SQLite's. */
export async function insertBulk(
  session: SessionState,
  load: BulkLoad,
  rows: Iterable<readonly SqlValue[]>,
  signal: AbortSignal,
): Promise<number> {
  const env = session.environment(() => null);
  const table = writableTable(env, load.table);
  const { sql, identity } = insertText(session, table, load);
  let count = 0;
  let turnBegan = performance.now();
  try {
    const statement = session.connection.prepare(sql);
    if (identity) {
      const last = session.lastIdentity(table);
      if (last !== null) session.setLastIdentity(table, last);
    }
    for (const row of rows) {
      if (row.length !== load.columns.length)
        throw new SqlError(4804, 'The number of values in a row of the bulk load does not match its columns.');
      statement.run(...load.columns.map(({ type }, i): Stored => toStored(row[i] ?? null, type)));
      count++;
      if (performance.now() - turnBegan > YIELD_MS) {
        await nextTurn();
        signal.throwIfAborted();
        turnBegan = performance.now();
      }
    }
  } catch (error) {
    throw asSqlError(error, [table], 'insert');
  }
  return count;
}

function insertText(
  session: SessionState,
  table: CatalogTable,
  load: BulkLoad,
): { readonly sql: string; readonly identity: boolean } {
  const env = session.environment(() => null);
  const values = new Map<number, string>();
  for (const { name, type } of load.columns) {
    const column = findColumn(table, name);
    if (column === undefined) throw invalidColumn(name);
    if (column.identity !== null) throw unsupported('Bulk load of an identity column');
    const collation = isText(type) ? ({ name: env.defaultCollation, rank: 'coercible' } as const) : null;
    const value = { sql: '?', type, collation, isNullable: true, loose: [], hasAggregate: false };
    if (column.default !== null && !load.keepsNulls)
      throw unsupported('Bulk load without KEEP_NULLS into a column that has a default');
    values.set(column.id, assignTo(env, table, column, value).sql);
  }
  const identity = table.columns.find((column) => column.identity !== null);
  for (const column of table.columns) {
    if (!values.has(column.id) && column.default !== null)
      throw unsupported('Bulk load that leaves out a column with a default');
  }
  if (identity !== undefined) values.set(identity.id, `next_identity(${table.id})`);
  const columns = [...values.keys()].map((id) => `c${id}`).join(', ');
  return {
    sql: `INSERT INTO ${storageName(table)} (${columns}) VALUES (${[...values.values()].join(', ')})`,
    identity: identity !== undefined,
  };
}
