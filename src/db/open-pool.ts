/** From connection options to a logged-in connection, or to an error that says what was in the way. */
import type { DriverConnection, ConnectionOptions } from './connection.ts';
import { mssqlConfig, timingOf } from './connection.ts';
import { dial } from './line.ts';
import type { LineEvidence } from './line.ts';
import { codesOf, connectError, instanceError } from './login-failures.ts';
import type { ConnectEvidence } from './login-failures.ts';
import { isCertificateRefusal } from './tls-failures.ts';
import { OneConnectionPool } from './one-connection-pool.ts';
import { watchFirstAnswer } from './prelogin-reply.ts';
import { findInstance } from './sql-browser.ts';

const DEFAULT_PORT = 1433;

/** Rejects with a `DatabaseError` (E_CONNECT, E_LOGIN) that tells the cause. Nothing was changed by the attempt. */
export async function openPool(options: ConnectionOptions): Promise<OneConnectionPool> {
  const port = await portOf(options);
  const first = await tryOpening(options, port, false);
  if (first instanceof OneConnectionPool) return first;
  // A server that demands TDS 8.0 takes PRELOGIN for broken TLS and hangs up. The second attempt can only be stricter.
  if (!wasCutAtPreLogin(first)) throw connectError(first, options);
  const second = await tryOpening(options, port, true);
  if (second instanceof OneConnectionPool) return second;
  throw connectError(spokeTls(second) ? second : first, options);
}

async function portOf(options: ConnectionOptions): Promise<number> {
  if (options.instance === null) return options.port ?? DEFAULT_PORT;
  const { browserPort, browserPatienceMs } = timingOf(options);
  const answer = await findInstance(options.host, options.instance, {
    port: browserPort,
    patienceMs: browserPatienceMs,
  }).catch((error: unknown) => {
    throw connectError({ error, serverErrors: [], line: UNTOUCHED, isStrict: false }, options);
  });
  if (answer.kind !== 'port') throw instanceError(answer, options);
  return answer.port;
}

const UNTOUCHED: LineEvidence = { isConnected: false, answer: { kind: 'none' }, isSecure: false };

async function tryOpening(
  options: ConnectionOptions,
  port: number,
  isStrict: boolean,
): Promise<OneConnectionPool | ConnectEvidence> {
  const line: LineEvidence = { ...UNTOUCHED };
  const serverErrors: number[] = [];
  let isOpen = false;
  const watch = (connection: DriverConnection): void => {
    // The driver keeps the text of the last error only; a database that cannot be opened is told by the one before.
    connection.on('errorMessage', ({ number }) => {
      if (!isOpen) serverErrors.push(number);
    });
    connection.on('secure', () => {
      line.isSecure = true;
    });
  };
  const pool = new OneConnectionPool(
    mssqlConfig(options, {
      port,
      isStrict,
      dial: async (destination, _lookup, signal) => {
        const socket = await dial(destination, signal, line);
        if (!isStrict) {
          watchFirstAnswer(socket, (answer) => {
            line.answer = answer;
          });
        }
        return socket;
      },
      beforeConnect: watch,
    }),
  );
  // Every failure also reaches the caller of the request in work; without a listener the process would end.
  pool.on('error', () => undefined);
  try {
    await pool.connect();
    isOpen = true;
    return pool;
  } catch (error) {
    await pool.close().catch(() => undefined);
    return { error, serverErrors, line, isStrict };
  }
}

function wasCutAtPreLogin({ error, line: { isConnected, answer } }: ConnectEvidence): boolean {
  const isCut = answer.kind === 'none' && !codesOf(error).has('ETIMEOUT');
  return isConnected && (isCut || answer.kind === 'tls-alert');
}

/** The second attempt got further than the first if TLS was spoken: a certificate was refused, or a login. */
function spokeTls({ error, serverErrors }: ConnectEvidence): boolean {
  return serverErrors.length > 0 || isCertificateRefusal(codesOf(error), error);
}
