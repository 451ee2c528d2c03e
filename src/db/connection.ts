/** From connection options to a configuration of the mssql package. */
import { isIP } from 'node:net';
import type { Socket } from 'node:net';
import type { config as MssqlConfig } from 'mssql';
import type { Destination } from './line.ts';

/** What is used of the driver's connection beneath the pool. */
export type DriverConnection = Parameters<NonNullable<MssqlConfig['beforeConnect']>>[0];

/** Where the key database is and how to log in. Holds a secret: never log it. */
export interface ConnectionOptions {
  readonly host: string;
  /** Null: 1433, or whatever SQL Browser answers for the instance. */
  readonly port: number | null;
  readonly instance: string | null;
  readonly database: string;
  readonly auth: 'sql' | 'ntlm';
  readonly user: string;
  readonly password: string;
  /** NTLM domain. */
  readonly domain: string | null;
  /** PEM certificates to verify the server with, instead of those that the system trusts. */
  readonly serverCaPem: string | null;
  readonly trustServerCertificate: boolean;
  /** TLS 1.0 and 1024-bit SHA-1 certificates: servers that can do no better. */
  readonly tlsLegacy: boolean;
  /** For tests, whose servers are near and whose patience is short. */
  readonly timing?: Partial<ConnectionTiming>;
}

export interface ConnectionTiming {
  /** UDP port of SQL Server Browser. */
  readonly browserPort: number;
  readonly browserPatienceMs: number;
  readonly connectTimeoutMs: number;
  /** Of requests that say nothing else. */
  readonly requestTimeoutMs: number;
  /** How long the server may take to acknowledge that a request is cancelled; then the line is dead. */
  readonly cancelTimeoutMs: number;
  /** After so long without a request a session is asked whether it is still there before it is used. */
  readonly idleMs: number;
}

const TIMING: ConnectionTiming = {
  browserPort: 1434,
  browserPatienceMs: 4000,
  connectTimeoutMs: 15_000,
  requestTimeoutMs: 60_000,
  cancelTimeoutMs: 5000,
  idleMs: 60_000,
};

export function timingOf({ timing }: ConnectionOptions): ConnectionTiming {
  return { ...TIMING, ...timing };
}

/** `HOST\INSTANCE` or `HOST,PORT`, for messages. */
export function serverLabel(options: Pick<ConnectionOptions, 'host' | 'port' | 'instance'>): string {
  if (options.instance !== null) return `${options.host}\\${options.instance}`;
  return options.port === null ? options.host : `${options.host},${options.port}`;
}

/** A call that waits for a longer one on the same session ends with the session, not by a clock of the pool's. */
const NEVER_MS = 0x7fffffff;

/** How one attempt is made. */
export interface Attempt {
  /** 1433, or what SQL Server Browser answered. */
  readonly port: number;
  /** TDS 8.0: TLS comes first, and the certificate is always verified. */
  readonly isStrict: boolean;
  readonly dial: (destination: Destination, lookup: unknown, signal: AbortSignal) => Promise<Socket>;
  readonly beforeConnect: (connection: DriverConnection) => void;
}

/**
 * One connection a pool: sessions keep #temp tables and locks, so a pool must never swap connections (see session.ts).
 */
export function mssqlConfig(options: ConnectionOptions, attempt: Attempt): MssqlConfig {
  const { connectTimeoutMs, requestTimeoutMs, cancelTimeoutMs } = timingOf(options);
  const tls = {
    ...(options.serverCaPem === null ? {} : { ca: options.serverCaPem }),
    ...(options.tlsLegacy ? { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
  };
  const config: MssqlConfig = {
    server: options.host,
    port: attempt.port,
    database: options.database,
    user: options.user,
    password: options.password,
    connectionTimeout: connectTimeoutMs,
    requestTimeout: requestTimeoutMs,
    pool: { max: 1, min: 0, idleTimeoutMillis: NEVER_MS, acquireTimeoutMillis: NEVER_MS },
    options: {
      encrypt: (attempt.isStrict ? 'strict' : true) as boolean,
      trustServerCertificate: options.trustServerCertificate,
      appName: 'srkey',
      cancelTimeout: cancelTimeoutMs,
      useUTC: true,
      enableArithAbort: true,
      // Measured: twice the speed of the default 4096. Encrypted connections hold at most 16,383.
      packetSize: 16_000,
      cryptoCredentialsDetails: tls,
      // The driver calls it with arguments that its types leave out.
      connector: attempt.dial as () => Promise<Socket>,
      // The engine has patience of its own, and says what it waits for.
      maxRetriesOnTransientErrors: 0,
      // RFC 6066 knows no IP addresses in SNI, and tedious warns about them.
      ...(isIP(options.host) === 0 ? {} : { serverName: '' }),
    },
    beforeConnect: attempt.beforeConnect,
    validateConnection: 'socket',
  };
  if (options.auth === 'ntlm') config.domain = options.domain ?? '';
  return config;
}
