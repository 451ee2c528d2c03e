/** Pairs of an old and a new value: the same key inside, or why not. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { comparePair } from '../../src/crypto/compare.ts';
import { rewrapValue } from '../../src/crypto/rewrap.ts';
import type { RootPair } from '../../src/crypto/root.ts';
import type { ColumnValue, Compared } from '../../src/keys/stored-key.ts';
import type { ValueFormat } from '../../src/keys/target.ts';
import { makeRoot } from './make-root.ts';
import { aFormat, cmsFor, flipBit, oaepFor, pkcs1For, UNBOUNDED } from './make-value.ts';

const old = makeRoot({ commonName: 'Old Root' });
const renewed = makeRoot({ commonName: 'New Root' });
const stranger = makeRoot({ commonName: 'Stranger' });
const roots: RootPair = { old: old.root, new: renewed.root };

const FORMATS: readonly (readonly [string, ValueFormat, (plaintext: Uint8Array, root?: typeof old) => Uint8Array])[] = [
  ['cms', aFormat({ plaintextBytes: 32 }), (plaintext, root = old) => cmsFor(root, plaintext)],
  [
    'rsa-oaep',
    aFormat({ envelope: 'rsa-oaep', plaintextBytes: 32 }),
    (plaintext, root = old) => oaepFor(root, plaintext),
  ],
  [
    'rsa-pkcs1',
    aFormat({ envelope: 'rsa-pkcs1', plaintextBytes: 32 }),
    (plaintext, root = old) => pkcs1For(root, plaintext),
  ],
];

function rewrapped(value: Uint8Array, format: ValueFormat): ColumnValue {
  const result = rewrapValue(value, format, UNBOUNDED, roots, { prove: false });
  if (result.kind !== 'staged') throw new Error(`not rewrapped: ${result.kind}`);
  return result.newValue;
}

const reasonOf = (compared: Compared): string => (compared.kind === 'different' ? compared.reason : compared.kind);

describe.each(FORMATS)('a pair of %s', (_, format, seal) => {
  const plaintext = randomBytes(32);
  const oldValue = seal(plaintext);
  const compare = (before: ColumnValue, after: ColumnValue): string =>
    reasonOf(comparePair({ oldValue: before, newValue: after }, format, roots));

  it('is the same when the new value is the old one rewrapped', () => {
    expect(compare(oldValue, rewrapped(oldValue, format))).toBe('same');
  });

  it('is not when the new value holds another key', () => {
    expect(compare(oldValue, rewrapped(seal(randomBytes(32)), format))).toBe(
      'old and new value open to different keys',
    );
  });

  it('is not when either value is for another root, empty, or damaged', () => {
    const newValue = rewrapped(oldValue, format);
    // The recipient of an envelope tells; a bare RSA block has to be tried.
    const refusal = format.envelope === 'cms' ? 'it is not for' : 'it does not open under';
    expect(compare(oldValue, oldValue)).toBe(`new value: ${refusal} the new root`);
    expect(compare(newValue, newValue)).toBe(`old value: ${refusal} the old root`);
    expect(compare(oldValue, seal(plaintext, stranger))).toMatch(/^new value: /);
    expect(compare(oldValue, null)).toBe('new value: it holds no key');
    expect(compare(new Uint8Array(), newValue)).toBe('old value: it holds no key');
    const bytes = newValue as Uint8Array;
    // In the wrapped key, which stands at the end of a block and in the middle of an envelope.
    expect(compare(oldValue, flipBit(bytes, (bytes.length >> 1) * 8))).not.toBe('same');
  });
});

describe('a pair is not the same, and says why,', () => {
  const [oldValue, newValue] = [cmsFor(old, randomBytes(32)), cmsFor(renewed, randomBytes(32))];
  const compare = (before: ColumnValue, after: ColumnValue, format: ValueFormat): string =>
    reasonOf(comparePair({ oldValue: before, newValue: after }, format, roots));

  it('when a value is no text of its encoding', () => {
    const base64 = aFormat({ encoding: 'base64', plaintextBytes: 32 });
    const [before, after] = [oldValue, newValue].map((value) => Buffer.from(value).toString('base64'));
    expect(compare('?' + before!, after!, base64)).toMatch(/^old value: .*base64/);
    expect(compare(before!, after!.slice(1), base64)).toMatch(/^new value: .*base64/);
  });

  it('when a value is no envelope', () => {
    const format = aFormat({ plaintextBytes: 32 });
    expect(compare(oldValue.subarray(1), newValue, format)).toMatch(/^old value: /);
    expect(compare(oldValue, randomBytes(700), format)).toMatch(/^new value: /);
  });

  it('when a value opens, and what is inside is no key of the declared length', () => {
    const format = aFormat({ plaintextBytes: 16 });
    expect(compare(oldValue, newValue, format)).toMatch(/^old value: .*32.*16|^old value: .*16.*32/);
  });

  it('and is refused where the format does not fit the roots', () => {
    const certificateAlone = { old: old.root, new: renewed.certificateAlone };
    const format = aFormat({ envelope: 'rsa-pkcs1', plaintextBytes: 32 });
    expect(() => comparePair({ oldValue: null, newValue: null }, format, certificateAlone)).toThrow(
      /certificate alone: not enough for rsa-pkcs1/,
    );
  });
});

describe('a pair of cms values', () => {
  it('is not the same when more than the recipient differs, though the key inside is', () => {
    const plaintext = randomBytes(32);
    const format = aFormat({ plaintextBytes: 32 });
    const [oldValue, newValue] = [cmsFor(old, plaintext), cmsFor(renewed, plaintext)];
    expect(reasonOf(comparePair({ oldValue, newValue }, format, roots))).toBe(
      'old and new value differ in more than the recipient',
    );
  });
});
