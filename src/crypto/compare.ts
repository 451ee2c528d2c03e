/**
 * Verify: the old and the new value of one stored key, each opened under its own root. What is compared is the key
 * inside, decrypted twice: nothing is taken from the rewrap that made the new value.
 */
import type { RootSide } from '../keys/root.ts';
import type { ColumnValue, Compared, ValuePair } from '../keys/stored-key.ts';
import type { ValueFormat } from '../keys/target.ts';
import { type Message, text } from '../text/message.ts';
import { decodeColumn } from './column-value.ts';
import type { ParsedEnvelope } from './envelope.ts';
import { assertFormatFits } from './format-fit.ts';
import { parseEnvelope } from './parse-envelope.ts';
import type { RootPair } from './root.ts';
import { type Unreadable, unreadable } from './unreadable.ts';

/** Both roots need their private keys. */
export function comparePair({ oldValue, newValue }: ValuePair, format: ValueFormat, roots: RootPair): Compared {
  assertFormatFits(format, roots);
  const before = openValue(oldValue, format, roots, 'old');
  if (before.kind === 'unreadable') return different(text`old value: ${before.reason}`);
  try {
    const after = openValue(newValue, format, roots, 'new');
    if (after.kind === 'unreadable') return different(text`new value: ${after.reason}`);
    const isSame = Buffer.compare(before.plaintext, after.plaintext) === 0;
    after.plaintext.fill(0);
    if (!isSame) return different(text`old and new value open to different keys`);
    return before.envelope.matches(after.envelope, roots.new)
      ? { kind: 'same' }
      : different(text`old and new value differ in more than the recipient`);
  } finally {
    before.plaintext.fill(0);
  }
}

function different(reason: Message): Compared {
  return { kind: 'different', reason: String(reason) };
}

const NOT_FOR: Readonly<Record<RootSide, Message>> = {
  old: text`it is not for the old root`,
  new: text`it is not for the new root`,
};
const CLOSED_UNDER: Readonly<Record<RootSide, Message>> = {
  old: text`it does not open under the old root`,
  new: text`it does not open under the new root`,
};

interface OpenedValue {
  readonly kind: 'opened';
  readonly envelope: ParsedEnvelope;
  /** The stored key itself. The caller zeroes it. */
  readonly plaintext: Uint8Array;
}

function openValue(value: ColumnValue, format: ValueFormat, roots: RootPair, side: RootSide): OpenedValue | Unreadable {
  const decoded = decodeColumn(value, format);
  if (decoded.kind === 'unreadable') return decoded;
  if (decoded.kind === 'empty') return unreadable(text`it holds no key`);
  const envelope = parseEnvelope(decoded.bytes, decoded.padByte, format, roots);
  if (envelope.kind === 'unreadable') return envelope;
  if (!envelope.candidates.includes(side)) return unreadable(NOT_FOR[side]);
  const opened = envelope.open(roots[side]);
  if (opened.kind === 'unreadable') return opened;
  if (opened.kind === 'closed') return unreadable(CLOSED_UNDER[side]);
  const plaintext = envelope.plaintextOf(opened.secret);
  opened.secret.fill(0);
  return { kind: 'opened', envelope, plaintext };
}
