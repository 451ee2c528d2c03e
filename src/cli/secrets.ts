/**
 * Secrets: from a file, a variable, or a masked prompt; never from a flag, and never into a message. What is given
 * explicitly on the command line (a file) wins over the environment.
 */
import { decodeText, loadSmallFile } from '../config/text-file.ts';
import { SrkeyError } from '../errors.ts';
import type { Arguments, CommandContext, ProcessContext } from './command.ts';
import { askSecret, canAsk } from './prompt.ts';
import type { PromptStreams } from './prompt.ts';
import { sayIn, text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

export interface SecretKind {
  /** For messages and the prompt: `password of sa`. */
  readonly what: Message;
  readonly variable: 'SRKEY_PASSWORD' | 'SRKEY_OLD_PASSPHRASE' | 'SRKEY_NEW_PASSPHRASE';
  /** Flag name without dashes. */
  readonly fileFlag: 'password-file' | 'old-passphrase-file' | 'new-passphrase-file';
}

/** No password or passphrase is longer; a larger file is another one, given by mistake. */
const MAX_SECRET_BYTES = 4096;

export function loadSecretFile(path: string, what: Message): string {
  const rules = { what: text`${what} file`, code: 'E_USAGE', maxBytes: MAX_SECRET_BYTES } as const;
  const bytes = loadSmallFile(path, rules);
  try {
    // one line end at the end is the editor's, not the secret's
    const secret = decodeText(bytes, path, rules).replace(/\r?\n$/, '');
    if (secret === '') throw new SrkeyError('E_USAGE', text`the ${what} file ${path} holds no secret, only a line end`);
    if (/[\r\n]/.test(secret)) throw new SrkeyError('E_USAGE', text`the ${what} file ${path} holds more than one line`);
    return secret;
  } finally {
    bytes.fill(0);
  }
}

/** The secret as given without asking, or null. */
export function givenSecret(kind: SecretKind, args: Arguments, env: ProcessContext['env']): string | null {
  const path = args[kind.fileFlag];
  if (typeof path === 'string') return loadSecretFile(path, kind.what);
  const value = env[kind.variable];
  return value === undefined || value === '' ? null : value;
}

/** The secret, asked for when nobody gave it. Rejects with E_USAGE when nobody can be asked. */
export async function obtainSecret(
  kind: SecretKind,
  args: Arguments,
  context: Pick<CommandContext, 'env' | 'language'> & PromptStreams,
): Promise<string> {
  const given = givenSecret(kind, args, context.env);
  if (given !== null) return given;
  if (!canAsk(context)) {
    throw new SrkeyError('E_USAGE', text`the ${kind.what} is needed, and there is no terminal to ask for it`, {
      hint: text`set ${kind.variable}, or give --${kind.fileFlag} FILE`,
    });
  }
  const what = sayIn(context.language)(kind.what);
  const answer = await askSecret(`${what.charAt(0).toUpperCase()}${what.slice(1)}`, context);
  if (answer === '') throw new SrkeyError('E_USAGE', text`the ${kind.what} is empty`);
  return answer;
}

export const PASSWORD = (user: string): SecretKind => ({
  what: text`password of ${user}`,
  variable: 'SRKEY_PASSWORD',
  fileFlag: 'password-file',
});

export const PASSPHRASES = {
  old: { what: text`passphrase of the old root`, variable: 'SRKEY_OLD_PASSPHRASE', fileFlag: 'old-passphrase-file' },
  new: { what: text`passphrase of the new root`, variable: 'SRKEY_NEW_PASSPHRASE', fileFlag: 'new-passphrase-file' },
} as const satisfies Record<'old' | 'new', SecretKind>;
