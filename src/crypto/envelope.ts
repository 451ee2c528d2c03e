/**
 * What cms envelopes and direct RSA blocks have in common, so that classification and rewrap are written once.
 */
import type { RootSide } from '../keys/root.ts';
import type { Root } from './root.ts';
import type { Unreadable } from './unreadable.ts';

/** What trying one root gives: the secret, or *not this root*, or *this root, but damaged*. */
export type Opened =
  { readonly kind: 'opened'; readonly secret: Uint8Array } | { readonly kind: 'closed' } | Unreadable;

export const CLOSED: Opened = { kind: 'closed' };

/**
 * A stored key, parsed. Its *secret* is what the root's RSA wraps: the content key of a cms envelope, else the stored
 * key itself.
 */
export interface ParsedEnvelope {
  readonly kind: 'envelope';
  /** The roots that it may be for, as its recipient identifier or its length tells; old first. */
  readonly candidates: readonly RootSide[];
  /** True when it names its recipient: a root not named is out, and a root named alone is the one. */
  readonly isNamed: boolean;
  /** True when a wrong root passes for the right one often enough that every candidate must be tried. */
  readonly isGuessable: boolean;
  /** One private operation. The caller zeroes the secret. */
  open(root: Root): Opened;
  /** The stored key itself, from the secret that `open` gave. A copy: the caller zeroes both. */
  plaintextOf(secret: Uint8Array): Uint8Array;
  /** The same secret wrapped for another root in the same way, with fresh randomness; null when it is too long for it. */
  seal(secret: Uint8Array, root: Root): Uint8Array | null;
  /** Whether `sealed`, a parsed `seal` for that root, differs from this envelope only as it must. */
  matches(sealed: ParsedEnvelope, root: Root): boolean;
}
