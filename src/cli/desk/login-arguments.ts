/** From the fields of the login form to the flags of the same settings, and from a refusal back to a field. */
import { SrkeyError } from '../../errors.ts';
import { text, verbatim } from '../../text/message.ts';
import type { FileValues, LoginField, LoginValues, Problem } from '../../ui/desk.ts';
import type { Arguments } from '../command.ts';

export function loginArguments(login: LoginValues): Arguments {
  return {
    server: login.server,
    database: login.database,
    user: login.user,
    auth: login.auth,
    ...(login.auth === 'ntlm' ? { domain: login.domain } : {}),
    ...(login.tls === 'ca-file' ? { 'server-ca': login.serverCa } : {}),
    'trust-server-certificate': login.tls === 'trust',
    'tls-legacy': login.tlsLegacy,
  };
}

/** Targets of srkey.json are read with its other settings: as a key map alone it would be refused. */
export function fileArguments({ old, new: renewed, keyMap }: FileValues, settingsFile: string): Arguments {
  return { 'old-value': old, 'new-value': renewed, ...(keyMap === settingsFile ? {} : { 'key-map': keyMap }) };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof SrkeyError) return { message: error.said, remedy: error.advice ?? null };
  return {
    message: verbatim(error instanceof Error ? error.message : String(error)),
    remedy: text`this is a bug of srkey, not of your database; please report it with the log file`,
  };
}

/** The field that needs changing: hints name the flag, and a flag is a field. */
const FIELDS: readonly (readonly [RegExp, LoginField])[] = [
  [/--(?:server-ca|trust-server-certificate)|server CA file/, 'tls'],
  [/--tls-legacy/, 'tlsLegacy'],
  [/--database/, 'database'],
  [/--(?:auth|domain)/, 'auth'],
  [/password/, 'password'],
  [/--user/, 'user'],
];

export function refusedField(error: unknown): LoginField {
  if (!(error instanceof SrkeyError)) return 'server';
  const said = `${error.hint ?? ''} ${error.code === 'E_CONFIG' ? error.message : ''}`;
  return FIELDS.find(([pattern]) => pattern.test(said))?.[1] ?? 'server';
}
