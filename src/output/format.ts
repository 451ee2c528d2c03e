/** Numbers, sizes, times and dates as text: fixed English, the same on every machine. */

/** `1,234,567`. */
export function count(value: number): string {
  return String(Math.trunc(value)).replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 key`, `2 keys`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `717 B`, `1.5 MiB`. */
export function bytes(value: number): string {
  let amount = Math.max(0, value);
  let unit = 0;
  // what would be rounded to 1024 belongs to the next unit
  while (amount >= 1023.5 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  const shown = unit === 0 ? String(Math.round(amount)) : amount >= 99.95 ? amount.toFixed(0) : amount.toFixed(1);
  return `${shown} ${UNITS[unit] ?? ''}`;
}

/** `under 1 s`, `12 s`, `3 min 5 s`, `2 h 4 min`, `3 d 4 h`: two units at most. */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds < 1) return 'under 1 s';
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor((whole % 86_400) / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}

/** `about 12 s`, `40 to 75 s`, `2 to 3 min`, `at most 1.5 h`: one unit, no more digits than a forecast can mean. */
export function durationRange(low: number, high: number): string {
  const [unit, word, steps] =
    high < 90 ? ([1, 's', 1] as const) : high < 90 * 60 ? ([60, 'min', 1] as const) : ([3600, 'h', 10] as const);
  const from = Math.floor((low / unit) * steps) / steps;
  const to = Math.ceil((high / unit) * steps) / steps;
  return from === to ? `about ${to} ${word}` : from === 0 ? `at most ${to} ${word}` : `${from} to ${to} ${word}`;
}

/** `2026-11-23 16:05:09 UTC`. */
export function time(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown time' : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `2026-11-23 17:05`, by this computer's clock. */
export function localTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `2026-11-23` (UTC). */
export function day(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unknown day' : date.toISOString().slice(0, 10);
}

/** `97.3 %`; reads 100 % only when nothing is left, 0.0 % only when nothing is done. */
export function percent(share: number): string {
  if (share >= 1) return '100 %';
  return `${(Math.floor(Math.max(0, share) * 1000) / 10).toFixed(1)} %`;
}

/** `1,234 keys/s`, `0.4 keys/s`. */
export function keysPerSecond(rate: number): string {
  return `${rate >= 10 ? count(Math.round(rate)) : rate.toFixed(1)} keys/s`;
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
