/**
 * The algorithms that an envelope may name, as tables. Look-ups fail closed: what is not here is not opened.
 * Object identifiers are keyed by the hex of their DER content.
 */
import type { Hash } from '../keys/target.ts';

export const OID = {
  /** 1.2.840.113549.1.7.1 */
  data: '2a864886f70d010701',
  /** 1.2.840.113549.1.7.3 */
  envelopedData: '2a864886f70d010703',
  /** 1.2.840.113549.1.1.1 */
  rsaEncryption: '2a864886f70d010101',
  /** 1.2.840.113549.1.1.7 */
  rsaesOaep: '2a864886f70d010107',
  /** 1.2.840.113549.1.1.8 */
  mgf1: '2a864886f70d010108',
  /** 1.2.840.113549.1.1.9 */
  pSpecified: '2a864886f70d010109',
} as const;

const HASH_OF_OID: ReadonlyMap<string, Hash> = new Map([
  ['2b0e03021a', 'sha1'], // 1.3.14.3.2.26
  ['608648016503040201', 'sha256'], // 2.16.840.1.101.3.4.2.1
  ['608648016503040202', 'sha384'], // 2.16.840.1.101.3.4.2.2
  ['608648016503040203', 'sha512'], // 2.16.840.1.101.3.4.2.3
]);

export const HASH_BYTES: Readonly<Record<Hash, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 };

/** A block cipher in CBC mode, by its name in OpenSSL. */
export interface ContentCipher {
  readonly name: string;
  readonly keyBytes: number;
  /** Block and IV length. */
  readonly blockBytes: number;
}

const CIPHER_OF_OID: ReadonlyMap<string, ContentCipher> = new Map([
  ['608648016503040102', { name: 'aes-128-cbc', keyBytes: 16, blockBytes: 16 }], // 2.16.840.1.101.3.4.1.2
  ['608648016503040116', { name: 'aes-192-cbc', keyBytes: 24, blockBytes: 16 }], // 2.16.840.1.101.3.4.1.22
  ['60864801650304012a', { name: 'aes-256-cbc', keyBytes: 32, blockBytes: 16 }], // 2.16.840.1.101.3.4.1.42
  ['2a864886f70d0307', { name: 'des-ede3-cbc', keyBytes: 24, blockBytes: 8 }], // 1.2.840.113549.3.7
]);

export function oidKey(oid: Uint8Array): string {
  return Buffer.from(oid.buffer, oid.byteOffset, oid.length).toString('hex');
}

export function hashOfOid(oid: Uint8Array): Hash | undefined {
  return HASH_OF_OID.get(oidKey(oid));
}

export function cipherOfOid(oid: Uint8Array): ContentCipher | undefined {
  return CIPHER_OF_OID.get(oidKey(oid));
}
