/** SQLite's errors as SQL Server's. */
import { SqlError } from '../backend.ts';
import { columnById } from './catalog.ts';
import type { CatalogIndex, CatalogTable } from './catalog.ts';

const UNIQUE = 2067;
const NOT_NULL = 1299;

interface SqliteFailure extends Error {
  readonly errcode: number;
}

function isSqliteFailure(error: unknown): error is SqliteFailure {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

/** `tables` are those that the statement may have violated a constraint of. */
export function asSqlError(error: unknown, tables: Iterable<CatalogTable>, statement: string): unknown {
  if (!isSqliteFailure(error)) return error;
  if (error.errcode === UNIQUE || error.errcode === NOT_NULL) {
    const id = Number(/[ '](?:t|i)(\d+)/.exec(error.message)?.[1]);
    const table = [...tables].find((candidate) => candidate.id === id);
    if (table !== undefined)
      return error.errcode === UNIQUE
        ? duplicate(table, error.message, statement)
        : nullValue(table, error.message, statement);
  }
  if (error.message.includes('integer overflow')) {
    return new SqlError(8115, 'Arithmetic overflow error converting expression to data type bigint.', 16, 2);
  }
  if (error.errcode === 13) return new SqlError(1105, 'Could not allocate space: the disk is full.', 17, 2);
  if (error.errcode === 1) {
    // the translation exceeds a limit of SQLite (depth, columns, parameters): not understood completely
    return new SqlError(40517, `The statement is not supported by the srkey embedded key database (${error.message}).`);
  }
  return new SqlError(3624, `The embedded key database failed: ${error.message} (SQLite ${error.errcode}).`, 20);
}

function duplicate(table: CatalogTable, message: string, statement: string): SqlError {
  const index = violatedIndex(table, message);
  const object = `'${table.schema}.${table.name}'`;
  if (statement === 'create-index') {
    return new SqlError(
      1505,
      `The CREATE UNIQUE INDEX statement terminated because a duplicate key was found for the object name ${object}.`,
    );
  }
  if (index?.kind === 'index') {
    return new SqlError(
      2601,
      `Cannot insert duplicate key row in object ${object} with unique index '${index.name}'.`,
      14,
    );
  }
  const kind = index?.kind === 'unique' ? 'UNIQUE KEY' : 'PRIMARY KEY';
  return new SqlError(
    2627,
    `Violation of ${kind} constraint '${index?.name ?? ''}'. Cannot insert duplicate key in object ${object}.`,
    14,
  );
}

/** Named by SQLite as the index where that has expressions, by its columns otherwise. */
function violatedIndex(table: CatalogTable, message: string): CatalogIndex | undefined {
  const id = /'i\d+_(\d+)/.exec(message)?.[1];
  if (id !== undefined) return table.indexes.find((index) => index.id === Number(id));
  const columns = [...message.matchAll(/\.c(\d+)/g)].map((found) => Number(found[1])).join();
  return table.indexes.find(
    (index) => index.isUnique && index.columns.map(({ columnId }) => columnId).join() === columns,
  );
}

function nullValue(table: CatalogTable, message: string, statement: string): SqlError {
  const column = columnById(table, Number(/\.c(\d+)/.exec(message)?.[1]));
  const verb = statement === 'update' ? 'UPDATE' : 'INSERT';
  return new SqlError(
    515,
    `Cannot insert the value NULL into column '${column.name}', table '${table.schema}.${table.name}'; column does not allow nulls. ${verb} fails.`,
    16,
    2,
  );
}
