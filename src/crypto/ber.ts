/**
 * BER (X.690) to DER: what streaming writers leave behind. Indefinite lengths, lengths longer than needed, and OCTET
 * STRINGs cut into pieces are accepted; all else must already be DER. An implicitly tagged string in pieces cannot be
 * told from any other constructed element here: the parser that knows the schema joins it.
 */
import { encodeElement, OCTET_STRING, readHeader } from './der.ts';

const CONSTRUCTED = 0x20;
const CONSTRUCTED_OCTET_STRING = CONSTRUCTED | OCTET_STRING;

/** Envelopes nest 8 deep. The limit keeps a crafted value from exhausting the stack. */
const MAX_DEPTH = 32;

interface Converted {
  readonly der: Uint8Array;
  /** Where the BER element ended. */
  readonly end: number;
}

/** The first element of `bytes` as DER, or null when it is not BER that this file knows. What follows it is left alone. */
export function convertToDer(bytes: Uint8Array): Converted | null {
  return convertElement(bytes, 0, bytes.length, 0);
}

function convertElement(bytes: Uint8Array, at: number, limit: number, depth: number): Converted | null {
  const header = readHeader(bytes, at);
  if (header === null || depth > MAX_DEPTH || (header.end ?? header.contentStart) > limit) return null;
  const { tag, contentStart, end } = header;
  if ((tag & CONSTRUCTED) === 0) {
    return end === null ? null : { der: encodeElement(tag, bytes.subarray(contentStart, end)), end };
  }
  const children = convertChildren(bytes, contentStart, end, limit, depth);
  if (children === null) return null;
  if (tag !== CONSTRUCTED_OCTET_STRING) return { der: encodeElement(tag, ...children.ders), end: children.end };
  const pieces = octetStringContents(children.ders);
  return pieces === null ? null : { der: encodeElement(OCTET_STRING, ...pieces), end: children.end };
}

/** The children up to `end`, or, when that is null, up to the end-of-contents mark (two zero bytes). */
function convertChildren(
  bytes: Uint8Array,
  start: number,
  end: number | null,
  limit: number,
  depth: number,
): { readonly ders: readonly Uint8Array[]; readonly end: number } | null {
  const ders: Uint8Array[] = [];
  let at = start;
  for (;;) {
    if (at === end) return { ders, end: at };
    if (end === null && bytes[at] === 0 && bytes[at + 1] === 0 && at + 2 <= limit) return { ders, end: at + 2 };
    const child = convertElement(bytes, at, end ?? limit, depth + 1);
    if (child === null) return null;
    ders.push(child.der);
    at = child.end;
  }
}

/** The contents of DER elements that must all be primitive OCTET STRINGs. */
export function octetStringContents(elements: readonly Uint8Array[]): readonly Uint8Array[] | null {
  const contents: Uint8Array[] = [];
  for (const element of elements) {
    const header = readHeader(element, 0);
    if (header?.tag !== OCTET_STRING) return null;
    contents.push(element.subarray(header.contentStart));
  }
  return contents;
}
