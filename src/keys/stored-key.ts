import { type Message, text } from '../text/message.ts';

/**
 * A column value as it travels between database and crypto: bytes of a binary column, text of a character column, or
 * NULL. Key columns never travel at all (see src/db).
 */
export type ColumnValue = Uint8Array | string | null;

/** What a stored key is, seen from one old and one new root. */
export const KEY_CLASSES = ['old', 'new', 'foreign', 'unreadable', 'empty'] as const;
export type KeyClass = (typeof KEY_CLASSES)[number];

/** The classes for people, as they stand above columns and behind a key. */
export const KEY_CLASS_WORDS: Readonly<Record<KeyClass, Message>> = {
  old: text`old`,
  new: text`new`,
  foreign: text`foreign`,
  unreadable: text`unreadable`,
  empty: text`empty`,
};

/** How many stored keys are of each class. */
export type Census = Readonly<Record<KeyClass, number>>;

export const EMPTY_CENSUS: Census = { old: 0, new: 0, foreign: 0, unreadable: 0, empty: 0 };

export function addCensus(a: Census, b: Census): Census {
  return {
    old: a.old + b.old,
    new: a.new + b.new,
    foreign: a.foreign + b.foreign,
    unreadable: a.unreadable + b.unreadable,
    empty: a.empty + b.empty,
  };
}

export function censusTotal(census: Census): number {
  return census.old + census.new + census.foreign + census.unreadable + census.empty;
}

/**
 * What the journal says of one stored key.
 *
 * `staged` = sealed for the new root, not yet live · `rewrapped` = applied · `changed` / `deleted` = somebody else
 * changed or deleted the row between reading and applying · the rest = the class found, value left as it is.
 */
export const OUTCOMES = ['staged', 'rewrapped', 'changed', 'deleted', 'new', 'foreign', 'unreadable', 'empty'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How many rows of a journal or a batch have each outcome. */
export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export const NO_OUTCOMES = byOutcome(() => 0);

export function byOutcome(countOf: (outcome: Outcome) => number): OutcomeCounts {
  return Object.fromEntries(OUTCOMES.map((outcome) => [outcome, countOf(outcome)])) as Record<Outcome, number>;
}

export function addOutcomes(a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts {
  return byOutcome((outcome) => a[outcome] + b[outcome]);
}

/** What the crypto makes of one stored key when asked to rewrap it. */
export type Rewrapped =
  | {
      readonly kind: 'staged';
      readonly newValue: Uint8Array | string;
      /** True when the new envelope was opened again with the new private key before it was handed out. */
      readonly proven: boolean;
    }
  | { readonly kind: 'new' | 'empty' }
  | { readonly kind: 'foreign' | 'unreadable'; readonly reason: string };

/** What the crypto says of one stored key when asked to classify it. */
export interface Classified {
  readonly class: KeyClass;
  /** Why, for `foreign` and `unreadable`; null otherwise. */
  readonly reason: string | null;
  /** True when the envelope was opened with a private key, false when its structure and recipient alone decided. */
  readonly opened: boolean;
}

/** The old and the new value of one stored key. */
export interface ValuePair {
  readonly oldValue: ColumnValue;
  readonly newValue: ColumnValue;
}

/** What the crypto says of a pair, each value opened under its own root. */
export type Compared = { readonly kind: 'same' } | { readonly kind: 'different'; readonly reason: string };

/** Room in the value column: bytes of a binary column or characters of a character column; null = MAX. */
export type ColumnCapacity = number | null;

/** What a value column can take. The live schema tells; crypto makes new values fit it, or refuses. */
export interface ColumnShape {
  readonly capacity: ColumnCapacity;
  /** BINARY(n), CHAR(n), NCHAR(n): every value fills the column, with the padding that the key map declares. */
  readonly isFixedLength: boolean;
}
