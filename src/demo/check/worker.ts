/** The body of a check thread: root files once, then one reply for each chunk of values. */
import { parentPort, workerData } from 'node:worker_threads';
import { readCheckRoot } from './check-root.ts';
import { openValue, type SealedValue } from './open-value.ts';
import type { RootFiles } from './open-all.ts';

const files = workerData as RootFiles;
const roots = { old: readCheckRoot(files.old), new: readCheckRoot(files.new) };

parentPort?.on('message', (values: readonly SealedValue[]) => {
  parentPort?.postMessage(values.map((value) => openValue(value, roots)));
});
