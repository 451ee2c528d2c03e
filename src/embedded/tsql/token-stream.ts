/** A cursor over the tokens of a batch, with the few questions that a recursive-descent parser asks. */
import { SqlError } from '../backend.ts';
import { syntaxNear, syntaxNearKeyword, unsupported } from './errors.ts';
import { isReserved, isUnsupportedKeyword } from './keywords.ts';
import { tokenize } from './lexer.ts';
import type { Token } from './lexer.ts';

/** Deeper nesting than any sensible statement: an error instead of an exhausted stack. */
const MAX_DEPTH = 200;

export class TokenStream {
  readonly text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
    this.#tokens = tokenize(text);
  }

  peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('a token stream always has its end');
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end';
  }

  /** Is the next token (or one ahead) this keyword or operator? */
  is(upper: string, ahead = 0): boolean {
    return this.peek(ahead).upper === upper;
  }

  /** Takes the keywords or operators given, all or none. */
  accept(...uppers: readonly string[]): boolean {
    if (!uppers.every((upper, i) => this.is(upper, i))) return false;
    this.#at += uppers.length;
    return true;
  }

  expect(...uppers: readonly string[]): void {
    for (const upper of uppers) if (!this.accept(upper)) throw this.unexpected();
  }

  /** A name: quoted, or a word that is not reserved. */
  name(): string {
    const token = this.peek();
    if (token.kind === 'quoted' || (token.kind === 'word' && !isReserved(token.upper))) {
      if (token.text.length > 128) {
        throw new SqlError(103, `The identifier that starts with '${token.text.slice(0, 128)}' is too long.`, 15, 4);
      }
      this.#at++;
      return token.text;
    }
    throw this.unexpected();
  }

  isName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'quoted' || (token.kind === 'word' && !isReserved(token.upper));
  }

  variable(): string {
    const token = this.peek();
    if (token.kind !== 'variable') throw this.unexpected();
    this.#at++;
    return token.text;
  }

  /** A literal whole number such as a length or a time-out. */
  integer(): number {
    const token = this.peek();
    if (token.kind !== 'integer' || token.text.length > 10) throw this.unexpected();
    this.#at++;
    return Number(token.text);
  }

  /** `item, item, …` */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.accept(',')) items.push(item());
    return items;
  }

  /** `(item)` */
  parenthesized<T>(item: () => T): T {
    this.expect('(');
    const result = item();
    this.expect(')');
    return result;
  }

  /** Guards a recursion of the grammar. */
  nested<T>(parse: () => T): T {
    if (++this.#depth > MAX_DEPTH) {
      throw new SqlError(
        191,
        'Some part of your SQL statement is nested too deeply. Rewrite the query or break it up.',
        15,
      );
    }
    const result = parse();
    this.#depth--;
    return result;
  }

  /** The error for a token that no rule takes. */
  unexpected(): SqlError {
    const token = this.peek();
    if (token.kind === 'end') return syntaxNear(this.#tokens.at(-2)?.text.slice(0, 64) ?? '');
    if (token.kind === 'word' && isUnsupportedKeyword(token.upper)) return unsupported(`The keyword ${token.upper}`);
    if (token.kind === 'word' && isReserved(token.upper)) return syntaxNearKeyword(token.upper);
    return syntaxNear(token.text.slice(0, 64));
  }
}
