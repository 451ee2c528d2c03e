/** From the bytes of a column to a parsed envelope, with nothing behind it but the padding that the key map declares. */
import type { RootSide } from '../keys/root.ts';
import type { ValueFormat } from '../keys/target.ts';
import { CmsEnvelope } from './cms-envelope.ts';
import type { ParsedEnvelope } from './envelope.ts';
import { parseEnvelopedData } from './enveloped-data.ts';
import type { RootPair } from './root.ts';
import { RsaEnvelope } from './rsa-envelope.ts';
import { unreadable, type Unreadable } from './unreadable.ts';
import { text } from '../text/message.ts';

/** `padByte` may fill the bytes behind the envelope; null when nothing may follow it. */
export function parseEnvelope(
  bytes: Uint8Array,
  padByte: number | null,
  format: ValueFormat,
  roots: RootPair,
): ParsedEnvelope | Unreadable {
  return format.envelope === 'cms'
    ? parseCms(bytes, padByte, format, roots)
    : parseRsaBlock(bytes, padByte, format, roots);
}

function parseCms(bytes: Uint8Array, padByte: number | null, format: ValueFormat, roots: RootPair) {
  const data = parseEnvelopedData(bytes);
  if (data.kind === 'unreadable') return data;
  if (!isPaddingFrom(bytes, data.sourceBytes, padByte)) return unreadable(text`trailing bytes after the envelope`);
  return new CmsEnvelope(data, format.plaintextBytes, roots);
}

/**
 * An RSA block does not tell its length; the roots do. Where both lengths are possible the shorter one is it: a longer
 * block that happens to end in nothing but padding bytes has a chance below 2^-500.
 */
function parseRsaBlock(bytes: Uint8Array, padByte: number | null, format: ValueFormat, roots: RootPair) {
  const oldBytes = roots.old.modulus.length;
  const newBytes = roots.new.modulus.length;
  const blockBytes = [oldBytes, newBytes]
    .sort((a, b) => a - b)
    .find((length) => length <= bytes.length && isPaddingFrom(bytes, length, padByte));
  if (blockBytes === undefined) {
    const lengths = oldBytes === newBytes ? `${oldBytes}` : `${oldBytes} or ${newBytes}`;
    return unreadable(text`${bytes.length} bytes where an RSA block has ${lengths}`);
  }
  const candidates = (['old', 'new'] as const).filter((side: RootSide) => roots[side].modulus.length === blockBytes);
  return new RsaEnvelope(bytes.subarray(0, blockBytes), format, candidates);
}

function isPaddingFrom(bytes: Uint8Array, at: number, padByte: number | null): boolean {
  for (let i = at; i < bytes.length; i++) if (bytes[i] !== padByte) return false;
  return true;
}
