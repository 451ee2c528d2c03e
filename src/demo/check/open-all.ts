/** Opens many values on a few threads: two private operations each are what the check takes its time for. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { OpenedValue, SealedValue } from './open-value.ts';

/** The texts of both root files. */
export interface RootFiles {
  readonly old: string;
  readonly new: string;
}

export interface OpenAllOptions {
  readonly threads: number;
  readonly stop: AbortSignal;
}

const WORKER_SCRIPT = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
const CHUNK_VALUES = 50;

/** One answer for each value, in their order. */
export async function openAll(
  values: readonly SealedValue[],
  roots: RootFiles,
  { threads, stop }: OpenAllOptions,
): Promise<readonly OpenedValue[]> {
  const opened = new Array<OpenedValue>(values.length);
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(WORKER_SCRIPT, { workerData: roots, env: {} });
    try {
      while (next < values.length) {
        stop.throwIfAborted();
        const at = next;
        next += CHUNK_VALUES;
        worker.postMessage(values.slice(at, at + CHUNK_VALUES));
        const [chunk] = (await once(worker, 'message', { signal: stop })) as [readonly OpenedValue[]];
        for (const [i, one] of chunk.entries()) opened[at + i] = one;
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
  return opened;
}
