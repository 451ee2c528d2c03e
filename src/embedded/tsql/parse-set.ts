/** SET: variables and session options. The options that are accepted without effect are listed here, and nowhere else. */
import type { SetOption, Statement } from './ast.ts';
import { unsupported } from './errors.ts';
import type { QueryParser } from './parse-query.ts';
import { parseObjectName } from './parse-query.ts';
import type { TokenStream } from './token-stream.ts';

/** Options whose value here is always this one; asking for it changes nothing, asking for the other is refused. */
const FIXED: Readonly<Record<string, 'ON' | 'OFF'>> = {
  ANSI_NULLS: 'ON',
  ANSI_PADDING: 'ON',
  ANSI_WARNINGS: 'ON',
  ANSI_NULL_DFLT_ON: 'ON',
  ANSI_DEFAULTS: 'ON',
  ARITHABORT: 'ON',
  CONCAT_NULL_YIELDS_NULL: 'ON',
  QUOTED_IDENTIFIER: 'ON',
  CURSOR_CLOSE_ON_COMMIT: 'OFF',
  IMPLICIT_TRANSACTIONS: 'OFF',
  NUMERIC_ROUNDABORT: 'OFF',
};

/** Settings that concern nothing the embedded database does: it never truncates, and knows only ISO dates. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['TEXTSIZE', 'DATEFORMAT', 'DATEFIRST', 'LANGUAGE']);

const ISOLATION_LEVELS = [
  ['READ', 'UNCOMMITTED'],
  ['READ', 'COMMITTED'],
  ['REPEATABLE', 'READ'],
  ['SNAPSHOT'],
  ['SERIALIZABLE'],
] as const;

export function parseSet(s: TokenStream, queries: QueryParser): Statement {
  if (s.peek().kind === 'variable') {
    const variable = s.variable();
    if (/^[-+*/%]=$/.test(s.peek().text)) throw unsupported(`The operator ${s.peek().text}`);
    s.expect('=');
    return { kind: 'set-variable', variable, value: queries.expressions.expression() };
  }
  return { kind: 'set-option', option: parseOption(s) };
}

function parseOption(s: TokenStream): SetOption {
  if (s.accept('TRANSACTION', 'ISOLATION', 'LEVEL')) {
    const level = ISOLATION_LEVELS.find((words) => s.accept(...words));
    if (level === undefined) throw s.unexpected();
    return { name: 'ISOLATION', level: level.join(' ') };
  }
  if (s.accept('XACT_ABORT')) return { name: 'XACT_ABORT', on: parseOnOff(s) };
  if (s.accept('NOCOUNT')) return { name: 'NOCOUNT', on: parseOnOff(s) };
  if (s.accept('LOCK_TIMEOUT')) {
    const isNegative = s.accept('-');
    const milliseconds = s.integer();
    return { name: 'LOCK_TIMEOUT', milliseconds: isNegative ? -1 : milliseconds };
  }
  if (s.accept('IDENTITY_INSERT')) {
    const table = parseObjectName(s);
    return { name: 'IDENTITY_INSERT', table, on: parseOnOff(s) };
  }
  return parseIgnored(s);
}

function parseIgnored(s: TokenStream): SetOption {
  const names = s.list(() => s.next().upper);
  const [first = ''] = names;
  if (names.length === 1 && WITHOUT_EFFECT.has(first)) {
    const isNegative = s.accept('-');
    const value = s.peek();
    if (
      value.kind !== 'integer' &&
      (isNegative || (value.kind !== 'word' && value.kind !== 'string' && value.kind !== 'national'))
    ) {
      throw s.unexpected();
    }
    s.next();
    return { name: 'IGNORED' };
  }
  const unknown = names.find((name) => !Object.hasOwn(FIXED, name));
  if (unknown !== undefined) throw unsupported(`SET ${unknown}`);
  const asked = parseOnOff(s) ? 'ON' : 'OFF';
  const refused = names.find((name) => FIXED[name] !== asked);
  if (refused !== undefined) throw unsupported(`SET ${refused} ${asked}`);
  return { name: 'IGNORED' };
}

function parseOnOff(s: TokenStream): boolean {
  if (s.accept('ON')) return true;
  s.expect('OFF');
  return false;
}
