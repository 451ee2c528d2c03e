/**
 * What people read, in English where it is said:
 *
 *     throw new SrkeyError('E_CONFIG', text`the port ${port} is not between 1 and 65535`);
 *
 * A `Message` keeps template and values apart, so that it can be said in another language: `message.in(language)`.
 * Everywhere else it is its English: `String(message)`, `JSON.stringify`, the log file, an error's `message`.
 *
 * The French stands in `fr/`, one file for each folder of src, under the English template (`the port {1} is not between
 * 1 and 65535`). A test collects every template of src and fails on one without French, on French without a template,
 * and on placeholders that differ. Values are data (names, paths, numbers that nobody counts), other messages, or the
 * amounts of quantities.ts, which every language writes in its own way.
 */
import { ENGLISH } from './english.ts';
import type { Language } from './language.ts';

/** A string is data and reads the same in every language; a number is written plainly (ports, run numbers, bits). */
export type Value = string | number | Message;

export abstract class Message {
  /** What chooses between singular and plural in a template; null when the message is no amount. */
  readonly amount: number | null = null;

  abstract in(language: Language): string;

  toString(): string {
    return this.in(ENGLISH);
  }

  toJSON(): string {
    return this.toString();
  }
}

/** `{1}`, or `{1:key|keys}`: the word that goes with the amount of the first value. */
const PLACEHOLDER = /\{(\d+)(?::([^|{}]*)\|([^|{}]*))?\}/g;

class Template extends Message {
  readonly template: string;
  readonly values: readonly Value[];

  constructor(template: string, values: readonly Value[]) {
    super();
    this.template = template;
    this.values = values;
  }

  override in(language: Language): string {
    return language
      .reading(this.template)
      .replaceAll(PLACEHOLDER, (_, position: string, singular: string | undefined, plural: string | undefined) => {
        const value = this.values[Number(position) - 1] ?? '';
        if (singular === undefined || plural === undefined) return inLanguage(value, language);
        return language.isSingular(amountOf(value)) ? singular : plural;
      });
  }
}

class Verbatim extends Message {
  readonly data: string;

  constructor(data: string) {
    super();
    this.data = data;
  }

  override in(): string {
    return this.data;
  }
}

class Recalled extends Message {
  readonly english: string;

  constructor(english: string) {
    super();
    this.english = english;
  }

  override in(language: Language): string {
    return language.recall(this.english);
  }
}

class Joined extends Message {
  readonly parts: readonly Value[];
  readonly separator: string;

  constructor(parts: readonly Value[], separator: string) {
    super();
    this.parts = parts;
    this.separator = separator;
  }

  override in(language: Language): string {
    const separator = this.separator.replace(';', language.semicolon);
    return this.parts.map((part) => inLanguage(part, language)).join(separator);
  }
}

/** The tag: English with values in it. */
export function text(english: TemplateStringsArray, ...values: readonly Value[]): Message {
  return new Template(templateOf(english), values);
}

/** `the port {1} is not between 1 and 65535`. */
export function templateOf(english: readonly string[]): string {
  return english.map((part, index) => (index === 0 ? part : `{${index}}${part}`)).join('');
}

/** Data where a message is wanted: a name, a path, what a server said. */
export function verbatim(data: string): Message {
  return new Verbatim(data);
}

/**
 * English that was a message once and travelled as text: between threads, or through the journal of a run. The
 * language recognises the template if it is one of those that travel (see `recallFrom`), else says the English.
 */
export function recalled(english: string): Message {
  return new Recalled(english);
}

/** For where only a string fits, a schema's complaint: `recalled` makes a message of it again. */
export function asEnglish(message: Message): string {
  return message.toString();
}

/** Several in one line: `a, b, c`. */
export function list(parts: readonly Value[], separator = ', '): Message {
  return new Joined(parts, separator);
}

/** Several lines, as hints have them. */
export function lines(parts: readonly Value[]): Message {
  return new Joined(parts, '\n');
}

export function inLanguage(value: Value, language: Language): string {
  return value instanceof Message ? value.in(language) : String(value);
}

function amountOf(value: Value): number {
  if (typeof value === 'number') return value;
  return (value instanceof Message ? value.amount : null) ?? Number.NaN;
}

/** What `say` accepts: a message, or English as the tag has it. */
export interface Say {
  (message: Message): string;
  (english: TemplateStringsArray, ...values: readonly Value[]): string;
}

/** Says messages in one language. Also a tag: say`run ${runId} begins`. */
export function sayIn(language: Language): Say {
  return (said: Message | TemplateStringsArray, ...values: readonly Value[]): string =>
    said instanceof Message ? said.in(language) : text(said, ...values).in(language);
}
