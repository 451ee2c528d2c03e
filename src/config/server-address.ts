/** `HOST[\INSTANCE][,PORT]`, as SQL Server's own tools write it. */
import { SrkeyError } from '../errors.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

export interface ServerAddress {
  readonly host: string;
  readonly instance: string | null;
  readonly port: number | null;
}

const ADDRESS =
  /^(?:tcp:)?(?<host>[^\\,:;=\s/]+|\[[0-9a-f:.]+\]|[0-9a-f]*:[0-9a-f:.]+)(?:\\(?<instance>[^\\,:;=\s/]+))?(?:,\s*(?<port>\d+))?$/i;

/** Does not repeat the text when it looks like a connection string: there may be a password in it. */
export function parseServerAddress(given: string): ServerAddress {
  const refuse = (message: Message, hint: Message): SrkeyError => new SrkeyError('E_CONFIG', message, { hint });
  const form = text`write HOST, HOST\\INSTANCE or HOST,PORT`;
  const trimmed = given.trim();
  if (trimmed === '') throw refuse(text`the server is empty`, form);
  if (/[;=]/.test(trimmed)) {
    throw refuse(
      text`the server must be a name, not a connection string`,
      text`${form}; the rest has flags of its own`,
    );
  }
  const groups = ADDRESS.exec(trimmed)?.groups;
  if (groups === undefined) {
    const colon = /^([^:]+):(\d+)$/.exec(trimmed);
    throw refuse(
      text`the server ${JSON.stringify(trimmed)} makes no sense`,
      colon === null ? form : text`write the port behind a comma: ${colon[1] ?? ''},${colon[2] ?? ''}`,
    );
  }
  const host = (groups['host'] ?? '').replace(/^\[(.*)\]$/, '$1');
  const port = groups['port'] === undefined ? null : Number(groups['port']);
  if (port !== null && (port < 1 || port > 65_535))
    throw refuse(text`the port ${port} is not between 1 and 65535`, form);
  const isHere = host === '.' || host.toLowerCase() === '(local)';
  return { host: isHere ? 'localhost' : host, instance: groups['instance'] ?? null, port };
}
