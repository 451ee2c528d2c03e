/** What the terminal UI remembers between two starts: the last login and files. Never a secret. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface RememberedLogin {
  readonly server: string;
  readonly database: string;
  readonly auth: 'sql' | 'ntlm';
  readonly domain: string;
  readonly user: string;
  readonly tls: 'verify' | 'ca-file' | 'trust';
  readonly serverCa: string;
  readonly tlsLegacy: boolean;
}

export interface RememberedFiles {
  readonly old: string;
  readonly new: string;
  readonly keyMap: string;
}

export interface RememberedJob {
  readonly job: 'change' | 'stage' | 'rollback';
  readonly startedAt: Date;
}

export interface Memory {
  readonly login: RememberedLogin | null;
  readonly files: RememberedFiles | null;
  /** What was begun and not seen to end. */
  readonly unfinished: RememberedJob | null;
}

const NOTHING: Memory = { login: null, files: null, unfinished: null };
const FILE = 'remembered.json';

/** What is there and makes sense; a damaged memory is no memory. */
export function recall(folder: string): Memory {
  try {
    return parseMemory(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));
  } catch {
    return NOTHING;
  }
}

/** Whole or not at all. Not being able to remember is no reason to stop anything. */
export function remember(folder: string, memory: Memory): void {
  const path = join(folder, FILE);
  const half = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(half, `${JSON.stringify({ version: 1, ...memory }, null, 2)}\n`, { mode: 0o600 });
    renameSync(half, path);
  } catch {
    // the forms are empty next time
  }
}

/** By hand: the first screen waits for this, and a library of schemas takes longer to load than all else before it. */
function parseMemory(json: unknown): Memory {
  const { version, login, files, unfinished } = fieldsOf(json);
  if (version !== 1) throw new TypeError('another version');
  return {
    login: login === null ? null : parseLogin(fieldsOf(login)),
    files: files === null ? null : parseFiles(fieldsOf(files)),
    unfinished: unfinished === null ? null : parseJob(fieldsOf(unfinished)),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function parseLogin(fields: Fields): RememberedLogin {
  return {
    server: textOf(fields['server']),
    database: textOf(fields['database']),
    auth: oneOf(['sql', 'ntlm'], fields['auth']),
    domain: textOf(fields['domain']),
    user: textOf(fields['user']),
    tls: oneOf(['verify', 'ca-file', 'trust'], fields['tls']),
    serverCa: textOf(fields['serverCa']),
    tlsLegacy: oneOf([true, false], fields['tlsLegacy']),
  };
}

function parseFiles(fields: Fields): RememberedFiles {
  return { old: textOf(fields['old']), new: textOf(fields['new']), keyMap: textOf(fields['keyMap']) };
}

function parseJob(fields: Fields): RememberedJob {
  return { job: oneOf(['change', 'stage', 'rollback'], fields['job']), startedAt: dateOf(fields['startedAt']) };
}

function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw new TypeError('not an object');
  return { ...value };
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('not a text');
  return value;
}

function oneOf<T>(values: readonly T[], value: unknown): T {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new TypeError('none of the values there are');
  return found;
}

function dateOf(value: unknown): Date {
  const date = new Date(textOf(value));
  if (Number.isNaN(date.getTime())) throw new TypeError('not a time');
  return date;
}
