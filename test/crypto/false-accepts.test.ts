/**
 * How often a wrong root passes for the right one. A wrong private operation gives an integer evenly spread below the
 * modulus n of k bytes, so with f = 2^8k / n (1 to 1.8; 1.3 on average) a block passes with the chance
 *
 *     strict unpadding          f · 2^-16 · (255/256)^8 · (1 - (255/256)^(k-10))     1.2e-5 (2048), 1.7e-5 (4096)
 *     and L bytes of plaintext  f · 2^-16 · (255/256)^(k-3-L) / 256                  3.4e-8 (2048, L = 32), less at 4096
 *     cms: and CBC padding      the line above / 255                                 1.3e-10
 *
 * (OAEP: below 2^-160.) Rates that small cannot be sampled, but each factor can. Every bound here is six standard
 * deviations wide: one false alarm in 5e8 runs.
 */
import { constants, createCipheriv, createHash, publicEncrypt, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SEED } from '../support/random.ts';
import { classifyValue } from '../../src/crypto/classify.ts';
import { findContentFault } from '../../src/crypto/content-check.ts';
import { decryptBlock, unpadPkcs1 } from '../../src/crypto/rsa.ts';
import { makeRoot } from './make-root.ts';
import { aFormat, pkcs1For } from './make-value.ts';

/** Evenly spread bytes from the seed. */
function* randomBlocks(length: number, count: number): Generator<Buffer> {
  const key = createHash('sha256').update(String(SEED)).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  for (let i = 0; i < count; i++) yield stream.update(Buffer.alloc(length));
}

function expectRate(accepted: number, samples: number, chance: number): void {
  const deviation = Math.sqrt(samples * chance * (1 - chance));
  expect(Math.abs(accepted - samples * chance)).toBeLessThan(6 * deviation);
}

const SAMPLES = 20_000;
const notZero = 255 / 256;

describe('a block that begins with 00 02 by chance', () => {
  it.each([
    { blockBytes: 256, computed: 1.2e-5 },
    { blockBytes: 512, computed: 1.7e-5 },
  ])('of $blockBytes bytes unpads as often as computed', ({ blockBytes, computed }) => {
    const chance = notZero ** 8 * (1 - notZero ** (blockBytes - 10));
    let accepted = 0;
    for (const block of randomBlocks(blockBytes, SAMPLES)) {
      block.writeUInt16BE(2);
      if (unpadPkcs1(block) !== null) accepted++;
    }
    expectRate(accepted, SAMPLES, chance);
    expect(1.33 * 2 ** -16 * chance).toBeCloseTo(computed, 6);
  });

  it('unpads to exactly 32 bytes as often as computed', () => {
    const chance = notZero ** (256 - 3 - 32) / 256;
    let accepted = 0;
    for (const block of randomBlocks(256, SAMPLES)) {
      block.writeUInt16BE(2);
      if (unpadPkcs1(block)?.length === 32) accepted++;
    }
    expectRate(accepted, SAMPLES, chance);
    expect(1.33 * 2 ** -16 * chance).toBeLessThan(3.4e-8);
  });
});

describe('a wrong content key', () => {
  it('leaves valid CBC padding as often as computed, and never the declared length of a full block', () => {
    const cipher = createCipheriv('aes-256-cbc', randomBytes(32), Buffer.alloc(16));
    const bytes = Buffer.concat([cipher.update(randomBytes(32)), cipher.final()]);
    const aes256 = { name: 'aes-256-cbc', keyBytes: 32, blockBytes: 16 };
    const content = { element: bytes, cipher: aes256, iv: Buffer.alloc(16), bytes };
    let accepted = 0;
    let acceptedWithLength = 0;
    for (const key of randomBlocks(32, SAMPLES)) {
      if (findContentFault(content, key, null) === null) accepted++;
      if (findContentFault(content, key, 32) === null) acceptedWithLength++;
    }
    expectRate(accepted, SAMPLES, 1 / 255);
    expect(acceptedWithLength).toBe(0); // 2^-128 each
  });
});

describe('a wrong private key', () => {
  const right = makeRoot({ commonName: 'Right' });
  const wrong = makeRoot({ commonName: 'Wrong' });

  it('gives evenly spread blocks: the first byte is below every bound as often as it should be', () => {
    const padding = constants.RSA_PKCS1_PADDING;
    const samples = 400;
    let below = 0;
    let tried = 0;
    for (let i = 0; i < samples; i++) {
      const block = publicEncrypt({ key: right.root.publicKey, padding }, randomBytes(32));
      const opened = decryptBlock(wrong.root, block);
      if (opened === null) continue; // larger than the modulus
      tried++;
      if ((opened[0] ?? 0) < 64) below++;
    }
    const [top = 0, next = 0] = wrong.root.modulus;
    expectRate(below, tried, 64 / (top + next / 256));
  });

  it('opens none of 400 blocks that need their exact length (chance of a false alarm: 2e-5)', () => {
    const format = aFormat({ envelope: 'rsa-pkcs1', plaintextBytes: 32 });
    const roots = { old: wrong.root, new: makeRoot({ commonName: 'Wrong Too' }).root };
    for (let i = 0; i < 400; i++) {
      expect(classifyValue(pkcs1For(right, randomBytes(32)), format, roots, { open: true }).class).toBe('foreign');
    }
  });
});
