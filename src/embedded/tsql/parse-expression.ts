/** Expressions and conditions, by precedence: OR, AND, NOT, comparison, + -, * / %, sign, COLLATE, primary. */
import type { ArithmeticOperator, ComparisonOperator, Expr, OrderItem, Query } from './ast.ts';
import { unsupported } from './errors.ts';
import { parseType } from './parse-type.ts';
import type { TokenStream } from './token-stream.ts';

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '!>': '<=',
  '>': '>',
  '>=': '>=',
  '!<': '>=',
};

const AGGREGATES: ReadonlySet<string> = new Set(['COUNT', 'COUNT_BIG', 'SUM', 'MIN', 'MAX', 'AVG']);

/** Functions written without parentheses. */
const NILADIC: ReadonlySet<string> = new Set([
  'SYSTEM_USER',
  'CURRENT_TIMESTAMP',
  'SESSION_USER',
  'CURRENT_USER',
  'USER',
]);

/** Reserved words that are functions when a parenthesis follows. */
const RESERVED_FUNCTIONS: ReadonlySet<string> = new Set(['LEFT', 'RIGHT', 'COALESCE', 'NULLIF']);

export class ExpressionParser {
  readonly #s: TokenStream;
  readonly #query: () => Query;

  /** `query` parses a SELECT in parentheses' inside; it lives in another module. */
  constructor(stream: TokenStream, query: () => Query) {
    this.#s = stream;
    this.#query = query;
  }

  /** Any expression; the binder tells values from conditions. */
  expression(): Expr {
    return this.#s.nested(() => this.#or());
  }

  orderItems(): OrderItem[] {
    return this.#s.list(() => {
      const expr = this.expression();
      const isDescending = this.#s.accept('DESC');
      if (!isDescending) this.#s.accept('ASC');
      return { expr, isDescending };
    });
  }

  #or(): Expr {
    let left = this.#and();
    while (this.#s.accept('OR')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Expr {
    let left = this.#not();
    while (this.#s.accept('AND')) left = { kind: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Expr {
    if (!this.#s.accept('NOT')) return this.#comparison();
    return { kind: 'not', operand: this.#s.nested(() => this.#not()) };
  }

  #comparison(): Expr {
    const s = this.#s;
    const left = this.#sum();
    const operator = COMPARISONS[s.peek().upper];
    if (operator !== undefined && s.peek().kind === 'operator') {
      s.next();
      if (s.is('ALL') || s.is('ANY') || s.is('SOME')) throw unsupported('ALL, ANY or SOME');
      return { kind: 'compare', operator, left, right: this.#sum() };
    }
    if (s.accept('IS')) {
      const negated = s.accept('NOT');
      if (s.is('DISTINCT')) throw unsupported('IS DISTINCT FROM');
      s.expect('NULL');
      return { kind: 'is-null', operand: left, negated };
    }
    const negated = s.is('NOT') && (s.is('BETWEEN', 1) || s.is('LIKE', 1) || s.is('IN', 1)) ? s.accept('NOT') : false;
    if (s.accept('BETWEEN')) {
      const low = this.#sum();
      s.expect('AND');
      return { kind: 'between', operand: left, low, high: this.#sum(), negated };
    }
    if (s.accept('LIKE')) {
      const pattern = this.#sum();
      if (s.is('ESCAPE')) throw unsupported('LIKE … ESCAPE');
      return { kind: 'like', operand: left, pattern, negated };
    }
    if (s.accept('IN')) {
      s.expect('(');
      if (s.is('SELECT')) {
        const query = this.#query();
        s.expect(')');
        return { kind: 'in-query', operand: left, query, negated };
      }
      const items = s.list(() => this.expression());
      s.expect(')');
      return { kind: 'in-list', operand: left, items, negated };
    }
    return left;
  }

  #sum(): Expr {
    let left = this.#product();
    for (;;) {
      const { upper } = this.#s.peek();
      if (upper === '&' || upper === '|' || upper === '^') throw unsupported(`The operator ${upper}`);
      if (upper !== '+' && upper !== '-') return left;
      this.#s.next();
      left = { kind: 'arithmetic', operator: upper, left, right: this.#product() };
    }
  }

  #product(): Expr {
    let left = this.#signed();
    for (;;) {
      const { upper } = this.#s.peek();
      if (upper !== '*' && upper !== '/' && upper !== '%') return left;
      this.#s.next();
      left = { kind: 'arithmetic', operator: upper as ArithmeticOperator, left, right: this.#signed() };
    }
  }

  #signed(): Expr {
    const s = this.#s;
    if (s.accept('~')) throw unsupported('The operator ~');
    if (s.accept('+')) return s.nested(() => this.#signed());
    if (s.accept('-')) return { kind: 'negate', operand: s.nested(() => this.#signed()) };
    let operand = this.#primary();
    while (s.accept('COLLATE')) operand = { kind: 'collate', operand, collation: s.name() };
    return operand;
  }

  #primary(): Expr {
    const s = this.#s;
    const token = s.peek();
    switch (token.kind) {
      case 'integer':
      case 'decimal':
      case 'float':
        s.next();
        return { kind: 'number', form: token.kind, text: token.text };
      case 'string':
      case 'national':
        s.next();
        return { kind: 'string', national: token.kind === 'national', value: token.text };
      case 'binary':
        s.next();
        return { kind: 'binary', hex: token.text };
      case 'variable':
        s.next();
        if (s.is('.')) throw unsupported('A method call');
        return { kind: 'variable', name: token.text };
      case 'global':
        s.next();
        return { kind: 'global', name: token.text };
      case 'operator':
        if (token.text === '(') return this.#inParentheses();
        throw s.unexpected();
      case 'quoted':
        return this.#columnOrCall();
      case 'word':
        return this.#word(token.upper);
      case 'end':
        throw s.unexpected();
    }
  }

  #inParentheses(): Expr {
    const s = this.#s;
    s.expect('(');
    const inner: Expr = s.is('SELECT') ? { kind: 'subquery', query: this.#query() } : this.expression();
    s.expect(')');
    return inner;
  }

  #word(upper: string): Expr {
    const s = this.#s;
    if (s.accept('NULL')) return { kind: 'null' };
    if (s.accept('CASE')) return this.#case();
    if (NILADIC.has(upper)) {
      s.next();
      return { kind: 'global', name: upper };
    }
    if (s.accept('EXISTS')) {
      return { kind: 'exists', query: s.parenthesized(() => this.#query()) };
    }
    if (s.is('(', 1)) {
      if (upper === 'CAST') return this.#cast();
      if (upper === 'CONVERT') return this.#convert();
      if (
        upper === 'TRY_CONVERT' ||
        upper === 'TRY_CAST' ||
        upper === 'PARSE' ||
        upper === 'TRY_PARSE' ||
        upper === 'IIF'
      ) {
        throw unsupported(upper);
      }
      if (upper === 'DATEADD' || upper === 'DATEDIFF') return this.#datepartCall(upper);
      if (AGGREGATES.has(upper)) return this.#aggregate(upper);
      if (upper === 'ROW_NUMBER') return this.#rowNumber();
      if (RESERVED_FUNCTIONS.has(upper) || s.isName()) return this.#call();
    }
    return this.#columnOrCall();
  }

  #case(): Expr {
    const s = this.#s;
    const subject = s.is('WHEN') ? null : this.expression();
    const branches: { when: Expr; then: Expr }[] = [];
    while (s.accept('WHEN')) {
      const when = this.expression();
      s.expect('THEN');
      branches.push({ when, then: this.expression() });
    }
    if (branches.length === 0) throw s.unexpected();
    const otherwise = s.accept('ELSE') ? this.expression() : null;
    s.expect('END');
    return { kind: 'case', subject, branches, otherwise };
  }

  #cast(): Expr {
    const s = this.#s;
    s.next();
    s.expect('(');
    const operand = this.expression();
    s.expect('AS');
    const type = parseType(s, 30);
    s.expect(')');
    return { kind: 'convert', type, operand, style: null };
  }

  #convert(): Expr {
    const s = this.#s;
    s.next();
    s.expect('(');
    const type = parseType(s, 30);
    s.expect(',');
    const operand = this.expression();
    const style = s.accept(',') ? this.#style() : null;
    s.expect(')');
    return { kind: 'convert', type, operand, style };
  }

  /** Styles are literals: a style in a variable would make the conversion unknown until it runs. */
  #style(): number {
    if (this.#s.peek().kind !== 'integer') throw unsupported('A CONVERT style that is not a literal');
    return this.#s.integer();
  }

  #datepartCall(name: 'DATEADD' | 'DATEDIFF'): Expr {
    const s = this.#s;
    s.next();
    s.expect('(');
    const token = s.next();
    if (token.kind !== 'word') throw unsupported(`${name} with a part in quotes or a variable`);
    s.expect(',');
    const args = s.list(() => this.expression());
    s.expect(')');
    return { kind: 'datepart-call', name, part: token.upper, args };
  }

  #aggregate(name: string): Expr {
    const s = this.#s;
    s.next();
    s.expect('(');
    const isDistinct = s.accept('DISTINCT');
    if (!isDistinct) s.accept('ALL');
    const isStar = (name === 'COUNT' || name === 'COUNT_BIG') && !isDistinct && s.accept('*');
    const operand = isStar ? null : this.expression();
    s.expect(')');
    if (s.is('OVER')) throw unsupported(`${name} … OVER`);
    return { kind: 'aggregate', name, isDistinct, operand };
  }

  #rowNumber(): Expr {
    const s = this.#s;
    s.next();
    s.expect('(', ')', 'OVER', '(');
    const partitionBy = s.accept('PARTITION', 'BY') ? s.list(() => this.expression()) : [];
    s.expect('ORDER', 'BY');
    const orderBy = this.orderItems();
    if (s.is('ROWS') || s.is('RANGE')) throw unsupported('A window frame');
    s.expect(')');
    return { kind: 'row-number', partitionBy, orderBy };
  }

  #call(): Expr {
    const s = this.#s;
    const name = s.next().upper;
    s.expect('(');
    const args = s.is(')') ? [] : s.list(() => this.expression());
    s.expect(')');
    if (s.is('OVER')) throw unsupported(`The window function ${name}`);
    if (s.is('WITHIN')) throw unsupported(`${name} … WITHIN GROUP`);
    return { kind: 'call', name, args };
  }

  #columnOrCall(): Expr {
    const s = this.#s;
    const path = [s.name()];
    while (s.accept('.')) path.push(s.name());
    if (s.is('(')) throw unsupported(`The function or method ${path.join('.')}`);
    return { kind: 'column', path };
  }
}
