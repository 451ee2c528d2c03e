/** LIKE patterns: %, _, [set], [^set]. */
import { unsupported } from './errors.ts';
import type { sortKeyFunction } from './collation.ts';

/** A test for a pattern under the rules of a collation's sort key. */
export function likePattern(pattern: string, rules: ReturnType<typeof sortKeyFunction>): (text: string) => boolean {
  if (rules === 'key_ci_ai' || rules === 'key_cs_ai') throw unsupported('LIKE under a collation that ignores accents');
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern.charAt(i);
    if (character === '%') source += '[^]*';
    else if (character === '_') source += '[^]';
    else if (character === '[') {
      const end = pattern.indexOf(']', i + 2);
      if (end < 0) return () => false;
      source += characterSet(pattern.slice(i + 1, end));
      i = end;
    } else source += escapeCharacter(character);
  }
  // blanks at the end of the text do not count; those of the pattern do
  const test = new RegExp(`^(?:${source}) *$`, rules === 'key_ci_as' ? 'i' : '');
  return (text) => test.test(text);
}

function escapeCharacter(character: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
}

function characterSet(content: string): string {
  const isNegated = content.startsWith('^');
  const members = isNegated ? content.slice(1) : content;
  const escaped = members.replace(/[\\\]^[]/g, '\\$&');
  // a range such as [z-a] matches nothing in T-SQL
  for (const [, low = '', high = ''] of members.matchAll(/(.)-(.)/g)) if (low > high) return '[]';
  return `[${isNegated ? '^' : ''}${escaped}]`;
}
