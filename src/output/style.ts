/** How text for people is said: in their language; with colours as an extra only, nothing may be said by colour alone. */
import type { WriteStream } from 'node:tty';
import { ENGLISH } from '../text/english.ts';
import type { Language } from '../text/language.ts';
import { sayIn } from '../text/message.ts';
import type { Say } from '../text/message.ts';

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly bad: (text: string) => string;
}

export interface Style extends Paint {
  readonly say: Say;
  readonly language: Language;
}

const plain = (text: string): string => text;
const sgr =
  (on: number, off: number) =>
  (text: string): string =>
    `\u001b[${on}m${text}\u001b[${off}m`;

const NO_PAINT: Paint = { bold: plain, dim: plain, good: plain, warning: plain, bad: plain };
const COLOURS: Paint = {
  bold: sgr(1, 22),
  dim: sgr(2, 22),
  good: sgr(32, 39),
  warning: sgr(33, 39),
  bad: sgr(31, 39),
};

export function styleIn(language: Language, isColoured: boolean): Style {
  return { ...(isColoured ? COLOURS : NO_PAINT), language, say: sayIn(language) };
}

export const PLAIN: Style = styleIn(ENGLISH, false);
export const COLOURED: Style = styleIn(ENGLISH, true);

/** NO_COLOR (no-color.org) wins, then FORCE_COLOR, then whether people look at a terminal that can. */
export function hasColour(
  env: Readonly<Record<string, string | undefined>>,
  stream: Pick<WriteStream, 'isTTY'>,
): boolean {
  const { NO_COLOR: no, FORCE_COLOR: force } = env;
  if (no !== undefined && no !== '') return false;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return stream.isTTY && env['TERM'] !== 'dumb';
}

export function styleFor(
  env: Readonly<Record<string, string | undefined>>,
  stream: Pick<WriteStream, 'isTTY'>,
  language: Language,
): Style {
  return styleIn(language, hasColour(env, stream));
}
