/** The login form's fields: which there are, which are still needed, and what they say. */
import type { LoginField, LoginValues } from '../desk.ts';
import type { LoginState, TextField } from './app-state.ts';
import { TEXT_FIELDS } from './app-state.ts';

export type LoginStop = LoginField | 'go';

/** The fields in order; those of a choice that was not made are not there. */
export function loginStops({ auth, tls }: Pick<LoginState, 'auth' | 'tls'>): readonly LoginStop[] {
  return [
    'server',
    'database',
    'auth',
    ...(auth === 'ntlm' ? (['domain'] as const) : []),
    'user',
    'password',
    'tls',
    ...(tls === 'ca-file' ? (['serverCa'] as const) : []),
    'tlsLegacy',
    'go',
  ];
}

export function isTextField(stop: LoginStop): stop is TextField {
  return (TEXT_FIELDS as readonly string[]).includes(stop);
}

/** `DOMAIN\\USER` in the field of the user says all: names of SQL Server logins hold no backslash. */
const WINDOWS_ACCOUNT = /^([^\\]+)\\([^\\]+)$/;

export function loginValuesOf({ lines, auth: chosen, tls, tlsLegacy }: LoginState): LoginValues {
  const typed = lines.user.text.trim();
  const [, domainOfUser, account = typed] = WINDOWS_ACCOUNT.exec(typed) ?? [];
  const auth = domainOfUser === undefined ? chosen : 'ntlm';
  return {
    server: lines.server.text.trim(),
    database: lines.database.text.trim(),
    auth,
    domain: domainOfUser ?? (auth === 'ntlm' ? lines.domain.text.trim() : ''),
    user: account,
    tls,
    serverCa: tls === 'ca-file' ? lines.serverCa.text.trim() : '',
    tlsLegacy,
  };
}

/** The first field that must not stay empty and does; null when the form is complete. */
export function firstMissing(login: LoginState): TextField | null {
  const namesDomain = WINDOWS_ACCOUNT.test(login.lines.user.text.trim());
  const needed = loginStops(login)
    .filter((stop) => isTextField(stop))
    .filter((stop) => stop !== 'domain' || !namesDomain);
  const isEmpty = (field: TextField): boolean =>
    field === 'password'
      ? !login.hasPassword && login.lines.password.text === ''
      : login.lines[field].text.trim() === '';
  return needed.find(isEmpty) ?? null;
}

export function firstLoginFocus(login: LoginState): LoginStop {
  return firstMissing(login) ?? 'go';
}
