/** CMS envelopes put together element by element, to make damaged and unusual ones, and BER. */
import { constants, createCipheriv, publicEncrypt, randomBytes } from 'node:crypto';
import * as der from '../../src/crypto/der.ts';
import type { MadeRoot } from './make-root.ts';

/** The parts of an envelope: what a test changes is given, the rest is what `openssl cms -encrypt` writes. */
export interface Parts {
  contentInfoType: string;
  version: number;
  before: Uint8Array[];
  recipients: Uint8Array[];
  contentType: string;
  cipher: string;
  iv: Uint8Array;
  content: Uint8Array;
  after: Uint8Array[];
}

/** The AES-256 key of every envelope built here. */
const contentKey = randomBytes(32);

export function wrappedKeyFor(made: MadeRoot, key: Uint8Array = contentKey): Uint8Array {
  return publicEncrypt({ key: made.root.publicKey, padding: constants.RSA_PKCS1_PADDING }, key);
}

export const oid = (hex: string) => der.encodeElement(der.OBJECT_IDENTIFIER, Buffer.from(hex, 'hex'));
export const integer = (...bytes: number[]) => der.encodeElement(der.INTEGER, Uint8Array.from(bytes));
export const sequence = (...content: Uint8Array[]) => der.encodeElement(der.SEQUENCE, ...content);
export const octets = (bytes: Uint8Array) => der.encodeElement(der.OCTET_STRING, bytes);
export const NULL = der.encodeElement(der.NULL);
export const RSA_ENCRYPTION = sequence(oid('2a864886f70d010101'), NULL);

export interface RecipientParts {
  version: number;
  algorithm: Uint8Array;
  key: Uint8Array;
  by: 'issuerAndSerial' | 'keyId';
}

export function recipientInfo(made: MadeRoot, overrides: Partial<RecipientParts> = {}): Uint8Array {
  const { by = 'issuerAndSerial', version = by === 'keyId' ? 2 : 0, algorithm = RSA_ENCRYPTION } = overrides;
  const { issuer, serial, keyId } = made.root.recipient;
  const identifier =
    by === 'keyId'
      ? der.encodeElement(der.contextPrimitiveTag(0), keyId)
      : sequence(issuer, der.encodeElement(der.INTEGER, serial));
  return sequence(integer(version), identifier, algorithm, octets(overrides.key ?? wrappedKeyFor(made)));
}

export function buildCms(made: MadeRoot, plaintext: Uint8Array, overrides: Partial<Parts> = {}): Uint8Array {
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', contentKey, iv);
  const parts: Parts = {
    contentInfoType: '2a864886f70d010703',
    version: 0,
    before: [],
    recipients: [recipientInfo(made)],
    contentType: '2a864886f70d010701',
    cipher: '60864801650304012a',
    iv,
    content: Buffer.concat([cipher.update(plaintext), cipher.final()]),
    after: [],
    ...overrides,
  };
  const content = sequence(
    oid(parts.contentType),
    sequence(oid(parts.cipher), octets(parts.iv)),
    der.encodeElement(der.contextPrimitiveTag(0), parts.content),
  );
  const envelope = sequence(
    integer(parts.version),
    ...parts.before,
    der.encodeElement(der.SET, ...parts.recipients),
    content,
    ...parts.after,
  );
  return sequence(oid(parts.contentInfoType), der.encodeElement(der.contextTag(0), envelope));
}

/** The same envelope with every length indefinite and the content in pieces of 16 bytes. */
export function asStreamed(bytes: Uint8Array): Uint8Array {
  const header = der.readHeader(bytes, 0);
  if (header?.end === null || header?.end === undefined) throw new Error('not DER');
  const content = bytes.subarray(header.contentStart, header.end);
  const rest = bytes.subarray(header.end);
  const end = Uint8Array.of(0, 0);
  if (header.tag === 0x80) {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < content.length; at += 16) pieces.push(octets(content.subarray(at, at + 16)));
    return Buffer.concat([Uint8Array.of(0xa0, 0x80), ...pieces, end]);
  }
  if ((header.tag & 0x20) === 0)
    return Buffer.concat([bytes.subarray(0, header.end), rest.length ? asStreamed(rest) : rest]);
  return Buffer.concat([
    Uint8Array.of(header.tag, 0x80),
    content.length ? asStreamed(content) : content,
    end,
    rest.length ? asStreamed(rest) : rest,
  ]);
}
