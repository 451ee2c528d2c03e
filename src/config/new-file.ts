/**
 * Files that the tool makes for people: a plan, a report. Whether one can be made is asked before the work begins, not
 * after hours of it; it is there whole or not at all; and a file that is there already is never written over.
 */
import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SrkeyError } from '../errors.ts';
import { type Message, text } from '../text/message.ts';

/** Throws E_USAGE, naming the flag, when no new file can be made there. */
export function assertCanCreate(path: string, flag: string): void {
  if (path === '') throw new SrkeyError('E_USAGE', text`${flag} must not be empty`);
  if (existsSync(path)) {
    throw new SrkeyError('E_USAGE', text`${flag} ${path}: the file is there already`, {
      hint: text`nothing is ever written over: move it away or give another name`,
    });
  }
  const trial = partOf(path);
  try {
    closeSync(openSync(trial, 'wx', 0o600));
    rmSync(trial);
  } catch (error) {
    throw cannotWrite(path, flag, error);
  }
}

export function writeNewFile(path: string, content: string, flag: string): void {
  const part = partOf(path);
  try {
    const file = openSync(part, 'wx', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    giveItsName(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw cannotWrite(path, flag, error);
  }
}

/** A link fails where the name is taken, a renaming would not; but not every file system has links. */
function giveItsName(part: string, path: string): void {
  try {
    linkSync(part, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' || existsSync(path)) throw error;
    renameSync(part, path);
    return;
  }
  rmSync(part);
}

/** Beside the file to be, for a name can be given only within a file system. */
function partOf(path: string): string {
  return `${resolve(path)}.${process.pid}.part`;
}

function cannotWrite(path: string, flag: string, error: unknown): SrkeyError {
  return new SrkeyError('E_USAGE', text`${flag} ${path}: cannot be written: ${reasonOf(error)}`, { cause: error });
}

function reasonOf(error: unknown): Message {
  switch (codeOf(error)) {
    case 'ENOENT':
      return text`the folder does not exist`;
    case 'ENOTDIR':
      return text`what should be its folder is a file`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return text`no permission`;
    case 'EEXIST':
      return text`the file is there already`;
    case 'ENOSPC':
      return text`the disk is full`;
    default:
      return text`the system says ${error instanceof Error ? error.message : String(error)}`;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
