/** `[tcp:]HOST[\INSTANCE][,PORT]`, as SQL Server's own tools write it. */
import { isIPv6 } from 'node:net';
import { SrkeyError } from '../errors.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

export interface ServerAddress {
  readonly host: string;
  /** Null: the default instance. */
  readonly instance: string | null;
  readonly port: number | null;
}

const ADDRESS =
  /^(?:tcp:)?(?<host>[^\\,:;=\s/[\]]+|\[[^\]]+\]|[0-9a-f]*:[^\\,;=\s/[\]]+)(?:\\(?<instance>[^\\,:;=\s/]+))?(?:,\s*(?<port>\d+))?$/i;

const FORM = text`write HOST, HOST\\INSTANCE or HOST,PORT`;

/** What SQL Server's own tools take besides TCP addresses, and why it cannot be had here. */
const OTHER_ROADS: readonly (readonly [RegExp, Message, Message])[] = [
  [
    /^np:|^\\\\/i,
    text`named pipes are not spoken, only TCP/IP`,
    text`enable TCP/IP for the instance (SQL Server Configuration Manager), then ${FORM}`,
  ],
  [
    /^lpc:/i,
    text`shared memory is not spoken, only TCP/IP`,
    text`enable TCP/IP for the instance (SQL Server Configuration Manager), then ${FORM}`,
  ],
  [
    /^\(localdb\)/i,
    text`LocalDB listens on a named pipe only, and TCP/IP is needed`,
    text`restore the database on a SQL Server with TCP/IP`,
  ],
  [
    /^admin:/i,
    text`the dedicated administrator connection is one connection, and several are needed`,
    text`leave out admin:`,
  ],
];

/** Does not repeat the text when it looks like a connection string: there may be a password in it. */
export function parseServerAddress(given: string): ServerAddress {
  const trimmed = given.trim();
  if (trimmed === '') throw refusal(text`the server is empty`, FORM);
  if (/[;=]/.test(trimmed)) {
    throw refusal(
      text`the server must be a name, not a connection string`,
      text`${FORM}; the rest has flags of its own`,
    );
  }
  for (const [form, message, hint] of OTHER_ROADS) if (form.test(trimmed)) throw refusal(message, hint);
  const groups = ADDRESS.exec(trimmed)?.groups;
  const host = (groups?.['host'] ?? '').replace(/^\[(.*)\]$/, '$1');
  const isName = !host.includes(':') && !groups?.['host']?.startsWith('[');
  if (groups === undefined || !(isName || isIPv6(host))) throw nonsense(trimmed);
  const port = groups['port'] === undefined ? null : Number(groups['port']);
  if (port !== null && (port < 1 || port > 65_535))
    throw refusal(text`the port ${port} is not between 1 and 65535`, FORM);
  const isHere = host === '.' || host.toLowerCase() === '(local)';
  return { host: isHere ? 'localhost' : host, instance: namedInstance(groups['instance']), port };
}

/** `HOST\MSSQLSERVER` is the default instance, which listens on 1433 and needs no SQL Server Browser. */
function namedInstance(name: string | undefined): string | null {
  return name === undefined || name.toUpperCase() === 'MSSQLSERVER' ? null : name;
}

function nonsense(given: string): SrkeyError {
  const [, host, port] = /^([^:]+):(\d+)$/.exec(given) ?? [];
  const hint = host === undefined || port === undefined ? FORM : text`write the port behind a comma: ${host},${port}`;
  return refusal(text`the server ${JSON.stringify(given)} makes no sense`, hint);
}

function refusal(message: Message, hint: Message): SrkeyError {
  return new SrkeyError('E_CONFIG', message, { hint });
}
