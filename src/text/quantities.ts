/** Numbers, sizes and times as messages: every language has its own marks, units and plurals. */
import type { Language } from './language.ts';
import { list, Message, text, verbatim } from './message.ts';
import type { Value } from './message.ts';

/** `1,234,567`. */
class Count extends Message {
  override readonly amount: number;

  constructor(amount: number) {
    super();
    this.amount = amount;
  }

  override in({ thousands }: Language): string {
    return String(Math.trunc(this.amount)).replaceAll(/\B(?=(\d{3})+(?!\d))/g, thousands);
  }
}

/** `97.3`. */
class Decimal extends Message {
  override readonly amount: number;
  readonly digits: number;

  constructor(amount: number, digits: number) {
    super();
    this.amount = amount;
    this.digits = digits;
  }

  override in({ decimalMark }: Language): string {
    return this.amount.toFixed(this.digits).replace('.', decimalMark);
  }
}

/** `1 key`, `2 keys`. Its template is `key|keys`. */
class Counted extends Message {
  override readonly amount: number;
  readonly noun: string;

  constructor(amount: number, noun: string) {
    super();
    this.amount = amount;
    this.noun = noun;
  }

  override in(language: Language): string {
    const [singular = '', plural = singular] = language.reading(this.noun).split('|');
    return `${count(this.amount).in(language)} ${language.isSingular(this.amount) ? singular : plural}`;
  }
}

/** `1,234,567`, for amounts; a number that names something (a port, a run) stands in its message as it is. */
export function count(value: number): Message {
  return new Count(value);
}

export function decimal(value: number, digits: number): Message {
  return new Decimal(value, digits);
}

/** `1 key`, `2 keys`, in French `0 clé`. The noun must be written out here: the catalogue has it as `key|keys`. */
export function counted(value: number, noun: string, plural = `${noun}s`): Message {
  return new Counted(value, `${noun}|${plural}`);
}

const UNITS: readonly ((amount: Message) => Message)[] = [
  (amount) => text`${amount} B`,
  (amount) => text`${amount} KiB`,
  (amount) => text`${amount} MiB`,
  (amount) => text`${amount} GiB`,
  (amount) => text`${amount} TiB`,
  (amount) => text`${amount} PiB`,
];

/** `717 B`, `1.5 MiB`. */
export function bytes(value: number): Message {
  let amount = Math.max(0, value);
  let unit = 0;
  // what would be rounded to 1024 belongs to the next unit
  while (amount >= 1023.5 && unit < UNITS.length - 1) {
    amount /= 1024;
    unit++;
  }
  const shown = decimal(amount, unit === 0 || amount >= 99.95 ? 0 : 1);
  return UNITS[unit]?.(shown) ?? shown;
}

/** `under 1 s`, `12 s`, `3 min 5 s`, `2 h 4 min`, `3 d 4 h`: two units at most. */
export function duration(seconds: number): Message {
  if (seconds > 0 && seconds < 1) return text`under 1 s`;
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    { amount: Math.floor(whole / 86_400), say: (amount: number) => text`${amount} d` },
    { amount: Math.floor((whole % 86_400) / 3600), say: inHours },
    { amount: Math.floor((whole % 3600) / 60), say: inMinutes },
    { amount: whole % 60, say: inSeconds },
  ];
  const first = parts.findIndex(({ amount }) => amount > 0);
  if (first === -1) return inSeconds(0);
  const told = parts.slice(first, first + 2).filter(({ amount }) => amount > 0);
  return list(
    told.map(({ amount, say }) => say(amount)),
    ' ',
  );
}

const inSeconds = (amount: Value): Message => text`${amount} s`;
const inMinutes = (amount: Value): Message => text`${amount} min`;
const inHours = (amount: Value): Message => text`${amount} h`;

/** `about 12 s`, `40 to 75 s`, `2 to 3 min`, `at most 1.5 h`: one unit, no more digits than a forecast can mean. */
export function durationRange(low: number, high: number): Message {
  const [unit, inUnit, steps] =
    high < 90
      ? ([1, inSeconds, 1] as const)
      : high < 90 * 60
        ? ([60, inMinutes, 1] as const)
        : ([3600, inHours, 10] as const);
  const from = Math.floor((low / unit) * steps) / steps;
  const to = Math.ceil((high / unit) * steps) / steps;
  const amount = (value: number): Message => decimal(value, Number.isInteger(value) ? 0 : 1);
  const most = inUnit(amount(to));
  if (from === to) return text`about ${most}`;
  return from === 0 ? text`at most ${most}` : text`${amount(from)} to ${most}`;
}

/** `97.3 %`; reads 100 % only when nothing is left, 0.0 % only when nothing is done. */
export function percent(share: number): Message {
  const shown = share >= 1 ? decimal(100, 0) : decimal(Math.floor(Math.max(0, share) * 1000) / 10, 1);
  return text`${shown} %`;
}

/** `1,234 keys/s`, `0.4 keys/s`. */
export function keysPerSecond(rate: number): Message {
  return text`${rate >= 10 ? count(Math.round(rate)) : decimal(rate, 1)} keys/s`;
}

/** `2026-11-23 16:05:09 UTC`, in every language. */
export function time(date: Date): Message {
  if (Number.isNaN(date.getTime())) return text`an unknown time`;
  return verbatim(`${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`);
}

/** `2026-11-23` (UTC), in every language. */
export function day(date: Date): Message {
  return Number.isNaN(date.getTime()) ? text`an unknown day` : verbatim(date.toISOString().slice(0, 10));
}
