/**
 * Sealing and opening of envelopes for tests: minimal code over node:crypto that shares nothing with src. It knows just
 * what the reference database holds and throws at anything else.
 */
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { TestRoot } from '../support/test-roots.ts';

const RSA_ENCRYPTION = '2a864886f70d010101';
const AES_256_CBC = '60864801650304012a';
const ENVELOPED_DATA = '2a864886f70d010703';
const DATA = '2a864886f70d010701';

function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length;
  const head =
    length < 0x80
      ? Buffer.from([tag, length])
      : length < 0x100
        ? Buffer.from([tag, 0x81, length])
        : Buffer.from([tag, 0x82, length >> 8, length & 0xff]);
  return Buffer.concat([head, content]);
}

const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));

/** EnvelopedData (RFC 5652) for one root: RSA PKCS#1 v1.5 key transport, AES-256-CBC. */
export function sealCms(root: TestRoot, plaintext: Buffer): Buffer {
  const key = randomBytes(32);
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const content = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const wrapped = publicEncrypt({ key: root.publicKey, padding: constants.RSA_PKCS1_PADDING }, key);
  const recipient = tlv(
    0x30,
    tlv(0x02, Buffer.from([0])),
    tlv(0x30, root.issuerDer, root.serialDer),
    tlv(0x30, oid(RSA_ENCRYPTION), tlv(0x05)),
    tlv(0x04, wrapped),
  );
  const encrypted = tlv(0x30, oid(DATA), tlv(0x30, oid(AES_256_CBC), tlv(0x04, iv)), tlv(0x80, content));
  const enveloped = tlv(0x30, tlv(0x02, Buffer.from([0])), tlv(0x31, recipient), encrypted);
  return tlv(0x30, oid(ENVELOPED_DATA), tlv(0xa0, enveloped));
}

/** RSA-OAEP with SHA-1 for hash and MGF1. */
export function sealOaep(root: TestRoot, plaintext: Buffer): Buffer {
  return publicEncrypt({ key: root.publicKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, plaintext);
}

export function sealPkcs1(root: TestRoot, plaintext: Buffer): Buffer {
  return publicEncrypt({ key: root.publicKey, padding: constants.RSA_PKCS1_PADDING }, plaintext);
}

interface Element {
  readonly tag: number;
  readonly content: Buffer;
  readonly end: number;
}

function element(bytes: Buffer, at: number): Element {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined) throw new Error('truncated');
  let start = at + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    length = bytes.readUIntBE(start, count);
    start += count;
  }
  if (start + length > bytes.length) throw new Error('truncated');
  return { tag, content: bytes.subarray(start, start + length), end: start + length };
}

function children(content: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < content.length;) {
    const child = element(content, at);
    found.push(child);
    at = child.end;
  }
  return found;
}

/** Strict PKCS#1 v1.5 unpadding after a raw RSA operation; null when the block is not one. */
function unwrapPkcs1(key: KeyObject, block: Buffer): Buffer | null {
  let padded: Buffer;
  try {
    padded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block);
  } catch {
    return null;
  }
  if (padded[0] !== 0 || padded[1] !== 2) return null;
  const end = padded.indexOf(0, 2);
  return end < 10 ? null : padded.subarray(end + 1);
}

export function openCms(root: TestRoot, envelope: Buffer): Buffer | null {
  const outer = element(envelope, 0);
  if (outer.end !== envelope.length) return null;
  const enveloped = element(children(outer.content)[1]!.content, 0);
  const [, recipients, encrypted] = children(enveloped.content);
  const [, rid, , wrapped] = children(element(recipients!.content, 0).content);
  if (!rid!.content.equals(Buffer.concat([root.issuerDer, root.serialDer]))) return null;
  const key = unwrapPkcs1(root.privateKey, wrapped!.content);
  if (key?.length !== 32) return null;
  const [, algorithm, content] = children(encrypted!.content);
  const iv = children(algorithm!.content)[1]!.content;
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, iv);
    return Buffer.concat([decipher.update(content!.content), decipher.final()]);
  } catch {
    return null;
  }
}

export function openOaep(root: TestRoot, block: Buffer): Buffer | null {
  try {
    return privateDecrypt({ key: root.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, block);
  } catch {
    return null;
  }
}

export function openPkcs1(root: TestRoot, block: Buffer, plaintextBytes: number): Buffer | null {
  const plaintext = unwrapPkcs1(root.privateKey, block);
  return plaintext?.length === plaintextBytes ? plaintext : null;
}

export function digestOf(value: string | Buffer): string {
  return createHash('sha256').update(value).digest('hex');
}
