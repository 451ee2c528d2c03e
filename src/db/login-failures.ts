/** Why no session could be opened, told apart, each with its remedy. */
import { DatabaseError } from '../errors.ts';
import { serverLabel } from './connection.ts';
import type { ConnectionOptions } from './connection.ts';

interface Explanation {
  readonly code: 'E_CONNECT' | 'E_LOGIN';
  readonly problem: string;
  readonly remedy: string;
  /** True when the same attempt may succeed in a minute: a server that restarts, a network that comes back. */
  readonly mayPass?: boolean;
}

const LOGIN_REFUSED = {
  problem: 'the login was refused: user name or password is wrong, or the login is disabled',
  remedy: 'check --user and the password; the server writes the exact reason to its own error log',
};
const NO_DATABASE = {
  problem: 'the database cannot be opened: it does not exist, or this login may not use it',
  remedy: 'check --database; let a DBA map the login to a user of that database',
  mayPass: true,
};

const STARTING = {
  problem: 'the server is starting, stopping or paused and takes no logins',
  remedy: 'try again when it is up',
  mayPass: true,
};

const LOGIN_PROBLEMS: Readonly<Record<number, Omit<Explanation, 'code'>>> = {
  18456: LOGIN_REFUSED,
  18486: { problem: 'the login is locked', remedy: 'let a DBA unlock it: ALTER LOGIN … WITH PASSWORD = … UNLOCK' },
  18487: { problem: 'the password has expired', remedy: 'change the password with another client, then try again' },
  18488: {
    problem: 'the password must be changed before the first use',
    remedy: 'change the password with another client, then try again',
  },
  18452: {
    problem: 'the login comes from an untrusted domain',
    remedy: 'use a SQL Server login (--auth sql), or check the domain of --auth ntlm',
  },
  4060: NO_DATABASE,
  916: NO_DATABASE,
  4064: NO_DATABASE,
  17142: STARTING,
  17187: STARTING,
  18401: STARTING,
  18451: STARTING,
  18461: {
    problem: 'the server is in single-user mode and somebody else holds the one connection',
    remedy: 'end the maintenance on the server first',
  },
};

/** The drivers nest what happened: wrapped errors, causes, and one error for each address that was tried. */
function wholeText(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 5) return '';
  const { code, number, originalError, cause, errors } = error as Error & Record<string, unknown>;
  const inner = [originalError, cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return [error.message, code, number, ...inner.map((nested) => wholeText(nested, depth + 1))].join(' ');
}

/** The error that says most: the server ends each refusal with 18456, whatever the reason. */
function loginProblem(numbers: readonly number[]): Omit<Explanation, 'code'> | undefined {
  const known = numbers.filter((number) => number in LOGIN_PROBLEMS);
  const telling = known.find((number) => number !== 18456) ?? known[0];
  return telling === undefined ? undefined : LOGIN_PROBLEMS[telling];
}

function explain(
  error: Error & { code?: unknown; number?: unknown },
  options: ConnectionOptions,
  serverErrors: readonly number[],
): Explanation {
  const text = wholeText(error);
  const named = loginProblem(typeof error.number === 'number' ? [...serverErrors, error.number] : serverErrors);
  if (named !== undefined) return { code: 'E_LOGIN', ...named };
  if (/Cannot open database/i.test(text)) return { code: 'E_LOGIN', ...NO_DATABASE };
  if (error.code === 'ELOGIN') return { code: 'E_LOGIN', ...LOGIN_REFUSED };
  if (/self[- ]signed|unable to verify|unable to get.*issuer|certificate/i.test(text)) {
    return {
      code: 'E_CONNECT',
      problem: 'the TLS certificate of the server could not be verified',
      remedy:
        'give the certificate that signed it with --server-ca FILE (best), ' +
        'or accept any certificate with --trust-server-certificate',
    };
  }
  if (/wrong version|unsupported protocol|no protocols|handshake|ssl|tls/i.test(text)) {
    return {
      code: 'E_CONNECT',
      problem: 'TLS could not be agreed with the server',
      remedy: 'a server limited to TLS 1.0 needs --tls-legacy; better: install the update that brings it TLS 1.2',
    };
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) {
    return {
      code: 'E_CONNECT',
      problem: `the name ${options.host} could not be resolved`,
      remedy: 'check --server and the name service of this workstation',
      mayPass: true,
    };
  }
  if (text.includes('ECONNREFUSED')) {
    return {
      code: 'E_CONNECT',
      problem: 'nothing listens on that port',
      remedy: 'check the port in --server HOST,PORT, and that SQL Server has TCP/IP enabled',
      mayPass: true,
    };
  }
  if (options.instance !== null && /instance|browser|port for|ETIMEOUT/i.test(text)) {
    return {
      code: 'E_CONNECT',
      problem: `SQL Browser did not tell the port of the instance ${options.instance}`,
      remedy: 'start the service SQL Server Browser and open UDP 1434, or give the port: --server HOST,PORT',
      mayPass: true,
    };
  }
  return {
    code: 'E_CONNECT',
    problem: error.code === 'ETIMEOUT' ? 'the server did not answer in time' : 'the connection failed',
    remedy: 'check --server, the network and the firewall between this workstation and the server',
    mayPass: true,
  };
}

/**
 * The error for a session that could not be opened. Nothing was changed by the attempt. In the middle of a run a server
 * that restarts looks just so, so only a refused login is a reason to stop asking.
 *
 * `serverErrors`: the numbers that the server answered the login with, in order. Its texts are in its own language.
 */
export function connectError(
  error: unknown,
  options: ConnectionOptions,
  serverErrors: readonly number[] = [],
): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const known = error instanceof Error ? error : new Error(String(error));
  const { code, problem, remedy, mayPass } = explain(known, options, serverErrors);
  const where = `${serverLabel(options)}, database ${options.database}`;
  return new DatabaseError(mayPass === true ? 'reconnect' : 'stop', `${where}: ${problem}: ${known.message}`, {
    code,
    hint: remedy,
    cause: error,
  });
}
