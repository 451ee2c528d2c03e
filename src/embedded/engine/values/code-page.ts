/** Code page 1252, the one of VARCHAR here (SQL_Latin1_General_CP1 and its relatives). */

const HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

const BYTES = new Map<number, number>(Array.from({ length: HIGH.length }, (_, i) => [HIGH.charCodeAt(i), 0x80 + i]));

// eslint-disable-next-line no-control-regex -- the characters whose code is their byte
const UNCHANGED = /^[\x00-\x7f\xa0-\xff]*$/;

/** The text with every character that code page 1252 lacks replaced by '?'; a surrogate pair becomes two. */
export function toCodePage(text: string): string {
  if (UNCHANGED.test(text)) return text;
  let result = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    result += code < 0x80 || (code >= 0xa0 && code <= 0xff) || BYTES.has(code) ? text.charAt(i) : '?';
  }
  return result;
}

/** Bytes of a VARCHAR value. */
export function codePageBytes(text: string): Uint8Array {
  return Uint8Array.from({ length: text.length }, (_, i) => {
    const code = text.charCodeAt(i);
    return BYTES.get(code) ?? code;
  });
}

export function codePageText(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x80 && byte < 0xa0 ? HIGH.charAt(byte - 0x80) : String.fromCharCode(byte);
  return text;
}
