/** How screens are drawn, the same for all of them: language, glyphs, and whether there is colour. */
import { createContext, use } from 'react';
import { ENGLISH } from '../../text/english.ts';
import type { Language } from '../../text/language.ts';
import { inLanguage, sayIn } from '../../text/message.ts';
import type { Say, Value } from '../../text/message.ts';
import { FINE } from './glyphs.ts';
import type { Glyphs } from './glyphs.ts';

export interface Look {
  readonly glyphs: Glyphs;
  /** A message, or English with values in it, in the language of the screen. */
  readonly say: Say;
  /** Data or message, whichever it is. */
  readonly shown: (value: Value) => string;
}

export function lookIn(language: Language, glyphs: Glyphs): Look {
  return { glyphs, say: sayIn(language), shown: (value) => harmless(inLanguage(value, language)) };
}

/** C0, DEL, C1, line and paragraph separators, and the marks that turn the direction of text. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from outside must not steer the terminal. Line ends stay: messages have several lines. */
function harmless(text: string): string {
  return text.replaceAll(UNSAFE, ' ');
}

export const LookContext = createContext<Look>(lookIn(ENGLISH, FINE));

export function useLook(): Look {
  return use(LookContext);
}
