/**
 * The server's one collation (MS-TDS 2.2.5.1.2) and its code page: Latin1_General_CI_AS, Windows-1252.
 *
 * Bytes: LCID 0x0409 and the flags ignore-case, ignore-kana, ignore-width in 32 bits, then SortId 0.
 */
import type { ByteWriter } from '../bytes.ts';

export const COLLATION: Uint8Array = Uint8Array.of(0x09, 0x04, 0xd0, 0x00, 0x00);
export const COLLATION_BYTES = COLLATION.length;

/** Characters of 0x80-0x9F; the five gaps of Windows-1252 stand for themselves, as in Windows' best-fit table. */
const HIGH_CHARACTERS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const HIGH_BYTES = new Map(Array.from(HIGH_CHARACTERS, (character, index) => [character, 0x80 + index]));

// eslint-disable-next-line no-control-regex -- the ranges are those of the code page, control characters included
const SAME_IN_LATIN1 = /^[\x00-\x7f\xa0-\xff]*$/;
// eslint-disable-next-line no-control-regex -- see above
const NOT_IN_LATIN1 = /[^\x00-\x7f\xa0-\xff]/gu;

const HIGH_RANGE = /[\x80-\x9f]/g;

/** Text as Latin-1 characters whose codes are the Windows-1252 bytes; '?' for what the code page lacks. */
function toCodePage(text: string): string {
  if (SAME_IN_LATIN1.test(text)) return text;
  return text.replace(NOT_IN_LATIN1, (character) => String.fromCharCode(HIGH_BYTES.get(character) ?? 0x3f));
}

/** Writes the bytes that `frame` announces: the caller's length prefix depends on their number. */
export function writeCodePage(writer: ByteWriter, text: string, frame: (byteCount: number) => void): void {
  const bytes = toCodePage(text);
  frame(bytes.length);
  writer.latin1(bytes);
}

export function decodeCodePage(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(HIGH_RANGE, (character) => HIGH_CHARACTERS.charAt(character.charCodeAt(0) - 0x80));
}
