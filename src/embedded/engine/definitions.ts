/** CREATE TABLE and its relatives: catalog and SQLite tables change together, in one transaction. */
import { SqlError } from '../backend.ts';
import type { ColumnDefinition, ObjectName, Statement } from '../tsql/ast.ts';
import { assignTo, writableTable } from '../tsql/bind-statement.ts';
import { constant } from '../tsql/bound.ts';
import { collationRules } from '../tsql/collation.ts';
import { unsupported } from '../tsql/errors.ts';
import { familyOf, isText } from '../tsql/types.ts';
import { QueryBinder } from '../tsql/bind-query.ts';
import { Scope } from '../tsql/scope.ts';
import { storageName, tableKey, withoutTable } from './catalog.ts';
import type { CatalogColumn, CatalogTable } from './catalog.ts';
import { deleteObject, saveSchema } from './catalog-store.ts';
import { addKey, createIndex, dropIndex, nullablePrimaryKey } from './index-changes.ts';
import { environment, keep, run } from './schema-change.ts';
import type { SessionState } from './session-state.ts';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

export type Definition = Of<
  | 'create-schema'
  | 'drop-schema'
  | 'create-table'
  | 'drop-table'
  | 'truncate'
  | 'add-columns'
  | 'create-index'
  | 'drop-index'
>;

/** Where a definition writes: DDL of #temp tables alone takes no lock. */
export function definitionScope(statement: Definition): 'main' | 'temp' {
  const isTemp = (name: ObjectName): boolean => name.at(-1)?.startsWith('#') === true;
  switch (statement.kind) {
    case 'create-schema':
    case 'drop-schema':
      return 'main';
    case 'drop-table':
      return statement.tables.every(isTemp) ? 'temp' : 'main';
    default:
      return isTemp(statement.table) ? 'temp' : 'main';
  }
}

/** Runs inside a transaction of SQLite's. Answers the #temp table that it created. */
export function define(session: SessionState, statement: Definition): CatalogTable | null {
  switch (statement.kind) {
    case 'create-schema':
      createSchema(session, statement.schema);
      return null;
    case 'drop-schema':
      dropSchema(session, statement);
      return null;
    case 'create-table':
      return createTable(session, statement);
    case 'drop-table':
      for (const name of statement.tables) dropTable(session, name, statement.ifExists);
      return null;
    case 'truncate':
      truncate(session, writableTable(environment(session), statement.table));
      return null;
    case 'add-columns':
      addColumns(session, statement);
      return null;
    case 'create-index':
      createIndex(session, statement);
      return null;
    case 'drop-index':
      dropIndex(session, statement);
      return null;
  }
}

function createSchema(session: SessionState, name: string): void {
  const { transactions, connection } = session;
  const { catalog } = transactions;
  if (catalog.schemas.has(name.toUpperCase())) {
    throw new SqlError(2714, `There is already an object named '${name}' in the database.`, 16, 6);
  }
  const schema = { id: Math.max(4, ...[...catalog.schemas.values()].map(({ id }) => id)) + 1, name };
  saveSchema(connection.db, schema);
  transactions.setCatalog({ ...catalog, schemas: new Map(catalog.schemas).set(name.toUpperCase(), schema) });
}

function dropSchema(session: SessionState, { schema: name, ifExists }: Of<'drop-schema'>): void {
  const { transactions, connection } = session;
  const { catalog } = transactions;
  const schema = catalog.schemas.get(name.toUpperCase());
  if (schema === undefined || schema.id <= 4) {
    if (schema === undefined && ifExists) return;
    throw new SqlError(
      15151,
      `Cannot drop the schema '${name}', because it does not exist or you do not have permission.`,
    );
  }
  const used = [...catalog.tables.values()].find((table) => table.schema.toUpperCase() === name.toUpperCase());
  if (used !== undefined)
    throw new SqlError(3729, `Cannot drop schema '${name}' because it is being referenced by object '${used.name}'.`);
  const schemas = new Map(catalog.schemas);
  schemas.delete(name.toUpperCase());
  deleteObject(connection.db, schema.id);
  transactions.setCatalog({ ...catalog, schemas });
}

function createTable(session: SessionState, { table: path, columns, keys }: Of<'create-table'>): CatalogTable | null {
  const { transactions } = session;
  const { catalog } = transactions;
  const [name = '', schemaName = 'dbo', databaseName = null] = [...path].reverse();
  const isTemp = name.startsWith('#');
  if (name.startsWith('##')) throw unsupported('A global #temp table');
  if (databaseName !== null && databaseName.toUpperCase() !== session.database.name.toUpperCase())
    throw unsupported('CREATE TABLE in another database');
  const schema = catalog.schemas.get(schemaName.toUpperCase());
  if (schema === undefined || schema.name === 'sys') {
    throw new SqlError(
      2760,
      `The specified schema name "${schemaName}" either does not exist or you do not have permission to use it.`,
    );
  }
  const exists = isTemp ? transactions.temp.has(name.toUpperCase()) : catalog.tables.has(tableKey(schema.name, name));
  if (exists) throw new SqlError(2714, `There is already an object named '${name}' in the database.`, 16, 6);
  if (columns.length > 1024)
    throw new SqlError(1702, `CREATE TABLE failed because table '${name}' exceeds the maximum of 1024 columns.`);

  const id = isTemp ? session.nextTempId++ : catalog.nextId;
  const primary = new Set(
    keys
      .filter(({ kind }) => kind === 'primary')
      .flatMap((key) => key.columns.map((column) => column.name.toUpperCase())),
  );
  const empty: CatalogTable = { id, schema: schema.name, name, isTemp, columns: [], indexes: [] };
  const made = columns.map((definition, i) =>
    makeColumn(session, definition, i + 1, primary.has(definition.name.toUpperCase())),
  );
  assertDistinct(made, name);
  const withColumns = { ...empty, columns: made };
  for (const column of made) checkDefault(session, withColumns, column);
  const list = made.map((column) => `c${column.id}${column.isNullable ? '' : ' NOT NULL'}`).join(', ');
  run(session, `CREATE TABLE ${storageName(empty)} (${list})`, null, 'create-table');
  const table = keys.reduce<CatalogTable>((soFar, key) => addKey(session, soFar, key), withColumns);
  keep(session, table);
  return isTemp ? table : null;
}

function assertDistinct(columns: readonly CatalogColumn[], table: string): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name.toUpperCase())) {
      throw new SqlError(
        2705,
        `Column names in each table must be unique. Column name '${name}' in table '${table}' is specified more than once.`,
        16,
        3,
      );
    }
    seen.add(name.toUpperCase());
  }
  if (columns.filter(({ identity }) => identity !== null).length > 1) {
    throw new SqlError(
      2744,
      `Multiple identity columns specified for table '${table}'. Only one identity column per table is allowed.`,
      16,
      2,
    );
  }
}

function makeColumn(
  session: SessionState,
  definition: ColumnDefinition,
  id: number,
  isPrimary: boolean,
): CatalogColumn {
  const { name, type, identity } = definition;
  if (definition.collation !== null) {
    collationRules(definition.collation);
    if (!isText(type)) throw new SqlError(447, `Expression type ${type.name} is invalid for COLLATE clause.`);
  }
  if (
    identity !== null &&
    (familyOf(type) !== 'integer' || type.name === 'bit' || definition.isNullable === true || identity.increment === 0)
  ) {
    throw new SqlError(
      2749,
      `Identity column '${name}' must be of data type int, bigint, smallint, tinyint, or decimal or numeric with a scale of 0, and constrained to be nonnullable.`,
      16,
      2,
    );
  }
  if (isPrimary && definition.isNullable === true) throw nullablePrimaryKey('');
  return {
    id,
    name,
    type,
    collation: isText(type) ? (definition.collation ?? session.transactions.catalog.collation) : null,
    // ANSI_NULL_DFLT_ON, which every client sets: a column that says nothing is nullable
    isNullable: definition.isNullable ?? !(isPrimary || identity !== null),
    identity,
    default: definition.default === null ? null : { expr: definition.default.expr, text: definition.default.text },
  };
}

/** Binds the default once, so that a wrong one is an error now and not at the first INSERT. */
function checkDefault(session: SessionState, table: CatalogTable, column: CatalogColumn): void {
  if (column.default === null) return;
  const env = environment(session);
  const binder = new QueryBinder(env, false).expressions(new Scope(null), 'values');
  assignTo(env, table, column, binder.value(column.default.expr));
}

function dropTable(session: SessionState, name: ObjectName, ifExists: boolean): void {
  const resolved = session.resolve(name);
  if (resolved?.kind !== 'table') {
    if (ifExists) return;
    throw new SqlError(
      3701,
      `Cannot drop the table '${name.join('.')}', because it does not exist or you do not have permission.`,
      11,
      5,
    );
  }
  removeTable(session, resolved.table);
}

export function removeTable(session: SessionState, table: CatalogTable): void {
  const { transactions } = session;
  run(session, `DROP TABLE ${storageName(table)}`, null, 'drop-table');
  if (table.isTemp) {
    const temp = new Map(transactions.temp);
    temp.delete(table.name.toUpperCase());
    session.tempIdentities.delete(table.id);
    transactions.setTemp(temp);
    return;
  }
  deleteObject(session.connection.db, table.id);
  session.database.identities.delete(table.id);
  transactions.setCatalog(withoutTable(transactions.catalog, table));
}

function truncate(session: SessionState, table: CatalogTable): void {
  run(session, `DELETE FROM ${storageName(table)}`, null, 'truncate');
  (table.isTemp ? session.tempIdentities : session.database.identities).delete(table.id);
}

function addColumns(session: SessionState, { table: name, columns, keys }: Of<'add-columns'>): void {
  const before = writableTable(environment(session), name);
  const firstId = Math.max(0, ...before.columns.map(({ id }) => id)) + 1;
  const added = columns.map((definition, i) => makeColumn(session, definition, firstId + i, false));
  if (added.some(({ identity }) => identity !== null)) throw unsupported('ALTER TABLE … ADD an IDENTITY column');
  const table = { ...before, columns: [...before.columns, ...added] };
  assertDistinct(table.columns, table.name);
  for (const column of added) {
    const byDefault = constantDefault(session, table, column);
    // rows that are there get the default of a NOT NULL column, and NULL in a nullable one
    const rule = column.isNullable ? '' : ` NOT NULL DEFAULT ${byDefault}`;
    run(session, `ALTER TABLE ${storageName(before)} ADD COLUMN c${column.id}${rule}`, null, 'alter-table');
  }
  keep(
    session,
    keys.reduce<CatalogTable>((soFar, key) => addKey(session, soFar, key), table),
  );
}

function constantDefault(session: SessionState, table: CatalogTable, column: CatalogColumn): string {
  checkDefault(session, table, column);
  if (column.isNullable) return 'NULL';
  if (column.default === null) {
    throw new SqlError(
      4901,
      `ALTER TABLE only allows columns to be added that can contain nulls, or have a DEFAULT definition specified. Column '${column.name}' cannot be added to table '${table.name}' because it does not satisfy these conditions.`,
    );
  }
  const env = environment(session);
  const value = assignTo(
    env,
    table,
    column,
    new QueryBinder(env, false).expressions(new Scope(null), 'values').value(column.default.expr),
  );
  if (value.constant === undefined || value.constant === null)
    throw unsupported('ALTER TABLE … ADD a NOT NULL column whose default is no constant');
  return constant(value.constant, value.type).sql;
}
