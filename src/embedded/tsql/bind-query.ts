/** SELECT: sources, conditions, grouping, select list and order, as one SQLite SELECT. */
import { SqlError } from '../backend.ts';
import type { Expr, OrderItem, Query, SelectCore, SelectItem } from './ast.ts';
import { convertTo, mergeCollations, sortKey } from './bind-conversion.ts';
import { ExpressionBinder } from './bind-expression.ts';
import type { BoundSubquery, Clause } from './bind-expression.ts';
import { composedCondition } from './bound.ts';
import type { BindingEnvironment, Bound, BoundColumn, BoundCondition, LooseColumn } from './bound.ts';
import { bindFrom } from './bind-from.ts';
import type { Footprint, FromContext } from './bind-from.ts';
import { bindOrderBy } from './bind-order.ts';
import { unsupported } from './errors.ts';
import { columnsOf, Scope } from './scope.ts';
import { commonType, isText } from './types.ts';

export interface BoundQuery {
  /** Columns are called q1, q2, … */
  readonly sql: string;
  readonly columns: readonly BoundColumn[];
  /** Variables of SELECT @a = …, in the order of the columns; null for a query that answers rows. */
  readonly assigned: readonly string[] | null;
  readonly isSingleRow: boolean;
  readonly outer: BoundCondition;
}

interface QueryUse {
  /** Derived tables and subqueries may not be ordered without TOP. */
  readonly isNested: boolean;
  readonly mayAssign: boolean;
  readonly forExists?: boolean;
  /** SQLite text of sources that stand first in FROM; the query's own columns are not theirs. */
  readonly beside?: string;
}

export class QueryBinder implements FromContext {
  readonly env: BindingEnvironment;
  readonly footprint: Footprint = { readsMain: false, hasLockHint: false };
  readonly isOrderForced: boolean;
  #aliases = 0;

  constructor(env: BindingEnvironment, isOrderForced: boolean) {
    this.env = env;
    this.isOrderForced = isOrderForced;
  }

  alias(): string {
    return `a${++this.#aliases}`;
  }

  expressions(scope: Scope, clause: Clause): ExpressionBinder {
    return new ExpressionBinder(this.env, scope, clause, (query, outer, forExists) =>
      this.#subquery(query, outer, forExists),
    );
  }

  #subquery(query: Query, outer: Scope, forExists: boolean): BoundSubquery {
    return this.query(query, outer, { isNested: true, mayAssign: false, forExists });
  }

  derivedTable(query: Query, outer: Scope | null, beside?: string): BoundQuery {
    const use = { isNested: true, mayAssign: false };
    if (beside === undefined) return this.query(query, outer, use);
    if (query.selects.length > 1) throw unsupported('APPLY of UNION ALL');
    return this.query(query, outer, { ...use, beside });
  }

  query(query: Query, outer: Scope | null, use: QueryUse): BoundQuery {
    const [first] = query.selects;
    if (first === undefined) throw new Error('a query without SELECT');
    if (use.isNested && query.orderBy.length > 0 && (query.selects.length > 1 || first.top === null)) {
      throw new SqlError(
        1033,
        'The ORDER BY clause is invalid in views, inline functions, derived tables, subqueries, and common table expressions, unless TOP, OFFSET or FOR XML is also specified.',
        15,
      );
    }
    return query.selects.length === 1 ? this.#select(first, query.orderBy, outer, use) : this.#union(query, outer, use);
  }

  #union(query: Query, outer: Scope | null, use: QueryUse): BoundQuery {
    const branches = query.selects.map((select) =>
      this.#select(select, [], outer, { isNested: use.isNested, mayAssign: false }),
    );
    const [first] = branches;
    if (first === undefined || branches.some(({ columns }) => columns.length !== first.columns.length)) {
      throw new SqlError(
        205,
        'All queries combined using a UNION, INTERSECT or EXCEPT operator must have an equal number of expressions in their target lists.',
      );
    }
    const columns = first.columns.map((column, i): BoundColumn => {
      const all = branches.map((branch) => branch.columns[i] ?? column);
      const typed = all.filter((value) => value.isBareNull !== true);
      const type = typed.map((value) => value.type).reduce(commonType, typed[0]?.type ?? column.type);
      return {
        name: column.name,
        sql: `q${i + 1}`,
        type,
        collation: isText(type)
          ? all.map((value) => convertTo(this.env, { ...value, sql: 'q' }, type).collation).reduce(mergeCollations)
          : null,
        isNullable: all.some((value) => value.isNullable),
        loose: [],
        hasAggregate: false,
      };
    });
    const selects = branches.map((branch) => {
      const converted = branch.columns.map((column, i) => {
        const target = columns[i] ?? column;
        const { constant: _, ...plain } = column;
        return `${convertTo(this.env, { ...plain, sql: `q${i + 1}` }, target.type).sql} AS q${i + 1}`;
      });
      return `SELECT ${converted.join(', ')} FROM (${branch.sql})`;
    });
    const scope = new Scope(null);
    scope.add({ name: '', schema: null, columns: columns.map((column, i) => ({ ...column, sql: `q${i + 1}` })) });
    const order = bindOrderBy(query.orderBy, columns, this.expressions(scope, 'order')).map(({ sql }) => sql);
    const union = selects.join(' UNION ALL ');
    return {
      sql: order.length === 0 ? union : `SELECT * FROM (${union}) ORDER BY ${order.join(', ')}`,
      columns,
      assigned: null,
      isSingleRow: false,
      outer: composedCondition(
        branches.map((branch) => branch.outer),
        '',
      ),
    };
  }

  #select(select: SelectCore, orderBy: readonly OrderItem[], outer: Scope | null, use: QueryUse): BoundQuery {
    const scope = new Scope(outer);
    const from = select.from === null ? null : bindFrom(this, select.from, scope);
    const where = select.where === null ? null : this.expressions(scope, 'where').condition(select.where);
    const groups = select.groupBy.map((expr) => this.#group(expr, scope));
    if (groups.length > 0) scope.grouped = new Set(groups.map(({ sql }) => sql));

    const items = this.#items(select.items, scope, use);
    const columns = items.map(({ column }) => column);
    const having = select.having === null ? null : this.expressions(scope, 'having').condition(select.having);
    const order = bindOrderBy(orderBy, columns, this.expressions(scope, 'order'));
    const isAggregate =
      groups.length > 0 || having !== null || [...columns, ...order].some(({ hasAggregate }) => hasAggregate);
    if (isAggregate) assertGrouped(scope, [...columns, ...(having === null ? [] : [having])], order);
    const distinct = select.isDistinct ? this.#distinct(columns, order, isAggregate) : [];
    const top = select.top === null ? null : this.#top(select.top, outer);

    // SQLite knows a query with HAVING as an aggregate one only by an aggregate in its list
    const isHiddenAggregate =
      having !== null && groups.length === 0 && !columns.some(({ hasAggregate }) => hasAggregate);
    const listed = columns.map(
      ({ sql }, i) => `${isHiddenAggregate ? `iif(count(*) >= 0, ${sql}, NULL)` : sql} AS q${i + 1}`,
    );
    const parts = [`SELECT ${listed.join(', ')}`];
    const sources = [use.beside, from?.sql].filter((source) => source !== undefined);
    if (sources.length > 0) parts.push(`FROM ${sources.join(' CROSS JOIN ')}`);
    if (where !== null) parts.push(`WHERE ${where.sql}`);
    const groupKeys = [...groups.map(sortKey), ...distinct];
    if (groupKeys.length > 0) parts.push(`GROUP BY ${groupKeys.join(', ')}`);
    if (having !== null) parts.push(`HAVING ${having.sql}`);
    if (order.length > 0 && (top !== null || !use.isNested))
      parts.push(`ORDER BY ${order.map(({ sql }) => sql).join(', ')}`);
    if (top !== null) parts.push(`LIMIT ${top}`);

    const all: BoundCondition[] = [
      ...columns,
      ...groups,
      ...order,
      ...[from, where, having].filter((part) => part !== null),
    ];
    const assigned = items.flatMap(({ variable }) => variable ?? []);
    if (assigned.length > 0 && assigned.length !== items.length) {
      throw new SqlError(
        141,
        'A SELECT statement that assigns a value to a variable must not be combined with data-retrieval operations.',
        15,
      );
    }
    return {
      sql: parts.join(' '),
      // what is outside sees a column of a derived table, not the expression behind it
      columns: columns.map(({ constant: _constant, isSimple: _isSimple, ...column }) => column),
      assigned: assigned.length > 0 ? assigned : null,
      isSingleRow: (isAggregate && groups.length === 0) || top === '1' || select.from === null,
      outer: { sql: '', hasAggregate: false, loose: outerColumns(all, scope) },
    };
  }

  #group(expr: Expr, scope: Scope): Bound {
    const value = this.expressions(scope, 'group').value(expr);
    if (value.constant !== undefined || value.loose.length === 0) {
      throw new SqlError(
        164,
        'Each GROUP BY expression must contain at least one column that is not an outer reference.',
        15,
      );
    }
    return value;
  }

  #items(
    items: readonly SelectItem[],
    scope: Scope,
    use: QueryUse,
  ): { column: BoundColumn; variable: string | null }[] {
    const binder = this.expressions(scope, 'select');
    return items.flatMap((item): { column: BoundColumn; variable: string | null }[] => {
      switch (item.kind) {
        case 'all':
          return this.#star(item.qualifier, scope, use).map((column) => ({ column, variable: null }));
        case 'assign': {
          if (!use.mayAssign)
            throw new SqlError(141, 'A SELECT statement that assigns a value to a variable must not be nested.', 15);
          const type = this.env.variableType(item.variable);
          if (type === null) throw new SqlError(137, `Must declare the scalar variable "${item.variable}".`, 15, 2);
          const value = convertTo(this.env, binder.value(item.expr), type);
          return [{ column: { ...value, name: '' }, variable: item.variable }];
        }
        case 'expr': {
          const value = binder.value(item.expr);
          const name = item.alias ?? (item.expr.kind === 'column' ? (item.expr.path.at(-1) ?? '') : '');
          return [{ column: { ...value, name }, variable: null }];
        }
      }
    });
  }

  #star(qualifier: string | null, scope: Scope, use: QueryUse): BoundColumn[] {
    if (scope.sources.length === 0) {
      if (use.forExists === true) return [];
      throw new SqlError(263, 'Must specify table to select from.');
    }
    const sources =
      qualifier === null ? scope.sources : [scope.findSource(qualifier)].filter((source) => source !== null);
    if (sources.length === 0)
      throw new SqlError(
        107,
        `The column prefix '${qualifier ?? ''}' does not match with a table name or alias name used in the query.`,
        15,
      );
    return sources.flatMap((source) =>
      columnsOf(source).map((column) => ({
        ...column,
        isSimple: true,
        loose: [{ scope, name: column.name }],
        hasAggregate: false,
      })),
    );
  }

  #distinct(columns: readonly BoundColumn[], order: readonly Bound[], isAggregate: boolean): string[] {
    if (isAggregate || columns.some(({ sql }) => sql.includes(' OVER (')))
      throw unsupported('DISTINCT with grouping, aggregates or ROW_NUMBER');
    const keys = columns.filter((column) => column.constant === undefined).map(sortKey);
    if (keys.length === 0) throw unsupported('DISTINCT of constants');
    if (order.some(({ sql }) => !keys.includes(sql.replace(/ DESC$/, '')))) {
      throw new SqlError(145, 'ORDER BY items must appear in the select list if SELECT DISTINCT is specified.', 15);
    }
    return keys;
  }

  /** TOP sees no columns of its own query. */
  #top(expr: Expr, outer: Scope | null): string {
    const value = convertTo(this.env, this.expressions(new Scope(outer), 'none').value(expr), { name: 'bigint' });
    if (value.loose.length > 0) throw unsupported('TOP with a column');
    return typeof value.constant === 'bigint' && value.constant >= 0n
      ? String(value.constant)
      : `top_rows(${value.sql})`;
  }
}

function outerColumns(parts: readonly BoundCondition[], scope: Scope): LooseColumn[] {
  return parts.flatMap((part) => part.loose).filter((column) => column.scope !== scope);
}

/** 8120 and 8127: SQLite would take any row's value instead. */
function assertGrouped(scope: Scope, values: readonly BoundCondition[], order: readonly BoundCondition[]): void {
  const find = (parts: readonly BoundCondition[]): LooseColumn | undefined =>
    parts.flatMap((part) => part.loose).find((column) => column.scope === scope);
  const inList = find(values);
  if (inList !== undefined) {
    throw new SqlError(
      8120,
      `Column '${inList.name}' is invalid in the select list because it is not contained in either an aggregate function or the GROUP BY clause.`,
    );
  }
  const inOrder = find(order);
  if (inOrder !== undefined) {
    throw new SqlError(
      8127,
      `Column "${inOrder.name}" is invalid in the ORDER BY clause because it is not contained in either an aggregate function or the GROUP BY clause.`,
    );
  }
}
