/** The body of the database thread: backend and TDS server, until the owner says `close`. */
import { parentPort, workerData } from 'node:worker_threads';
import { createEmbeddedBackend } from './engine/backend.ts';
import type { HostedDatabase, HostMessage } from './host.ts';
import { startTdsServer } from './tds/server.ts';

const hosted = workerData as HostedDatabase;
const say = (message: HostMessage): void => parentPort?.postMessage(message);

const { directory, user, password, database } = hosted;
const backend = createEmbeddedBackend({ directory, logins: [{ user, password }], databases: [database] });
const server = await startTdsServer({
  backend,
  onInternalError: (error) => {
    say({ kind: 'internal-error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  },
});
parentPort?.on('message', () => {
  void shutDown();
});
say({ kind: 'listening', port: server.port, caPem: server.caPem });

async function shutDown(): Promise<void> {
  await server.close();
  backend.close();
  parentPort?.close();
}
