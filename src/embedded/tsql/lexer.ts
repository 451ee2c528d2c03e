/** T-SQL text to tokens. Knows no grammar: words are words, whether keyword or name. */
import { SqlError } from '../backend.ts';
import { syntaxNear, unsupported } from './errors.ts';

export type TokenKind =
  /** a keyword or an unquoted name, #temp names included */
  | 'word'
  /** [name] or "name" */
  | 'quoted'
  /** @name */
  | 'variable'
  /** @@NAME, upper case */
  | 'global'
  | 'string'
  | 'national'
  | 'integer'
  | 'decimal'
  | 'float'
  /** 0x…: the hex digits */
  | 'binary'
  | 'operator'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** Content: the name without quotes, the string without quotes, the operator. */
  readonly text: string;
  /** Upper case of a word; the text of an operator; empty for all else, so that a [SELECT] is never a keyword. */
  readonly upper: string;
  readonly start: number;
  readonly end: number;
}

const SPACE = /[\s\u00a0\ufeff]+/y;
const LINE_COMMENT = /--[^\n]*/y;
const WORD = /[\p{L}_#][\p{L}\p{N}_@#$]*/uy;
const VARIABLE = /@@?[\p{L}\p{N}_@#$]+/uy;
const BINARY = /0x([0-9a-f]*)/iy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iy;
const OPERATOR = /<>|<=|>=|!=|!<|!>|\+=|-=|\*=|\/=|%=|[-+*/%=<>(),.;~&|^:]/y;

/** All tokens of a batch, ending with one of kind 'end'. Throws 102, 103 or 105 for text that is no T-SQL. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const push = (kind: TokenKind, content: string, end: number): void => {
    const upper = kind === 'word' ? content.toUpperCase() : kind === 'operator' ? content : '';
    tokens.push({ kind, text: content, upper, start: at, end });
    at = end;
  };

  while (at < text.length) {
    const gap = match(SPACE) ?? match(LINE_COMMENT);
    if (gap !== null) {
      at += gap[0].length;
      continue;
    }
    if (text.startsWith('/*', at)) {
      at = endOfBlockComment(text, at);
      continue;
    }
    const first = text.charAt(at);
    if (first === "'") push('string', ...quotedText(text, at, "'"));
    else if ((first === 'N' || first === 'n') && text[at + 1] === "'")
      push('national', ...quotedText(text, at + 1, "'"));
    else if (first === '[') push('quoted', ...quotedText(text, at, ']'));
    else if (first === '"') push('quoted', ...quotedText(text, at, '"'));
    else if (first === '@') {
      const found = match(VARIABLE);
      if (found === null) throw syntaxNear(first);
      const isGlobal = found[0].startsWith('@@');
      push(isGlobal ? 'global' : 'variable', isGlobal ? found[0].toUpperCase() : found[0], at + found[0].length);
    } else {
      const word = match(WORD);
      if (word !== null) {
        push('word', word[0], at + word[0].length);
        continue;
      }
      const binary = match(BINARY);
      if (binary !== null) {
        push('binary', binary[1] ?? '', at + binary[0].length);
        continue;
      }
      const number = match(NUMBER);
      if (number !== null) {
        push(numberKind(number[0]), number[0], at + number[0].length);
        continue;
      }
      if (first === '$' || first === '\u20ac') throw unsupported('A money literal');
      const operator = match(OPERATOR);
      if (operator === null) throw syntaxNear(String.fromCodePoint(text.codePointAt(at) ?? 0));
      push('operator', operator[0], at + operator[0].length);
    }
  }
  push('end', '', at);
  return tokens;
}

function numberKind(text: string): TokenKind {
  if (/e/i.test(text)) return 'float';
  return text.includes('.') ? 'decimal' : 'integer';
}

/** Content and end of a quoted piece that begins at `open`; the closing character is doubled inside. */
function quotedText(text: string, open: number, close: string): [content: string, end: number] {
  let at = open + 1;
  for (;;) {
    const end = text.indexOf(close, at);
    if (end < 0) {
      throw new SqlError(
        105,
        `Unclosed quotation mark after the character string '${text.slice(open + 1, open + 41)}'.`,
        15,
      );
    }
    if (text[end + 1] !== close) {
      const content = text.slice(open + 1, end).replaceAll(close + close, close);
      if (close !== "'" && content.length === 0) {
        throw new SqlError(1038, 'An object or column name is missing or empty.', 15, 4);
      }
      if (close !== "'" && content.length > 128) {
        throw new SqlError(
          103,
          `The identifier that starts with '${content.slice(0, 128)}' is too long. Maximum length is 128.`,
          15,
          4,
        );
      }
      return [content, end + 1];
    }
    at = end + 2;
  }
}

/** Block comments nest in T-SQL. */
function endOfBlockComment(text: string, start: number): number {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = start;
  let depth = 0;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return mark.lastIndex;
  }
  throw new SqlError(113, "Missing end comment mark '*/'.", 15);
}
