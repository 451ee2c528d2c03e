/** Values and conditions: names resolved, types found, translated to SQLite text. */
import { SqlError } from '../backend.ts';
import type { SqlType } from '../backend.ts';
import { fitDecimal, parseDecimal } from '../engine/values/decimal.ts';
import { assertWellFormed } from '../engine/values/stored-text.ts';
import { toCodePage } from '../engine/values/code-page.ts';
import type { Expr, OrderItem, Query } from './ast.ts';
import { bindAggregate } from './bind-aggregate.ts';
import { arithmetic, negate } from './bind-arithmetic.ts';
import { compare, convertTo, mergeCollations, sortKey, comparable } from './bind-conversion.ts';
import { bindCall } from './bind-function.ts';
import { bindDatePartCall } from './date-functions.ts';
import { bindGlobal } from './session-values.ts';
import { likePattern } from './like.ts';
import { composed, composedCondition, constant, slot } from './bound.ts';
import type { BindingEnvironment, Bound, BoundCondition } from './bound.ts';
import { collationRules, sortKeyFunction } from './collation.ts';
import { undeclaredVariable, unsupported } from './errors.ts';
import type { Scope } from './scope.ts';
import { commonType, isText } from './types.ts';

/** A query in an expression, as the query binder answers it. */
export interface BoundSubquery {
  readonly sql: string;
  readonly columns: readonly Bound[];
  /** Certain to answer at most one row. */
  readonly isSingleRow: boolean;
  /** Columns of the queries around it. */
  readonly outer: BoundCondition;
}

/** Where aggregates and window functions may stand. */
export type Clause = 'select' | 'order' | 'having' | 'where' | 'on' | 'group' | 'aggregate' | 'values' | 'none';

export class ExpressionBinder {
  readonly env: BindingEnvironment;
  readonly scope: Scope;
  readonly #clause: Clause;
  readonly #subquery: (query: Query, scope: Scope, forExists: boolean) => BoundSubquery;

  /** `subquery` binds a query inside an expression; it lives in another module. */
  constructor(
    env: BindingEnvironment,
    scope: Scope,
    clause: Clause,
    subquery: (query: Query, scope: Scope, forExists: boolean) => BoundSubquery,
  ) {
    this.env = env;
    this.scope = scope;
    this.#clause = clause;
    this.#subquery = subquery;
  }

  in(clause: Clause): ExpressionBinder {
    return new ExpressionBinder(this.env, this.scope, clause, this.#subquery);
  }

  value(expr: Expr): Bound {
    return this.#grouped(this.#value(expr));
  }

  /** In a grouped query a GROUP BY expression is no loose column any more. */
  #grouped(value: Bound): Bound {
    if (value.loose.length === 0) return value;
    const loose = value.loose.filter(({ scope }) => scope.grouped?.has(value.sql) !== true);
    return loose.length === value.loose.length ? value : { ...value, loose };
  }

  #value(expr: Expr): Bound {
    const { env } = this;
    switch (expr.kind) {
      case 'null':
        return { ...constant(null, { name: 'int' }), isBareNull: true };
      case 'number':
        return numberConstant(expr.form, expr.text);
      case 'string':
        return this.#string(expr.value, expr.national);
      case 'binary': {
        const bytes = Buffer.from(expr.hex.length % 2 === 0 ? expr.hex : `0${expr.hex}`, 'hex');
        return constant(bytes, { name: 'varbinary', length: bytes.length > 8000 ? 'max' : Math.max(1, bytes.length) });
      }
      case 'variable': {
        const type = env.variableType(expr.name);
        if (type === null) throw undeclaredVariable(expr.name);
        const collation = isText(type) ? ({ name: env.defaultCollation, rank: 'coercible' } as const) : null;
        return {
          sql: slot(`v:${expr.name.toUpperCase()}`),
          type,
          collation,
          isNullable: true,
          isSimple: true,
          loose: [],
          hasAggregate: false,
        };
      }
      case 'global':
        return bindGlobal(env, expr.name);
      case 'column':
        return this.scope.column(expr.path);
      case 'negate':
        return negate(env, this.value(expr.operand));
      case 'arithmetic':
        return arithmetic(env, expr.operator, this.value(expr.left), this.value(expr.right));
      case 'collate': {
        collationRules(expr.collation);
        const operand = this.value(expr.operand);
        if (!isText(operand.type))
          throw new SqlError(447, `Expression type ${operand.type.name} is invalid for COLLATE clause.`);
        return { ...operand, collation: { name: expr.collation, rank: 'explicit' } };
      }
      case 'call':
        return bindCall(
          env,
          expr.name,
          expr.args.map((arg) => this.value(arg)),
        );
      case 'datepart-call':
        return bindDatePartCall(
          env,
          expr.name,
          expr.part,
          expr.args.map((arg) => this.value(arg)),
        );
      case 'aggregate':
        return this.#aggregate(expr);
      case 'row-number':
        return this.#rowNumber(expr.partitionBy, expr.orderBy);
      case 'convert': {
        const operand = this.value(expr.operand);
        const converted = convertTo(env, operand, expr.type, { kind: 'explicit', style: expr.style });
        return converted === operand ? operand : converted;
      }
      case 'case':
        return this.#case(expr);
      case 'subquery':
        return this.#scalar(expr.query);
      default:
        throw new SqlError(102, 'Incorrect syntax near a condition: a value was expected.', 15);
    }
  }

  #string(text: string, national: boolean): Bound {
    assertWellFormed(text);
    const value = national ? text : toCodePage(text);
    const longest = national ? 4000 : 8000;
    const length = value.length > longest ? 'max' : Math.max(1, value.length);
    return constant(
      value,
      { name: national ? 'nvarchar' : 'varchar', length },
      { name: this.env.defaultCollation, rank: 'coercible' },
    );
  }

  #aggregate(expr: Extract<Expr, { kind: 'aggregate' }>): Bound {
    if (this.#clause === 'aggregate') {
      throw new SqlError(
        130,
        'Cannot perform an aggregate function on an expression containing an aggregate or a subquery.',
      );
    }
    if (this.#clause !== 'select' && this.#clause !== 'order' && this.#clause !== 'having') {
      throw this.#clause === 'group'
        ? new SqlError(
            144,
            'Cannot use an aggregate or a subquery in an expression used for the group by list of a GROUP BY clause.',
            15,
          )
        : new SqlError(
            147,
            'An aggregate may not appear in the WHERE clause unless it is in a subquery contained in a HAVING clause or a select list.',
            15,
          );
    }
    const operand = expr.operand === null ? null : this.in('aggregate').value(expr.operand);
    if (operand?.loose.some(({ scope }) => scope !== this.scope) === true)
      throw unsupported("An aggregate of an outer query's column");
    return bindAggregate(this.env, expr.name, expr.isDistinct, operand);
  }

  #rowNumber(partitionBy: readonly Expr[], orderBy: readonly OrderItem[]): Bound {
    if (this.#clause !== 'select' && this.#clause !== 'order') {
      throw new SqlError(4108, 'Windowed functions can only appear in the SELECT or ORDER BY clauses.', 15);
    }
    const inner = this.in('values');
    const partitions = partitionBy.map((expr) => inner.value(expr));
    const orders = orderBy.map((item) => ({ value: inner.value(item.expr), item }));
    const partition = partitions.length === 0 ? '' : `PARTITION BY ${partitions.map(sortKey).join(', ')} `;
    const order = orders.map(({ value, item }) => `${sortKey(value)}${item.isDescending ? ' DESC' : ''}`).join(', ');
    return composed([...partitions, ...orders.map(({ value }) => value)], {
      sql: `row_number() OVER (${partition}ORDER BY ${order})`,
      type: { name: 'bigint' },
      collation: null,
      isNullable: true,
    });
  }

  #case(expr: Extract<Expr, { kind: 'case' }>): Bound {
    const { env } = this;
    const conditions = expr.branches.map(({ when }) =>
      expr.subject === null ? this.condition(when) : compare(env, '=', this.value(expr.subject), this.value(when)),
    );
    const results = expr.branches.map(({ then }) => this.value(then));
    const otherwise = expr.otherwise === null ? null : this.value(expr.otherwise);
    const all = otherwise === null ? results : [...results, otherwise];
    const typed = all.filter((value) => value.isBareNull !== true);
    const [first] = typed;
    if (first === undefined) {
      throw new SqlError(
        8133,
        'At least one of the result expressions in a CASE specification must be an expression other than the NULL constant.',
      );
    }
    const type = typed.map((value) => value.type).reduce(commonType);
    const converted = all.map((value) => convertTo(env, value, type));
    const branches = conditions
      .map((condition, i) => `WHEN ${condition.sql} THEN ${converted[i]?.sql ?? 'NULL'}`)
      .join(' ');
    return composed([...conditions, ...all], {
      sql: `CASE ${branches}${otherwise === null ? '' : ` ELSE ${converted.at(-1)?.sql ?? 'NULL'}`} END`,
      type,
      collation: isText(type)
        ? (typed.map((value) => value.collation).reduce(mergeCollations) ?? {
            name: env.defaultCollation,
            rank: 'coercible',
          })
        : null,
      isNullable: otherwise === null || converted.some((value) => value.isNullable),
    });
  }

  #scalar(query: Query): Bound {
    const bound = this.#subquery(query, this.scope, false);
    const [column] = bound.columns;
    if (column === undefined || bound.columns.length !== 1) throw tooManyColumns();
    const sql = bound.isSingleRow
      ? `(${bound.sql})`
      : `(SELECT CASE WHEN count(*) > 1 THEN fail_512() ELSE min(q1) END FROM (SELECT q1 FROM (${bound.sql}) LIMIT 2))`;
    const { type, collation } = column;
    return composed([bound.outer], { sql, type, collation, isNullable: true });
  }

  condition(expr: Expr): BoundCondition {
    const { env } = this;
    switch (expr.kind) {
      case 'and':
      case 'or': {
        const [left, right] = [this.condition(expr.left), this.condition(expr.right)];
        return composedCondition([left, right], `(${left.sql} ${expr.kind === 'and' ? 'AND' : 'OR'} ${right.sql})`);
      }
      case 'not': {
        const operand = this.condition(expr.operand);
        return composedCondition([operand], `(NOT ${operand.sql})`);
      }
      case 'compare':
        return compare(env, expr.operator, this.value(expr.left), this.value(expr.right));
      case 'is-null': {
        const operand = this.value(expr.operand);
        return composedCondition([operand], `(${operand.sql} IS ${expr.negated ? 'NOT ' : ''}NULL)`);
      }
      case 'between': {
        const operand = this.value(expr.operand);
        const low = compare(env, '>=', operand, this.value(expr.low));
        const high = compare(env, '<=', operand, this.value(expr.high));
        return composedCondition([low, high], `(${expr.negated ? 'NOT ' : ''}(${low.sql} AND ${high.sql}))`);
      }
      case 'like':
        return this.#like(expr);
      case 'in-list': {
        const operand = this.value(expr.operand);
        const pairs = expr.items.map((item) => comparable(env, operand, this.value(item)));
        const keys = new Set(pairs.map(([left]) => sortKey(left)));
        const [key] = keys;
        if (keys.size === 1 && key !== undefined) {
          // one type and collation for all: the operand's sort key is made once
          const list = pairs.map(([, right]) => sortKey(right)).join(', ');
          return composedCondition(pairs.flat(), `(${key} ${expr.negated ? 'NOT ' : ''}IN (${list}))`);
        }
        const matches = pairs.map(([left, right]) => compare(env, '=', left, right));
        return composedCondition(
          matches,
          `(${expr.negated ? 'NOT ' : ''}(${matches.map(({ sql }) => sql).join(' OR ')}))`,
        );
      }
      case 'in-query': {
        const operand = this.value(expr.operand);
        const bound = this.#subquery(expr.query, this.scope, false);
        const [column] = bound.columns;
        if (column === undefined || bound.columns.length !== 1) throw tooManyColumns();
        const [left, right] = comparable(env, operand, { ...column, sql: 'q1' });
        const sql = `(${sortKey(left)} ${expr.negated ? 'NOT ' : ''}IN (SELECT ${sortKey(right)} FROM (${bound.sql})))`;
        return composedCondition([operand, bound.outer], sql);
      }
      case 'exists': {
        const bound = this.#subquery(expr.query, this.scope, true);
        return composedCondition([bound.outer], `EXISTS (${bound.sql})`);
      }
      default:
        throw new SqlError(
          4145,
          'An expression of non-boolean type specified in a context where a condition is expected.',
          15,
        );
    }
  }

  #like(expr: Extract<Expr, { kind: 'like' }>): BoundCondition {
    const { env } = this;
    const [operand, pattern] = [this.value(expr.operand), this.value(expr.pattern)];
    const asText = (value: Bound): Bound =>
      isText(value.type) ? value : convertTo(env, value, { name: 'varchar', length: 8000 } satisfies SqlType);
    const [text, by] = [asText(operand), asText(pattern)];
    const collation = mergeCollations(text.collation, by.collation);
    if (collation === null || collation.rank === 'conflict')
      throw new SqlError(468, 'Cannot resolve the collation conflict in the LIKE operation.', 16, 9);
    if (by.constant === null) return composedCondition([operand, pattern], 'NULL');
    if (typeof by.constant !== 'string') throw unsupported('LIKE with a pattern that is not a constant');
    const test = likePattern(by.constant, sortKeyFunction(collation.name));
    const name = env.define(`like/${collation.name}/${by.constant}`, (value) => (test(value as string) ? 1n : 0n));
    return composedCondition([operand, pattern], `(${expr.negated ? 'NOT ' : ''}${name}(${text.sql}))`);
  }
}

function tooManyColumns(): SqlError {
  return new SqlError(
    116,
    'Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.',
  );
}

function numberConstant(form: 'integer' | 'decimal' | 'float', text: string): Bound {
  if (form === 'float') {
    const value = Number(text);
    if (!Number.isFinite(value))
      throw new SqlError(
        168,
        `The floating point value '${text.slice(0, 64)}' is out of the range of computer representation.`,
        15,
      );
    return constant(value, { name: 'float' });
  }
  if (form === 'integer' && text.length <= 40 && BigInt(text) <= 2147483647n)
    return constant(BigInt(text), { name: 'int' });
  const value = parseDecimal(text);
  const digits = text.replace('.', '').replace(/^0+(?=\d)/, '').length;
  const scale = value?.scale ?? 0;
  const precision = Math.max(digits, scale, 1);
  if (value === null || precision > 38)
    throw new SqlError(
      1007,
      `The number '${text.slice(0, 64)}' is out of the range for numeric representation (maximum precision 38).`,
      15,
    );
  const type: SqlType = { name: 'numeric', precision, scale };
  return constant(fitDecimal(value, type), type);
}
