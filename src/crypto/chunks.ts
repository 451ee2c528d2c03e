/** How a page of values is cut for the workers: small enough to share out and to stop, large enough to be worth a message. */

/** A message to a thread and back costs about 0.1 ms. */
const CHUNK_MS = 30;
const MAX_CHUNK_VALUES = 512;

/** Measured on one core, Node 24: what a value costs apart from RSA, and a private operation at 4096 bits. */
const BASE_MS = 0.06;
const PRIVATE_MS_4096 = 1.45;

/** The cost of a private operation grows with the third power of the key length. */
function privateMs(keyBits: number): number {
  return PRIVATE_MS_4096 * (keyBits / 4096) ** 3;
}

export interface ChunkPlan {
  readonly values: number;
  readonly keyBits: number;
  /** For each value, on average. */
  readonly privateOperations: number;
  readonly workers: number;
}

/** Values in a chunk: about 30 ms of work, and no fewer chunks than workers. */
export function chunkSize({ values, keyBits, privateOperations, workers }: ChunkPlan): number {
  const valueMs = BASE_MS + privateOperations * privateMs(keyBits);
  const byTime = Math.round(CHUNK_MS / valueMs);
  const byWorkers = Math.ceil(values / Math.max(workers, 1));
  return Math.max(1, Math.min(byTime, byWorkers, MAX_CHUNK_VALUES));
}

/** The page in slices of `size`. */
export function sliceChunks<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: (readonly T[])[] = [];
  for (let at = 0; at < values.length; at += size) chunks.push(values.slice(at, at + size));
  return chunks;
}
