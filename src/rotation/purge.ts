import { type Message, text } from '../text/message.ts';
import type { TargetCensus } from '../progress/events.ts';
import type { RootPair } from './deps.ts';
import type { Fact, RightsFacts, UnmappedColumn } from './ports.ts';

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
  /** The login cannot see all of the schema, so there may be columns that nobody listed. */
  | { readonly kind: 'hidden-schema'; readonly because: Message }
  /** Without the new private key nobody has seen a stored key open under the new root. */
  | { readonly kind: 'certificate-only' };

export interface PurgeInput {
  readonly targets: readonly TargetCensus[];
  readonly unmapped: readonly UnmappedColumn[];
  readonly rights: Fact<RightsFacts>;
  readonly roots: RootPair;
}

export function judgePurge({ targets, unmapped, rights, roots }: PurgeInput): PurgeVerdict {
  const reasons: PurgeReason[] = [];
  for (const { name, census, unopened } of targets) {
    const counts = { old: census.old, unreadable: census.unreadable, foreign: census.foreign, unopened };
    for (const kind of ['old', 'unreadable', 'foreign', 'unopened'] as const) {
      if (counts[kind] > 0) reasons.push({ kind, target: name, keys: counts[kind] });
    }
  }
  reasons.push(...unmapped.map((column) => ({ kind: 'unmapped-column', column }) as const));
  const hidden = hiddenBecause(rights);
  if (hidden !== null) reasons.push({ kind: 'hidden-schema', because: hidden });
  if (!roots.new.hasPrivateKey) reasons.push({ kind: 'certificate-only' });
  return { verdict: reasons.length === 0 ? 'safe' : 'not-proven', reasons };
}

/** Without VIEW DEFINITION SQL Server shows no column of a table that the login has no right on. */
function hiddenBecause(rights: Fact<RightsFacts>): Message | null {
  if (!rights.known) return rights.because;
  const lacking = rights.value.missing.find(({ purpose }) => purpose === 'see');
  return lacking === undefined ? null : text`the login lacks ${lacking.permission} on ${lacking.on}`;
}
