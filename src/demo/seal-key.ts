/**
 * Stored keys as somebody else would have written them: fresh cms envelopes of every variant, and single RSA blocks.
 * Built on src/crypto, because only the check at the end must be independent of it.
 */
import { createCipheriv, randomBytes } from 'node:crypto';
import { contextPrimitiveTag, contextTag, encodeElement, NULL, OBJECT_IDENTIFIER } from '../crypto/der.ts';
import { OCTET_STRING, SEQUENCE } from '../crypto/der.ts';
import { encodeEnvelopedData } from '../crypto/enveloped-data.ts';
import { encryptOaep } from '../crypto/oaep.ts';
import type { Root } from '../crypto/root.ts';
import { encryptPkcs1 } from '../crypto/rsa.ts';
import type { Hash } from '../keys/target.ts';

type Transport = 'pkcs1' | 'oaep-sha1' | 'oaep-sha256';
type Cipher = 'aes-128-cbc' | 'aes-256-cbc' | 'des-ede3-cbc';

/** One of the ways in which `openssl cms -encrypt` may have been called. */
export interface CmsVariant {
  readonly transport: Transport;
  readonly cipher: Cipher;
  readonly recipient: 'issuerAndSerial' | 'keyId';
}

export const CMS_VARIANTS: readonly CmsVariant[] = [
  { transport: 'pkcs1', cipher: 'aes-256-cbc', recipient: 'issuerAndSerial' },
  { transport: 'oaep-sha256', cipher: 'aes-256-cbc', recipient: 'keyId' },
  { transport: 'pkcs1', cipher: 'des-ede3-cbc', recipient: 'issuerAndSerial' },
  { transport: 'oaep-sha1', cipher: 'aes-128-cbc', recipient: 'issuerAndSerial' },
  { transport: 'pkcs1', cipher: 'aes-128-cbc', recipient: 'keyId' },
  { transport: 'oaep-sha256', cipher: 'des-ede3-cbc', recipient: 'issuerAndSerial' },
];

export interface SealedCms {
  readonly envelope: Buffer;
  /** The content key's RSA block, as it lies in the envelope. */
  readonly wrappedKey: Buffer;
}

export function sealCms(key: Uint8Array, variant: CmsVariant, root: Root): SealedCms {
  const { keyBytes, ivBytes, oid } = CIPHERS[variant.cipher];
  const contentKey = randomBytes(keyBytes);
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(variant.cipher, contentKey, iv);
  const bytes = Buffer.concat([cipher.update(key), cipher.final()]);
  const element = encodeElement(
    SEQUENCE,
    objectIdentifier(DATA),
    encodeElement(SEQUENCE, objectIdentifier(oid), encodeElement(OCTET_STRING, iv)),
    encodeElement(contextPrimitiveTag(0), bytes),
  );
  const content = { element, cipher: { name: variant.cipher, keyBytes, blockBytes: ivBytes }, iv, bytes };

  const { transportElement, hash } = TRANSPORTS[variant.transport];
  const wrappedKey = hash === null ? sealPkcs1(contentKey, root) : sealOaep(contentKey, hash, hash, root);
  const { keyId, issuer, serial } = root.recipient;
  const recipient =
    variant.recipient === 'keyId'
      ? { by: 'keyId' as const, keyId }
      : { by: 'issuerAndSerial' as const, issuer, serial };
  return {
    envelope: Buffer.from(encodeEnvelopedData({ transportElement, content }, recipient, wrappedKey)),
    wrappedKey,
  };
}

export function sealOaep(key: Uint8Array, hash: Hash, mgf1Hash: Hash, root: Root): Buffer {
  return block(encryptOaep(root, key, { hash, mgf1Hash, label: new Uint8Array(0) }));
}

export function sealPkcs1(key: Uint8Array, root: Root): Buffer {
  return block(encryptPkcs1(root, key));
}

function block(sealed: Uint8Array | null): Buffer {
  if (sealed === null) throw new RangeError('the key is too long for the root');
  return Buffer.from(sealed);
}

/** Object identifiers by the hex of their DER content. */
const DATA = '2a864886f70d010701';
const RSA_ENCRYPTION = '2a864886f70d010101';
const RSAES_OAEP = '2a864886f70d010107';
const MGF1 = '2a864886f70d010108';
const SHA256 = '608648016503040201';

const CIPHERS: Readonly<Record<Cipher, { keyBytes: number; ivBytes: number; oid: string }>> = {
  'aes-128-cbc': { keyBytes: 16, ivBytes: 16, oid: '608648016503040102' },
  'aes-256-cbc': { keyBytes: 32, ivBytes: 16, oid: '60864801650304012a' },
  'des-ede3-cbc': { keyBytes: 24, ivBytes: 8, oid: '2a864886f70d0307' },
};

const SHA256_ALGORITHM = encodeElement(SEQUENCE, objectIdentifier(SHA256), encodeElement(NULL));

/** `hash` is null for PKCS#1 v1.5. Defaults of OAEP (SHA-1) are left out, as DER demands. */
const TRANSPORTS: Readonly<Record<Transport, { transportElement: Uint8Array; hash: Hash | null }>> = {
  pkcs1: {
    transportElement: encodeElement(SEQUENCE, objectIdentifier(RSA_ENCRYPTION), encodeElement(NULL)),
    hash: null,
  },
  'oaep-sha1': {
    transportElement: encodeElement(SEQUENCE, objectIdentifier(RSAES_OAEP), encodeElement(SEQUENCE)),
    hash: 'sha1',
  },
  'oaep-sha256': {
    transportElement: encodeElement(
      SEQUENCE,
      objectIdentifier(RSAES_OAEP),
      encodeElement(
        SEQUENCE,
        encodeElement(contextTag(0), SHA256_ALGORITHM),
        encodeElement(contextTag(1), encodeElement(SEQUENCE, objectIdentifier(MGF1), SHA256_ALGORITHM)),
      ),
    ),
    hash: 'sha256',
  },
};

function objectIdentifier(hex: string): Uint8Array {
  return encodeElement(OBJECT_IDENTIFIER, Buffer.from(hex, 'hex'));
}
