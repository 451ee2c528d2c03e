/** How a live row may differ from what the journal of a run says of it. */
import { type Message, text } from '../text/message.ts';

export const DEVIATIONS = [
  /** Under the new root, by somebody else: added or changed since. */
  'changed',
  /** Its old value again: from a backup, or written back by somebody who had it cached. */
  'restored',
  /** Another value under the old root. */
  'old',
  /** Unreadable, or not the key that the old value holds. */
  'damaged',
  /** Under neither root. */
  'foreign',
  /** NULL or empty. */
  'emptied',
  /** Changed, and without private keys nobody can tell which root it is under. */
  'unknown',
  /** The row is not there any more. */
  'gone',
] as const;
export type DeviationKind = (typeof DEVIATIONS)[number];

/** For people, as they stand above columns and behind a key. */
export const DEVIATION_WORDS: Readonly<Record<DeviationKind, Message>> = {
  changed: text`changed since`,
  restored: text`old value again`,
  old: text`under the old root`,
  damaged: text`damaged`,
  foreign: text`foreign`,
  emptied: text`emptied`,
  unknown: text`changed, root unknown`,
  gone: text`gone`,
};

export type DeviationCounts = Readonly<Record<DeviationKind, number>>;

export const NO_DEVIATIONS: DeviationCounts = {
  changed: 0,
  restored: 0,
  old: 0,
  damaged: 0,
  foreign: 0,
  emptied: 0,
  unknown: 0,
  gone: 0,
};

/** Whether what differs is what a database in use comes to by itself: rows added, changed under the new root, deleted. */
export function isHarmless({ changed: _, gone: __, ...others }: DeviationCounts): boolean {
  return Object.values(others).every((count) => count === 0);
}

export function addDeviations(a: DeviationCounts, b: DeviationCounts): DeviationCounts {
  const sums: Record<DeviationKind, number> = { ...a };
  for (const kind of DEVIATIONS) sums[kind] += b[kind];
  return sums;
}
