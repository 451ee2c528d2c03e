import { asEnglish, type Message } from '../text/message.ts';

/** The answer of every step that may find a stored key unfit: a value, never an exception. */
export interface Unreadable {
  readonly kind: 'unreadable';
  /** A short, stable English phrase. It never holds bytes of the value. */
  readonly reason: string;
}

/** The reason travels between threads and into journals: as English, and what shows it recalls the message. */
export function unreadable(reason: Message): Unreadable {
  return { kind: 'unreadable', reason: asEnglish(reason) };
}

export interface Foreign {
  readonly kind: 'foreign';
  /** As that of `Unreadable`. */
  readonly reason: string;
}

/** The answer for an envelope that neither root opens and that nothing says is damaged. */
export function foreign(reason: Message): Foreign {
  return { kind: 'foreign', reason: asEnglish(reason) };
}
