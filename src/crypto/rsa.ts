/**
 * The bare RSA operations (RFC 8017, section 5.1) and the padding of PKCS#1 v1.5.
 *
 * Node's own unpadding is not used. It answers a wrong key with random bytes (implicit rejection), and "did not throw"
 * would prove nothing; so the block comes back raw and is judged here, strictly.
 */
import { constants, privateDecrypt, publicEncrypt } from 'node:crypto';
import type { Root } from './root.ts';

/** 00 02, at least eight non-zero bytes, 00. */
const MIN_FILL_BYTES = 8;
const PKCS1_OVERHEAD_BYTES = 3 + MIN_FILL_BYTES;

/**
 * The private operation: the padded message, or null when this root cannot have made the block (another length than its
 * modulus, or an integer not below it). The root must have its private key. The caller zeroes the result.
 */
export function decryptBlock(root: Root, block: Uint8Array): Uint8Array | null {
  if (root.privateKey === null) throw new Error(`no private key in ${root.fileName}`);
  if (block.length !== root.modulus.length || Buffer.compare(block, root.modulus) >= 0) return null;
  try {
    return privateDecrypt({ key: root.privateKey, padding: constants.RSA_NO_PADDING }, block);
  } catch (error) {
    // A private key that does not belong to the modulus: for it too the block is one that it cannot have made.
    if ((error as NodeJS.ErrnoException).code === 'ERR_OSSL_RSA_DATA_TOO_LARGE_FOR_MODULUS') return null;
    throw error;
  }
}

/** The public operation on an already padded message. */
export function encryptBlock(root: Root, paddedMessage: Uint8Array): Uint8Array {
  return publicEncrypt({ key: root.publicKey, padding: constants.RSA_NO_PADDING }, paddedMessage);
}

/** The message inside EM = 00 02 PS 00 M (RFC 8017, 7.2.2), as a view; null when the padding is not exactly that. */
export function unpadPkcs1(paddedMessage: Uint8Array): Uint8Array | null {
  if (paddedMessage[0] !== 0 || paddedMessage[1] !== 2) return null;
  const separator = paddedMessage.indexOf(0, 2);
  if (separator < 2 + MIN_FILL_BYTES) return null;
  return paddedMessage.subarray(separator + 1);
}

/** PKCS#1 v1.5 encryption with fresh randomness; null when the message is too long for the root. */
export function encryptPkcs1(root: Root, message: Uint8Array): Uint8Array | null {
  if (message.length > root.modulus.length - PKCS1_OVERHEAD_BYTES) return null;
  return publicEncrypt({ key: root.publicKey, padding: constants.RSA_PKCS1_PADDING }, message);
}
