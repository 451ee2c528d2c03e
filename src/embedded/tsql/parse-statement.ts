/** Batches and statements. */
import type { Assignment, Expr, ProcedureArgument, Statement, VariableDeclaration } from './ast.ts';
import { syntaxNear, unsupported } from './errors.ts';
import { isReserved } from './keywords.ts';
import { parseAlter, parseCreate, parseDrop } from './parse-ddl.ts';
import { parseObjectName, QueryParser } from './parse-query.ts';
import { parseSet } from './parse-set.ts';
import { parseType } from './parse-type.ts';
import { TokenStream } from './token-stream.ts';

/** Parses a whole batch; nothing of it has run when it throws. */
export function parseBatch(text: string): readonly Statement[] {
  return new StatementParser(new TokenStream(text)).batch();
}

class StatementParser {
  readonly #s: TokenStream;
  readonly #queries: QueryParser;

  constructor(stream: TokenStream) {
    this.#s = stream;
    this.#queries = new QueryParser(stream);
  }

  batch(): readonly Statement[] {
    const statements: Statement[] = [];
    while (this.#s.accept(';'));
    while (!this.#s.atEnd) {
      const statement = this.#statement();
      statements.push(statement);
      if (statement.kind === 'create-schema' && statements.length > 1) {
        throw unsupported('CREATE SCHEMA that is not the first statement of a batch');
      }
      while (this.#s.accept(';'));
    }
    if (statements[0]?.kind === 'create-schema' && statements.length > 1)
      throw unsupported('CREATE SCHEMA with schema elements');
    return statements;
  }

  #statement(): Statement {
    return this.#s.nested(() => this.#oneStatement());
  }

  #oneStatement(): Statement {
    const s = this.#s;
    const { upper } = s.peek();
    switch (upper) {
      case 'SELECT': {
        const query = this.#queries.query();
        return { kind: 'select', query, options: this.#queries.options() };
      }
      case 'INSERT':
        s.next();
        return this.#insert();
      case 'UPDATE':
        s.next();
        return this.#update();
      case 'DELETE':
        s.next();
        return this.#delete();
      case 'DECLARE':
        s.next();
        return { kind: 'declare', variables: s.list(() => this.#declaration()) };
      case 'SET':
        s.next();
        return parseSet(s, this.#queries);
      case 'IF':
        s.next();
        return this.#if();
      case 'BEGIN':
      case 'COMMIT':
      case 'ROLLBACK':
        s.next();
        return this.#transactionOrBlock(upper);
      case 'THROW':
        s.next();
        return this.#throw();
      case 'PRINT':
        s.next();
        return { kind: 'print', value: this.#expr() };
      case 'USE':
        s.next();
        return { kind: 'use', database: s.name() };
      case 'CREATE':
        s.next();
        return parseCreate(s, this.#queries);
      case 'ALTER':
        s.next();
        return parseAlter(s, this.#queries);
      case 'DROP':
        s.next();
        return parseDrop(s);
      case 'TRUNCATE':
        s.next();
        s.expect('TABLE');
        return { kind: 'truncate', table: parseObjectName(s) };
      case 'EXEC':
      case 'EXECUTE':
        s.next();
        return this.#execute();
      case 'WITH':
        throw unsupported('WITH (a common table expression)');
      default:
        throw this.#notAStatement();
    }
  }

  /** Names the construct where T-SQL has one that is left out here; everything else is a syntax error. */
  #notAStatement(): Error {
    const token = this.#s.peek();
    if (token.kind !== 'word') return syntaxNear(token.text.slice(0, 64));
    const isFirst = token.start === 0 || this.#s.text.slice(0, token.start).trim() === '';
    if (!isReserved(token.upper) && !isFirst && !/^(ENABLE|DISABLE|RECEIVE|SEND)$/.test(token.upper))
      return this.#s.unexpected();
    return isReserved(token.upper)
      ? this.#s.unexpected()
      : unsupported(`The statement or procedure ${token.text.slice(0, 64)}`);
  }

  #expr(): Expr {
    return this.#queries.expressions.expression();
  }

  #insert(): Statement {
    const s = this.#s;
    if (s.is('TOP')) throw unsupported('INSERT TOP');
    if (s.is('BULK')) throw unsupported('INSERT BULK inside a batch');
    s.accept('INTO');
    if (s.peek().kind === 'variable') throw unsupported('A table variable');
    const table = parseObjectName(s);
    const hints = this.#queries.hints();
    const columns = s.is('(') && !s.is('SELECT', 1) ? s.parenthesized(() => s.list(() => s.name())) : null;
    this.#refuseOutput();
    if (s.accept('DEFAULT', 'VALUES')) {
      return { kind: 'insert', table, hints, columns, source: { kind: 'defaults' }, options: { isOrderForced: false } };
    }
    if (s.accept('VALUES')) {
      const rows = s.list(() => s.parenthesized(() => s.list(() => this.#valueOrDefault())));
      return {
        kind: 'insert',
        table,
        hints,
        columns,
        source: { kind: 'values', rows },
        options: this.#queries.options(),
      };
    }
    if (s.is('EXEC') || s.is('EXECUTE')) throw unsupported('INSERT … EXEC');
    const query = this.#queries.query();
    return {
      kind: 'insert',
      table,
      hints,
      columns,
      source: { kind: 'query', query },
      options: this.#queries.options(),
    };
  }

  #valueOrDefault(): Expr | null {
    return this.#s.accept('DEFAULT') ? null : this.#expr();
  }

  #refuseOutput(): void {
    if (this.#s.is('OUTPUT')) throw unsupported('The OUTPUT clause');
  }

  #update(): Statement {
    const s = this.#s;
    if (s.is('TOP')) throw unsupported('UPDATE TOP');
    if (s.is('STATISTICS')) throw unsupported('UPDATE STATISTICS');
    if (s.peek().kind === 'variable') throw unsupported('A table variable');
    const target = parseObjectName(s);
    const hints = this.#queries.hints();
    s.expect('SET');
    const assignments = s.list(() => this.#assignment());
    this.#refuseOutput();
    const from = s.accept('FROM') ? this.#queries.from() : null;
    const where = this.#queries.where();
    return { kind: 'update', target, hints, assignments, from, where, options: this.#queries.options() };
  }

  #assignment(): Assignment {
    const s = this.#s;
    if (s.peek().kind === 'variable') throw unsupported('UPDATE … SET @variable');
    let column = s.name();
    while (s.accept('.')) column = s.name();
    if (s.is('(') || /^[-+*/%]=$/.test(s.peek().text)) throw unsupported(`SET ${column} ${s.peek().text}`);
    s.expect('=');
    return { column, value: this.#valueOrDefault() };
  }

  #delete(): Statement {
    const s = this.#s;
    if (s.is('TOP')) throw unsupported('DELETE TOP');
    s.accept('FROM');
    if (s.peek().kind === 'variable') throw unsupported('A table variable');
    const target = parseObjectName(s);
    const hints = this.#queries.hints();
    this.#refuseOutput();
    const from = s.accept('FROM') ? this.#queries.from() : null;
    const where = this.#queries.where();
    return { kind: 'delete', target, hints, from, where, options: this.#queries.options() };
  }

  #declaration(): VariableDeclaration {
    const s = this.#s;
    if (s.isName() && s.is('CURSOR', 1)) throw unsupported('A cursor');
    const name = s.variable();
    s.accept('AS');
    if (s.is('TABLE')) throw unsupported('A table variable');
    if (s.is('CURSOR')) throw unsupported('A cursor');
    const type = parseType(s, 1);
    return { name, type, value: s.accept('=') ? this.#expr() : null };
  }

  #if(): Statement {
    const s = this.#s;
    const condition = this.#expr();
    const then = this.#statement();
    // a semicolon may stand before ELSE
    if (s.is(';') && s.is('ELSE', 1)) s.next();
    const otherwise = s.accept('ELSE') ? this.#statement() : null;
    return { kind: 'if', condition, then, otherwise };
  }

  #transactionOrBlock(word: 'BEGIN' | 'COMMIT' | 'ROLLBACK'): Statement {
    const s = this.#s;
    const named = s.accept('TRANSACTION') || s.accept('TRAN');
    if (word === 'BEGIN' && !named) return this.#block();
    if (!named) s.accept('WORK');
    if (named && (s.peek().kind === 'variable' || (s.isName() && s.peek().upper !== 'THROW'))) {
      throw unsupported('A named transaction or savepoint');
    }
    if (s.is('WITH')) throw unsupported(`${word} TRANSACTION WITH`);
    return { kind: word === 'BEGIN' ? 'begin-transaction' : word === 'COMMIT' ? 'commit' : 'rollback' };
  }

  #block(): Statement {
    const s = this.#s;
    if (s.is('TRY') || s.is('CATCH')) throw unsupported('TRY … CATCH');
    if (s.is('DISTRIBUTED') || s.is('DIALOG') || s.is('CONVERSATION') || s.is('ATOMIC')) {
      throw unsupported(`BEGIN ${s.peek().upper}`);
    }
    const statements: Statement[] = [];
    while (s.accept(';'));
    do {
      statements.push(this.#statement());
      while (s.accept(';'));
    } while (!s.is('END') && !s.atEnd);
    s.expect('END');
    return { kind: 'block', statements };
  }

  #throw(): Statement {
    const s = this.#s;
    if (s.atEnd || s.is(';') || s.is('END')) throw unsupported('THROW without arguments');
    const number = this.#expr();
    s.expect(',');
    const message = this.#expr();
    s.expect(',');
    return { kind: 'throw', number, message, state: this.#expr() };
  }

  #execute(): Statement {
    const s = this.#s;
    if (s.is('(')) {
      const text = s.parenthesized(() => this.#expr());
      if (s.is('AS') || s.is('AT')) throw unsupported(`EXEC … ${s.peek().upper}`);
      return { kind: 'exec-text', text };
    }
    const result = s.peek().kind === 'variable' ? s.variable() : null;
    if (result !== null) s.expect('=');
    const procedure = parseObjectName(s).at(-1)?.toLowerCase() ?? '';
    if (procedure === 'sp_executesql') {
      const args = s.list(() => this.#argument());
      const [text] = args;
      if (args.length !== 1 || text === undefined || result !== null)
        throw unsupported('sp_executesql with parameters inside a batch');
      return { kind: 'exec-text', text: text.value };
    }
    if (procedure !== 'sp_getapplock' && procedure !== 'sp_releaseapplock') {
      throw unsupported(`The procedure ${procedure.slice(0, 128)}`);
    }
    return { kind: 'exec-procedure', procedure, result, args: s.list(() => this.#argument()) };
  }

  /** Arguments of a procedure are constants or variables, as in T-SQL. */
  #argument(): ProcedureArgument {
    const s = this.#s;
    let name: string | null = null;
    if (s.peek().kind === 'variable' && s.is('=', 1)) {
      name = s.variable();
      s.next();
    }
    const token = s.peek();
    const isWord = token.kind === 'word' && !isReserved(token.upper) && !s.is('(', 1) && !s.is('.', 1);
    // a bare word is a string there: @LockMode = Exclusive
    const value: Expr = isWord ? { kind: 'string', national: true, value: s.next().text } : this.#expr();
    if (s.is('OUTPUT') || s.is('OUT')) throw unsupported('An output parameter');
    return { name, value };
  }
}
