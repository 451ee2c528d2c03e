/** `--json`: one JSON object a line. Keys are stable; English whatever the language of the screen. */
import { SrkeyError } from '../errors.ts';
import type { ExitCode } from '../errors.ts';
import type { Census } from '../keys/stored-key.ts';
import type { RotationEvent } from '../progress/events.ts';

const VERSION = 1;

/** Dates become ISO 8601; no other object here has a form of its own. */
export function jsonLine(type: string, fields: object, at: Date): string {
  return `${JSON.stringify({ v: VERSION, ts: at.toISOString(), type, ...fields })}\n`;
}

export function eventLine(event: RotationEvent, at: Date): string {
  const { type, ...fields } = event;
  return jsonLine(type, fields, at);
}

export interface Ending {
  readonly exitCode: ExitCode;
  readonly census?: Census | null;
  readonly error?: unknown;
}

/** Fields of the last line. */
export function resultFields({ exitCode, census = null, error }: Ending): object {
  if (error === undefined) return { exitCode, census };
  const described =
    error instanceof SrkeyError
      ? { code: error.code, message: error.message, hint: error.hint ?? null }
      : {
          code: 'BUG',
          message: error instanceof Error ? error.message : 'something other than an error was thrown',
          hint: null,
        };
  return { exitCode, census, error: described };
}
