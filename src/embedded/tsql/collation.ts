/** Collations: the names the embedded database knows, and their sort keys. */
import { SqlError } from '../backend.ts';

export const DEFAULT_COLLATION = 'SQL_Latin1_General_CP1_CI_AS';

/**
 * `plain`: by code point (BIN, BIN2). The others fold: case (CI), accents (AI). One rule of comparison is common to all:
 * trailing blanks do not count.
 */
export interface CollationRules {
  readonly isBinary: boolean;
  readonly ignoresCase: boolean;
  readonly ignoresAccents: boolean;
}

/** Code page 1252 all of them: other code pages would need their own VARCHAR. */
const KNOWN =
  /^(?:SQL_Latin1_General_CP1|Latin1_General|Latin1_General_100|French|French_100)_(?:(BIN2?)|(C[IS])_(A[IS]))$/i;

/** The rules of a collation; throws 448 for a name it does not know. */
export function collationRules(name: string): CollationRules {
  const found = KNOWN.exec(name);
  if (found === null || (/^SQL_/i.test(name) && found[1] !== undefined))
    throw new SqlError(448, `Invalid collation '${name.slice(0, 128)}'.`);
  return {
    isBinary: found[1] !== undefined,
    ignoresCase: found[2]?.toUpperCase() === 'CI',
    ignoresAccents: found[3]?.toUpperCase() === 'AI',
  };
}

/** Name of the SQLite function that makes the sort key; collations with equal rules share one. */
export function sortKeyFunction(collation: string): 'key_bin' | 'key_ci_as' | 'key_ci_ai' | 'key_cs_as' | 'key_cs_ai' {
  const { isBinary, ignoresCase, ignoresAccents } = collationRules(collation);
  if (isBinary) return 'key_bin';
  if (ignoresCase) return ignoresAccents ? 'key_ci_ai' : 'key_ci_as';
  return ignoresAccents ? 'key_cs_ai' : 'key_cs_as';
}

// eslint-disable-next-line no-control-regex -- plain ASCII needs no accent folding
const ASCII = /^[\x00-\x7f]*$/;

function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x20) end--;
  return end === text.length ? text : text.slice(0, end);
}

function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}+/gu, '');
}

/**
 * Texts are equal in a collation exactly when their keys are, and ordered as their keys are: by letters first, then by
 * accents, then by case. Letters are ordered by code point, not by the linguistic tables of SQL Server.
 */
export const SORT_KEYS: Readonly<Record<ReturnType<typeof sortKeyFunction>, (text: string) => string>> = {
  key_bin: withoutTrailingBlanks,
  key_ci_as: (text) => {
    const folded = withoutTrailingBlanks(text).toUpperCase();
    return ASCII.test(folded) ? folded : layered(withoutAccents(folded), folded.normalize('NFC'));
  },
  key_ci_ai: (text) => withoutAccents(withoutTrailingBlanks(text).toUpperCase()),
  key_cs_as: (text) => {
    const exact = withoutTrailingBlanks(text).normalize('NFC');
    const upper = exact.toUpperCase();
    return layered(ASCII.test(upper) ? upper : withoutAccents(upper), exact);
  },
  key_cs_ai: (text) => {
    const exact = withoutAccents(withoutTrailingBlanks(text));
    return layered(exact.toUpperCase(), exact);
  },
};

/** Ordered by the letters alone first: the separator is below every character that texts hold in practice. */
function layered(letters: string, exact: string): string {
  return letters === exact ? letters : `${letters}\u0001${exact}`;
}
