/**
 * What stands between workstation and server: a relay that can cut connections, and forget them as firewalls do, which
 * from then on drop every packet of theirs and tell nobody.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { startPeer } from './peers.ts';

export interface Middlebox {
  readonly port: number;
  /** Connections that are relayed, in the order in which they came. */
  readonly lines: readonly Line[];
}

export interface Line {
  readonly isOpen: boolean;
  /** Both ends see the connection reset. */
  cut(): void;
  /** Nothing passes any more, and both ends believe that the other one is there. */
  forget(): void;
}

export async function startMiddlebox(serverPort: number): Promise<Middlebox> {
  const lines: Line[] = [];
  const { port } = await startPeer((client) => {
    lines.push(relay(client, connect({ port: serverPort, host: '127.0.0.1', noDelay: true })));
  });
  return { port, lines };
}

function relay(client: Socket, server: Socket): Line {
  let isOpen = true;
  const end = (): void => {
    isOpen = false;
    client.destroy();
    server.destroy();
  };
  onTestFinished(end);
  let forgotten = false;
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    from.on('data', (chunk: Buffer) => {
      if (!forgotten) to.write(chunk);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      isOpen = false;
      if (!forgotten) end();
    });
  }
  return {
    get isOpen() {
      return isOpen;
    },
    cut: () => {
      client.resetAndDestroy();
      server.resetAndDestroy();
    },
    forget: () => {
      forgotten = true;
    },
  };
}
