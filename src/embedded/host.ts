/**
 * The embedded key database in a thread of its own, so that it takes no time from the thread of its clients: node:sqlite
 * blocks the thread it runs in.
 */
import { randomBytes } from 'node:crypto';
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
  const hosted: HostedDatabase = {
    database: options.database ?? 'srkey',
    user: 'sa',
    password: randomBytes(18).toString('base64url'),
  };
  const worker = new Worker(WORKER_SCRIPT, { workerData: hosted, env: {} });
  const { promise: listening, resolve, reject } = Promise.withResolvers<{ port: number; caPem: string }>();
  const ended = new Promise<void>((done) => {
    worker.once('exit', () => {
      reject(new Error('the embedded key database ended before it listened'));
      done();
    });
  });
  worker.on('message', (message: HostMessage) => {
    if (message.kind === 'listening') resolve(message);
    else options.onInternalError?.(message.message);
  });
  worker.on('error', (error) => {
    reject(error);
    options.onInternalError?.(error instanceof Error ? error.message : String(error));
  });
  const { port, caPem } = await listening;
  // A forgotten database must not keep a finished process alive.
  worker.unref();
  const close = async (): Promise<void> => {
    worker.ref();
    worker.postMessage('close');
    await ended;
  };
  return { ...hosted, port, caPem, close };
}
