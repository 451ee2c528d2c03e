import { randomFillSync } from 'node:crypto';
import type { Root } from './root.ts';
import { decryptBlock } from './rsa.ts';

/** Bare RSA private operations a second on this thread, measured for about `durationMs`: what any rewrap is bounded by. */
export function measurePrivateRate(root: Root, durationMs: number): number {
  const block = randomFillSync(new Uint8Array(root.modulus.length));
  block[0] = 0; // below any modulus
  const start = performance.now();
  let operations = 0;
  for (;;) {
    decryptBlock(root, block);
    operations++;
    const elapsedMs = performance.now() - start;
    if (elapsedMs >= durationMs) return (operations / elapsedMs) * 1000;
  }
}
