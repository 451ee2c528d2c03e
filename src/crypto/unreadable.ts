/** The answer of every step that may find a stored key unfit: a value, never an exception. */
export interface Unreadable {
  readonly kind: 'unreadable';
  /** A short, stable English phrase. It never holds bytes of the value. */
  readonly reason: string;
}

export function unreadable(reason: string): Unreadable {
  return { kind: 'unreadable', reason };
}
