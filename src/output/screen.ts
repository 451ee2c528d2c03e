/**
 * Where text goes. Without `--json`, text for people goes to stdout and complaints to stderr; with it, stdout carries
 * JSON lines only and all text goes to stderr. One live line, rewritten in place, exists on a terminal only; without
 * one there is never a control character.
 */
import type { WriteStream } from 'node:tty';
import type { Language } from '../text/language.ts';
import { jsonLine } from './json-lines.ts';
import { styleFor } from './style.ts';
import type { Style } from './style.ts';
import { displayWidth } from './table.ts';
import { wrapLine } from './wrap.ts';

export interface ScreenOptions {
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly json: boolean;
  readonly language: Language;
}

export interface Screen {
  readonly style: Style;
  readonly json: boolean;
  /** People watch: the live line is shown. */
  readonly isLive: boolean;
  /** Lines that stay. */
  say(...lines: readonly string[]): void;
  /** A text to be used as it is, a script: nothing is broken or added. */
  verbatim(text: string): void;
  /** Lines that stay, on stderr in any case. */
  complain(...lines: readonly string[]): void;
  /** How wide the live line can be; without a terminal as wide as it likes. */
  liveRoom(): number;
  /** Replaces the live line; null takes it away. Does nothing without a terminal. */
  live(line: string | null): void;
  /** A JSON line; does nothing without `--json`. */
  emit(type: string, fields: object, at?: Date): void;
  /** Takes the live line away. */
  close(): void;
}

const CLEAR_LINE = '\r\u001b[K';
/** Terminals show `^C` behind the live line, and write no line end when the last column is taken. */
const ROOM_BEHIND = 3;

/** Cuts plain text to a width, so that the live line never wraps (a wrapped line cannot be rewritten). */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let cut = '';
  for (const character of text) {
    if (displayWidth(cut + character) > width - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

export function openScreen({ stdout, stderr, env, json, language }: ScreenOptions): Screen {
  const people = json ? stderr : stdout;
  const isLive = people.isTTY && env['TERM'] !== 'dumb';
  let current: string | null = null;

  const columns = (): number => people.columns || 80;
  const liveRoom = (): number => (isLive ? Math.max(20, columns() - ROOM_BEHIND) : Number.POSITIVE_INFINITY);

  /** A terminal that was made narrower has wrapped the live line: it takes several rows now. */
  function clearing(): string {
    const rows = Math.ceil(displayWidth(current ?? '') / columns());
    return rows <= 1 ? CLEAR_LINE : `\r\u001b[${rows - 1}A\u001b[J`;
  }

  function write(stream: WriteStream, text: string): void {
    const sharesTerminal = stream === people || stream.isTTY;
    if (current === null || !sharesTerminal) stream.write(text);
    else {
      people.write(clearing());
      current = cutTo(current, liveRoom());
      stream.write(text);
      people.write(current);
    }
  }

  function writeLines(stream: WriteStream, lines: readonly string[]): void {
    if (lines.length === 0) return;
    const fitting = stream.isTTY ? lines.flatMap((line) => wrapLine(line, stream.columns || 80)) : lines;
    write(stream, `${fitting.join('\n')}\n`);
  }

  return {
    style: styleFor(env, people, language),
    json,
    isLive,
    say: (...lines) => {
      writeLines(people, lines);
    },
    verbatim: (text) => {
      write(people, `${text}\n`);
    },
    complain: (...lines) => {
      writeLines(stderr, lines);
    },
    liveRoom,
    live: (line) => {
      if (!isLive) return;
      const next = line === null ? null : cutTo(line, liveRoom());
      if (next === current) return;
      people.write(clearing() + (next ?? ''));
      current = next;
    },
    emit: (type, fields, at = new Date()) => {
      if (json) write(stdout, jsonLine(type, fields, at));
    },
    close: () => {
      if (current !== null) people.write(clearing());
      current = null;
    },
  };
}
