/** What speaks against the purge, in the words of the screens. */
import type { PurgeReason } from '../../rotation/purge.ts';
import { text } from '../../text/message.ts';
import type { Message } from '../../text/message.ts';
import { counted } from '../../text/quantities.ts';

export function objectionText(reason: PurgeReason): Message {
  switch (reason.kind) {
    case 'old':
      return text`${reason.target}: ${counted(reason.keys, 'key')} still under the old root, lost for ever by the purge`;
    case 'unreadable':
      return text`${reason.target}: ${counted(reason.keys, 'key')} unreadable: nobody can tell which root they need`;
    case 'foreign':
      return text`${reason.target}: ${counted(reason.keys, 'key')} under neither of the two roots, perhaps an older one`;
    case 'unopened':
      return text`${reason.target}: ${counted(reason.keys, 'key')} not opened, so of no class yet`;
    case 'unmapped-column': {
      const { schema, table, column } = reason.column;
      return text`${`${schema}.${table}.${column}`}: may hold keys, and the key map neither names nor ignores it`;
    }
    case 'hidden-schema':
      return text`the database does not show all of its columns (${reason.because}): others may hold keys`;
    case 'certificate-only':
      return text`the new root was given as a certificate alone: nobody has seen a stored key open under it`;
  }
}
