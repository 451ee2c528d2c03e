/**
 * A server over a scripted backend, and mssql pools that talk to it; all of it closed when the test ends. A test fails
 * when the server reports an internal error that the test did not ask for.
 */
import sql from 'mssql';
import { expect, onTestFinished } from 'vitest';
import { startTdsServer, type TdsServer, type TdsServerOptions } from '../../../src/embedded/tds/server.ts';
import { FakeBackend, PASSWORD } from './fake-backend.ts';

export interface Harness {
  readonly backend: FakeBackend;
  readonly server: TdsServer;
  readonly internalErrors: unknown[];
  /** A pool of one connection, so that requests follow each other on the same session. */
  connect(config?: Partial<sql.config>): Promise<sql.ConnectionPool>;
}

export async function startFake(options: Partial<TdsServerOptions> = {}, expectedInternalErrors = 0): Promise<Harness> {
  const backend = new FakeBackend();
  const internalErrors: unknown[] = [];
  const onInternalError = (error: unknown): void => {
    internalErrors.push(error);
  };
  const server = await startTdsServer({ backend, onInternalError, ...options });
  onTestFinished(async () => {
    await server.close();
    expect(internalErrors).toHaveLength(expectedInternalErrors);
    expect(backend.sessions.map((session) => session.closeCount)).toEqual(backend.sessions.map(() => 1));
  });

  const connect = async (config: Partial<sql.config> = {}): Promise<sql.ConnectionPool> => {
    const pool = new sql.ConnectionPool({
      server: 'localhost',
      port: server.port,
      user: 'sa',
      password: PASSWORD,
      database: 'srkey',
      pool: { max: 1, min: 0 },
      ...config,
      options: { encrypt: false, ...config.options },
    });
    pool.on('error', () => {}); // a cut line is reported here as well as where it matters
    onTestFinished(() => pool.close());
    return pool.connect();
  };
  return { backend, server, internalErrors, connect };
}

/** The error that a promise rejects with; fails when it does not. */
export async function errorOf(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => error as Error & Record<string, unknown>,
  );
  expect(outcome, 'the promise should have been rejected').not.toBeNull();
  return outcome!;
}
