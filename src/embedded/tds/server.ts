/**
 * The TDS 7.4 server of the embedded key database: listens on loopback, makes its own certificate, serves connections.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createSecureContext, TLSSocket, type SecureContextOptions } from 'node:tls';
import type { SqlBackend } from '../backend.ts';
import { makeTlsCertificate, type TlsCertificate } from '../tls-certificate.ts';
import { serveConnection, type ConnectionContext } from './connection.ts';
import { FaultCounter, type Faults } from './faults.ts';
import type { WindowsLogin } from './login.ts';
import type { EncryptionPolicy } from './prelogin.ts';

type TlsVersion = NonNullable<SecureContextOptions['minVersion']>;

export interface TlsOptions {
  /** Absent: made at start, for localhost, 127.0.0.1 and ::1. */
  readonly certificate?: TlsCertificate;
  /** Absent: 'offered', as SQL Server does. */
  readonly encryption?: EncryptionPolicy;
  /** Absent: TLS 1.2. Older servers are imitated with these. */
  readonly minVersion?: TlsVersion;
  /** Absent: TLS 1.2, under strict encryption 1.3. */
  readonly maxVersion?: TlsVersion;
  readonly ciphers?: string;
}

export interface TdsServerOptions {
  readonly backend: SqlBackend;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** A loopback address: the server is not for the network. */
  readonly host?: string;
  /** The owner may change it while the server runs. */
  readonly faults?: Faults;
  readonly tls?: TlsOptions;
  /** Absent: Windows logins are refused. */
  readonly startWindowsLogin?: () => WindowsLogin;
  /** The clock of slow-rows faults. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** The executor threw what is no `SqlError`, or a value did not fit its column: a bug. The client gets error 50000. */
  readonly onInternalError: (error: unknown) => void;
}

export interface TdsServer {
  readonly host: string;
  readonly port: number;
  /** The certificate that clients verify the server with. */
  readonly caPem: string;
  /** Connections being served. */
  readonly connectionCount: number;
  /** Cuts all connections; resolves when every session is closed and the port is free. */
  close(): Promise<void>;
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

export async function startTdsServer(options: TdsServerOptions): Promise<TdsServer> {
  const host = options.host ?? '127.0.0.1';
  if (!LOOPBACK_HOSTS.has(host)) throw new RangeError(`the embedded server listens on loopback only, not on ${host}`);
  const certificate = options.tls?.certificate ?? makeTlsCertificate();
  const context = contextOf(options, certificate);

  const sockets = new Set<Socket>();
  const connections = new Set<Promise<void>>();
  const listener = createServer({ noDelay: true, keepAlive: true }, (socket) => {
    if (context.faults.refusesConnections) {
      socket.destroy();
      return;
    }
    // A socket may outlive its connection for as long as the client does not read the last reply.
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const connection = serveConnection(carrierOf(socket, context), context).finally(() =>
      connections.delete(connection),
    );
    connections.add(connection);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(options.port ?? 0, host, resolve);
  });

  return {
    host,
    port: (listener.address() as AddressInfo).port,
    caPem: certificate.certificatePem,
    get connectionCount() {
      return connections.size;
    },
    async close() {
      const closed = new Promise((resolve) => listener.close(resolve));
      for (const socket of sockets) socket.destroy();
      await Promise.all(connections);
      await closed;
    },
  };
}

/** The ALPN name of TDS 8.0 (MS-TDS 2.2.1). */
const TDS_8 = 'tds/8.0';

/** What carries the packets: TCP, or the TLS of strict encryption on top of it. */
function carrierOf(socket: Socket, { encryption, secureContext }: ConnectionContext): Socket {
  if (encryption !== 'strict') return socket;
  return new TLSSocket(socket, { isServer: true, secureContext, ALPNProtocols: [TDS_8] });
}

function contextOf(options: TdsServerOptions, certificate: TlsCertificate): ConnectionContext {
  const { tls } = options;
  const secureOptions: SecureContextOptions = {
    cert: certificate.certificatePem,
    key: certificate.privateKeyPem,
    // Clients show no certificates. Without this Node would load its whole store of roots, to verify them with.
    ca: certificate.certificatePem,
    minVersion: tls?.minVersion ?? 'TLSv1.2',
    // TLS 1.3 does not go with the handshake of TDS 7.x: see tls-tunnel.ts. SQL Server has it in TDS 8.0 only.
    maxVersion: tls?.maxVersion ?? (tls?.encryption === 'strict' ? 'TLSv1.3' : 'TLSv1.2'),
    ...(tls?.ciphers === undefined ? {} : { ciphers: tls.ciphers }),
  };
  return {
    backend: options.backend,
    faults: new FaultCounter(options.faults ?? { rules: [] }),
    secureContext: createSecureContext(secureOptions),
    encryption: tls?.encryption ?? 'offered',
    startWindowsLogin: options.startWindowsLogin ?? null,
    sleep: options.sleep ?? ((ms, signal) => delay(ms, undefined, { signal })),
    onInternalError: options.onInternalError,
  };
}
