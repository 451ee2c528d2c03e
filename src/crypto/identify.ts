/** Whose is it? The one place that decides which root a parsed envelope belongs to. */
import type { RootSide } from '../keys/root.ts';
import type { ParsedEnvelope } from './envelope.ts';
import type { RootPair } from './root.ts';
import { type Foreign, foreign, unreadable, type Unreadable } from './unreadable.ts';
import { text } from '../text/message.ts';

export type Identified =
  /** `secret` is null when the envelope was not opened. The caller zeroes it. */
  { readonly kind: RootSide; readonly secret: Uint8Array | null } | Foreign | Unreadable;

/**
 * With `open` false nothing is opened that need not be: an envelope that names one of the two roots is taken at its
 * word. All else is decided by opening, old root first.
 */
export function identify(envelope: ParsedEnvelope, roots: RootPair, open: boolean): Identified {
  const { candidates, isNamed } = envelope;
  const [first, second] = candidates;
  if (first === undefined) return foreign(text`its recipient is neither the old nor the new root`);
  if (isNamed && second === undefined) return identifyNamed(envelope, roots, first, open);
  return identifyByOpening(envelope, roots);
}

function identifyNamed(envelope: ParsedEnvelope, roots: RootPair, side: RootSide, open: boolean): Identified {
  if (!open || roots[side].privateKey === null) return { kind: side, secret: null };
  const opened = envelope.open(roots[side]);
  switch (opened.kind) {
    case 'opened':
      return { kind: side, secret: opened.secret };
    case 'closed':
      return unreadable(
        side === 'old'
          ? text`names the old root but does not open under it`
          : text`names the new root but does not open under it`,
      );
    case 'unreadable':
      return opened;
  }
}

function identifyByOpening(envelope: ParsedEnvelope, roots: RootPair): Identified {
  const { opened, fault, hasUntried } = tryCandidates(envelope, roots);
  const [first, second] = opened;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    for (const { secret } of opened) secret.fill(0);
    return unreadable(text`ambiguous: opens under both roots`);
  }
  if (fault !== null) return fault;
  // A certificate alone cannot say *new*. What does not open under the old root is then `foreign`: never touched, and
  // never counted as safe.
  if (hasUntried && roots.old.privateKey === null) {
    return {
      kind: 'foreign',
      reason: String(text`names both roots, and without private keys nobody can tell which it is for`),
    };
  }
  if (hasUntried) {
    return foreign(text`not under the old root; the new one cannot be tried without its private key`);
  }
  return envelope.isNamed
    ? unreadable(text`names both roots but opens under neither`)
    : foreign(text`opens under neither root: another root's, or damaged`);
}

function tryCandidates(envelope: ParsedEnvelope, roots: RootPair) {
  const opened: { readonly kind: RootSide; readonly secret: Uint8Array }[] = [];
  let fault: Unreadable | null = null;
  let hasUntried = false;
  for (const side of envelope.candidates) {
    if (opened.length > 0 && !envelope.isGuessable) break;
    if (roots[side].privateKey === null) {
      hasUntried = true;
      continue;
    }
    const result = envelope.open(roots[side]);
    if (result.kind === 'opened') opened.push({ kind: side, secret: result.secret });
    if (result.kind === 'unreadable') fault ??= result;
  }
  return { opened, fault, hasUntried };
}
