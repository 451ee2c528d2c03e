/** ORDER BY. */
import { SqlError } from '../backend.ts';
import type { Expr, OrderItem } from './ast.ts';
import { sortKey } from './bind-conversion.ts';
import type { ExpressionBinder } from './bind-expression.ts';
import type { Bound, BoundColumn } from './bound.ts';

/** SQLite texts of ORDER BY. Names mean columns of the result first, then columns of the sources. */
export function bindOrderBy(
  items: readonly OrderItem[],
  columns: readonly BoundColumn[],
  binder: ExpressionBinder,
): Bound[] {
  return items.flatMap(({ expr, isDescending }) => {
    const value = orderValue(expr, columns, binder);
    // a constant orders nothing, and SQLite would take a number for a position
    if (value.constant !== undefined) return [];
    return [{ ...value, sql: `${sortKey(value)}${isDescending ? ' DESC' : ''}` }];
  });
}

function orderValue(expr: Expr, columns: readonly BoundColumn[], binder: ExpressionBinder): Bound {
  if (expr.kind === 'number' && expr.form === 'integer') {
    const column = columns[Number(expr.text) - 1];
    if (column === undefined)
      throw new SqlError(
        108,
        `The ORDER BY position number ${expr.text} is out of range of the number of items in the select list.`,
        15,
      );
    return column;
  }
  if (expr.kind === 'column' && expr.path.length === 1) {
    const upper = expr.path[0]?.toUpperCase();
    const named = columns.filter((column) => column.name.toUpperCase() === upper);
    const [first] = named;
    if (first !== undefined) {
      if (named.some(({ sql }) => sql !== first.sql))
        throw new SqlError(209, `Ambiguous column name '${expr.path[0] ?? ''}'.`);
      return first;
    }
  }
  return binder.value(expr);
}
