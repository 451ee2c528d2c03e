/** sp_getapplock and sp_releaseapplock: the two procedures there are. */
import { SqlError } from '../backend.ts';
import { unsupported } from '../tsql/errors.ts';
import type { AppLockMode, AppLockScope } from './app-locks.ts';
import type { SessionState } from './session-state.ts';
import type { Stored } from './values/stored.ts';

export interface Argument {
  /** Upper case, with @; null by position. */
  readonly name: string | null;
  readonly value: Stored;
}

const PARAMETERS = {
  sp_getapplock: ['@RESOURCE', '@LOCKMODE', '@LOCKOWNER', '@LOCKTIMEOUT', '@DBPRINCIPAL'],
  sp_releaseapplock: ['@RESOURCE', '@LOCKOWNER', '@DBPRINCIPAL'],
} as const;

export type ProcedureName = keyof typeof PARAMETERS;

/** Runs the procedure and answers its return value. */
export async function runProcedure(
  session: SessionState,
  procedure: ProcedureName,
  args: readonly Argument[],
  signal: AbortSignal,
): Promise<number> {
  const given = named(procedure, args);
  const resource = text(given.get('@RESOURCE'));
  if (resource === '') throw missing(procedure, '@Resource');
  const principal = text(given.get('@DBPRINCIPAL')) || 'public';
  const scope = lockScope(text(given.get('@LOCKOWNER')) || 'Transaction');
  // resource names are compared byte by byte, in their first 255 characters
  const key = `${principal.toLowerCase()}/${resource.slice(0, 255)}`;
  if (scope === 'Transaction' && session.transactions.count === 0) {
    throw new SqlError(
      1222,
      `The statement or function must be executed in the context of a user transaction (${procedure}).`,
    );
  }
  if (procedure === 'sp_releaseapplock') {
    if (session.database.appLocks.release(session, key, scope)) return 0;
    throw new SqlError(
      1223,
      `Cannot release the application lock (Database Principal: '${principal}', Resource: '${resource}') because it is not currently held.`,
    );
  }
  const mode = lockMode(text(given.get('@LOCKMODE')));
  const wait = given.get('@LOCKTIMEOUT') ?? null;
  const timeoutMs = wait === null ? session.settings.lockTimeoutMs : Number(wait);
  if (!Number.isInteger(timeoutMs)) throw new SqlError(8114, 'Error converting data type nvarchar to int.', 16, 5);
  return session.database.appLocks.acquire(session, key, mode, scope, { timeoutMs: Math.max(-1, timeoutMs), signal });
}

function named(procedure: ProcedureName, args: readonly Argument[]): Map<string, Stored> {
  const parameters: readonly string[] = PARAMETERS[procedure];
  const given = new Map<string, Stored>();
  for (const [i, { name, value }] of args.entries()) {
    const parameter = name ?? parameters[i];
    if (parameter === undefined || !parameters.includes(parameter)) {
      throw new SqlError(8145, `${name ?? `Argument ${i + 1}`} is not a parameter for procedure ${procedure}.`, 16, 2);
    }
    given.set(parameter, value);
  }
  return given;
}

function text(value: Stored | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

function missing(procedure: string, parameter: string): SqlError {
  return new SqlError(
    201,
    `Procedure or function '${procedure}' expects parameter '${parameter}', which was not supplied.`,
    16,
    4,
  );
}

function lockMode(name: string): AppLockMode {
  if (name === '') throw missing('sp_getapplock', '@LockMode');
  if (/^exclusive$/i.test(name)) return 'Exclusive';
  if (/^shared$/i.test(name)) return 'Shared';
  throw unsupported(`The application lock mode ${name}`);
}

function lockScope(name: string): AppLockScope {
  if (/^session$/i.test(name)) return 'Session';
  if (/^transaction$/i.test(name)) return 'Transaction';
  throw new SqlError(15600, 'An invalid parameter or option was specified for procedure.', 15);
}
