/** Stored keys made at test time by other code than src/crypto: node-forge for cms, node:crypto for direct blocks. */
import { constants, publicEncrypt } from 'node:crypto';
import forge from 'node-forge';
import type { ColumnShape } from '../../src/keys/stored-key.ts';
import type { ValueFormat } from '../../src/keys/target.ts';
import type { MadeRoot } from './make-root.ts';

export const UNBOUNDED: ColumnShape = { capacity: null, isFixedLength: false };

export function aFormat(overrides: Partial<ValueFormat> = {}): ValueFormat {
  return {
    envelope: 'cms',
    encoding: 'binary',
    plaintextBytes: null,
    oaepHash: 'sha1',
    mgf1Hash: 'sha1',
    oaepLabel: '',
    padding: 'none',
    ...overrides,
  };
}

/** EnvelopedData with PKCS#1 v1.5 key transport and AES-256-CBC, as DER. */
export function cmsFor(recipients: MadeRoot | readonly MadeRoot[], plaintext: Uint8Array): Uint8Array {
  const envelope = forge.pkcs7.createEnvelopedData();
  for (const { certificatePem } of [recipients].flat()) {
    envelope.addRecipient(forge.pki.certificateFromPem(certificatePem));
  }
  envelope.content = forge.util.createBuffer(Buffer.from(plaintext).toString('latin1'));
  envelope.encrypt();
  return new Uint8Array(Buffer.from(forge.asn1.toDer(envelope.toAsn1()).getBytes(), 'latin1'));
}

export function pkcs1For({ root }: MadeRoot, plaintext: Uint8Array): Uint8Array {
  return publicEncrypt({ key: root.publicKey, padding: constants.RSA_PKCS1_PADDING }, plaintext);
}

/** OAEP as node:crypto does it: one hash for both. */
export function oaepFor({ root }: MadeRoot, plaintext: Uint8Array, hash = 'sha1', label?: Uint8Array): Uint8Array {
  return publicEncrypt(
    {
      key: root.publicKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: hash,
      ...(label === undefined ? {} : { oaepLabel: label }),
    },
    plaintext,
  );
}

/** A raw RSA block with any padded message. */
export function rawBlockFor({ root }: MadeRoot, paddedMessage: Uint8Array): Uint8Array {
  return publicEncrypt({ key: root.publicKey, padding: constants.RSA_NO_PADDING }, paddedMessage);
}

export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = new Uint8Array(bytes);
  const at = bit >> 3;
  flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}
