/** What planting and checking have in common: a value of a column, and what is remembered of the key in it. */
import { createHash } from 'node:crypto';

/** A value column's content, as it goes into the database and comes back. */
export type StoredValue = Buffer | string | null;

export interface PlantedKey {
  readonly fate: 'old' | 'new' | 'foreign' | 'damaged';
  readonly plaintext: Buffer;
}

/** Tells NULL, an empty value, text and bytes apart. Short, so that the memory of 100,000 keys stays small. */
export function digestOf(value: StoredValue): string {
  if (value === null) return 'null';
  return createHash('sha256')
    .update(typeof value === 'string' ? 't' : 'b')
    .update(value)
    .digest('base64');
}
