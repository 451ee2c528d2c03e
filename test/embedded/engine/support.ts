/** An embedded backend in a directory of its own, and requests through the seam. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmbeddedBackend } from '../../../src/embedded/engine/backend.ts';
import type { EmbeddedBackend } from '../../../src/embedded/engine/backend.ts';
import type { ResultColumn, SqlParameter, SqlSession, SqlType, SqlValue } from '../../../src/embedded/backend.ts';

export interface ResultSet {
  readonly columns: readonly ResultColumn[];
  readonly rows: (readonly SqlValue[])[];
}

export interface Results {
  readonly sets: ResultSet[];
  readonly counts: (number | null)[];
  readonly messages: string[];
  readonly transactions: string[];
}

export interface TestServer {
  readonly backend: EmbeddedBackend;
  readonly directory: string;
  connect(database?: string): SqlSession;
  close(): void;
}

export function startServer(directory = mkdtempSync(join(tmpdir(), 'srkey-engine-'))): TestServer {
  const backend = createEmbeddedBackend({
    directory,
    logins: [{ user: 'sa', password: 'secret' }],
    databases: ['srkey'],
  });
  return {
    backend,
    directory,
    connect: (database = '') =>
      backend.login({ user: 'sa', password: 'secret', database, hostName: 'workstation', appName: 'test' }),
    close() {
      backend.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function run(
  session: SqlSession,
  text: string,
  parameters: readonly SqlParameter[] = [],
  signal: AbortSignal = new AbortController().signal,
): Promise<Results> {
  const results: Results = { sets: [], counts: [], messages: [], transactions: [] };
  await session.execute(
    text,
    parameters,
    {
      columns: (columns) => void results.sets.push({ columns, rows: [] }),
      row: (values) => void results.sets.at(-1)?.rows.push(values),
      done: (count) => void results.counts.push(count),
      info: (message) => void results.messages.push(message),
      databaseChanged: () => undefined,
      transactionChanged: (change) => void results.transactions.push(change),
    },
    signal,
  );
  return results;
}

/** Rows of the last result set. */
export async function rows(
  session: SqlSession,
  text: string,
  parameters: readonly SqlParameter[] = [],
): Promise<(readonly SqlValue[])[]> {
  return (await run(session, text, parameters)).sets.at(-1)?.rows ?? [];
}

/** The first value of the last result set. */
export async function value(
  session: SqlSession,
  text: string,
  parameters: readonly SqlParameter[] = [],
): Promise<SqlValue | undefined> {
  return (await rows(session, text, parameters))[0]?.[0];
}

/** The error number that a text ends with, or null. */
export async function errorOf(
  session: SqlSession,
  text: string,
  parameters: readonly SqlParameter[] = [],
): Promise<number | null> {
  try {
    await run(session, text, parameters);
    return null;
  } catch (error) {
    if (error instanceof Error && 'number' in error && error.name === 'SqlError') return error.number as number;
    throw error;
  }
}

export function parameter(name: string, type: SqlType | SqlType['name'], given: SqlValue): SqlParameter {
  return { name, type: typeof type === 'string' ? { name: type } : type, value: given };
}

export const int = (name: string, given: number): SqlParameter => parameter(name, 'int', given);
export const text = (name: string, given: string): SqlParameter =>
  parameter(name, { name: 'nvarchar', length: 4000 }, given);

/** Batches of a SQL file of the product. */
export function sqlFile(path: string): string[] {
  return readFileSync(new URL(`../../../sql/${path}`, import.meta.url), 'utf8').split(/^GO\s*$/m);
}

export async function installStateTables(session: SqlSession): Promise<void> {
  for (const batch of sqlFile('rotation/state.sql')) await run(session, batch);
}
