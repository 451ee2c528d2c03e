/**
 * UNIQUEIDENTIFIER. Stored as 16 bytes in the order in which SQL Server compares them: the last group first, the first
 * group last, groups 1-3 in their little-endian form.
 */

/** Stored byte n is byte ORDER[n] of the binary form (the form of CONVERT(BINARY(16), …)). */
const ORDER = [10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3] as const;
/** Binary byte n is byte TEXT_ORDER[n] of the text's hex digits. */
const TEXT_ORDER = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15] as const;

const FORM = /^\{?([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\}?$/i;

/** Stored form, or null when the text is no GUID. */
export function guidFromText(text: string): Uint8Array | null {
  const found = FORM.exec(text);
  if (found === null) return null;
  const bytes = Buffer.from(found.slice(1).join(''), 'hex');
  return guidFromBinary(Uint8Array.from(TEXT_ORDER, (at) => bytes[at] ?? 0));
}

export function guidToText(stored: Uint8Array): string {
  const binary = guidToBinary(stored);
  // the permutation of groups 1-3 is its own inverse
  const hex = Buffer.from(TEXT_ORDER.map((at) => binary[at] ?? 0))
    .toString('hex')
    .toUpperCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function guidFromBinary(binary: Uint8Array): Uint8Array {
  return Uint8Array.from(ORDER, (at) => binary[at] ?? 0);
}

export function guidToBinary(stored: Uint8Array): Uint8Array {
  const binary = new Uint8Array(16);
  for (const [i, at] of ORDER.entries()) binary[at] = stored[i] ?? 0;
  return binary;
}
