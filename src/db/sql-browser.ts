/**
 * SQL Server Browser: which TCP port a named instance listens on (MC-SQLR, UDP 1434).
 *
 * The driver has a lookup of its own; it asks for all instances at once, cannot tell a silent browser from an unknown
 * instance or one without TCP, and waits for the whole connect time-out where a closed port answers at once.
 *
 * Two questions go out together: the instance by name, which a browser that does not know it leaves unanswered, and the
 * list of all instances, which tells that silence from the silence of a firewall.
 */
import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';

export type InstanceAnswer =
  | { readonly kind: 'port'; readonly port: number }
  /** The browser answers and does not list the instance; hidden instances are not listed either. */
  | { readonly kind: 'unknown'; readonly instances: readonly string[] }
  /** The instance is known and has TCP/IP switched off. */
  | { readonly kind: 'no-tcp' }
  /** Nobody answered in time. */
  | { readonly kind: 'silent' }
  /** The host said that nobody listens on the port. */
  | { readonly kind: 'closed' };

export interface BrowserOptions {
  readonly port: number;
  /** How long to wait in all, in ms. */
  readonly patienceMs: number;
}

/** The datagrams go out this often within the patience: any of them may be lost. */
const ATTEMPTS = 4;
/** How long the answer about the one instance may come after the list that lacks it, as part of the patience. */
const GRACE = 1 / 8;

const Message = { listInstances: 0x03, findInstance: 0x04, response: 0x05 } as const;
const HEADER_BYTES = 3;

/** Rejects only when the name of the host cannot be resolved, with the resolver's error. */
export async function findInstance(
  host: string,
  instance: string,
  { port, patienceMs }: BrowserOptions,
): Promise<InstanceAnswer> {
  const addresses = await lookup(host, { all: true });
  const { promise, resolve } = Promise.withResolvers<InstanceAnswer>();
  const timers: NodeJS.Timeout[] = [];
  let open = addresses.length;
  let listed: readonly string[] | null = null;
  const unanswered = (): InstanceAnswer =>
    listed === null ? { kind: 'silent' } : { kind: 'unknown', instances: listed };

  const onMessage = (message: Buffer): void => {
    const records = parseResponse(message);
    const mine = records?.find((record) => record.get('InstanceName')?.toUpperCase() === instance.toUpperCase());
    if (mine !== undefined) resolve(answerOf(mine));
    else if (records !== null) {
      listed = records.flatMap((record) => record.get('InstanceName') ?? []);
      timers.push(setTimeout(() => resolve(unanswered()), patienceMs * GRACE));
    }
  };
  const onError = (): void => {
    open -= 1;
    if (open === 0) resolve(listed === null ? { kind: 'closed' } : unanswered());
  };
  const sockets = addresses.map(({ address, family }) =>
    ask(address, port, family === 6 ? 'udp6' : 'udp4', instance, { onMessage, onError, timers, patienceMs }),
  );
  timers.push(setTimeout(() => resolve(unanswered()), patienceMs));
  try {
    return await promise;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    for (const socket of sockets) socket.close();
  }
}

interface Conversation {
  readonly onMessage: (message: Buffer) => void;
  readonly onError: () => void;
  readonly timers: NodeJS.Timeout[];
  readonly patienceMs: number;
}

/** A connected socket, unlike a bare one, hears that the port is closed (ICMP port unreachable). */
function ask(
  address: string,
  port: number,
  family: 'udp4' | 'udp6',
  instance: string,
  { onMessage, onError, timers, patienceMs }: Conversation,
): Socket {
  const socket = createSocket(family);
  const questions = [
    Buffer.concat([Buffer.of(Message.findInstance), Buffer.from(instance, 'latin1'), Buffer.of(0)]),
    Buffer.of(Message.listInstances),
  ];
  // A send to a closed socket would throw; both follow from the port that is known to be closed.
  let isClosed = false;
  const fail = (): void => {
    if (isClosed) return;
    isClosed = true;
    onError();
  };
  socket.once('close', () => {
    isClosed = true;
  });
  socket.on('error', fail);
  socket.on('message', onMessage);
  const send = (): void => {
    if (isClosed) return;
    for (const question of questions) socket.send(question, (error) => (error === null ? undefined : fail()));
  };
  socket.connect(port, address, () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      timers.push(setTimeout(send, (attempt * patienceMs) / ATTEMPTS));
    }
  });
  return socket;
}

function answerOf(record: ReadonlyMap<string, string>): InstanceAnswer {
  const port = Number(record.get('tcp') ?? NaN);
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? { kind: 'port', port } : { kind: 'no-tcp' };
}

/**
 * SVR_RESP: 0x05, length USHORT little-endian, then `Key;Value;Key;Value;;` for each instance. Null for anything else:
 * any process may send datagrams.
 */
function parseResponse(message: Buffer): ReadonlyMap<string, string>[] | null {
  if (message.length < HEADER_BYTES || message.readUInt8(0) !== Message.response) return null;
  const text = message.toString('latin1', HEADER_BYTES, HEADER_BYTES + message.readUInt16LE(1));
  return text
    .split(';;')
    .filter((record) => record !== '')
    .map((record) => {
      const words = record.split(';');
      const pairs = words.flatMap((word, index) => (index % 2 === 0 ? [[word, words[index + 1] ?? ''] as const] : []));
      return new Map(pairs);
    });
}
