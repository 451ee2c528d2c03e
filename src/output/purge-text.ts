/** What speaks against the purge, and what to do about it; for the lines of the command and for the screens alike. */
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';
import { counted } from '../text/quantities.ts';
import { shown } from './format.ts';

/** As the engine judged it. */
export type PurgeObjection =
  | { readonly kind: 'old' | 'foreign' | 'unreadable' | 'unopened'; readonly target: string; readonly keys: number }
  | {
      readonly kind: 'unmapped-column';
      readonly column: { readonly schema: string; readonly table: string; readonly column: string };
    }
  | { readonly kind: 'hidden-schema'; readonly because: Message }
  | { readonly kind: 'certificate-only' };

export function objectionText(reason: PurgeObjection): Message {
  switch (reason.kind) {
    case 'old':
      return text`${shown(reason.target)}: ${counted(reason.keys, 'key')} still under the old root, lost for ever by the purge`;
    case 'unreadable':
      return text`${shown(reason.target)}: ${counted(reason.keys, 'key')} unreadable: nobody can tell which root they need`;
    case 'foreign':
      return text`${shown(reason.target)}: ${counted(reason.keys, 'key')} under neither of the two roots, perhaps an older one`;
    case 'unopened':
      return text`${shown(reason.target)}: ${counted(reason.keys, 'key')} not opened, so of no class yet`;
    case 'unmapped-column': {
      const { schema, table, column } = reason.column;
      return text`${shown(`${schema}.${table}.${column}`)}: may hold keys, and the key map neither names nor ignores it`;
    }
    case 'hidden-schema':
      return text`the database does not show all of its columns (${reason.because}): others may hold keys`;
    case 'certificate-only':
      return text`the new root was given as a certificate alone: nobody has seen a stored key open under it`;
  }
}

/** Null where the objection says all there is to say. */
export function objectionAdvice({ kind }: PurgeObjection): Message | null {
  switch (kind) {
    case 'old':
      return text`run srkey change-ca first`;
    case 'unreadable':
      return text`find out before the purge`;
    case 'foreign':
      return text`find its file before the purge`;
    case 'unopened':
      return text`run srkey census --full`;
    case 'certificate-only':
      return text`give it with its private key`;
    case 'unmapped-column':
    case 'hidden-schema':
      return null;
  }
}
