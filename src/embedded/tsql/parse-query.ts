/** SELECT, FROM and what hangs on them. */
import type { ObjectName, Query, QueryOptions, SelectCore, SelectItem, TableHint, TableSource } from './ast.ts';
import { unsupported } from './errors.ts';
import { ExpressionParser } from './parse-expression.ts';
import type { TokenStream } from './token-stream.ts';

const LOCK_HINTS: ReadonlySet<string> = new Set<TableHint>([
  'NOLOCK',
  'HOLDLOCK',
  'SERIALIZABLE',
  'UPDLOCK',
  'TABLOCK',
  'TABLOCKX',
  'XLOCK',
  'ROWLOCK',
  'PAGLOCK',
]);

export function parseObjectName(s: TokenStream): ObjectName {
  const parts = [s.name()];
  while (s.accept('.')) {
    if (s.is('.')) throw unsupported('A name with an empty part');
    parts.push(s.name());
  }
  if (parts.length > 3) throw unsupported('A name of four parts');
  return parts;
}

export class QueryParser {
  readonly expressions: ExpressionParser;
  readonly #s: TokenStream;

  constructor(stream: TokenStream) {
    this.#s = stream;
    this.expressions = new ExpressionParser(stream, () => this.query());
  }

  query(): Query {
    return this.#s.nested(() => this.#query());
  }

  #query(): Query {
    const s = this.#s;
    const selects = [this.#select()];
    while (s.accept('UNION')) {
      if (!s.accept('ALL')) throw unsupported('UNION without ALL');
      selects.push(this.#select());
    }
    if (s.is('EXCEPT') || s.is('INTERSECT')) throw unsupported(s.peek().upper);
    const orderBy = s.accept('ORDER', 'BY') ? this.expressions.orderItems() : [];
    if (s.is('OFFSET') && orderBy.length > 0) throw unsupported('OFFSET');
    if (s.is('FOR')) throw unsupported('FOR XML, FOR JSON or FOR BROWSE');
    return { selects, orderBy };
  }

  #select(): SelectCore {
    const s = this.#s;
    if (s.is('(')) throw unsupported('A SELECT in parentheses');
    s.expect('SELECT');
    const isDistinct = s.accept('DISTINCT');
    if (!isDistinct) s.accept('ALL');
    const top = this.#top();
    const items = s.list(() => this.#item());
    if (s.is('INTO')) throw unsupported('SELECT … INTO');
    const from = s.accept('FROM') ? this.from() : null;
    const where = this.where();
    const groupBy = s.accept('GROUP', 'BY') ? this.#groupBy() : [];
    const having = s.accept('HAVING') ? this.expressions.expression() : null;
    return { top, isDistinct, items, from, where, groupBy, having };
  }

  #top(): SelectCore['top'] {
    const s = this.#s;
    if (!s.accept('TOP')) return null;
    const top = s.is('(')
      ? s.parenthesized(() => this.expressions.expression())
      : ({ kind: 'number', form: 'integer', text: String(s.integer()) } as const);
    if (s.is('PERCENT')) throw unsupported('TOP … PERCENT');
    if (s.is('WITH', 0) && s.is('TIES', 1)) throw unsupported('TOP … WITH TIES');
    return top;
  }

  #groupBy(): SelectCore['groupBy'] {
    const s = this.#s;
    const first = s.peek().upper;
    const opensSet = s.is('(', 1) && (first === 'ROLLUP' || first === 'CUBE' || first === 'GROUPING');
    if (opensSet || (first === 'GROUPING' && s.is('SETS', 1))) throw unsupported(`GROUP BY ${first}`);
    const items = s.list(() => this.expressions.expression());
    if (s.is('WITH')) throw unsupported('GROUP BY … WITH');
    return items;
  }

  #item(): SelectItem {
    const s = this.#s;
    if (s.accept('*')) return { kind: 'all', qualifier: null };
    if (s.isName() && s.is('.', 1) && s.is('*', 2)) {
      const qualifier = s.name();
      s.expect('.', '*');
      return { kind: 'all', qualifier };
    }
    if (s.peek().kind === 'variable' && s.is('=', 1)) {
      const variable = s.variable();
      s.next();
      return { kind: 'assign', variable, expr: this.expressions.expression() };
    }
    if (s.peek().kind === 'variable' && /^[-+*/%]=$/.test(s.peek(1).text))
      throw unsupported(`The operator ${s.peek(1).text}`);
    if (s.isName() && s.is('=', 1)) throw unsupported('SELECT alias = expression');
    const expr = this.expressions.expression();
    return { kind: 'expr', expr, alias: this.#columnAlias() };
  }

  #columnAlias(): string | null {
    const s = this.#s;
    const marked = s.accept('AS');
    if (s.peek().kind === 'string') return s.next().text;
    return marked || s.isName() ? s.name() : null;
  }

  where(): SelectCore['where'] {
    const s = this.#s;
    if (!s.accept('WHERE')) return null;
    if (s.is('CURRENT')) throw unsupported('WHERE CURRENT OF');
    return this.expressions.expression();
  }

  /** What follows FROM. A comma is a CROSS JOIN. */
  from(): TableSource {
    const s = this.#s;
    let left = this.#joined();
    while (s.accept(',')) left = { kind: 'join', type: 'cross', left, right: this.#joined(), on: null };
    return left;
  }

  #joined(): TableSource {
    const s = this.#s;
    let left = this.#source();
    for (;;) {
      if (s.accept('CROSS', 'APPLY')) {
        const right = this.#source();
        if (right.kind !== 'derived') throw unsupported('APPLY of anything but a derived table');
        left = { kind: 'apply', left, right };
        continue;
      }
      const type = this.#joinType();
      if (type === null) return left;
      const right = this.#source();
      if (type !== 'cross') s.expect('ON');
      const on = type === 'cross' ? null : this.expressions.expression();
      left = { kind: 'join', type, left, right, on };
    }
  }

  #joinType(): 'inner' | 'left' | 'cross' | null {
    const s = this.#s;
    if (s.accept('JOIN') || s.accept('INNER', 'JOIN')) return 'inner';
    if (s.accept('LEFT', 'JOIN') || s.accept('LEFT', 'OUTER', 'JOIN')) return 'left';
    if (s.accept('CROSS', 'JOIN')) return 'cross';
    if (s.is('RIGHT') || s.is('FULL')) throw unsupported(`${s.peek().upper} JOIN`);
    if (s.is('APPLY', 1)) throw unsupported('OUTER APPLY');
    if (s.is('INNER') || s.is('LEFT')) throw unsupported('A join hint');
    if (s.is('PIVOT') || s.is('UNPIVOT')) throw unsupported(s.peek().upper);
    return null;
  }

  #source(): TableSource {
    const s = this.#s;
    if (s.accept('(')) {
      if (s.is('VALUES')) throw unsupported('A derived table of VALUES');
      if (!s.is('SELECT')) throw unsupported('A join in parentheses');
      const query = this.query();
      s.expect(')');
      s.accept('AS');
      const alias = s.name();
      const columns = s.is('(') ? s.parenthesized(() => s.list(() => s.name())) : null;
      return { kind: 'derived', query, alias, columns };
    }
    if (s.peek().kind === 'variable') throw unsupported('A table variable');
    if (s.peek().kind === 'word' && s.is('(', 1)) throw unsupported(`The table function ${s.peek().upper}`);
    const name = parseObjectName(s);
    if (s.is('(')) throw unsupported('A table function');
    if (s.is('FOR', 0) || s.is('TABLESAMPLE')) throw unsupported(s.peek().upper);
    const marked = s.accept('AS');
    const alias = marked || s.isName() ? s.name() : null;
    return { kind: 'table', name, alias, hints: this.hints() };
  }

  /** WITH (HOLDLOCK, …) */
  hints(): readonly TableHint[] {
    const s = this.#s;
    if (!s.is('WITH')) return [];
    if (!s.is('(', 1)) return [];
    s.next();
    return s.parenthesized(() =>
      s.list(() => {
        const { upper } = s.peek();
        if (!LOCK_HINTS.has(upper)) throw unsupported(`The table hint ${s.peek().text}`);
        s.next();
        return upper as TableHint;
      }),
    );
  }

  /** OPTION (LOOP JOIN, FORCE ORDER, MAXDOP n): the whole list of what is accepted. */
  options(): QueryOptions {
    const s = this.#s;
    let isOrderForced = false;
    if (!s.accept('OPTION')) return { isOrderForced };
    s.parenthesized(() =>
      s.list(() => {
        if (s.accept('FORCE', 'ORDER')) isOrderForced = true;
        else if (s.accept('MAXDOP')) s.integer();
        else if (!s.accept('LOOP', 'JOIN')) throw unsupported(`The query hint ${s.peek().text}`);
      }),
    );
    return { isOrderForced };
  }
}
