/** Lines for a terminal of some width: broken between words, never within one; what follows is indented. */
import { displayWidth } from './table.ts';

/** Colours take no room. */
// eslint-disable-next-line no-control-regex -- control sequences are what it looks for
const COLOUR = /\u001b\[[0-9;]*m/g;
/** On less, there is no use in breaking between words. */
const LEAST_WIDTH = 30;
/** What stands in front of a text: a bullet, the word of a check, the label of a two-column page. */
const LABEL = /^ *(?:[-→] |(?:ok|FAILED|WARNING|unknown|ÉCHEC|ALERTE|inconnu) +|\S+(?: \S+)? {2,})?/;
/** Blanks, but not those of a command in backticks, which is there to be copied. */
const BETWEEN_WORDS = / (?=[^`]*(?:`[^`]*`[^`]*)*$)/;

function widthOf(text: string): number {
  return displayWidth(text.replaceAll(COLOUR, ''));
}

/** A word wider than the terminal (a path, a fingerprint) is broken by the terminal, and so is a command to copy. */
export function wrapLine(line: string, width: number): string[] {
  if (width < LEAST_WIDTH || widthOf(line) <= width || line.includes('openssl ')) return [line];
  const plain = line.replaceAll(COLOUR, '');
  const leading = plain.length - plain.trimStart().length;
  const label = LABEL.exec(plain)?.[0].length ?? 0;
  const indent = label === leading ? leading + 2 : label;
  const hanging = ' '.repeat(indent < width / 2 ? indent : 2);
  const [first = '', ...words] = line.split(BETWEEN_WORDS);
  const lines: string[] = [];
  let current = first;
  for (const word of words) {
    if (widthOf(current) + 1 + widthOf(word) <= width || current.trim() === '') current += ` ${word}`;
    else {
      lines.push(current.trimEnd());
      current = hanging + word;
    }
  }
  return [...lines, current];
}
