/** CREATE, ALTER, DROP and TRUNCATE. */
import { unsupported } from './errors.ts';
import type { ColumnDefinition, IndexColumn, KeyDefinition, Statement } from './ast.ts';
import type { QueryParser } from './parse-query.ts';
import { parseObjectName } from './parse-query.ts';
import { parseType } from './parse-type.ts';
import type { TokenStream } from './token-stream.ts';

export function parseCreate(s: TokenStream, queries: QueryParser): Statement {
  if (s.accept('TABLE')) return parseCreateTable(s, queries);
  if (s.accept('SCHEMA')) {
    if (s.is('AUTHORIZATION')) throw s.unexpected();
    const schema = s.name();
    if (s.is('AUTHORIZATION')) throw unsupported('CREATE SCHEMA … AUTHORIZATION');
    return { kind: 'create-schema', schema };
  }
  if (s.accept('DATABASE')) {
    const database = s.name();
    const collation = s.accept('COLLATE') ? s.name() : null;
    return { kind: 'create-database', database, collation };
  }
  const isUnique = s.accept('UNIQUE');
  const isClustered = s.accept('CLUSTERED');
  if (!isClustered) s.accept('NONCLUSTERED');
  if (s.accept('INDEX')) return parseCreateIndex(s, queries, isUnique, isClustered);
  throw unsupported(`CREATE ${s.peek().text}`);
}

export function parseDrop(s: TokenStream): Statement {
  const start = s.peek().text;
  if (s.accept('TABLE')) {
    const ifExists = s.accept('IF', 'EXISTS');
    return { kind: 'drop-table', ifExists, tables: s.list(() => parseObjectName(s)) };
  }
  if (s.accept('DATABASE')) {
    const ifExists = s.accept('IF', 'EXISTS');
    return { kind: 'drop-database', ifExists, databases: s.list(() => s.name()) };
  }
  if (s.accept('SCHEMA')) {
    const ifExists = s.accept('IF', 'EXISTS');
    return { kind: 'drop-schema', ifExists, schema: s.name() };
  }
  if (s.accept('INDEX')) {
    const ifExists = s.accept('IF', 'EXISTS');
    const name = s.name();
    if (!s.accept('ON')) throw unsupported('DROP INDEX without ON');
    return { kind: 'drop-index', name, table: parseObjectName(s), ifExists };
  }
  throw unsupported(`DROP ${start}`);
}

export function parseAlter(s: TokenStream, queries: QueryParser): Statement {
  if (s.accept('DATABASE')) {
    const database = s.name();
    if (s.accept('SET', 'SINGLE_USER', 'WITH', 'ROLLBACK', 'IMMEDIATE')) {
      return { kind: 'alter-database', database, single: true };
    }
    if (s.accept('SET', 'MULTI_USER')) return { kind: 'alter-database', database, single: false };
    throw unsupported('This ALTER DATABASE');
  }
  if (!s.accept('TABLE')) throw unsupported(`ALTER ${s.peek().text}`);
  const table = parseObjectName(s);
  if (!s.accept('ADD')) throw unsupported(`ALTER TABLE … ${s.peek().text}`);
  const keys: KeyDefinition[] = [];
  const columns: ColumnDefinition[] = [];
  s.list(() => {
    parseTableElement(s, queries, columns, keys);
  });
  return { kind: 'add-columns', table, columns, keys };
}

function parseCreateTable(s: TokenStream, queries: QueryParser): Statement {
  const table = parseObjectName(s);
  const columns: ColumnDefinition[] = [];
  const keys: KeyDefinition[] = [];
  s.expect('(');
  do {
    if (s.is(')') && columns.length > 0) break; // T-SQL allows a last comma
    parseTableElement(s, queries, columns, keys);
  } while (s.accept(','));
  s.expect(')');
  if (s.is('ON') || s.is('WITH') || s.is('TEXTIMAGE_ON')) throw unsupported(`CREATE TABLE … ${s.peek().upper}`);
  return { kind: 'create-table', table, columns, keys };
}

function parseTableElement(
  s: TokenStream,
  queries: QueryParser,
  columns: ColumnDefinition[],
  keys: KeyDefinition[],
): void {
  const constraint = s.accept('CONSTRAINT') ? s.name() : null;
  const kind = parseKeyKind(s);
  if (kind !== null) {
    keys.push({ kind, name: constraint, columns: parseIndexColumns(s) });
    refuseIndexOptions(s);
    return;
  }
  if (constraint !== null || s.is('CHECK') || s.is('FOREIGN') || s.is('INDEX')) {
    throw unsupported(`The constraint ${s.peek().upper}`);
  }
  columns.push(parseColumn(s, queries, keys));
}

/** PRIMARY KEY or UNIQUE, with CLUSTERED or NONCLUSTERED: the engine has one kind of index. */
function parseKeyKind(s: TokenStream): KeyDefinition['kind'] | null {
  const kind = s.accept('PRIMARY', 'KEY') ? 'primary' : s.accept('UNIQUE') ? 'unique' : null;
  if (kind !== null && !s.accept('CLUSTERED')) s.accept('NONCLUSTERED');
  return kind;
}

function parseColumn(s: TokenStream, queries: QueryParser, keys: KeyDefinition[]): ColumnDefinition {
  const name = s.name();
  if (s.is('AS')) throw unsupported('A computed column');
  const type = parseType(s, 1);
  let collation: string | null = null;
  let isNullable: boolean | null = null;
  let identity: ColumnDefinition['identity'] = null;
  let byDefault: ColumnDefinition['default'] = null;
  for (;;) {
    if (s.accept('COLLATE')) collation = s.name();
    else if (s.accept('NULL')) isNullable = true;
    else if (s.accept('NOT', 'NULL')) isNullable = false;
    else if (s.accept('IDENTITY')) identity = parseIdentity(s);
    else {
      const constraint = s.accept('CONSTRAINT') ? s.name() : null;
      const kind = parseKeyKind(s);
      if (kind !== null) {
        keys.push({ kind, name: constraint, columns: [{ name, isDescending: false }] });
        refuseIndexOptions(s);
      } else if (s.accept('DEFAULT')) {
        const start = s.peek().start;
        const expr = queries.expressions.expression();
        byDefault = { expr, text: s.text.slice(start, s.peek().start).trim(), constraint };
      } else if (constraint !== null || !(s.is(',') || s.is(')') || s.is(';') || s.atEnd || startsStatement(s))) {
        throw s.is('CHECK') || s.is('REFERENCES') || s.peek().kind === 'word'
          ? unsupported(`The column option ${s.peek().upper}`)
          : s.unexpected();
      } else break;
    }
  }
  return { name, type, collation, isNullable, identity, default: byDefault };
}

/** ALTER TABLE … ADD column may be followed by the next statement without a semicolon. */
function startsStatement(s: TokenStream): boolean {
  return /^(SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|IF|BEGIN|COMMIT|SET|DECLARE|EXEC|EXECUTE|END|ELSE|USE|TRUNCATE|PRINT)$/.test(
    s.peek().upper,
  );
}

function parseIdentity(s: TokenStream): ColumnDefinition['identity'] {
  if (!s.accept('(')) return { seed: 1, increment: 1 };
  const signed = (): number => (s.accept('-') ? -s.integer() : s.integer());
  const seed = signed();
  s.expect(',');
  const increment = signed();
  s.expect(')');
  return { seed, increment };
}

function parseIndexColumns(s: TokenStream): IndexColumn[] {
  return s.parenthesized(() =>
    s.list(() => {
      const name = s.name();
      const isDescending = s.accept('DESC');
      if (!isDescending) s.accept('ASC');
      return { name, isDescending };
    }),
  );
}

function refuseIndexOptions(s: TokenStream): void {
  if (s.is('WITH') || (s.is('ON') && s.isName(1))) throw unsupported('Index options');
}

function parseCreateIndex(s: TokenStream, queries: QueryParser, isUnique: boolean, isClustered: boolean): Statement {
  const name = s.name();
  s.expect('ON');
  const table = parseObjectName(s);
  const columns = parseIndexColumns(s);
  const included = s.accept('INCLUDE') ? s.parenthesized(() => s.list(() => s.name())) : [];
  let filter: { condition: ReturnType<QueryParser['expressions']['expression']>; text: string } | null = null;
  if (s.accept('WHERE')) {
    const start = s.peek().start;
    const condition = queries.expressions.expression();
    filter = { condition, text: s.text.slice(start, s.peek().start).trim() };
  }
  refuseIndexOptions(s);
  return { kind: 'create-index', name, table, isUnique, isClustered, columns, included, filter };
}
