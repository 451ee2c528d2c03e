/** The bare RSA private operation of as many threads as the tool is given: what no tool could beat. */
import { startKeyWorkers } from '../../src/crypto/key-workers.ts';
import { parseRootFile } from '../../src/crypto/root-file.ts';
import { QUICK, WORKERS } from './figure.ts';
import type { RootPair } from './figure.ts';

const MEASURE_MS = QUICK ? 500 : 5_000;

/** Operations a second. */
export async function bareRate({ old, new: renewed }: RootPair): Promise<number> {
  const workers = startKeyWorkers({
    oldRoot: parseRootFile(Buffer.from(old.pem), { fileName: 'old_root.pem' }),
    newRoot: parseRootFile(Buffer.from(renewed.pem), { fileName: 'root.pem' }),
    workers: WORKERS,
  });
  try {
    return await workers.measurePrivateRate(MEASURE_MS);
  } finally {
    await workers.close();
  }
}
