/** The keys that a screen knows, as its lowest lines name them. */
import { text } from '../../text/message.ts';
import type { Message, Value } from '../../text/message.ts';
import { displayWidth } from './display-width.ts';
import type { Look } from './look.ts';

/** Keys as they are printed on keyboards, which differ between languages. */
export const ENTER = text`Enter`;
export const ESCAPE = text`Esc`;
export const TAB = text`Tab`;

/** A key and what it does. */
export interface KeyHint {
  readonly keys: Value;
  readonly does: Message;
}

/** As many lines as they take: a key that is not named is a key that nobody finds. Each is
 * in the first line that has room for it, and never broken. */
export function keyLines(
  hints: readonly KeyHint[],
  width: number,
  { say, shown, glyphs }: Pick<Look, 'say' | 'shown' | 'glyphs'>,
): readonly string[] {
  const between = `  ${glyphs.pending}  `;
  const lines: string[] = [];
  for (const { keys, does } of hints) {
    const hint = `${shown(keys)} ${say(does)}`;
    const at = lines.findIndex((line) => displayWidth(line + between + hint) <= width);
    const line = lines[at];
    if (line === undefined) lines.push(hint);
    else lines[at] = line + between + hint;
  }
  return lines;
}
