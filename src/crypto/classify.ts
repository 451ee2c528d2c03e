/** What a stored key is, seen from one old and one new root. Nothing is changed. */
import type { Classified, ColumnValue } from '../keys/stored-key.ts';
import type { ValueFormat } from '../keys/target.ts';
import { decodeColumn } from './column-value.ts';
import { assertFormatFits } from './format-fit.ts';
import { identify } from './identify.ts';
import { parseEnvelope } from './parse-envelope.ts';
import type { RootPair } from './root.ts';

export interface ClassifyOptions {
  /**
   * Open the envelope with the private key it needs. When false, envelopes that name their recipient are taken at
   * their word; direct RSA blocks name none and are opened all the same.
   */
  readonly open: boolean;
}

export function classifyValue(
  value: ColumnValue,
  format: ValueFormat,
  roots: RootPair,
  { open }: ClassifyOptions,
): Classified {
  if (open || format.envelope !== 'cms') assertFormatFits(format, roots);
  const decoded = decodeColumn(value, format);
  if (decoded.kind === 'empty') return { class: 'empty', reason: null, opened: false };
  if (decoded.kind === 'unreadable') return unopened(decoded);
  const envelope = parseEnvelope(decoded.bytes, decoded.padByte, format, roots);
  if (envelope.kind === 'unreadable') return unopened(envelope);
  const found = identify(envelope, roots, open);
  if (found.kind === 'foreign' || found.kind === 'unreadable') return unopened(found);
  found.secret?.fill(0);
  return { class: found.kind, reason: null, opened: found.secret !== null };
}

function unopened({ kind, reason }: { kind: 'foreign' | 'unreadable'; reason: string }): Classified {
  return { class: kind, reason, opened: false };
}
