/** SELECT, INSERT, UPDATE and DELETE as one SQLite statement each. */
import { SqlError } from '../backend.ts';
import type { ResultColumn } from '../backend.ts';
import { findColumn, storageName } from '../engine/catalog.ts';
import type { CatalogColumn, CatalogTable } from '../engine/catalog.ts';
import type { Expr, ObjectName, Statement, TableSource } from './ast.ts';
import { convertTo } from './bind-conversion.ts';
import { bindFrom, tableSource } from './bind-from.ts';
import type { Footprint } from './bind-from.ts';
import { QueryBinder } from './bind-query.ts';
import type { BoundQuery } from './bind-query.ts';
import { constant, extractSlots } from './bound.ts';
import type { BindingEnvironment, Bound } from './bound.ts';
import { invalidColumn, invalidObject, unsupported } from './errors.ts';
import { Scope } from './scope.ts';
import { commonType, familyOf } from './types.ts';

type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

export interface BoundStatement {
  readonly sql: string;
  readonly slots: readonly string[];
  readonly columns: readonly ResultColumn[];
  /** Variables of SELECT @a = … */
  readonly assigned: readonly string[] | null;
  /** The table written, null for a query. */
  readonly target: CatalogTable | null;
  /** Is the identity column of the target filled by the engine? */
  readonly makesIdentity: boolean;
  readonly footprint: Footprint;
}

export function bindStatement(
  env: BindingEnvironment,
  statement: Of<'select' | 'insert' | 'update' | 'delete'>,
): BoundStatement {
  const queries = new QueryBinder(env, statement.options.isOrderForced);
  switch (statement.kind) {
    case 'select': {
      const query = queries.query(statement.query, null, { isNested: false, mayAssign: true });
      return { ...finish(queries, query.sql, null), columns: resultColumns(query), assigned: query.assigned };
    }
    case 'insert':
      return bindInsert(env, queries, statement);
    case 'update':
      return bindUpdate(env, queries, statement);
    case 'delete':
      return bindDelete(env, queries, statement);
  }
}

/** A value or condition that stands alone: SET @x = …, IF …, PRINT …. */
export function bindScalar(env: BindingEnvironment, expr: Expr, convert: (value: Bound) => Bound): BoundStatement {
  const queries = new QueryBinder(env, false);
  const value = convert(queries.expressions(new Scope(null), 'none').value(expr));
  return { ...finish(queries, `SELECT ${value.sql}`, null), columns: [{ name: '', type: value.type, nullable: true }] };
}

export function bindCondition(env: BindingEnvironment, expr: Expr): BoundStatement {
  const queries = new QueryBinder(env, false);
  const condition = queries.expressions(new Scope(null), 'none').condition(expr);
  return finish(queries, `SELECT CASE WHEN ${condition.sql} THEN 1 ELSE 0 END`, null);
}

/** The condition of a filtered index, over columns without an alias. */
export function bindFilter(env: BindingEnvironment, table: CatalogTable, expr: Expr): string {
  const scope = new Scope(null);
  scope.add(tableSource(table, null, table.name.toUpperCase(), table.schema.toUpperCase()));
  const { sql } = new QueryBinder(env, false).expressions(scope, 'none').condition(expr);
  // conversions are registered with one connection only, and an index outlives it
  if (extractSlots(sql).slots.length > 0 || /\bcv\d/.test(sql) || sql.includes('SELECT'))
    throw unsupported('This index filter');
  return sql;
}

function finish(queries: QueryBinder, sql: string, target: CatalogTable | null, makesIdentity = false): BoundStatement {
  return { ...extractSlots(sql), columns: [], assigned: null, target, makesIdentity, footprint: queries.footprint };
}

function resultColumns(query: BoundQuery): ResultColumn[] {
  return query.columns.map(({ name, type, isNullable }) => ({ name, type, nullable: isNullable }));
}

/** The table that a statement writes. */
export function writableTable(env: BindingEnvironment, name: ObjectName): CatalogTable {
  const resolved = env.resolve(name);
  if (resolved === null) throw invalidObject(name.join('.'));
  if (resolved.kind === 'view') throw new SqlError(259, 'Ad hoc updates to system catalogs are not allowed.');
  return resolved.table;
}

function columnOf(table: CatalogTable, name: string): CatalogColumn {
  const column = findColumn(table, name);
  if (column === undefined) throw invalidColumn(name);
  return column;
}

function assertOnce(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toUpperCase())) {
      throw new SqlError(
        264,
        `The column name '${name}' is specified more than once in the SET clause or column list of an INSERT.`,
      );
    }
    seen.add(name.toUpperCase());
  }
}

/** The conversion into a column, where what does not fit is an error. */
export function assignTo(env: BindingEnvironment, table: CatalogTable, column: CatalogColumn, value: Bound): Bound {
  const target = { table: `${table.schema}.${table.name}`, column: column.name };
  return convertTo(env, value, column.type, { kind: 'assign', style: null, target });
}

function defaultOf(env: BindingEnvironment, queries: QueryBinder, table: CatalogTable, column: CatalogColumn): Bound {
  if (column.default === null)
    return convertTo(env, { ...constant(null, { name: 'int' }), isBareNull: true }, column.type);
  return assignTo(env, table, column, queries.expressions(new Scope(null), 'values').value(column.default.expr));
}

function bindInsert(env: BindingEnvironment, queries: QueryBinder, statement: Of<'insert'>): BoundStatement {
  const table = writableTable(env, statement.table);
  const { source } = statement;
  const takesIdentity = env.takesIdentity(table);
  const identity = table.columns.find((column) => column.identity !== null);
  const given = insertedColumns(table, statement.columns, takesIdentity);
  if (identity !== undefined && given.includes(identity) && !takesIdentity) {
    throw new SqlError(
      544,
      `Cannot insert explicit value for identity column in table '${table.name}' when IDENTITY_INSERT is set to OFF.`,
    );
  }
  if (identity !== undefined && takesIdentity && !given.includes(identity)) {
    throw new SqlError(
      545,
      `Explicit value must be specified for identity column in table '${table.name}' when IDENTITY_INSERT is set to ON.`,
    );
  }
  const targets = source.kind === 'defaults' ? [] : given;
  const others = table.columns.filter((column) => !targets.includes(column));
  const otherValues = others.map((column) =>
    column === identity ? `next_identity(${table.id})` : defaultOf(env, queries, table, column).sql,
  );
  const columnList = [...targets, ...others].map(({ id }) => `c${id}`).join(', ');
  const into = `INSERT INTO ${storageName(table)} (${columnList})`;
  const done = (sql: string): BoundStatement =>
    finish(queries, `${into} ${sql}`, table, identity !== undefined && others.includes(identity));

  if (source.kind === 'defaults') return done(`VALUES (${otherValues.join(', ')})`);
  if (source.kind === 'values') {
    if (source.rows.length > 1000)
      throw new SqlError(
        10738,
        'The number of row value expressions in the INSERT statement exceeds the maximum allowed number of 1000 row values.',
        15,
      );
    const binder = queries.expressions(new Scope(null), 'values');
    for (const row of source.rows) assertCount(targets.length, row.length, statement.columns !== null);
    const columns = targets.map((column, i) => {
      const values = source.rows.map((row) => {
        const expr = row[i] ?? null;
        return expr === null ? null : binder.value(expr);
      });
      return unifyRows(env, values).map(
        (value) => (value === null ? defaultOf(env, queries, table, column) : assignTo(env, table, column, value)).sql,
      );
    });
    const rows = source.rows.map(
      (_, i) => `(${[...columns.map((values) => values[i] ?? 'NULL'), ...otherValues].join(', ')})`,
    );
    return done(`VALUES ${rows.join(', ')}`);
  }
  const query = queries.query(source.query, null, { isNested: false, mayAssign: false });
  assertCount(targets.length, query.columns.length, statement.columns !== null);
  const converted = query.columns.map((column, i) => {
    const target = targets[i];
    if (target === undefined) throw new Error('the counts were compared');
    return assignTo(env, table, target, { ...column, sql: `q${i + 1}` }).sql;
  });
  const isDirect = otherValues.length === 0 && converted.every((sql, i) => sql === `q${i + 1}`);
  // WHERE true: SQLite's grammar for INSERT … SELECT … wants it against ON CONFLICT, and it keeps the inner order
  return done(
    isDirect ? query.sql : `SELECT ${[...converted, ...otherValues].join(', ')} FROM (${query.sql}) WHERE true`,
  );
}

/** The rows of VALUES have one type per column, before they are converted to the table's: (1), (2.5) inserts 1.0. */
function unifyRows(env: BindingEnvironment, values: readonly (Bound | null)[]): readonly (Bound | null)[] {
  const typed = values.filter((value) => value !== null && value.isBareNull !== true) as Bound[];
  const type = typed.length < 2 ? null : typed.map((value) => value.type).reduce(commonType);
  if (type === null || familyOf(type) === 'text' || familyOf(type) === 'binary') {
    // texts only, or nothing to unify; a text among numbers makes all of them numbers, so that is not here
    return values;
  }
  return values.map((value) => (value === null ? null : convertTo(env, value, type)));
}

function insertedColumns(
  table: CatalogTable,
  names: readonly string[] | null,
  takesIdentity: boolean,
): readonly CatalogColumn[] {
  if (names !== null) {
    assertOnce(names);
    return names.map((name) => columnOf(table, name));
  }
  if (takesIdentity) {
    throw new SqlError(
      8101,
      `An explicit value for the identity column in table '${table.name}' can only be specified when a column list is used and IDENTITY_INSERT is ON.`,
    );
  }
  return table.columns.filter((column) => column.identity === null);
}

function assertCount(columns: number, values: number, hasList: boolean): void {
  if (columns === values) return;
  if (!hasList) throw new SqlError(213, 'Column name or number of supplied values does not match table definition.');
  throw columns > values
    ? new SqlError(
        109,
        'There are more columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.',
        15,
      )
    : new SqlError(
        110,
        'There are fewer columns in the INSERT statement than values specified in the VALUES clause. The number of values in the VALUES clause must match the number of columns specified in the INSERT statement.',
        15,
      );
}

/** The source of FROM that UPDATE or DELETE writes: named by its alias, or by the table's own name. */
function findTarget(
  env: BindingEnvironment,
  from: TableSource,
  target: ObjectName,
): { readonly table: CatalogTable; readonly index: number } {
  const tables: { source: Extract<TableSource, { kind: 'table' }> | null; name: string }[] = [];
  const collect = (source: TableSource): void => {
    if (source.kind === 'join' || source.kind === 'apply') {
      collect(source.left);
      collect(source.right);
    } else if (source.kind === 'table') tables.push({ source, name: source.alias ?? source.name.at(-1) ?? '' });
    else tables.push({ source: null, name: source.alias });
  };
  collect(from);
  const upper = (target.at(-1) ?? '').toUpperCase();
  const byAlias = target.length === 1 ? tables.findIndex(({ name }) => name.toUpperCase() === upper) : -1;
  const byName = (): number => {
    const wanted = env.resolve(target);
    const matching = tables.flatMap(({ source }, i) => {
      const found = source === null ? null : env.resolve(source.name);
      return wanted?.kind === 'table' && found?.kind === 'table' && found.table === wanted.table ? [i] : [];
    });
    if (matching.length > 1) throw new SqlError(8154, `The table '${target.join('.')}' is ambiguous.`);
    return matching[0] ?? -1;
  };
  const index = byAlias >= 0 ? byAlias : byName();
  const found = tables[index];
  if (found === undefined) {
    if (env.resolve(target) === null) throw invalidObject(target.join('.'));
    throw unsupported('UPDATE or DELETE of a table that its FROM does not name');
  }
  if (found.source === null) throw unsupported('UPDATE or DELETE of a derived table');
  return { table: writableTable(env, found.source.name), index };
}

/** Binds FROM and WHERE, and answers the SQLite name of the target's row. */
function bindMatches(
  env: BindingEnvironment,
  queries: QueryBinder,
  statement: Of<'update' | 'delete'>,
  from: TableSource,
): { readonly table: CatalogTable; readonly scope: Scope; readonly row: string; readonly clause: string } {
  const { table, index } = findTarget(env, from, statement.target);
  const scope = new Scope(null);
  const bound = bindFrom(queries, from, scope);
  const where =
    statement.where === null ? '' : ` WHERE ${queries.expressions(scope, 'where').condition(statement.where).sql}`;
  const alias = /^a\d+/.exec(scope.sources[index]?.columns?.[0]?.sql ?? '')?.[0];
  if (alias === undefined) throw new Error('a table source without an alias');
  return { table, scope, row: `${alias}.rowid`, clause: `FROM ${bound.sql}${where}` };
}

function bindUpdate(env: BindingEnvironment, queries: QueryBinder, statement: Of<'update'>): BoundStatement {
  assertOnce(statement.assignments.map(({ column }) => column));
  const assign = (table: CatalogTable, scope: Scope): { readonly column: CatalogColumn; readonly sql: string }[] => {
    const binder = queries.expressions(scope, 'values');
    return statement.assignments.map(({ column: name, value }) => {
      const column = columnOf(table, name);
      if (column.identity !== null) throw new SqlError(8102, `Cannot update identity column '${column.name}'.`);
      return {
        column,
        sql: (value === null
          ? defaultOf(env, queries, table, column)
          : assignTo(env, table, column, binder.value(value))
        ).sql,
      };
    });
  };
  if (statement.from === null) {
    const { table, scope, alias } = ownScope(env, queries, statement);
    const sets = assign(table, scope).map(({ column, sql }) => `c${column.id} = ${sql}`);
    const where =
      statement.where === null ? '' : ` WHERE ${queries.expressions(scope, 'where').condition(statement.where).sql}`;
    return finish(queries, `UPDATE ${storageName(table)} AS ${alias} SET ${sets.join(', ')}${where}`, table);
  }
  const { table, scope, row, clause } = bindMatches(env, queries, statement, statement.from);
  const values = assign(table, scope);
  const names = values.map((_, i) => `v${i + 1}`);
  // materialized, so that SQLite finds the rows in the order of FROM and only then writes them, by row number
  const matches = `WITH m(r, ${names.join(', ')}) AS MATERIALIZED (SELECT ${row}, ${values.map(({ sql }) => sql).join(', ')} ${clause})`;
  const sets = values.map(({ column }, i) => `c${column.id} = m.v${i + 1}`).join(', ');
  return finish(
    queries,
    `${matches} UPDATE ${storageName(table)} AS tgt SET ${sets} FROM m WHERE tgt.rowid = m.r`,
    table,
  );
}

function bindDelete(env: BindingEnvironment, queries: QueryBinder, statement: Of<'delete'>): BoundStatement {
  if (statement.from === null) {
    const { table, scope, alias } = ownScope(env, queries, statement);
    const where =
      statement.where === null ? '' : ` WHERE ${queries.expressions(scope, 'where').condition(statement.where).sql}`;
    return finish(queries, `DELETE FROM ${storageName(table)} AS ${alias}${where}`, table);
  }
  const { table, row, clause } = bindMatches(env, queries, statement, statement.from);
  return finish(queries, `DELETE FROM ${storageName(table)} WHERE rowid IN (SELECT ${row} ${clause})`, table);
}

/** UPDATE or DELETE without FROM: the target alone is in scope. */
function ownScope(
  env: BindingEnvironment,
  queries: QueryBinder,
  statement: Of<'update' | 'delete'>,
): { readonly table: CatalogTable; readonly scope: Scope; readonly alias: string } {
  const table = writableTable(env, statement.target);
  const scope = new Scope(null);
  const alias = queries.alias();
  scope.add(tableSource(table, alias, table.name.toUpperCase(), table.schema.toUpperCase()));
  return { table, scope, alias };
}
