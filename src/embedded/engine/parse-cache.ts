/** Parsed batches by text: the same catalogue texts come thousands of times, from every session. */
import type { Statement } from '../tsql/ast.ts';
import { parseBatch } from '../tsql/parse-statement.ts';

const MAX_TEXTS = 400;
/** Long texts (scripts, generated inserts) come once. */
const MAX_LENGTH = 20_000;

export class ParseCache {
  readonly #texts = new Map<string, readonly Statement[]>();

  parse(text: string): readonly Statement[] {
    const known = this.#texts.get(text);
    if (known !== undefined) {
      // a Map keeps insertion order: the least recently used text comes first
      this.#texts.delete(text);
      this.#texts.set(text, known);
      return known;
    }
    const statements = parseBatch(text);
    if (text.length <= MAX_LENGTH) this.#texts.set(text, statements);
    if (this.#texts.size > MAX_TEXTS) {
      const [oldest] = this.#texts.keys();
      if (oldest !== undefined) this.#texts.delete(oldest);
    }
    return statements;
  }
}
