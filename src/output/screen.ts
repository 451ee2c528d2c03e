/**
 * Where text goes. Without `--json`, text for people goes to stdout and complaints to stderr; with it, stdout carries
 * JSON lines only and all text goes to stderr. One live line, rewritten in place, exists on a terminal only; without
 * one there is never a control character.
 */
import type { WriteStream } from 'node:tty';
import { jsonLine } from './json-lines.ts';
import { styleFor } from './style.ts';
import type { Style } from './style.ts';
import { displayWidth } from './table.ts';

export interface ScreenOptions {
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly json: boolean;
}

export interface Screen {
  readonly style: Style;
  readonly json: boolean;
  /** People watch: the live line is shown. */
  readonly isLive: boolean;
  /** Lines that stay. */
  say(...lines: readonly string[]): void;
  /** Lines that stay, on stderr in any case. */
  complain(...lines: readonly string[]): void;
  /** Replaces the live line; null takes it away. Does nothing without a terminal. */
  live(line: string | null): void;
  /** A JSON line; does nothing without `--json`. */
  emit(type: string, fields: object, at?: Date): void;
  /** Takes the live line away. */
  close(): void;
}

const CLEAR_LINE = '\r\u001b[K';

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

export function openScreen({ stdout, stderr, env, json }: ScreenOptions): Screen {
  const people = json ? stderr : stdout;
  const isLive = people.isTTY && env['TERM'] !== 'dumb';
  let current: string | null = null;

  function write(stream: WriteStream, text: string): void {
    const sharesTerminal = stream === people || stream.isTTY;
    if (current === null || !sharesTerminal) stream.write(text);
    else {
      people.write(CLEAR_LINE);
      stream.write(text);
      people.write(current);
    }
  }

  return {
    style: styleFor(env, people),
    json,
    isLive,
    say: (...lines) => {
      if (lines.length > 0) write(people, `${lines.join('\n')}\n`);
    },
    complain: (...lines) => {
      if (lines.length > 0) write(stderr, `${lines.join('\n')}\n`);
    },
    live: (line) => {
      if (!isLive) return;
      const next = line === null ? null : cutTo(line, Math.max(20, (people.columns || 80) - 1));
      if (next === current) return;
      people.write(next === null ? CLEAR_LINE : CLEAR_LINE + next);
      current = next;
    },
    emit: (type, fields, at = new Date()) => {
      if (json) write(stdout, jsonLine(type, fields, at));
    },
    close: () => {
      if (current !== null) people.write(CLEAR_LINE);
      current = null;
    },
  };
}
