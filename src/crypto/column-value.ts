/**
 * Values of a column to envelope bytes and back: text or bytes, in the encoding and with the padding that the key map
 * declares. A new value fits its column whole or is refused; it is never cut.
 */
import type { ColumnShape, ColumnValue } from '../keys/stored-key.ts';
import type { Padding, ValueFormat } from '../keys/target.ts';
import { decodeText, encodeText, type TextForm } from './text-form.ts';
import { unreadable, type Unreadable } from './unreadable.ts';
import { text as phrase } from '../text/message.ts';

/** What of the old value's form the new value repeats. */
interface ColumnForm {
  readonly isText: boolean;
  /** Null for the encoding `binary`. */
  readonly text: TextForm | null;
}

export interface DecodedColumn {
  readonly kind: 'decoded';
  readonly bytes: Uint8Array;
  readonly form: ColumnForm;
  /** What may follow the envelope in `bytes`. Null for text: its padding is already off. */
  readonly padByte: number | null;
}

const PAD_BYTE: Readonly<Record<Padding, number | null>> = { none: null, zeros: 0x00, blanks: 0x20 };

export function decodeColumn(value: ColumnValue, format: ValueFormat): DecodedColumn | Unreadable | { kind: 'empty' } {
  if (value === null || value.length === 0) return { kind: 'empty' };
  const padByte = PAD_BYTE[format.padding];
  if (format.encoding === 'binary') {
    if (typeof value === 'string') return unreadable(phrase`text where bytes are declared`);
    if (value.every((byte) => byte === padByte)) return { kind: 'empty' };
    return { kind: 'decoded', bytes: value, form: { isText: false, text: null }, padByte };
  }
  const text = trimEnd(typeof value === 'string' ? value : latin1(value), padByte);
  if (text === '') return { kind: 'empty' };
  const decoded = decodeText(text, format.encoding);
  if (decoded.kind === 'unreadable') return decoded;
  const form = { isText: typeof value === 'string', text: decoded.form };
  return { kind: 'decoded', bytes: decoded.bytes, form, padByte: null };
}

/** The inverse. Fixed-length columns are filled up; SQL Server would do it otherwise, behind our back. */
export function encodeColumn(
  bytes: Uint8Array,
  form: ColumnForm,
  padding: Padding,
  column: ColumnShape,
): { readonly kind: 'encoded'; readonly value: Uint8Array | string } | Unreadable {
  const text = form.text === null ? null : encodeText(bytes, form.text);
  const length = text?.length ?? bytes.length;
  const { capacity, isFixedLength } = column;
  if (capacity !== null && length > capacity) {
    return unreadable(phrase`new value of ${length} does not fit the column of ${capacity}`);
  }
  const padByte = PAD_BYTE[padding];
  const fill = isFixedLength && capacity !== null ? capacity - length : 0;
  if (fill > 0 && padByte === null)
    return unreadable(phrase`new value does not fill the column and no padding is declared`);
  const pad = String.fromCharCode(padByte ?? 0).repeat(fill);
  if (form.isText && text !== null) return { kind: 'encoded', value: text + pad };
  const value = new Uint8Array(length + fill).fill(padByte ?? 0);
  value.set(text === null ? bytes : Buffer.from(text, 'latin1'));
  return { kind: 'encoded', value };
}

function trimEnd(text: string, padByte: number | null): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === padByte) end--;
  return text.slice(0, end);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}
