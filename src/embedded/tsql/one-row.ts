/** Which sources of a FROM cannot hold more than one row, whatever the data. */
import { columnById } from '../engine/catalog.ts';
import type { CatalogTable } from '../engine/catalog.ts';
import type { Expr, Query, TableSource } from './ast.ts';
import type { BindingEnvironment } from './bound.ts';

/** True for a row sought by the whole of a unique key, and for such rows side by side; false where it is not seen. */
export function isOneRow(env: BindingEnvironment, source: TableSource): boolean {
  switch (source.kind) {
    case 'derived':
      return seeksOneRow(env, source.query);
    case 'join':
      return isOneRow(env, source.left) && isOneRow(env, source.right);
    case 'apply':
    case 'table':
      return false;
  }
}

function seeksOneRow(env: BindingEnvironment, { selects }: Query): boolean {
  const [select] = selects;
  if (select?.from?.kind !== 'table' || select.where === null || selects.length > 1) return false;
  const resolved = env.resolve(select.from.name);
  return resolved?.kind === 'table' && hasKey(resolved.table, soughtColumns(select.where));
}

/** Names of the columns that a condition holds to one value. */
function soughtColumns(where: Expr): ReadonlySet<string> {
  if (where.kind === 'and') return new Set([...soughtColumns(where.left), ...soughtColumns(where.right)]);
  if (where.kind !== 'compare' || where.operator !== '=' || where.left.kind !== 'column') return new Set();
  return isFixed(where.right) ? new Set([(where.left.path.at(-1) ?? '').toUpperCase()]) : new Set();
}

function isFixed(expr: Expr): boolean {
  if (expr.kind === 'arithmetic') return isFixed(expr.left) && isFixed(expr.right);
  return expr.kind === 'variable' || expr.kind === 'number';
}

function hasKey(table: CatalogTable, sought: ReadonlySet<string>): boolean {
  return table.indexes.some(
    ({ isUnique, filter, columns }) =>
      isUnique &&
      filter === null &&
      columns.every(({ columnId }) => sought.has(columnById(table, columnId).name.toUpperCase())),
  );
}
