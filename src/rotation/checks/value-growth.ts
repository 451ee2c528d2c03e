/** How long the new values can get, from the old ones and the two roots. */
import type { RootSummary } from '../../keys/root.ts';
import type { Encoding, ValueFormat } from '../../keys/target.ts';

/** Length of the longest new value in units of the column (bytes or characters). */
export function longestNewValue(
  format: ValueFormat,
  longest: number,
  oldRoot: RootSummary,
  newRoot: RootSummary,
): number {
  if (format.envelope !== 'cms') return encodedLength(format.encoding, modulusBytes(newRoot));
  return longest + Math.ceil(envelopeGrowth(oldRoot, newRoot) * unitsPerByte(format.encoding));
}

/**
 * By how many bytes a `cms` envelope grows: the wrapped content key by the modulus, the recipient by its issuer's name.
 * The name as text stands for its DER, which is a little longer on both sides.
 */
export function envelopeGrowth(oldRoot: RootSummary, newRoot: RootSummary): number {
  const modulus = modulusBytes(newRoot) - modulusBytes(oldRoot);
  const issuer = newRoot.issuer.length - oldRoot.issuer.length;
  const serial = Math.ceil((newRoot.serial.length - oldRoot.serial.length) / 2);
  return Math.max(0, modulus) + Math.max(0, issuer) + Math.max(0, serial);
}

export function modulusBytes(root: RootSummary): number {
  return Math.ceil(root.keyBits / 8);
}

function encodedLength(encoding: Encoding, bytes: number): number {
  switch (encoding) {
    case 'binary':
      return bytes;
    case 'hex':
      return bytes * 2;
    case 'base64':
      return Math.ceil(bytes / 3) * 4;
    case 'pem':
      return Math.ceil(bytes / 3) * 4 + Math.ceil(bytes / 48) * 2 + PEM_FRAME;
  }
}

/** The BEGIN and END lines. */
const PEM_FRAME = 60;

/** Base64 counts its line breaks: two characters in every 64. */
function unitsPerByte(encoding: Encoding): number {
  return encoding === 'binary' ? 1 : encoding === 'hex' ? 2 : (4 / 3) * (66 / 64);
}
