/** Reads the small text files that people write (srkey.json, key maps, secrets), and says precisely what is wrong. */
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { SrkeyError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { text, verbatim } from '../text/message.ts';
import type { Message } from '../text/message.ts';

export interface TextFileRules {
  /** What the file is, for messages: `key map`, `password file`. */
  readonly what: Message;
  readonly code: ErrorCode;
  readonly maxBytes: number;
}

const SYSTEM_REASONS: Readonly<Record<string, Message>> = {
  ENOENT: text`there is no such file`,
  ENOTDIR: text`there is no such file`,
  EACCES: text`the right to read it is missing`,
  EPERM: text`the right to read it is missing`,
  EISDIR: text`it is a folder, not a file`,
  EMFILE: text`too many files are open`,
};

/** Why the system refused a file, in words. */
export function fileReason(error: unknown): Message {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return SYSTEM_REASONS[code] ?? verbatim(code === '' ? String(error) : code);
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
  const refuse = (why: Message, cause?: unknown): SrkeyError =>
    new SrkeyError(code, text`cannot read the ${what} ${path}: ${why}`, cause === undefined ? {} : { cause });
  let file: number;
  try {
    if (isNamedPipe(path)) throw refuse(text`it is a pipe, not a file`);
    file = openSync(path, 'r');
  } catch (error) {
    throw error instanceof SrkeyError ? error : refuse(fileReason(error), error);
  }
  try {
    const status = fstatSync(file);
    if (status.isDirectory()) throw refuse(text`it is a folder, not a file`);
    if (status.size > maxBytes)
      throw refuse(text`it is ${status.size} bytes long, at most ${maxBytes} make sense here`);
    // pipes and devices tell no size: read to the end, but one byte more than allowed at most
    const buffer = Buffer.alloc(maxBytes + 1);
    let length = 0;
    for (;;) {
      const read = readSync(file, buffer, length, buffer.length - length, null);
      length += read;
      if (read === 0 || length > maxBytes) break;
    }
    if (length > maxBytes) throw refuse(text`it is longer than ${maxBytes} bytes`);
    if (length === 0) throw refuse(text`it is empty`);
    return buffer.subarray(0, length);
  } catch (error) {
    throw error instanceof SrkeyError ? error : refuse(fileReason(error), error);
  } finally {
    closeSync(file);
  }
}

/** UTF-8 text, with or without byte order mark. UTF-16 and binary content are named as such. */
export function decodeText(bytes: Uint8Array, path: string, { what, code }: TextFileRules): string {
  const refuse = (why: Message, hint?: Message): SrkeyError =>
    new SrkeyError(code, text`cannot read the ${what} ${path}: ${why}`, hint === undefined ? {} : { hint });
  const saveAsUtf8 = text`save it again as UTF-8 (in Notepad: Save as, Encoding: UTF-8)`;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw refuse(text`it is UTF-16 text`, saveAsUtf8);
  }
  if (bytes.includes(0)) {
    throw bytes.length > 3 && (bytes[0] === 0) !== (bytes[1] === 0)
      ? refuse(text`it looks like UTF-16 text`, saveAsUtf8)
      : refuse(text`it is not a text file`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refuse(text`it is not UTF-8 text`, saveAsUtf8);
  }
}
