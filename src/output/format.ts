/** What reads the same in every language; numbers, sizes and times are messages (src/text/quantities.ts). */

/** `2026-11-23 17:05`, by this computer's clock. */
export function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** A fingerprint on two lines: on one it is wider than a console, and nobody compares what is broken anywhere. */
export function fingerprintLines(fingerprint: string): string[] {
  return fingerprint.match(/(?:[^:]+(?::|$)){1,16}/g) ?? [fingerprint];
}

/** C0, DEL, C1, line and paragraph separators, and the marks that turn the direction of text. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text from outside (names, keys, server messages), harmless for terminals and one line long. */
export function shown(text: string): string {
  return text.replaceAll(UNSAFE, (character) =>
    character === '\t' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
