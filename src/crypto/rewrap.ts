/**
 * Rewrap: open with the old root, seal for the new one, and prove the result before anyone may write it.
 */
import { SrkeyError } from '../errors.ts';
import type { ColumnShape, ColumnValue, Rewrapped } from '../keys/stored-key.ts';
import type { ValueFormat } from '../keys/target.ts';
import { decodeColumn, encodeColumn } from './column-value.ts';
import type { ParsedEnvelope } from './envelope.ts';
import { assertFormatFits } from './format-fit.ts';
import { identify } from './identify.ts';
import { parseEnvelope } from './parse-envelope.ts';
import type { Root, RootPair } from './root.ts';
import { unreadable } from './unreadable.ts';
import { type Message, recalled, text } from '../text/message.ts';

export interface RewrapOptions {
  /** Open the new envelope with the new private key and compare: one more private operation. */
  readonly prove: boolean;
}

/** Throws E_VERIFY_FAILED when the new envelope is not what it must be: a fault of ours or of the roots, never of a value. */
export function rewrapValue(
  value: ColumnValue,
  format: ValueFormat,
  column: ColumnShape,
  roots: RootPair,
  { prove }: RewrapOptions,
): Rewrapped {
  assertFormatFits(format, roots);
  const decoded = decodeColumn(value, format);
  if (decoded.kind !== 'decoded') return decoded;
  const envelope = parseEnvelope(decoded.bytes, decoded.padByte, format, roots);
  if (envelope.kind === 'unreadable') return envelope;
  const secret = openOld(envelope, roots);
  if (secret.kind !== 'opened') return secret;
  try {
    const sealed = envelope.seal(secret.bytes, roots.new);
    if (sealed === null) return unreadable(text`plaintext is too long for the new root`);
    const encoded = encodeColumn(sealed, decoded.form, format.padding, column);
    if (encoded.kind === 'unreadable') return encoded;
    const parsedBack = parseBack(encoded.value, format, roots);
    if (!envelope.matches(parsedBack, roots.new))
      throw proofFailed(text`a new envelope is not the old one with another recipient; it was not written`);
    const proven = prove && roots.new.privateKey !== null;
    if (proven) assertOpensTo(secret.bytes, parsedBack, roots.new);
    return { kind: 'staged', newValue: encoded.value, proven };
  } finally {
    secret.bytes.fill(0);
  }
}

type OldSecret = { readonly kind: 'opened'; readonly bytes: Uint8Array } | Exclude<Rewrapped, { kind: 'staged' }>;

/** The secret of a value under the old root, or what the value is instead. A named new root is not opened. */
function openOld(envelope: ParsedEnvelope, roots: RootPair): OldSecret {
  const claimed = identify(envelope, roots, false);
  const found = claimed.kind === 'old' && claimed.secret === null ? identify(envelope, roots, true) : claimed;
  switch (found.kind) {
    case 'old':
      if (found.secret === null) throw new Error('an envelope for the old root was not opened');
      return { kind: 'opened', bytes: found.secret };
    case 'new':
      found.secret?.fill(0);
      return { kind: 'new' };
    case 'foreign':
    case 'unreadable':
      return found;
  }
}

function parseBack(newValue: ColumnValue, format: ValueFormat, roots: RootPair): ParsedEnvelope {
  const decoded = decodeColumn(newValue, format);
  if (decoded.kind !== 'decoded') throw proofFailed(text`a new envelope does not decode; it was not written`);
  const parsed = parseEnvelope(decoded.bytes, decoded.padByte, format, roots);
  if (parsed.kind === 'unreadable')
    throw proofFailed(text`a new envelope does not parse (${recalled(parsed.reason)}); it was not written`);
  return parsed;
}

function assertOpensTo(secret: Uint8Array, parsed: ParsedEnvelope, root: Root): void {
  const opened = parsed.open(root);
  if (opened.kind !== 'opened')
    throw proofFailed(text`a new envelope does not open under the new root; it was not written`);
  const isSame = Buffer.compare(opened.secret, secret) === 0;
  opened.secret.fill(0);
  if (!isSame) throw proofFailed(text`a new envelope opens to another key; it was not written`);
}

function proofFailed(how: Message): SrkeyError {
  return new SrkeyError('E_VERIFY_FAILED', how, {
    hint: text`The certificate and the private key of the new root may not belong together. Nothing of this batch was changed.`,
  });
}
