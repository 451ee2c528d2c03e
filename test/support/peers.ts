/** Servers of the tests that are no SQL Servers, or go wrong before they are one; and how to connect to any server. */
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ConnectionOptions } from '../../src/db/connection.ts';
import { Session } from '../../src/db/session.ts';
import { DatabaseError } from '../../src/errors.ts';

/** A TCP server on any free port; `meet` is called with each connection. Gone when the test ends. */
export async function startPeer(meet: (socket: Socket) => void): Promise<{ readonly port: number }> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    meet(socket);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => listener.close(resolve));
  });
  return { port: (listener.address() as AddressInfo).port };
}

/** A port of this machine where nothing listens. */
export async function closedPort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

export function connectionTo(port: number, changes: Partial<ConnectionOptions> = {}): ConnectionOptions {
  return {
    host: 'localhost',
    port,
    instance: null,
    database: 'master',
    auth: 'sql',
    user: 'sa',
    password: 'secret-word',
    domain: null,
    serverCaPem: null,
    trustServerCertificate: false,
    tlsLegacy: false,
    ...changes,
  };
}

/** The error of a session that must not open. */
export async function refusalOf(options: ConnectionOptions): Promise<DatabaseError> {
  const outcome = await Session.open(options).catch((error: unknown) => error);
  if (outcome instanceof DatabaseError) return outcome;
  if (outcome instanceof Session) await outcome.close();
  throw new Error('the session was opened', { cause: outcome });
}
