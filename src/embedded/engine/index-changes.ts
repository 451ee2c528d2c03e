/** Keys and indexes, made and dropped. */
import { SqlError } from '../backend.ts';
import type { IndexColumn, KeyDefinition, Statement } from '../tsql/ast.ts';
import { bindFilter, writableTable } from '../tsql/bind-statement.ts';
import { invalidColumn, unsupported } from '../tsql/errors.ts';
import { isLegacyLob } from '../tsql/types.ts';
import { columnById, findColumn } from './catalog.ts';
import type { CatalogColumn, CatalogIndex, CatalogTable } from './catalog.ts';
import { indexDefinitions } from './index-definition.ts';
import { environment, keep, run } from './schema-change.ts';
import type { SessionState } from './session-state.ts';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

export function nullablePrimaryKey(table: string): SqlError {
  return new SqlError(8111, `Cannot define PRIMARY KEY constraint on nullable column in table '${table}'.`);
}

/** A table with one more PRIMARY KEY or UNIQUE constraint. */
export function addKey(session: SessionState, table: CatalogTable, key: KeyDefinition): CatalogTable {
  if (key.kind === 'primary') {
    if (table.indexes.some(({ kind }) => kind === 'primary')) {
      throw new SqlError(1779, `Table '${table.name}' already has a primary key defined on it.`);
    }
    if (key.columns.some(({ name }) => findColumn(table, name)?.isNullable === true))
      throw nullablePrimaryKey(table.name);
  }
  const prefix = key.kind === 'primary' ? 'PK' : 'UQ';
  const name =
    key.name ??
    `${prefix}__${table.name.slice(0, 9)}__${table.id.toString(16).toUpperCase().padStart(8, '0')}${table.indexes.length}`;
  return addIndex(session, table, {
    name,
    kind: key.kind,
    isUnique: true,
    columns: key.columns,
    included: [],
    filter: null,
    filterSql: null,
  });
}

interface NewIndex {
  readonly name: string;
  readonly kind: CatalogIndex['kind'];
  readonly isUnique: boolean;
  readonly columns: readonly IndexColumn[];
  readonly included: readonly string[];
  readonly filter: string | null;
  readonly filterSql: string | null;
}

function addIndex(session: SessionState, table: CatalogTable, index: NewIndex): CatalogTable {
  if (table.indexes.some(({ name }) => name.toUpperCase() === index.name.toUpperCase())) {
    throw new SqlError(
      1913,
      `The operation failed because an index or statistics with name '${index.name}' already exists on table '${table.name}'.`,
    );
  }
  const idOf = (name: string): number => {
    const column = findColumn(table, name);
    if (column === undefined)
      throw new SqlError(1911, `Column name '${name}' does not exist in the target table or view.`);
    return column.id;
  };
  const columns = index.columns.map(({ name, isDescending }) => ({ columnId: idOf(name), isDescending }));
  for (const { columnId } of columns) assertIndexable(table, columnById(table, columnId));
  const used = table.indexes.map(({ id }) => id);
  const id = index.kind === 'primary' && !used.includes(1) ? 1 : Math.max(1, ...used) + 1;
  const made: CatalogIndex = {
    id,
    name: index.name,
    kind: index.kind,
    isUnique: index.isUnique,
    columns,
    included: index.included.map(idOf),
    filter: index.filter,
  };
  const result = { ...table, indexes: [...table.indexes, made].sort((a, b) => a.id - b.id) };
  for (const sql of indexDefinitions(result, made, index.filterSql)) run(session, sql, result, 'create-index');
  return result;
}

function assertIndexable(table: CatalogTable, column: CatalogColumn): void {
  if (isLegacyLob(column.type) || column.type.length === 'max') {
    throw new SqlError(
      1919,
      `Column '${column.name}' in table '${table.schema}.${table.name}' is of a type that is invalid for use as a key column in an index.`,
    );
  }
}

export function createIndex(session: SessionState, statement: Of<'create-index'>): void {
  const env = environment(session);
  const table = writableTable(env, statement.table);
  if (statement.isClustered) throw unsupported('CREATE CLUSTERED INDEX');
  for (const name of statement.included) if (findColumn(table, name) === undefined) throw invalidColumn(name);
  const filterSql = statement.filter === null ? null : bindFilter(env, table, statement.filter.condition);
  const { name, isUnique, columns, included, filter } = statement;
  keep(
    session,
    addIndex(session, table, {
      name,
      kind: 'index',
      isUnique,
      columns,
      included,
      filter: filter === null ? null : `(${filter.text})`,
      filterSql,
    }),
  );
}

export function dropIndex(session: SessionState, { name, table: path, ifExists }: Of<'drop-index'>): void {
  const resolved = session.resolve(path);
  const table = resolved?.kind === 'table' ? resolved.table : null;
  const index = table?.indexes.find((candidate) => candidate.name.toUpperCase() === name.toUpperCase());
  if (table === null || index === undefined) {
    if (ifExists) return;
    throw new SqlError(
      3701,
      `Cannot drop the index '${path.join('.')}.${name}', because it does not exist or you do not have permission.`,
      11,
      7,
    );
  }
  if (index.kind !== 'index') {
    throw new SqlError(
      3723,
      `An explicit DROP INDEX is not allowed on index '${table.name}.${name}'. It is being used for ${index.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE KEY'} constraint enforcement.`,
      16,
      4,
    );
  }
  const schema = table.isTemp ? 'temp' : 'main';
  run(
    session,
    `DROP INDEX IF EXISTS ${schema}.i${table.id}_${index.id}; DROP INDEX IF EXISTS ${schema}.i${table.id}_${index.id}_nulls`,
    null,
    'drop-index',
  );
  keep(session, { ...table, indexes: table.indexes.filter((other) => other !== index) });
}
