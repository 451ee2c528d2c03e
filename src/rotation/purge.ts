import type { TargetCensus } from '../progress/events.ts';
import type { RootPair } from './deps.ts';
import type { UnmappedColumn } from './ports.ts';

/**
 * What the census says about the vendor's phase 3, which deletes the old root for ever. `safe` speaks of the columns of
 * the key map only, and is never said while there is a reason against it.
 */
export interface PurgeVerdict {
  readonly verdict: 'safe' | 'not-proven';
  readonly reasons: readonly PurgeReason[];
}

export type PurgeReason =
  | { readonly kind: 'old' | 'foreign' | 'unreadable' | 'unopened'; readonly target: string; readonly keys: number }
  | { readonly kind: 'unmapped-column'; readonly column: UnmappedColumn }
  /** Without the new private key nobody has seen a stored key open under the new root. */
  | { readonly kind: 'certificate-only' };

export interface PurgeInput {
  readonly targets: readonly TargetCensus[];
  readonly unmapped: readonly UnmappedColumn[];
  readonly roots: RootPair;
}

export function judgePurge({ targets, unmapped, roots }: PurgeInput): PurgeVerdict {
  const reasons: PurgeReason[] = [];
  for (const { name, census, unopened } of targets) {
    const counts = { old: census.old, unreadable: census.unreadable, foreign: census.foreign, unopened };
    for (const kind of ['old', 'unreadable', 'foreign', 'unopened'] as const) {
      if (counts[kind] > 0) reasons.push({ kind, target: name, keys: counts[kind] });
    }
  }
  reasons.push(...unmapped.map((column) => ({ kind: 'unmapped-column', column }) as const));
  if (!roots.new.hasPrivateKey) reasons.push({ kind: 'certificate-only' });
  return { verdict: reasons.length === 0 ? 'safe' : 'not-proven', reasons };
}
