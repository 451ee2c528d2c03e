/**
 * Envelopes as text: base64, hex and PEM, written back in the form in which they were found (line width, line ends,
 * letter case, prefix, label).
 *
 * One rule makes decoding strict: a text is accepted exactly when writing its bytes in its form gives the same text.
 */
import type { Encoding } from '../keys/target.ts';
import { unreadable, type Unreadable } from './unreadable.ts';
import { type Message, text as phrase } from '../text/message.ts';

/** How base64 lies in lines. */
interface LineForm {
  readonly lineEnd: '\n' | '\r\n';
  /** Characters in every line but the last; null for one line of any length. */
  readonly width: number | null;
  readonly endsWithLineEnd: boolean;
}

export type TextForm =
  | ({ readonly encoding: 'base64' } & LineForm)
  | ({ readonly encoding: 'pem'; readonly label: string } & LineForm)
  | { readonly encoding: 'hex'; readonly prefix: string; readonly isUpperCase: boolean };

export type TextEncoding = Exclude<Encoding, 'binary'>;

export interface DecodedText {
  readonly kind: 'text';
  readonly bytes: Uint8Array;
  readonly form: TextForm;
}

/** RFC 7468, 2: the width of generated PEM; taken when a body of one short line does not show any. */
const PEM_WIDTH = 64;

export function decodeText(text: string, encoding: TextEncoding): DecodedText | Unreadable {
  switch (encoding) {
    case 'base64':
      return decodeBase64(text);
    case 'pem':
      return decodePem(text);
    case 'hex':
      return decodeHex(text);
  }
}

export function encodeText(bytes: Uint8Array, form: TextForm): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (form.encoding === 'hex') {
    const digits = buffer.toString('hex');
    return form.prefix + (form.isUpperCase ? digits.toUpperCase() : digits);
  }
  const lines = foldLines(buffer.toString('base64'), form.width);
  if (form.encoding === 'pem') {
    lines.unshift(`-----BEGIN ${form.label}-----`);
    lines.push(`-----END ${form.label}-----`);
  }
  return lines.join(form.lineEnd) + (form.endsWithLineEnd ? form.lineEnd : '');
}

function foldLines(text: string, width: number | null): string[] {
  if (width === null) return [text];
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += width) lines.push(text.slice(at, at + width));
  return lines;
}

function decodeHex(text: string): DecodedText | Unreadable {
  const prefix = /^0x/i.exec(text)?.[0] ?? '';
  const digits = text.slice(prefix.length);
  if (!/^[0-9a-f]*$/i.test(digits)) return unreadable(phrase`not a hex digit`);
  if (digits.length % 2 !== 0) return unreadable(phrase`odd number of hex digits`);
  const form: TextForm = { encoding: 'hex', prefix, isUpperCase: /[A-F]/.test(digits) };
  return accept(text, Buffer.from(digits, 'hex'), form, phrase`mixed upper and lower case hex`);
}

function decodeBase64(text: string): DecodedText | Unreadable {
  const { lines, lineEnd, endsWithLineEnd } = splitLines(text);
  const width = lines.length > 1 ? (lines[0]?.length ?? 0) : null;
  return decodeLines(text, lines, { encoding: 'base64', lineEnd, width, endsWithLineEnd });
}

function decodePem(text: string): DecodedText | Unreadable {
  const { lines, lineEnd, endsWithLineEnd } = splitLines(text);
  const label = /^-----BEGIN (CMS|PKCS7)-----$/.exec(lines[0] ?? '')?.[1];
  if (label === undefined) return unreadable(phrase`no PEM header for CMS or PKCS7`);
  if (lines.at(-1) !== `-----END ${label}-----`) return unreadable(phrase`no PEM footer`);
  const body = lines.slice(1, -1);
  const width = body.length > 1 ? (body[0]?.length ?? 0) : PEM_WIDTH;
  const isOneLongLine = body.length === 1 && (body[0]?.length ?? 0) > PEM_WIDTH;
  return decodeLines(text, body, {
    encoding: 'pem',
    label,
    lineEnd,
    width: isOneLongLine ? null : width,
    endsWithLineEnd,
  });
}

function splitLines(text: string) {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const endsWithLineEnd = text.endsWith(lineEnd);
  const body = endsWithLineEnd ? text.slice(0, -lineEnd.length) : text;
  return { lines: body.split(lineEnd), lineEnd, endsWithLineEnd } as const;
}

function decodeLines(text: string, lines: readonly string[], form: TextForm): DecodedText | Unreadable {
  const base64 = lines.join('');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return unreadable(phrase`not a base64 character`);
  if (base64.length % 4 !== 0) return unreadable(phrase`base64 length is not a multiple of four`);
  if ('width' in form && form.width === 0) return unreadable(phrase`empty line in base64`);
  return accept(text, Buffer.from(base64, 'base64'), form, phrase`uneven lines or stray bits in base64`);
}

function accept(text: string, bytes: Uint8Array, form: TextForm, reason: Message): DecodedText | Unreadable {
  return encodeText(bytes, form) === text ? { kind: 'text', bytes, form } : unreadable(reason);
}
