/**
 * The embedded key database in a thread of its own, so that it takes no time from the thread of its clients: node:sqlite
 * blocks the thread it runs in.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export interface EmbeddedDatabaseOptions {
  /** Created empty. */
  readonly database?: string;
  /** The server found a fault of its own; its client got error 50000. */
  readonly onInternalError?: (message: string) => void;
}

export interface EmbeddedDatabase {
  readonly port: number;
  /** The certificate that clients verify the server with. */
  readonly caPem: string;
  readonly database: string;
  readonly user: string;
  /** Random, new with every start. */
  readonly password: string;
  /** Ends the server and frees everything it holds; the data is gone. Idempotent. */
  readonly close: () => Promise<void>;
}

/** What the thread is started with. */
export interface HostedDatabase {
  /** Of its own; the host removes it. */
  readonly directory: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

/** What the thread says: first that it listens, later of its own faults. */
export type HostMessage =
  | { readonly kind: 'listening'; readonly port: number; readonly caPem: string }
  | { readonly kind: 'internal-error'; readonly message: string };

const WORKER_SCRIPT = new URL(
  import.meta.url.endsWith('.ts') ? './host-worker.ts' : './host-worker.js',
  import.meta.url,
);

export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions = {}): Promise<EmbeddedDatabase> {
  const files = await openDataFolder();
  const hosted: HostedDatabase = {
    directory: files.path,
    database: options.database ?? 'srkey',
    user: 'sa',
    password: randomBytes(18).toString('base64url'),
  };
  const thread = startThread(hosted, options.onInternalError ?? (() => undefined));
  const close = async (): Promise<void> => {
    await thread.close();
    await files.remove();
  };
  try {
    const { port, caPem } = await thread.listening;
    const { database, user, password } = hosted;
    return { port, caPem, database, user, password, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface HostThread {
  readonly listening: Promise<{ readonly port: number; readonly caPem: string }>;
  readonly close: () => Promise<void>;
}

function startThread(hosted: HostedDatabase, onInternalError: (message: string) => void): HostThread {
  const worker = new Worker(WORKER_SCRIPT, { workerData: hosted, env: {} });
  const { promise: listening, resolve, reject } = Promise.withResolvers<{ port: number; caPem: string }>();
  const { promise: ended, resolve: end } = Promise.withResolvers<undefined>();
  worker.on('message', (message: HostMessage) => {
    if (message.kind === 'internal-error') {
      onInternalError(message.message);
      return;
    }
    // A forgotten database must not keep a finished process alive.
    worker.unref();
    resolve(message);
  });
  worker.on('error', (error) => {
    reject(error);
    onInternalError(error instanceof Error ? error.message : String(error));
  });
  worker.on('exit', () => {
    reject(new Error('the embedded key database ended before it listened'));
    end(undefined);
  });
  const close = async (): Promise<void> => {
    worker.ref();
    worker.postMessage('close');
    await ended;
  };
  return { listening, close };
}

async function openDataFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'srkey-embedded-'));
  // It must also go when the process leaves without closing the database.
  const onExit = (): void => {
    rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', onExit);
  const remove = async (): Promise<void> => {
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    process.off('exit', onExit);
  };
  return { path, remove };
}
