import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { classifyValue } from '../../src/crypto/classify.ts';
import * as der from '../../src/crypto/der.ts';
import { parseEnvelopedData } from '../../src/crypto/enveloped-data.ts';
import { rewrapValue } from '../../src/crypto/rewrap.ts';
import type { RootPair } from '../../src/crypto/root.ts';
import {
  asStreamed,
  buildCms,
  integer,
  NULL,
  oid,
  recipientInfo as recipientOf,
  sequence,
  wrappedKeyFor,
  type Parts,
  type RecipientParts,
} from './build-cms.ts';
import { makeRoot, type MadeRoot } from './make-root.ts';
import { aFormat, cmsFor, UNBOUNDED } from './make-value.ts';

const oldRoot = makeRoot({ commonName: 'Old Root' });
const newRoot = makeRoot({ commonName: 'New Root' });
const stranger = makeRoot({ commonName: 'Stranger' });
const roots: RootPair = { old: oldRoot.root, new: newRoot.root };
const swapped: RootPair = { old: newRoot.root, new: oldRoot.root };

const plaintext = randomBytes(32);
const value = cmsFor(oldRoot, plaintext);
const format = aFormat({ plaintextBytes: 32 });

const classify = (bytes: Uint8Array, pair = roots, open = true) => classifyValue(bytes, format, pair, { open });
const rewrap = (bytes: Uint8Array, pair = roots, prove = true) =>
  rewrapValue(bytes, format, UNBOUNDED, pair, { prove });

const build = (overrides: Partial<Parts> = {}) => buildCms(oldRoot, plaintext, overrides);
const recipientInfo = (overrides: Partial<RecipientParts> & { made?: MadeRoot } = {}) =>
  recipientOf(overrides.made ?? oldRoot, overrides);

describe('classification of cms envelopes', () => {
  it.each([
    { name: 'old', pair: roots, root: oldRoot },
    { name: 'new', pair: roots, root: newRoot },
    { name: 'new', pair: swapped, root: oldRoot },
  ])('tells $name by the recipient, opened or not', ({ name, pair, root }) => {
    const envelope = cmsFor(root, plaintext);
    expect(classify(envelope, pair)).toEqual({ class: name, reason: null, opened: true });
    expect(classify(envelope, pair, false)).toEqual({ class: name, reason: null, opened: false });
  });

  it('tells new without the new private key, and says that it was not opened', () => {
    const pair = { old: oldRoot.root, new: newRoot.certificateAlone };
    expect(classify(cmsFor(newRoot, plaintext), pair)).toEqual({ class: 'new', reason: null, opened: false });
  });

  it('calls foreign what names neither root', () => {
    expect(classify(cmsFor(stranger, plaintext))).toMatchObject({ class: 'foreign' });
    expect(rewrap(cmsFor(stranger, plaintext))).toMatchObject({ kind: 'foreign' });
  });

  it.each([null, new Uint8Array(0)])('calls %j empty', (nothingStored) => {
    expect(classifyValue(nothingStored, format, roots, { open: true }).class).toBe('empty');
  });

  it.each<[reason: string, bytes: Uint8Array]>([
    ['truncated', value.subarray(0, value.length - 1)],
    ['truncated', value.subarray(0, 100)],
    ['damaged content info', value.subarray(0, 1)],
    ['damaged content info', randomBytes(64).fill(0xff, 0, 1)],
    ['trailing bytes after the envelope', Buffer.concat([value, Buffer.alloc(1)])],
    ['more than one recipient', cmsFor([oldRoot, newRoot], plaintext)],
    ['more than one recipient', build({ recipients: [recipientInfo(), recipientInfo({ made: newRoot })] })],
    ['missing recipient', build({ recipients: [] })],
    ['not a key transport recipient', build({ recipients: [der.encodeElement(0xa2, integer(4))] })],
    ['unknown content cipher 1.2.840.113549.3.2', build({ cipher: '2a864886f70d0302' })],
    ['unknown content type 1.2.840.113549.1.7.2', build({ contentType: '2a864886f70d010702' })],
    ['not enveloped data but content type 1.2.840.113549.1.7.2', build({ contentInfoType: '2a864886f70d010702' })],
    [
      'unknown key transport 1.2.840.113549.1.1.10',
      build({ recipients: [recipientInfo({ algorithm: sequence(oid('2a864886f70d01010a'), NULL) })] }),
    ],
    ['version does not fit the recipient', build({ version: 2 })],
    ['version does not fit the recipient', build({ recipients: [recipientInfo({ version: 2 })] })],
    ['originator information present', build({ before: [der.encodeElement(der.contextTag(0))] })],
    ['unprotected attributes present', build({ after: [der.encodeElement(der.contextTag(1), sequence())] })],
    ['IV length does not fit the content cipher', build({ iv: randomBytes(8) })],
    ['encrypted content is not a whole number of cipher blocks', build({ content: randomBytes(47) })],
    ['encrypted content is not a whole number of cipher blocks', build({ content: randomBytes(0) })],
    ['plaintext of 31 bytes where 32 are declared', cmsFor(oldRoot, randomBytes(31))],
    [
      'wrapped key does not have the length of the root',
      build({ recipients: [recipientInfo({ key: wrappedKeyFor(oldRoot).subarray(1) })] }),
    ],
    [
      'names the old root but does not open under it',
      build({ recipients: [recipientInfo({ key: Buffer.alloc(256, 0xff) })] }), // larger than the modulus
    ],
    [
      'names the old root but does not open under it',
      build({ recipients: [recipientInfo({ key: wrappedKeyFor(newRoot) })] }), // a wrong key
    ],
    [
      'names the old root but does not open under it',
      build({ recipients: [recipientInfo({ key: wrappedKeyFor(oldRoot, randomBytes(24)) })] }), // too short for AES-256
    ],
  ])('calls unreadable: %s', (reason, bytes) => {
    expect(classify(bytes)).toEqual({ class: 'unreadable', reason, opened: false });
    expect(rewrap(bytes)).toEqual({ kind: 'unreadable', reason });
  });

  it('calls unreadable content whose padding is damaged', () => {
    const parsed = parseEnvelopedData(value);
    if (parsed.kind !== 'enveloped-data') throw new Error(parsed.reason);
    const damaged = new Uint8Array(value);
    // the last byte of the block before the last is XORed into the last padding byte
    damaged[value.length - 17] = (damaged[value.length - 17] ?? 0) ^ 0x80;
    expect(classify(damaged)).toMatchObject({ class: 'unreadable', reason: 'content padding is damaged' });
  });
});

describe('roots that share issuer and serial number', () => {
  const twin = makeRoot({ commonName: 'Twin', serial: '42' });
  const otherTwin = makeRoot({ commonName: 'Twin', serial: '42' });
  const twins: RootPair = { old: twin.root, new: otherTwin.root };

  it('are told apart by opening, even when asked not to open', () => {
    expect(classify(cmsFor(twin, plaintext), twins, false)).toMatchObject({ class: 'old', opened: true });
    expect(classify(cmsFor(otherTwin, plaintext), twins, false)).toMatchObject({ class: 'new', opened: true });
  });

  it('are rewrapped from one to the other, once', () => {
    const first = rewrap(cmsFor(twin, plaintext), twins);
    if (first.kind !== 'staged') throw new Error(first.kind);
    expect(rewrap(first.newValue as Uint8Array, twins)).toEqual({ kind: 'new' });
  });

  it('leave unreadable what opens under neither', () => {
    const damaged = build({ recipients: [recipientInfo({ made: twin, key: wrappedKeyFor(stranger) })] });
    expect(classify(damaged, twins)).toMatchObject({ reason: 'names both roots but opens under neither' });
  });

  it('leave foreign what does not open under the old root when the new private key is missing', () => {
    const pair = { old: twin.root, new: otherTwin.certificateAlone };
    expect(classify(cmsFor(otherTwin, plaintext), pair)).toMatchObject({ class: 'foreign' });
  });
});

describe('rewrapping cms envelopes', () => {
  it('changes recipient and wrapped key and not a byte more', () => {
    const result = rewrap(value);
    if (result.kind !== 'staged') throw new Error(result.kind);
    expect(result.proven).toBe(true);
    const before = parseEnvelopedData(value);
    const after = parseEnvelopedData(result.newValue as Uint8Array);
    if (before.kind !== 'enveloped-data' || after.kind !== 'enveloped-data') throw new Error('unreadable');
    expect(after.recipient).toEqual({ by: 'issuerAndSerial', ...pick(newRoot.root.recipient) });
    expect(Buffer.from(after.content.element)).toEqual(Buffer.from(before.content.element));
    expect(Buffer.from(after.transportElement)).toEqual(Buffer.from(before.transportElement));
    expect(classify(result.newValue as Uint8Array)).toMatchObject({ class: 'new', opened: true });
  });

  it('comes back byte for byte but for the wrapped key when rewrapped there and back', () => {
    const strict = build();
    const there = rewrap(strict);
    if (there.kind !== 'staged') throw new Error(there.kind);
    const back = rewrap(there.newValue as Uint8Array, swapped);
    if (back.kind !== 'staged') throw new Error(back.kind);
    expect(withoutWrappedKey(back.newValue as Uint8Array)).toEqual(withoutWrappedKey(strict));
  });

  it('keeps the recipient by key identifier', () => {
    const byKeyId = build({ version: 2, recipients: [recipientInfo({ version: 2, by: 'keyId' })] });
    const result = rewrap(byKeyId);
    if (result.kind !== 'staged') throw new Error(result.kind);
    expect(parseEnvelopedData(result.newValue as Uint8Array)).toMatchObject({
      recipient: { by: 'keyId', keyId: newRoot.root.recipient.keyId },
    });
    expect(classify(result.newValue as Uint8Array)).toMatchObject({ class: 'new' });
  });

  it('leaves alone what is new already, and proves nothing it was not asked to', () => {
    expect(rewrap(cmsFor(newRoot, plaintext))).toEqual({ kind: 'new' });
    expect(rewrap(value, roots, false)).toMatchObject({ kind: 'staged', proven: false });
    expect(rewrap(value, { ...roots, new: newRoot.certificateAlone })).toMatchObject({ kind: 'staged', proven: false });
  });

  it('seals with fresh randomness each time', () => {
    expect(rewrap(value)).not.toEqual(rewrap(value));
  });

  it('refuses to hand out a value that the new private key does not open', () => {
    const mismatched = { ...newRoot.root, privateKey: stranger.root.privateKey };
    expect(() => rewrap(value, { old: oldRoot.root, new: mismatched })).toThrow(
      expect.objectContaining({ code: 'E_VERIFY_FAILED' }),
    );
  });

  it('needs the old private key', () => {
    expect(() => rewrap(value, { old: oldRoot.certificateAlone, new: newRoot.root })).toThrow(/holds no private key/);
  });

  it('works between roots of different sizes, both ways', () => {
    const short = makeRoot({ commonName: 'Short', bits: 1024, signature: 'sha1' });
    const up = rewrap(cmsFor(short, plaintext), { old: short.root, new: newRoot.root });
    expect(up).toMatchObject({ kind: 'staged', proven: true });
    if (up.kind !== 'staged') return;
    expect(rewrap(up.newValue as Uint8Array, { old: newRoot.root, new: short.root })).toMatchObject({ kind: 'staged' });
  });
});

describe('BER', () => {
  const strict = build();

  it('with indefinite lengths and strings in pieces is opened and written back as DER', () => {
    const streamed = asStreamed(strict);
    expect(streamed.length).toBeGreaterThan(strict.length);
    const result = rewrap(streamed);
    if (result.kind !== 'staged') throw new Error(JSON.stringify(result));
    expect(withoutWrappedKey(result.newValue as Uint8Array).length).toBe(
      withoutWrappedKey((rewrap(strict) as { newValue: Uint8Array }).newValue).length,
    );
    expect((result.newValue as Uint8Array)[1]).toBe(0x82);
  });

  it.each([
    ['cut off', (ber: Uint8Array) => ber.subarray(0, -1)],
    ['with something behind it', (ber: Uint8Array) => Buffer.concat([ber, Buffer.of(0)])],
  ])('%s is unreadable', (_, damage) => {
    expect(classify(damage(asStreamed(strict)))).toMatchObject({ class: 'unreadable' });
  });

  it('nested beyond reason is unreadable, not a crash', () => {
    const deep = Buffer.alloc(200_000);
    for (let i = 0; i < deep.length; i += 2) deep.set([0x30, 0x80], i);
    expect(classify(deep)).toMatchObject({ class: 'unreadable' });
  });
});

function pick({ issuer, serial }: { issuer: Uint8Array; serial: Uint8Array }) {
  return { issuer, serial };
}

function withoutWrappedKey(bytes: Uint8Array): Buffer {
  const parsed = parseEnvelopedData(bytes);
  if (parsed.kind !== 'enveloped-data') throw new Error(parsed.reason);
  const at = Buffer.from(bytes).indexOf(parsed.wrappedKey);
  return Buffer.from(bytes).fill(0, at, at + parsed.wrappedKey.length);
}
