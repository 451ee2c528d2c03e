/**
 * RSAES-OAEP (RFC 8017, section 7.1), with a hash and an MGF1 hash of their own: node:crypto ties the two together,
 * OpenSSL and Java writers do not.
 */
import { hash as digest, randomFillSync } from 'node:crypto';
import type { Hash } from '../keys/target.ts';
import { HASH_BYTES } from './algorithms.ts';
import type { OaepParameters } from './key-transport.ts';
import type { Root } from './root.ts';
import { encryptBlock } from './rsa.ts';

/** Bytes of message that a block of this length can carry; negative when the hash alone is too long. */
export function oaepCapacity(blockBytes: number, hash: Hash): number {
  return blockBytes - 2 * HASH_BYTES[hash] - 2;
}

/**
 * The message inside EM = 00 maskedSeed maskedDB, as a view; null when the block was not made with these parameters
 * for this root. Unmasks in place: `paddedMessage` is spent afterwards.
 */
export function unpadOaep(paddedMessage: Uint8Array, parameters: OaepParameters): Uint8Array | null {
  const hashBytes = HASH_BYTES[parameters.hash];
  if (paddedMessage[0] !== 0 || oaepCapacity(paddedMessage.length, parameters.hash) < 0) return null;
  const seed = paddedMessage.subarray(1, 1 + hashBytes);
  const dataBlock = paddedMessage.subarray(1 + hashBytes);
  maskInPlace(seed, dataBlock, parameters.mgf1Hash);
  maskInPlace(dataBlock, seed, parameters.mgf1Hash);

  // DB = lHash || zeros || 01 || M
  if (Buffer.compare(dataBlock.subarray(0, hashBytes), labelHash(parameters)) !== 0) return null;
  const separator = dataBlock.findIndex((byte, at) => at >= hashBytes && byte !== 0);
  return dataBlock[separator] === 1 ? dataBlock.subarray(separator + 1) : null;
}

/** EM for a block of `blockBytes`, with a fresh seed; null when the message is too long. The caller zeroes it. */
export function padOaep(message: Uint8Array, blockBytes: number, parameters: OaepParameters): Uint8Array | null {
  const hashBytes = HASH_BYTES[parameters.hash];
  if (message.length > oaepCapacity(blockBytes, parameters.hash)) return null;
  const paddedMessage = new Uint8Array(blockBytes);
  const seed = paddedMessage.subarray(1, 1 + hashBytes);
  const dataBlock = paddedMessage.subarray(1 + hashBytes);
  dataBlock.set(labelHash(parameters));
  dataBlock[dataBlock.length - message.length - 1] = 1;
  dataBlock.set(message, dataBlock.length - message.length);
  randomFillSync(seed);
  maskInPlace(dataBlock, seed, parameters.mgf1Hash);
  maskInPlace(seed, dataBlock, parameters.mgf1Hash);
  return paddedMessage;
}

/** OAEP encryption with fresh randomness; null when the message is too long for the root. */
export function encryptOaep(root: Root, message: Uint8Array, parameters: OaepParameters): Uint8Array | null {
  const paddedMessage = padOaep(message, root.modulus.length, parameters);
  if (paddedMessage === null) return null;
  const block = encryptBlock(root, paddedMessage);
  paddedMessage.fill(0);
  return block;
}

function labelHash({ hash, label }: OaepParameters): Uint8Array {
  return digest(hash, label, 'buffer');
}

/** target ^= MGF1(seed) (RFC 8017, appendix B.2.1). */
function maskInPlace(target: Uint8Array, seed: Uint8Array, hash: Hash): void {
  const hashBytes = HASH_BYTES[hash];
  const input = new Uint8Array(seed.length + 4);
  input.set(seed);
  for (let counter = 0, at = 0; at < target.length; counter++, at += hashBytes) {
    // At most 2^8 rounds: RSA blocks stay below 5 KiB.
    input[seed.length + 3] = counter;
    const mask = digest(hash, input, 'buffer');
    const length = Math.min(hashBytes, target.length - at);
    for (let i = 0; i < length; i++) target[at + i] = (target[at + i] ?? 0) ^ (mask[i] ?? 0);
  }
  input.fill(0);
}
