/**
 * DER (X.690): a strict reader and a writer, as much of it as RFC 5652 needs.
 *
 * The reader never throws. The first thing wrong is remembered in a fault that a reader shares with all readers entered
 * from it; from then on every read answers with nothing. So a parser reads like the ASN.1 it follows, and asks once, at
 * its end, whether all went well.
 */
import { type Message, text, verbatim } from '../text/message.ts';

export const INTEGER = 0x02;
export const OCTET_STRING = 0x04;
export const NULL = 0x05;
export const OBJECT_IDENTIFIER = 0x06;
export const SEQUENCE = 0x30;
export const SET = 0x31;
/** `[n]`, constructed: explicit tags, and implicit tags of constructed types. */
export const contextTag = (n: number): number => 0xa0 | n;
/** `[n]`, primitive: implicit tags of primitive types. */
export const contextPrimitiveTag = (n: number): number => 0x80 | n;

export interface Header {
  readonly tag: number;
  readonly contentStart: number;
  /** Where the element ends; null for the indefinite length of BER. */
  readonly end: number | null;
}

/** Tag and length at `at`; null when they are cut off or of a form that RFC 5652 never needs. */
export function readHeader(bytes: Uint8Array, at: number): Header | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  if (first < 0x80) return { tag, contentStart: at + 2, end: at + 2 + first };
  if (first === 0x80) return { tag, contentStart: at + 2, end: null };
  const lengthBytes = first & 0x7f;
  if (lengthBytes > 4) return null;
  let length = 0;
  for (let i = 0; i < lengthBytes; i++) {
    const byte = bytes[at + 2 + i];
    if (byte === undefined) return null;
    length = length * 256 + byte;
  }
  const contentStart = at + 2 + lengthBytes;
  return { tag, contentStart, end: contentStart + length };
}

/** How many bytes DER spends on tag and length of so much content: there is one minimal form. */
function headerBytes(contentBytes: number): number {
  if (contentBytes < 0x80) return 2;
  if (contentBytes < 0x100) return 3;
  if (contentBytes < 0x10000) return 4;
  return contentBytes < 0x1000000 ? 5 : 6;
}

/** Where nobody is told the fault. */
const ELEMENT = verbatim('element');

/** What went wrong first, shared by all readers of one value. */
interface Fault {
  reason: Message | null;
}

/** Where a reader stands: `start` is the element's own header, `at` the next thing to read. */
interface Span {
  readonly start: number;
  readonly at: number;
  readonly end: number;
}

export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  readonly #fault: Fault;
  #at: number;

  private constructor(bytes: Uint8Array, span: Span, fault: Fault) {
    this.#bytes = bytes;
    this.#start = span.start;
    this.#at = span.at;
    this.#end = span.end;
    this.#fault = fault;
  }

  static over(bytes: Uint8Array): DerReader {
    return new DerReader(bytes, { start: 0, at: 0, end: bytes.length }, { reason: null });
  }

  /** The first thing that went wrong anywhere in this value, or null. */
  get fault(): Message | null {
    return this.#fault.reason;
  }

  /** How far this reader has come, counted from the start of the whole value. */
  get position(): number {
    return this.#at;
  }

  /** The element this reader was entered into, header and all. */
  get element(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  /** The tag of the next element; null at the end, and after a fault. */
  get nextTag(): number | null {
    if (this.#fault.reason !== null || this.#at >= this.#end) return null;
    return this.#bytes[this.#at] ?? null;
  }

  fail(reason: Message): void {
    this.#fault.reason ??= reason;
  }

  /** A reader of the content of the next element, which must have this tag. `what` it is names it in a fault. */
  enter(tag: number, what = ELEMENT): DerReader {
    return new DerReader(this.#bytes, this.#take(tag, what), this.#fault);
  }

  /** The content of the next element, which must have this tag. */
  content(tag: number, what = ELEMENT): Uint8Array {
    const { at, end } = this.#take(tag, what);
    return this.#bytes.subarray(at, end);
  }

  /** Nothing may be left. */
  finish(what: Message): void {
    if (this.#fault.reason === null && this.#at !== this.#end) this.fail(text`unexpected data in ${what}`);
  }

  #take(tag: number, what: Message): Span {
    const start = this.#at;
    const nothing = { start, at: start, end: start };
    if (this.#fault.reason !== null) return nothing;
    if (this.nextTag !== tag) {
      this.fail(this.nextTag === null ? text`missing ${what}` : text`damaged ${what}`);
      return nothing;
    }
    const header = readHeader(this.#bytes, start);
    const end = header?.end ?? null;
    if (header === null || end === null || header.contentStart - start !== headerBytes(end - header.contentStart)) {
      this.fail(text`damaged ${what}`);
      return nothing;
    }
    if (end > this.#end) {
      // Only the outermost element can run past the value itself; an inner one contradicts the one around it.
      this.fail(this.#end === this.#bytes.length && start === 0 ? text`truncated` : text`damaged ${what}`);
      return nothing;
    }
    this.#at = end;
    return { start, at: header.contentStart, end };
  }
}

/** One element: tag, minimal length, content. The result owns its memory (no slice of a shared buffer). */
export function encodeElement(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const contentBytes = content.reduce((sum, part) => sum + part.length, 0);
  const header = headerBytes(contentBytes);
  const element = new Uint8Array(header + contentBytes);
  element[0] = tag;
  element[1] = header === 2 ? contentBytes : 0x80 | (header - 2);
  for (let i = header - 1, rest = contentBytes; i > 1; i--, rest = Math.floor(rest / 256)) element[i] = rest & 0xff;
  let at = header;
  for (const part of content) {
    element.set(part, at);
    at += part.length;
  }
  return element;
}

/** `1.2.840.113549`: the content of an OBJECT IDENTIFIER as people write it, for messages. */
export function dottedOid(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const top = Math.min(Math.floor(first / 40), 2);
  return [top, first - top * 40, ...rest].join('.');
}
