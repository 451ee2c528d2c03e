import { constants, hash, privateDecrypt, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { classifyValue } from '../../src/crypto/classify.ts';
import { encryptOaep, padOaep, unpadOaep } from '../../src/crypto/oaep.ts';
import { rewrapValue } from '../../src/crypto/rewrap.ts';
import type { RootPair } from '../../src/crypto/root.ts';
import { HASHES, type ValueFormat } from '../../src/keys/target.ts';
import { makeRoot } from './make-root.ts';
import { aFormat, oaepFor, pkcs1For, rawBlockFor, UNBOUNDED } from './make-value.ts';

const oldRoot = makeRoot({ commonName: 'Old Root' });
const newRoot = makeRoot({ commonName: 'New Root' });
const stranger = makeRoot({ commonName: 'Stranger' });
const longRoot = makeRoot({ commonName: 'Long Root', bits: 3072 });
const roots: RootPair = { old: oldRoot.root, new: newRoot.root };
const key = randomBytes(32);

const classify = (value: Uint8Array, format: ValueFormat, pair = roots) =>
  classifyValue(value, format, pair, { open: true });
const rewrap = (value: Uint8Array, format: ValueFormat, pair = roots) =>
  rewrapValue(value, format, UNBOUNDED, pair, { prove: true });

describe('rsa-oaep', () => {
  const sha1 = aFormat({ envelope: 'rsa-oaep' });
  const sha256 = aFormat({ envelope: 'rsa-oaep', oaepHash: 'sha256', mgf1Hash: 'sha256' });

  it.each(HASHES)('opens what node:crypto sealed with %s, and node:crypto opens what was sealed here', (name) => {
    const format = aFormat({ envelope: 'rsa-oaep', oaepHash: name, mgf1Hash: name, oaepLabel: '6c6162656c' });
    const label = Buffer.from('label');
    const result = rewrap(oaepFor(oldRoot, key, name, label), format);
    if (result.kind !== 'staged') throw new Error(JSON.stringify(result));
    expect(result.proven).toBe(true);
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const opened = privateDecrypt(
      { key: newRoot.privateKeyPem, padding, oaepHash: name, oaepLabel: label },
      result.newValue,
    );
    expect(opened).toEqual(key);
  });

  it('tells old, new and foreign by opening', () => {
    expect(classify(oaepFor(oldRoot, key), sha1)).toEqual({ class: 'old', reason: null, opened: true });
    expect(classify(oaepFor(newRoot, key), sha1)).toEqual({ class: 'new', reason: null, opened: true });
    expect(classify(oaepFor(stranger, key), sha1)).toMatchObject({ class: 'foreign' });
    expect(rewrap(oaepFor(newRoot, key), sha1)).toEqual({ kind: 'new' });
    expect(rewrap(oaepFor(stranger, key), sha1)).toMatchObject({ kind: 'foreign' });
  });

  it('does not open under another hash, MGF1 hash or label than the declared', () => {
    const value = oaepFor(oldRoot, key, 'sha256');
    expect(classify(value, sha256).class).toBe('old');
    expect(classify(value, sha1).class).toBe('foreign');
    expect(classify(value, { ...sha256, mgf1Hash: 'sha1' }).class).toBe('foreign');
    expect(classify(value, { ...sha256, oaepLabel: '00' }).class).toBe('foreign');
  });

  it.each([
    ['a byte short', (block: Uint8Array) => block.subarray(1), '255 bytes where an RSA block has 256'],
    [
      'a byte long',
      (block: Uint8Array) => Buffer.concat([block, Buffer.of(0)]),
      '257 bytes where an RSA block has 256',
    ],
  ])('calls unreadable a block %s', (_, damage, reason) => {
    expect(classify(damage(oaepFor(oldRoot, key)), sha1)).toEqual({ class: 'unreadable', reason, opened: false });
  });

  it('calls foreign a block not below the modulus of either root', () => {
    expect(classify(Buffer.alloc(256, 0xff), sha1).class).toBe('foreign');
    expect(classify(roots.old.modulus, sha1).class).toBe('foreign');
  });

  it('names the length when the plaintext is not as long as declared', () => {
    const format = { ...sha1, plaintextBytes: 16 };
    expect(classify(oaepFor(oldRoot, key), format)).toMatchObject({
      class: 'unreadable',
      reason: 'plaintext of 32 bytes where 16 are declared',
    });
  });

  it('with a certificate alone as new root tells old, and nothing else', () => {
    const pair = { old: oldRoot.root, new: newRoot.certificateAlone };
    expect(rewrap(oaepFor(oldRoot, key), sha1, pair)).toMatchObject({ kind: 'staged', proven: false });
    const reason = 'not under the old root; the new one cannot be tried without its private key';
    expect(classify(oaepFor(newRoot, key), sha1, pair)).toEqual({ class: 'foreign', reason, opened: false });
  });

  it('refuses a plaintext too long for the new root', () => {
    const shortRoot = makeRoot({ commonName: 'Short', bits: 1024 });
    const value = oaepFor(oldRoot, randomBytes(100));
    expect(rewrap(value, sha1, { old: oldRoot.root, new: shortRoot.root })).toEqual({
      kind: 'unreadable',
      reason: 'plaintext is too long for the new root',
    });
  });

  it('works between roots of different sizes', () => {
    const pair = { old: oldRoot.root, new: longRoot.root };
    const result = rewrap(oaepFor(oldRoot, key), sha1, pair);
    if (result.kind !== 'staged') throw new Error(JSON.stringify(result));
    expect(result.newValue).toHaveLength(384);
    expect(classify(result.newValue as Uint8Array, sha1, pair).class).toBe('new');
    expect(classify(oaepFor(stranger, key).subarray(1), sha1, pair).reason).toBe(
      '255 bytes where an RSA block has 256 or 384',
    );
  });

  it.each([
    { hash: 'sha1', mgf1Hash: 'sha256' },
    { hash: 'sha256', mgf1Hash: 'sha1' },
    { hash: 'sha512', mgf1Hash: 'sha384' },
  ] as const)('pads with $hash and masks with $mgf1Hash, for every length that fits', (hashes) => {
    const parameters = { ...hashes, label: Buffer.from('a label') };
    for (const length of [0, 1, 32, 100]) {
      const message = randomBytes(length);
      expect(unpadOaep(padOaep(message, 256, parameters)!, parameters)).toEqual(new Uint8Array(message));
    }
    expect(padOaep(randomBytes(256), 256, parameters)).toBeNull();
  });

  it('gives the block of RFC 8017: an independent MGF1 unmasks it', () => {
    const parameters = { hash: 'sha256', mgf1Hash: 'sha1', label: Buffer.from('L') } as const;
    const padded = Buffer.from(padOaep(key, 256, parameters)!);
    const mgf1 = (seed: Uint8Array, length: number) => {
      const rounds = Array.from({ length: Math.ceil(length / 20) }, (_, i) =>
        hash('sha1', Buffer.concat([seed, Buffer.of(0, 0, 0, i)]), 'buffer'),
      );
      return Buffer.concat(rounds).subarray(0, length);
    };
    const xor = (a: Buffer, b: Buffer) => Buffer.from(a.map((byte, i) => byte ^ b[i]!));
    const seed = xor(padded.subarray(1, 33), mgf1(padded.subarray(33), 32));
    const dataBlock = xor(padded.subarray(33), mgf1(seed, 223));
    const zeros = Buffer.alloc(223 - 32 - 1 - 32);
    expect(dataBlock).toEqual(Buffer.concat([hash('sha256', 'L', 'buffer'), zeros, Buffer.of(1), key]));
    expect(padded[0]).toBe(0);
    expect(encryptOaep(oldRoot.root, key, parameters)).toHaveLength(256);
  });
});

describe('rsa-pkcs1', () => {
  const format = aFormat({ envelope: 'rsa-pkcs1', plaintextBytes: 32 });

  it('rewraps, and node:crypto opens the result', () => {
    const result = rewrap(pkcs1For(oldRoot, key), format);
    if (result.kind !== 'staged') throw new Error(JSON.stringify(result));
    const padding = constants.RSA_PKCS1_PADDING;
    expect(privateDecrypt({ key: newRoot.privateKeyPem, padding }, result.newValue as Uint8Array)).toEqual(key);
  });

  it('tells old, new and foreign by opening under both roots', () => {
    expect(classify(pkcs1For(oldRoot, key), format).class).toBe('old');
    expect(classify(pkcs1For(newRoot, key), format).class).toBe('new');
    expect(classify(pkcs1For(stranger, key), format).class).toBe('foreign');
    expect(classify(pkcs1For(oldRoot, randomBytes(31)), format).class).toBe('foreign');
  });

  it('calls unreadable what opens under both roots', () => {
    // Nobody can make such a block on purpose for two keys; two roots over one key stand in for the coincidence.
    const sameKey = makeRoot({ commonName: 'Same Key', privateKeyPem: oldRoot.privateKeyPem });
    const pair = { old: oldRoot.root, new: sameKey.root };
    const reason = 'ambiguous: opens under both roots';
    expect(classify(pkcs1For(oldRoot, key), format, pair)).toEqual({ class: 'unreadable', reason, opened: false });
    expect(rewrap(pkcs1For(oldRoot, key), format, pair)).toEqual({ kind: 'unreadable', reason });
  });

  it.each<[string, (padded: Buffer) => void]>([
    ['block type 1', (padded) => padded.writeUInt8(1, 1)],
    ['a first byte that is not zero', (padded) => padded.writeUInt8(1, 0)],
    ['seven bytes of fill', (padded) => padded.writeUInt8(0, 9)],
    ['no separator', (padded) => padded.fill(0x55, 2)],
  ])('does not open %s', (_, damage) => {
    const padded = Buffer.concat([Buffer.of(0, 2), Buffer.alloc(256 - 3 - 32, 0x55), Buffer.of(0), key.fill(0x66)]);
    expect(classify(rawBlockFor(oldRoot, padded), format).class).toBe('old');
    damage(padded);
    expect(classify(rawBlockFor(oldRoot, padded), format).class).toBe('foreign');
  });

  it('refuses a new root without its private key, and a format without plaintextBytes', () => {
    const pair = { old: oldRoot.root, new: newRoot.certificateAlone };
    expect(() => classify(pkcs1For(oldRoot, key), format, pair)).toThrow(/certificate alone/);
    expect(() => classify(pkcs1For(oldRoot, key), { ...format, plaintextBytes: null })).toThrow(/plaintextBytes/);
  });
});
