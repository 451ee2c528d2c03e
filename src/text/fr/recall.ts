/** Recognises English that was made from a template, and says it in French with the same values. */
import type { Catalogue } from '../language.ts';

const PLACEHOLDER = /\{(\d+)\}/;

interface Recognised {
  readonly shape: RegExp;
  /** Which value stands at each group of the shape. */
  readonly positions: readonly number[];
  readonly french: string;
}

function recognisable(template: string, french: string): Recognised {
  const [first = '', ...rest] = template.split(PLACEHOLDER);
  let shape = escaped(first);
  const positions: number[] = [];
  for (let i = 0; i < rest.length; i += 2) {
    positions.push(Number(rest[i]));
    shape += `(.*)${escaped(rest[i + 1] ?? '')}`;
  }
  return { shape: new RegExp(`^${shape}$`, 's'), positions, french };
}

/** A template of fewer fits anything: `{1}: {2}`. */
const FEWEST_LETTERS = 4;

function ownWords(template: string): string {
  return template.replaceAll(/\{\d+\}|[^\p{L}]/gu, '');
}

function escaped(literal: string): string {
  return literal.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Messages of one kind that travel as English. */
export interface Travelling {
  readonly catalogue: Catalogue;
  /** Whether a value may be a message of the same kind; else values are data, whatever they look like. */
  readonly isNested: boolean;
}

export function recallFrom(
  kinds: readonly Travelling[],
  typeset: (french: string) => string,
): (english: string) => string {
  const recalls = kinds.map((kind) => recallOfKind(kind, typeset));
  return (english) => {
    for (const recall of recalls) {
      const french = recall(english);
      if (french !== null) return french;
    }
    return english;
  };
}

/** Null for English that is not of this kind. */
function recallOfKind({ catalogue, isNested }: Travelling, typeset: (french: string) => string) {
  const withValues = Object.entries(catalogue)
    .filter(([template]) => PLACEHOLDER.test(template) && ownWords(template).length >= FEWEST_LETTERS)
    // the one that says most itself first: what fits it must not be taken for a more general one
    .sort(([a], [b]) => ownWords(b).length - ownWords(a).length)
    .map(([template, french]) => recognisable(template, french));
  const recall = (english: string): string | null => {
    const whole = catalogue[english];
    if (whole !== undefined) return typeset(whole);
    for (const { shape, positions, french } of withValues) {
      const values = shape.exec(english)?.slice(1);
      if (values === undefined) continue;
      return typeset(french).replaceAll(/\{(\d+)\}/g, (_, position: string) => {
        const value = values[positions.indexOf(Number(position))] ?? '';
        return (isNested ? recall(value) : null) ?? value;
      });
    }
    return null;
  };
  return recall;
}
