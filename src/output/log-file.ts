/**
 * The plain log of one start of the tool: one line per event, in the state folder, for this user's eyes only. Written
 * at once and line by line, so that it is complete up to the moment of a crash. A log that cannot be written is a
 * warning: the work in the database does not depend on it.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';
import { shown } from './format.ts';

export interface LogFile {
  /** Where it is; null when it cannot be written. */
  readonly path: string | null;
  /** One line: the time is put in front, control characters are made visible. */
  line(type: string, text: string): void;
  close(): void;
}

/** `srkey-change-ca-20261123T160509Z-4711.log`. */
export function logFileName(command: string, at: Date, pid: number): string {
  const stamp = at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `srkey-${command}-${stamp}-${pid}.log`;
}

export interface LogFileOptions {
  readonly folder: string;
  readonly command: string;
  readonly now: () => Date;
  /** Called once when the log cannot be written, at the start or later (a full disk). */
  readonly onTrouble: (reason: Message) => void;
}

export function openLogFile({ folder, command, now, onTrouble }: LogFileOptions): LogFile {
  const path = join(folder, logFileName(command, now(), process.pid));
  let file: number | null = null;
  const giveUp = (error: unknown): void => {
    if (file !== null) closeQuietly(file);
    file = null;
    onTrouble(text`cannot write the log file ${path}: ${error instanceof Error ? error.message : String(error)}`);
  };
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    file = openSync(path, 'ax', 0o600);
  } catch (error) {
    giveUp(error);
  }
  return {
    get path() {
      return file === null ? null : path;
    },
    line: (type, text) => {
      if (file === null) return;
      try {
        writeSync(file, `${now().toISOString()} ${type.padEnd(9)} ${shown(text)}\n`);
      } catch (error) {
        giveUp(error);
      }
    },
    close: () => {
      if (file !== null) closeQuietly(file);
      file = null;
    },
  };
}

function closeQuietly(file: number): void {
  try {
    closeSync(file);
  } catch {
    // nothing left to save
  }
}
