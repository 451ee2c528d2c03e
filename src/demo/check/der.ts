/** As much DER as the check needs: a sequence of elements, each with its tag and content. Throws on anything else. */

export interface Element {
  readonly tag: number;
  readonly content: Buffer;
  /** Tag and length included. */
  readonly whole: Buffer;
}

/** The elements that lie side by side in these bytes, to the last byte. */
export function elementsIn(bytes: Buffer): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length;) {
    const { start, end } = extentAt(bytes, at);
    if (end > bytes.length) throw new RangeError('element is cut off');
    elements.push({ tag: bytes.readUInt8(at), content: bytes.subarray(start, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return elements;
}

/** Exactly the elements of these tags, in this order. */
export function expectElements(bytes: Buffer, ...tags: readonly number[]): Element[] {
  const elements = elementsIn(bytes);
  const found = elements.map(({ tag }) => tag);
  if (found.join() !== tags.join()) throw new RangeError(`elements ${found.join()} where ${tags.join()} belong`);
  return elements;
}

function extentAt(bytes: Buffer, at: number): { start: number; end: number } {
  const first = bytes.readUInt8(at + 1);
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const lengthBytes = first & 0x7f;
  if (lengthBytes < 1 || lengthBytes > 4) throw new RangeError('length is not DER');
  const start = at + 2 + lengthBytes;
  return { start, end: start + bytes.readUIntBE(at + 2, lengthBytes) };
}
