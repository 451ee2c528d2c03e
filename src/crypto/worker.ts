/** The body of a key worker thread: roots once, then one reply for each piece of work. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RootPair } from './root.ts';
import { replyTo, type Work } from './work.ts';

const roots = workerData as RootPair;

parentPort?.on('message', (work: Work) => {
  parentPort?.postMessage(replyTo(work, roots));
});
