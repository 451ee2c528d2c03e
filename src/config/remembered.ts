/** What the terminal UI remembers between two starts: the last login and files. Never a secret. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const loginSchema = z.object({
  server: z.string(),
  database: z.string(),
  auth: z.enum(['sql', 'ntlm']),
  domain: z.string(),
  user: z.string(),
  tls: z.enum(['verify', 'ca-file', 'trust']),
  serverCa: z.string(),
  tlsLegacy: z.boolean(),
});

const filesSchema = z.object({ old: z.string(), new: z.string(), keyMap: z.string() });

const memorySchema = z.object({
  version: z.literal(1),
  login: loginSchema.nullable(),
  files: filesSchema.nullable(),
  /** A change that was begun and not seen to end. */
  unfinished: z.object({ startedAt: z.coerce.date() }).nullable(),
});

export type Memory = Readonly<Omit<z.output<typeof memorySchema>, 'version'>>;

const NOTHING: Memory = { login: null, files: null, unfinished: null };
const FILE = 'remembered.json';

/** What is there and makes sense; a damaged memory is no memory. */
export function recall(folder: string): Memory {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));
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
