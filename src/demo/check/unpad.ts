/**
 * RSA paddings, taken off strictly after a raw private operation: a library's own unpadding may answer a wrong key with
 * random bytes instead of an error. Throws when the padding is not exactly what RFC 8017 describes.
 */
import { createHash } from 'node:crypto';

/** 00 02 PS 00 M, with at least eight bytes of PS. */
export function unpadPkcs1(block: Buffer): Buffer {
  const zero = block.indexOf(0, 2);
  if (block.readUInt16BE(0) !== 0x0002 || zero < 10) throw new RangeError('no PKCS#1 padding');
  return block.subarray(zero + 1);
}

/** 00 || maskedSeed || maskedDB, with DB = Hash('') || 00 … 00 || 01 || M. */
export function unpadOaep(block: Buffer, hash: string, maskHash: string): Buffer {
  const emptyHash = createHash(hash).digest();
  const maskedSeed = block.subarray(1, 1 + emptyHash.length);
  const maskedData = block.subarray(1 + emptyHash.length);
  const seed = xor(maskedSeed, mask(maskedData, maskedSeed.length, maskHash));
  const data = xor(maskedData, mask(seed, maskedData.length, maskHash));
  const rest = data.subarray(emptyHash.length);
  const one = rest.findIndex((byte) => byte !== 0);
  if (block[0] !== 0 || !data.subarray(0, emptyHash.length).equals(emptyHash) || rest[one] !== 1) {
    throw new RangeError('no OAEP padding');
  }
  return rest.subarray(one + 1);
}

/** MGF1: Hash(seed || 0), Hash(seed || 1) … */
function mask(seed: Buffer, length: number, hash: string): Buffer {
  const pieces: Buffer[] = [];
  for (let counter = 0, filled = 0; filled < length; counter++) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const piece = createHash(hash).update(seed).update(count).digest();
    pieces.push(piece);
    filled += piece.length;
  }
  return Buffer.concat(pieces).subarray(0, length);
}

function xor(a: Buffer, b: Buffer): Buffer {
  return Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));
}
