/**
 * Remedies are written for the command line and name its flags and commands. On a screen the same things are fields and
 * menu entries: here is what each is called there.
 */
import { text, verbatim } from '../../text/message.ts';
import type { Message, Say } from '../../text/message.ts';
import { AUTH_WORDS, FILE_LABELS, LOGIN_LABELS, TLS_WORDS } from '../field-labels.ts';
import { entryOf } from '../menu.ts';
import type { EntryId } from '../menu.ts';

const FLAGS: Readonly<Record<string, Message>> = {
  '--server': LOGIN_LABELS.server,
  '--database': LOGIN_LABELS.database,
  '--user': LOGIN_LABELS.user,
  '--domain': LOGIN_LABELS.domain,
  '--auth sql': text`${LOGIN_LABELS.auth}: ${AUTH_WORDS.sql}`,
  '--auth ntlm': text`${LOGIN_LABELS.auth}: ${AUTH_WORDS.ntlm}`,
  '--auth': LOGIN_LABELS.auth,
  '--server-ca': text`${LOGIN_LABELS.tls}: ${TLS_WORDS['ca-file']}`,
  '--trust-server-certificate': text`${LOGIN_LABELS.tls}: ${TLS_WORDS.trust}`,
  '--tls-legacy': LOGIN_LABELS.tlsLegacy,
  '--old-value': FILE_LABELS.old,
  '--new-value': FILE_LABELS.new,
  '--key-map': FILE_LABELS.keyMap,
  '--allow-triggers': verbatim('a'),
};

const COMMANDS: Readonly<Record<string, EntryId>> = {
  'change-ca': 'change',
  stage: 'stage',
  census: 'census',
  rollback: 'rollback',
  verify: 'verify',
  'drop-journal': 'drop-journal',
  runs: 'runs',
  roots: 'inspect',
};

/** Flags from the longest, so that none is taken for another; `FILE` and the like behind one are of no use in a field. */
const NAMED = new RegExp(
  `(?<![\\w-])(?<flag>${Object.keys(FLAGS)
    .sort((a, b) => b.length - a.length)
    .join('|')})(?![\\w-])(?: (?<what>[A-Z][A-Z@.,\\\\]*))?(?![\\w-])` +
    `|srkey (?<command>${Object.keys(COMMANDS).join('|')})(?![\\w-])(?<rest>(?: --(?:full|run)(?: \\d+)?)*)`,
  'g',
);

/** A command set off as code, which the name of a menu entry is not. */
const QUOTED = /`(?<command>srkey [^`]*)`/g;

/** @param said in the language of the screen; flags and commands are the same in all */
export function inScreenWords(said: string, say: Say): string {
  return said.replaceAll(QUOTED, '$<command>').replaceAll(NAMED, (...match) => {
    const { flag, what, command, rest } = match.at(-1) as Readonly<Record<string, string | undefined>>;
    const entry = COMMANDS[command ?? ''];
    if (entry !== undefined) {
      const named = say`“${entryOf(entry).title}”`;
      return rest?.includes('--full') === true ? say`${named} (by opening every key)` : named;
    }
    const label = FLAGS[flag ?? ''];
    if (label === undefined) return match[0];
    const named = say`“${label}”`;
    return what === undefined || what === 'FILE' || what === 'NAME' ? named : `${named} (${what})`;
  });
}
