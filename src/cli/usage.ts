/** Turns a complaint of yargs into one clean usage error that names the flag or command probably meant. */
import { SrkeyError } from '../errors.ts';
import type { Message } from '../text/message.ts';
import { text, verbatim } from '../text/message.ts';

/** Secrets that people look for among the flags. */
const NEVER_A_FLAG: Readonly<Record<string, Message>> = {
  password: text`SRKEY_PASSWORD or --password-file`,
  pass: text`SRKEY_PASSWORD or --password-file`,
  pwd: text`SRKEY_PASSWORD or --password-file`,
  passphrase: text`SRKEY_OLD_PASSPHRASE, SRKEY_NEW_PASSPHRASE, --old-passphrase-file or --new-passphrase-file`,
  'old-passphrase': text`SRKEY_OLD_PASSPHRASE or --old-passphrase-file`,
  'new-passphrase': text`SRKEY_NEW_PASSPHRASE or --new-passphrase-file`,
};

/** Words of other tools for the same thing. */
const MEANT: Readonly<Record<string, string>> = {
  'old-root': 'old-value',
  'new-root': 'new-value',
  old: 'old-value',
  new: 'new-value',
  host: 'server',
  instance: 'server',
  port: 'server',
  db: 'database',
  username: 'user',
  login: 'user',
  map: 'key-map',
  force: 'yes',
  'dry-run-full': 'full',
  simulate: 'dry-run',
  rotate: 'change-ca',
  change: 'change-ca',
  status: 'census',
};

/** The flag that a word would be: `oldValue`, `old_value`, `Old-Value` and `/old-value` are meant as `old-value`. */
function toFlagName(word: string): string {
  return word
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^[-/]+/, '');
}

/** Levenshtein distance, small words only. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word nearest to `name`, or null when none is near enough to be what was meant. */
export function nearest(name: string, known: readonly string[]): string | null {
  const meant = MEANT[name];
  if (meant !== undefined && known.includes(meant)) return meant;
  let best: string | null = null;
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const word of known) {
    const far = word.startsWith(name) && name.length >= 3 ? 1 : distance(name, word);
    if (far < bestDistance && far < word.length) [best, bestDistance] = [word, far];
  }
  return best;
}

export function unknownCommandError(word: string, commands: readonly string[]): SrkeyError {
  const near = nearest(toFlagName(word), commands);
  const help = text`srkey --help lists the commands`;
  return new SrkeyError('E_USAGE', text`unknown command ${word}`, {
    hint: near === null ? help : text`did you mean \`srkey ${near}\`? ${help}`,
  });
}

export function noCommandError(): SrkeyError {
  return new SrkeyError('E_USAGE', text`no command given`, {
    hint: text`the command comes first: srkey COMMAND [flags]; srkey --help shows the exit codes too`,
  });
}

/** Why plain `srkey` shows no screens here. */
export function noScreensText(why: 'no-terminal' | 'ci' | 'dumb'): Message {
  switch (why) {
    case 'no-terminal':
      return text`the screens of plain srkey need a terminal for keyboard and display, and there is none: use the commands above`;
    case 'ci':
      return text`the screens of plain srkey are not shown while the variable CI is set: use the commands above, or unset it`;
    case 'dumb':
      return text`the screens of plain srkey need a terminal that can move its cursor, and TERM=dumb cannot: use the commands above`;
  }
}

/** What was typed for the name that yargs complains of: `--sever`, `-p`, or a word that is no flag. Never its value. */
function asTyped(name: string, argv: readonly string[]): string {
  const word = argv.find((candidate) => candidate.replace(/^-+/, '').replace(/=[^]*$/, '') === name);
  return word === undefined ? name : word.replace(/=[^]*$/, '');
}

/**
 * @param complaint the English text of yargs; its wording is pinned by `.locale('en')` and by tests
 * @param argv what was typed
 */
export function usageError(
  complaint: string,
  command: string,
  flags: readonly string[],
  argv: readonly string[],
): SrkeyError {
  const help = text`srkey ${command} --help lists its flags`;
  const unknown = /^Unknown (?:argument|command)s?: (.*)$/s.exec(complaint)?.[1];
  if (unknown !== undefined) {
    const typed = asTyped(unknown.split(', ')[0] ?? '', argv);
    const name = toFlagName(typed);
    const secret = NEVER_A_FLAG[name];
    if (secret !== undefined) {
      return new SrkeyError('E_USAGE', text`there is no flag --${name}: secrets are never given on the command line`, {
        hint: text`use ${secret}, or answer the prompt; what stood on the command line may be in the shell's history`,
      });
    }
    const near = nearest(name, flags);
    return new SrkeyError(
      'E_USAGE',
      typed.startsWith('-') ? text`unknown flag ${typed}` : text`unknown argument ${typed}`,
      {
        hint: near === null ? help : text`did you mean --${near}? ${help}`,
      },
    );
  }
  if (complaint.startsWith('Not enough non-option arguments')) {
    return new SrkeyError('E_USAGE', text`srkey ${command} needs at least one file`, { hint: help });
  }
  const withoutValue = /^Not enough arguments following: (.*)$/s.exec(complaint)?.[1];
  if (withoutValue !== undefined) {
    return new SrkeyError('E_USAGE', text`--${toFlagName(withoutValue)} needs a value`, { hint: help });
  }
  const choice = /Argument: (\S+), Given: (.*), Choices: (.*)$/s.exec(complaint);
  if (choice !== null) {
    const [, flag = '', given = '', choices = ''] = choice;
    return new SrkeyError('E_USAGE', text`--${flag} must be one of ${choices.replaceAll('"', '')}, not ${given}`, {
      hint: help,
    });
  }
  // none that srkey's flags can bring about is known: it stays in the words of yargs
  const words = complaint.replaceAll(/\s*\n\s*/g, ' ').trim();
  return new SrkeyError('E_USAGE', verbatim(words.charAt(0).toLowerCase() + words.slice(1)), { hint: help });
}

/** A switch is given alone: `--dry-run=yes` must not turn into a change because yargs reads only `true` as true. */
export function refuseSwitchValues(argv: readonly string[], switches: readonly string[]): void {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  for (const [index, word] of words.entries()) {
    const [, name = '', value] = /^--?([^=]+)(?:=([^]*))?$/.exec(word) ?? [];
    if (!switches.includes(name)) continue;
    if (value !== undefined || /^(?:true|false)$/i.test(words[index + 1] ?? '')) {
      throw new SrkeyError('E_USAGE', text`--${name} takes no value`, {
        hint: text`give --${name} alone, or leave it out`,
      });
    }
  }
}

/** yargs drops what stands behind `--`; of `change-ca -- --dry-run` only the change would be left. */
export function refuseWordsBehindFlags(argv: readonly string[]): void {
  const end = argv.indexOf('--');
  const word = end === -1 ? undefined : argv[end + 1];
  if (word === undefined) return;
  throw new SrkeyError('E_USAGE', text`unknown argument ${word.replace(/=[^]*$/, '')} behind --`, {
    hint: text`flags stand without -- in front of them`,
  });
}
