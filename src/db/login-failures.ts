/** Why no session could be opened, told apart, each with its remedy. */
import { DatabaseError } from '../errors.ts';
import { lines, list, text } from '../text/message.ts';
import { serverLabel } from './connection.ts';
import type { ConnectionOptions } from './connection.ts';
import type { LineEvidence } from './line.ts';
import { explainRefusal } from './login-refusals.ts';
import type { Explanation } from './login-refusals.ts';
import type { InstanceAnswer } from './sql-browser.ts';
import { explainCertificate, explainHandshake } from './tls-failures.ts';

/** What is known of a failed attempt. */
export interface ConnectEvidence {
  readonly error: unknown;
  /** The numbers that the server answered the login with, in order. */
  readonly serverErrors: readonly number[];
  readonly line: LineEvidence;
  /** TLS came first (TDS 8.0), because the server hung up on PRELOGIN. */
  readonly isStrict: boolean;
}

/** Every code in the error: the drivers nest what happened, with one error for each address that was tried. */
export function codesOf(error: unknown): ReadonlySet<string> {
  const codes = new Set<string>();
  const visit = (nested: unknown, depth: number): void => {
    if (!(nested instanceof Error) || depth > 6) return;
    const { code, originalError, cause, errors } = nested as Error & Record<string, unknown>;
    if (typeof code === 'string') codes.add(code);
    for (const inner of [originalError, cause, ...(Array.isArray(errors) ? (errors as unknown[]) : [])]) {
      visit(inner, depth + 1);
    }
  };
  visit(error, 0);
  return codes;
}

function explain(evidence: ConnectEvidence, options: ConnectionOptions): Explanation & { readonly isLogin?: boolean } {
  const { error, serverErrors, line } = evidence;
  const codes = codesOf(error);
  const refusal = explainRefusal(serverErrors, options);
  if (refusal !== null) return { ...refusal, isLogin: true, isVague: true };
  if (serverErrors.length > 0 || codes.has('ELOGIN')) return { ...UNKNOWN_REFUSAL, isLogin: true };
  if (!line.isConnected) return explainNoLine(codes, options);
  const certificate = explainCertificate(codes, error, options);
  if (certificate !== null) return evidence.isStrict ? underStrict(certificate, options) : certificate;
  return explainLine(evidence, codes, options);
}

const UNKNOWN_REFUSAL: Explanation = {
  problem: text`the server refused the login`,
  isVague: true,
  remedy: text`the server writes the exact reason to its own error log`,
};

/** Nobody accepted the connection. */
function explainNoLine(codes: ReadonlySet<string>, { host, instance, port }: ConnectionOptions): Explanation {
  if (codes.has('ENOTFOUND')) {
    return {
      problem: text`there is no host named ${host}`,
      remedy: text`check --server; give the full name, such as SQL01.example.org, or the address`,
      mayPass: true,
    };
  }
  if (codes.has('EAI_AGAIN')) {
    return {
      problem: text`the name ${host} could not be resolved, because the name service does not answer`,
      remedy: text`check the network of this workstation, or give the address instead of the name`,
      mayPass: true,
    };
  }
  if (codes.has('ECONNREFUSED')) {
    return {
      problem: text`the host answers, but nothing listens on that port`,
      remedy:
        instance !== null
          ? text`the instance has just stopped, or a firewall refuses its port`
          : port !== null
            ? text`check the port in --server HOST,PORT, and that SQL Server runs with TCP/IP enabled`
            : text`a named instance (--server HOST\\INSTANCE) or another port (--server HOST,PORT) may be meant; see that SQL Server runs with TCP/IP enabled`,
      mayPass: true,
    };
  }
  if (['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'].some((code) => codes.has(code))) {
    return {
      problem: text`the network has no way to the host`,
      remedy: text`check --server, the cable or VPN of this workstation, and the routes to the server`,
      mayPass: true,
    };
  }
  if (codes.has('EACCES') || codes.has('EPERM')) {
    return {
      problem: text`this workstation does not let the connection out`,
      remedy: text`let its firewall or security software allow connections of Node.js to the server`,
      mayPass: true,
    };
  }
  return {
    problem: text`nobody answered: the host is down, or a firewall drops the connection`,
    remedy: text`check --server and that the host is up; open the port for this workstation in the firewalls between`,
    mayPass: true,
  };
}

/** Somebody accepted the connection, and it did not become a session. */
function explainLine(
  { line: { answer, isSecure } }: ConnectEvidence,
  codes: ReadonlySet<string>,
  options: ConnectionOptions,
): Explanation {
  if (answer.kind === 'foreign') {
    return {
      problem: text`what listens on that port is not a SQL Server; it says ${quote(answer.bytes)}`,
      remedy: text`check the port in --server HOST,PORT`,
    };
  }
  if (answer.kind === 'unencrypted') {
    return {
      problem: text`the server offers no encryption, and the password is not sent in the clear`,
      remedy: text`SQL Server always offers it: something may be between this computer and the server, or it is no SQL Server`,
    };
  }
  if (codes.has('ETIMEOUT')) {
    return {
      problem: isSecure
        ? text`the server accepted the connection and then did not answer the login in time`
        : text`somebody accepted the connection and then did not answer as a SQL Server does`,
      remedy: text`check the port in --server HOST,PORT; if it is right, the server is overloaded or hangs`,
      mayPass: true,
    };
  }
  if (isSecure) {
    return {
      problem: text`the server hung up during the login`,
      isVague: true,
      remedy: text`it is shutting down, or its error log tells the reason`,
      mayPass: true,
    };
  }
  if (answer.kind === 'encrypted') return explainHandshake(codes, options);
  return {
    problem: text`the connection was accepted and cut before anybody answered, also with TLS first (strict encryption)`,
    remedy: text`check the port in --server HOST,PORT; a server that is starting, full, or behind a firewall does this, too; its error log tells more`,
    mayPass: true,
  };
}

const QUOTED_BYTES = 40;

/** The beginning of what a stranger said, in printable characters. */
function quote(bytes: Buffer): string {
  const words = bytes.subarray(0, QUOTED_BYTES).toString('latin1');
  return JSON.stringify(words.replaceAll(/[^\x20-\x7e]+/g, ' ').trim());
}

/** Strict encryption rules the second choice out: it always verifies. */
function underStrict(certificate: Explanation, { trustServerCertificate }: ConnectionOptions): Explanation {
  const { problem, remedy } = certificate;
  const stricter = { problem: text`the server demands strict encryption (TDS 8.0), and ${problem}`, remedy };
  return trustServerCertificate
    ? { ...stricter, otherwise: text`--trust-server-certificate does not count under strict encryption` }
    : stricter;
}

/**
 * The error for a session that could not be opened. In the middle of a run a server that restarts looks just so, so only
 * what no repetition changes is a reason to stop asking.
 */
export function connectError(evidence: ConnectEvidence, options: ConnectionOptions): DatabaseError {
  const { error } = evidence;
  if (error instanceof DatabaseError) return error;
  const { isLogin = false, isVague = false, ...explanation } = explain(evidence, options);
  return failure(explanation, options, { error, isLogin, isVague });
}

/** The error for an instance whose port SQL Server Browser did not tell. */
export function instanceError(
  answer: Exclude<InstanceAnswer, { kind: 'port' }>,
  options: ConnectionOptions,
): DatabaseError {
  return failure(explainInstance(answer, options), options, { error: undefined, isLogin: false, isVague: false });
}

function explainInstance(
  answer: Exclude<InstanceAnswer, { kind: 'port' }>,
  { host, instance }: ConnectionOptions,
): Explanation {
  const name = instance ?? '';
  const startBrowser = text`start the service SQL Server Browser and open UDP 1434 in the firewalls, or give the port: --server HOST,PORT`;
  switch (answer.kind) {
    case 'unknown':
      return {
        problem:
          answer.instances.length === 0
            ? text`SQL Server Browser on ${host} knows no instance ${name}`
            : text`SQL Server Browser on ${host} knows no instance ${name}, only ${list(answer.instances)}`,
        remedy: text`check --server HOST\\INSTANCE; a stopped or hidden instance is not listed: give its port, --server HOST,PORT`,
        mayPass: true,
      };
    case 'no-tcp':
      return {
        problem: text`the instance ${name} does not listen on TCP/IP`,
        remedy: text`enable TCP/IP for it in SQL Server Configuration Manager, and restart it`,
        mayPass: true,
      };
    case 'closed':
      return {
        problem: text`SQL Server Browser does not run on ${host}, so nobody tells the port of the instance ${name}`,
        remedy: startBrowser,
        mayPass: true,
      };
    case 'silent':
      return {
        problem: text`SQL Server Browser on ${host} does not answer, so nobody tells the port of the instance ${name}`,
        remedy: startBrowser,
        mayPass: true,
      };
  }
}

function failure(
  { problem, remedy, otherwise, mayPass = false }: Explanation,
  options: ConnectionOptions,
  { error, isLogin, isVague }: { readonly error: unknown; readonly isLogin: boolean; readonly isVague: boolean },
): DatabaseError {
  const where = serverLabel(options);
  const said = error instanceof Error ? error.message : String(error);
  const message = isVague
    ? text`${where}, database ${options.database}: ${problem}: ${said}`
    : text`${where}, database ${options.database}: ${problem}`;
  return new DatabaseError(mayPass ? 'reconnect' : 'stop', message, {
    code: isLogin ? 'E_LOGIN' : 'E_CONNECT',
    hint: otherwise === undefined ? remedy : lines([remedy, otherwise]),
    ...(error === undefined ? {} : { cause: error }),
  });
}
