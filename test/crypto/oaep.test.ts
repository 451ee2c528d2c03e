/** EME-OAEP block by block (RFC 8017, 7.1), against a construction of its own: what node:crypto hides from the other tests. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { OaepParameters } from '../../src/crypto/key-transport.ts';
import { oaepCapacity, padOaep, unpadOaep } from '../../src/crypto/oaep.ts';

const BLOCK_BYTES = 128;
const SHA256: OaepParameters = { hash: 'sha256', mgf1Hash: 'sha1', label: Buffer.from('label') };
const hashOf = (name: string, input: Uint8Array): Buffer => createHash(name).update(input).digest();

function mgf1(seed: Uint8Array, length: number): Buffer {
  const rounds = Array.from({ length: Math.ceil(length / 20) }, (_, i) =>
    hashOf('sha1', Buffer.concat([seed, Buffer.from([0, 0, 0, i])])),
  );
  return Buffer.concat(rounds).subarray(0, length);
}

const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));

interface Parts {
  readonly first: number;
  readonly labelHash: Buffer;
  readonly separator: number;
  readonly message: Buffer;
}

/** A padded block for SHA-256 with MGF1 over SHA-1. */
function aBlock(overrides: Partial<Parts> = {}, blockBytes = BLOCK_BYTES): Buffer {
  const { first, labelHash, separator, message } = {
    first: 0,
    labelHash: hashOf('sha256', Buffer.from('label')),
    separator: 1,
    message: Buffer.from('the stored key'),
    ...overrides,
  };
  const seed = Buffer.alloc(32, 0x5e);
  const fill = Buffer.alloc(blockBytes - 1 - 32 - 32 - 1 - message.length);
  const dataBlock = Buffer.concat([labelHash, fill, Buffer.from([separator]), message]);
  const maskedData = xor(dataBlock, mgf1(seed, dataBlock.length));
  return Buffer.concat([Buffer.from([first]), xor(seed, mgf1(maskedData, 32)), maskedData]);
}

const opened = (block: Buffer): string | null => {
  const message = unpadOaep(block, SHA256);
  return message === null ? null : Buffer.from(message).toString();
};

describe('OAEP unpadding', () => {
  it('opens a block made elsewhere', () => {
    expect(opened(aBlock())).toBe('the stored key');
  });

  it('opens the longest message and the empty one', () => {
    const longest = Buffer.alloc(BLOCK_BYTES - 66, 0x61);
    expect(opened(aBlock({ message: longest }))).toBe(longest.toString());
    expect(opened(aBlock({ message: Buffer.alloc(0) }))).toBe('');
    expect(opened(aBlock({ message: Buffer.alloc(0) }, 66))).toBe('');
  });

  it.each<[string, Partial<Parts>]>([
    ['a first byte other than zero', { first: 1 }],
    ['another separator than 01', { separator: 2 }],
    ['no separator', { separator: 0, message: Buffer.alloc(14) }],
    ['another label', { labelHash: hashOf('sha256', Buffer.from('Label')) }],
  ])('refuses %s', (_, overrides) => {
    expect(opened(aBlock(overrides))).toBeNull();
  });

  it('refuses a block too short to hold the two hashes', () => {
    expect(opened(Buffer.alloc(65))).toBeNull();
    expect(opened(Buffer.alloc(0))).toBeNull();
  });
});

describe('OAEP padding', () => {
  it('takes exactly as many bytes as fit', () => {
    const capacity = oaepCapacity(BLOCK_BYTES, 'sha256');
    expect(capacity).toBe(62);
    const block = padOaep(Buffer.alloc(capacity, 0x61), BLOCK_BYTES, SHA256);
    expect(opened(Buffer.from(block!))).toBe('a'.repeat(capacity));
    expect(padOaep(Buffer.alloc(capacity + 1), BLOCK_BYTES, SHA256)).toBeNull();
  });

  it('seeds each block anew', () => {
    const pad = (): Buffer => Buffer.from(padOaep(Buffer.from('the stored key'), BLOCK_BYTES, SHA256)!);
    const [first, second] = [pad(), pad()];
    expect(first.equals(second)).toBe(false);
    expect([opened(first), opened(second)]).toEqual(['the stored key', 'the stored key']);
  });
});
