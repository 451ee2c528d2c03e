/**
 * Opening of encrypted content. Rewrapping only looks at it: a rewrapped envelope keeps the encrypted bytes.
 *
 * CBC carries no authentication. A content key that is wrong passes this check with a chance of 1/256 (less with a
 * declared length), and damage in IV or content may go unnoticed, here as for every other reader.
 */
import { createDecipheriv } from 'node:crypto';
import type { EncryptedContent } from './enveloped-data.ts';
import { type Message, text } from '../text/message.ts';

/** Why the content does not open under this key, or null when it does. The key must have the cipher's length. */
export function findContentFault(
  content: EncryptedContent,
  contentKey: Uint8Array,
  plaintextBytes: number | null,
): Message | null {
  const plaintext = openContent(content, contentKey);
  if (plaintext === null) return text`content padding is damaged`;
  const { length } = plaintext;
  plaintext.fill(0);
  return plaintextBytes !== null && length !== plaintextBytes ? wrongLength(length, plaintextBytes) : null;
}

/** The plaintext, which the caller zeroes, or null when its padding is none. */
export function openContent({ cipher, iv, bytes }: EncryptedContent, contentKey: Uint8Array): Uint8Array | null {
  const decipher = createDecipheriv(cipher.name, contentKey, iv).setAutoPadding(false);
  const padded = decipher.update(bytes);
  decipher.final();
  const length = unpaddedLength(padded, cipher.blockBytes);
  const plaintext = length === null ? null : new Uint8Array(padded.subarray(0, length));
  padded.fill(0);
  return plaintext;
}

/** RFC 5652, section 6.3: 1 to `blockBytes` bytes, each holding their number. */
function unpaddedLength(padded: Uint8Array, blockBytes: number): number | null {
  const fill = padded.at(-1) ?? 0;
  if (fill < 1 || fill > blockBytes) return null;
  const length = padded.length - fill;
  return padded.subarray(length).every((byte) => byte === fill) ? length : null;
}

export function wrongLength(found: number, declared: number): Message {
  return text`plaintext of ${found} bytes where ${declared} are declared`;
}
