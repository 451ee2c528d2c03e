/**
 * The TCP line to the server, made here rather than by the driver so that a failure can be told from what was seen on
 * it: whether anybody accepted it, and whether the first answer is that of a SQL Server.
 */
import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { FirstAnswer } from './prelogin-reply.ts';

/** What was seen on the line so far. */
export interface LineEvidence {
  /** Somebody accepted the connection. */
  isConnected: boolean;
  /** Under strict encryption it is not seen, and stays `none`. */
  answer: FirstAnswer;
  /** TLS was agreed and the certificate accepted. */
  isSecure: boolean;
}

export interface Destination {
  readonly host: string;
  readonly port: number;
}

/**
 * A line that is idle for as long asks whether the other end is still there: often enough for firewalls, which forget
 * idle connections after minutes, and a dead line is known within a minute (ten probes, a second apart).
 */
const KEEP_ALIVE_MS = 30_000;

/**
 * Connects to the first address that answers. All addresses of a name are tried at once, because the listener of an
 * availability group has one in each subnet and only one of them answers. `localhost` is tried in order: its addresses
 * are the same machine, where another server may use the same port.
 */
export async function dial({ host, port }: Destination, signal: AbortSignal, seen: LineEvidence): Promise<Socket> {
  const family = isIP(host);
  const addresses = family === 0 ? await lookup(host, { all: true }) : [{ address: host, family }];
  signal.throwIfAborted();
  const others = new AbortController();
  const reach = (address: string): Promise<Socket> =>
    connectTo(address, port, AbortSignal.any([signal, others.signal]));
  let socket: Socket;
  if (host.toLowerCase() === 'localhost') socket = await firstInOrder(addresses, reach, signal);
  else {
    try {
      socket = await Promise.any(addresses.map(({ address }) => reach(address)));
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  }
  others.abort();
  seen.isConnected = true;
  return socket;
}

async function firstInOrder(
  addresses: readonly { readonly address: string }[],
  reach: (address: string) => Promise<Socket>,
  signal: AbortSignal,
): Promise<Socket> {
  const errors: unknown[] = [];
  for (const { address } of addresses) {
    try {
      return await reach(address);
    } catch (error) {
      signal.throwIfAborted();
      errors.push(error);
    }
  }
  throw new AggregateError(errors, 'no address of the server could be reached');
}

function connectTo(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS, noDelay: true });
    const settle = (then: () => void): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
      socket.off('connect', onConnect);
      then();
    };
    const onAbort = (): void => {
      settle(() => {
        socket.destroy();
        reject(signal.reason as Error);
      });
    };
    const onError = (error: Error): void => {
      settle(() => {
        socket.destroy();
        reject(error);
      });
    };
    const onConnect = (): void => {
      settle(() => {
        resolve(socket);
      });
    };
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once('error', onError);
    socket.once('connect', onConnect);
  });
}
