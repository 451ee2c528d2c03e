/** A line of text being typed: what stands in it and where the next character goes. Pure. */
import { charactersOf } from './characters.ts';

export interface LineEdit {
  readonly text: string;
  /** Characters before the cursor. */
  readonly cursor: number;
}

export type EditKey = 'left' | 'right' | 'home' | 'end' | 'backspace' | 'delete' | 'clear';

export const EMPTY_LINE: LineEdit = { text: '', cursor: 0 };

export function lineOf(text: string): LineEdit {
  return { text, cursor: charactersOf(text).length };
}

/** Line ends and other control characters of a paste are no text of one line. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;

export function insert({ text, cursor }: LineEdit, typed: string): LineEdit {
  const characters = charactersOf(text);
  const added = charactersOf(typed.replaceAll(CONTROL, ''));
  characters.splice(cursor, 0, ...added);
  return { text: characters.join(''), cursor: cursor + added.length };
}

export function edit({ text, cursor }: LineEdit, key: EditKey): LineEdit {
  const characters = charactersOf(text);
  switch (key) {
    case 'left':
      return { text, cursor: Math.max(0, cursor - 1) };
    case 'right':
      return { text, cursor: Math.min(characters.length, cursor + 1) };
    case 'home':
      return { text, cursor: 0 };
    case 'end':
      return { text, cursor: characters.length };
    case 'backspace':
      if (cursor === 0) return { text, cursor };
      characters.splice(cursor - 1, 1);
      return { text: characters.join(''), cursor: cursor - 1 };
    case 'delete':
      characters.splice(cursor, 1);
      return { text: characters.join(''), cursor };
    case 'clear':
      return EMPTY_LINE;
  }
}

export interface VisibleLine {
  readonly text: string;
  /** Columns before the cursor. */
  readonly cursorColumn: number;
}

/**
 * The part of a line that fits a field, the cursor always in it. What is cut off at either side is marked, so that
 * nobody takes a part of a path for the whole.
 */
export function visiblePart({ text, cursor }: LineEdit, width: number, ellipsis: string): VisibleLine {
  const characters = charactersOf(text);
  // one column behind the text, for the cursor
  if (characters.length < width) return { text, cursorColumn: cursor };
  const room = Math.max(1, width - 1);
  const start = Math.max(0, Math.min(cursor - Math.floor(room / 2), characters.length - room));
  const part = characters.slice(start, start + room);
  const mark = charactersOf(ellipsis);
  if (start > 0) part.splice(0, mark.length, ...mark);
  if (start + room < characters.length) part.splice(-mark.length, mark.length, ...mark);
  return { text: part.join(''), cursorColumn: cursor - start };
}

/** What a password looks like: its length is nobody's business, so more than so many stars are never shown. */
const MOST_STARS = 32;

export function masked({ text, cursor }: LineEdit, star: string): LineEdit {
  const length = charactersOf(text).length;
  return {
    text: star.repeat(Math.min(MOST_STARS, length)),
    cursor: Math.min(MOST_STARS, cursor),
  };
}
