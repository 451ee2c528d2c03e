/** FROM: tables, catalog views, derived tables and joins, as sources of a scope. */
import { SqlError } from '../backend.ts';
import { columnById, storageName } from '../engine/catalog.ts';
import type { CatalogTable } from '../engine/catalog.ts';
import type { DerivedTable, Query, TableHint, TableSource } from './ast.ts';
import type { Clause, ExpressionBinder } from './bind-expression.ts';
import { composedCondition, slot } from './bound.ts';
import type { BindingEnvironment, BoundColumn, BoundCondition } from './bound.ts';
import { invalidObject, unsupported } from './errors.ts';
import { isOneRow } from './one-row.ts';
import { Scope } from './scope.ts';
import type { ScopeColumn, ScopeSource } from './scope.ts';
import { isText } from './types.ts';

/** Hints that make no reader wait. */
const NO_LOCK_OF_ITS_OWN: ReadonlySet<TableHint> = new Set<TableHint>(['NOLOCK', 'ROWLOCK', 'PAGLOCK']);

/** What a statement's queries touch, gathered while binding. */
export interface Footprint {
  readsMain: boolean;
  /** HOLDLOCK and its like on a table of the database. */
  hasLockHint: boolean;
}

/** The statement that a FROM stands in. */
export interface FromContext {
  readonly env: BindingEnvironment;
  readonly footprint: Footprint;
  readonly isOrderForced: boolean;
  alias(): string;
  expressions(scope: Scope, clause: Clause): ExpressionBinder;
  /** Columns are called q1, q2, … */
  /** `beside`: sources whose columns the query sees as if they stood first in its own FROM. */
  derivedTable(
    query: Query,
    outer: Scope | null,
    beside?: string,
  ): { readonly sql: string; readonly columns: readonly BoundColumn[]; readonly outer: BoundCondition };
}

/** The FROM clause; its sources are added to the scope as they are met. */
export function bindFrom(statement: FromContext, source: TableSource, scope: Scope): BoundCondition {
  switch (source.kind) {
    case 'table':
      return bindTable(statement, source, scope);
    case 'derived':
      return bindDerived(statement, source, scope);
    case 'apply':
      return bindApply(statement, source, scope);
    case 'join': {
      const left = bindFrom(statement, source.left, scope);
      const before = [...scope.sources];
      const right = bindFrom(statement, source.right, scope);
      const on = source.on === null ? null : statement.expressions(scope, 'on').condition(source.on);
      if (source.type === 'left') scope.makeNullable(scope.sources.filter((added) => !before.includes(added)));
      // SQLite keeps the order of a CROSS JOIN, and chooses its own for an INNER JOIN
      const word = source.type === 'left' ? 'LEFT JOIN' : statement.isOrderForced ? 'CROSS JOIN' : 'INNER JOIN';
      const parts = on === null ? [left, right] : [left, right, on];
      return composedCondition(parts, `${left.sql} ${word} ${right.sql}${on === null ? '' : ` ON ${on.sql}`}`);
    }
  }
}

function bindTable(
  statement: FromContext,
  source: Extract<TableSource, { kind: 'table' }>,
  scope: Scope,
): BoundCondition {
  const resolved = statement.env.resolve(source.name);
  if (resolved === null) throw invalidObject(source.name.join('.'));
  const alias = statement.alias();
  const name = (source.alias ?? source.name.at(-1) ?? '').toUpperCase();
  if (resolved.kind === 'view') {
    const columns = resolved.columns.map((column, i) => ({
      ...column,
      sql: `${alias}.c${i + 1}`,
      collation: isText(column.type) ? ({ name: statement.env.defaultCollation, rank: 'implicit' } as const) : null,
    }));
    scope.add({ name, schema: source.alias === null ? 'SYS' : null, columns });
    const extracts = columns.map((_, i) => `json_extract(value, '$[${i}]') AS c${i + 1}`).join(', ');
    return composedCondition([], `(SELECT ${extracts} FROM json_each(${slot(resolved.slot)})) AS ${alias}`);
  }
  const { table } = resolved;
  if (!table.isTemp) {
    statement.footprint.readsMain = true;
    if (source.hints.some((hint) => !NO_LOCK_OF_ITS_OWN.has(hint))) statement.footprint.hasLockHint = true;
  }
  scope.add(tableSource(table, alias, name, source.alias === null ? table.schema.toUpperCase() : null));
  return composedCondition([], `${storageName(table)} AS ${alias}`);
}

/**
 * SQLite has no APPLY. Beside sources of one row it is a join within the applied query, whose TOP then counts over the
 * same rows; beside more it would count over all of them. The joined sources are seen nowhere else: SQLite would have to
 * hold the applied query's rows to show both.
 */
function bindApply(
  statement: FromContext,
  source: Extract<TableSource, { kind: 'apply' }>,
  scope: Scope,
): BoundCondition {
  if (!isOneRow(statement.env, source.left)) throw unsupported('APPLY to more than a row sought by its key');
  const left = new Scope(scope.outer);
  const beside = bindFrom(statement, source.left, left);
  const right = bindDerived(statement, source.right, scope, { scope: left, sql: beside.sql });
  for (const { name, schema } of left.sources) scope.add({ name, schema, columns: null });
  const whole = composedCondition([beside, right], right.sql);
  return { ...whole, loose: whole.loose.filter((column) => column.scope !== left) };
}

function bindDerived(
  statement: FromContext,
  source: DerivedTable,
  scope: Scope,
  beside?: { readonly scope: Scope; readonly sql: string },
): BoundCondition {
  const query = statement.derivedTable(source.query, beside?.scope ?? scope.outer, beside?.sql);
  const alias = statement.alias();
  if (source.columns !== null && source.columns.length !== query.columns.length) {
    throw new SqlError(8158, `'${source.alias}' has more columns than were specified in the column list.`);
  }
  const seen = new Set<string>();
  const columns = query.columns.map((column, i): ScopeColumn => {
    const name = source.columns?.[i] ?? column.name;
    if (name === '') throw new SqlError(8155, `No column name was specified for column ${i + 1} of '${source.alias}'.`);
    if (seen.has(name.toUpperCase()))
      throw new SqlError(8156, `The column '${name}' was specified multiple times for '${source.alias}'.`);
    seen.add(name.toUpperCase());
    return {
      name,
      sql: `${alias}.q${i + 1}`,
      type: column.type,
      collation: column.collation,
      isNullable: column.isNullable,
    };
  });
  scope.add({ name: source.alias.toUpperCase(), schema: null, columns });
  return { ...query.outer, sql: `(${query.sql}) AS ${alias}` };
}

/** A table's columns under an alias (or none, for DDL). */
export function tableSource(
  table: CatalogTable,
  alias: string | null,
  name: string,
  schema: string | null,
): ScopeSource {
  const prefix = alias === null ? '' : `${alias}.`;
  return {
    name,
    schema,
    columns: table.columns.map(({ id, ...column }) => ({
      name: column.name,
      sql: `${prefix}c${id}`,
      type: column.type,
      collation: column.collation === null ? null : { name: column.collation, rank: 'implicit' },
      isNullable: columnById(table, id).isNullable,
    })),
  };
}
