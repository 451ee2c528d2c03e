/** Reads the small text files that people write (srkey.json, key maps, secrets), and says precisely what is wrong. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { SrkeyError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';

export interface TextFileRules {
  /** What the file is, for messages: `key map`, `password file`. */
  readonly what: string;
  readonly code: ErrorCode;
  readonly maxBytes: number;
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'the right to read it is missing',
  EPERM: 'the right to read it is missing',
  EISDIR: 'it is a folder, not a file',
  EMFILE: 'too many files are open',
};

/** Why the system refused a file, in words. */
export function fileReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return SYSTEM_REASONS[code] ?? (code === '' ? String(error) : code);
}

/**
 * A pipe in a folder: opening one that nobody writes to would wait for ever, deaf to Ctrl-C. Those of the shell,
 * `--password-file <(…)` or `/dev/stdin`, have their writer already.
 */
function isNamedPipe(path: string): boolean {
  return statSync(path).isFIFO() && !/^\/(?:dev|proc)\//.test(path);
}

/** The bytes of a small file; `SrkeyError` when it is missing, empty, too large or no file. Never reads beyond the limit. */
export function loadSmallFile(path: string, { what, code, maxBytes }: TextFileRules): Buffer {
  const refuse = (why: string, cause?: unknown): SrkeyError =>
    new SrkeyError(code, `cannot read the ${what} ${path}: ${why}`, cause === undefined ? {} : { cause });
  let file: number;
  try {
    if (isNamedPipe(path)) throw refuse('it is a pipe, not a file');
    file = openSync(path, 'r');
  } catch (error) {
    throw error instanceof SrkeyError ? error : refuse(fileReason(error), error);
  }
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) throw refuse('it is a folder, not a file');
    if (status.size > maxBytes) throw refuse(`it is ${status.size} bytes long, at most ${maxBytes} make sense here`);
    // pipes and devices tell no size: read to the end, but one byte more than allowed at most
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, buffer, length, buffer.length - length, null);
      length += read;
      if (read === 0 || length > maxBytes) break;
    }
    if (length > maxBytes) throw refuse(`it is longer than ${maxBytes} bytes`);
    if (length === 0) throw refuse('it is empty');
    return buffer.subarray(0, length);
  } catch (error) {
    throw error instanceof SrkeyError ? error : refuse(fileReason(error), error);
  } finally {
    closeSync(file);
  }
}

/** UTF-8 text, with or without byte order mark. UTF-16 and binary content are named as such. */
export function decodeText(bytes: Uint8Array, path: string, { what, code }: TextFileRules): string {
  const refuse = (why: string, hint?: string): SrkeyError =>
    new SrkeyError(code, `cannot read the ${what} ${path}: ${why}`, hint === undefined ? {} : { hint });
  const saveAsUtf8 = 'save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)';
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw refuse('it is UTF-16 text', saveAsUtf8);
  }
  if (bytes.includes(0)) {
    throw bytes.length > 3 && (bytes[0] === 0) !== (bytes[1] === 0)
      ? refuse('it looks like UTF-16 text', saveAsUtf8)
      : refuse('it is not a text file');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse('it is not UTF-8 text', saveAsUtf8);
  }
  return text;
}
