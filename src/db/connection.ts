/** From connection options to a configuration of the mssql package. */
import { isIP } from 'node:net';
import type { config as MssqlConfig } from 'mssql';

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
  /** PEM certificates to verify the server with, instead of the system's. */
  readonly serverCaPem: string | null;
  readonly trustServerCertificate: boolean;
  /** TLS 1.0 and 1024-bit SHA-1 certificates: servers that can do no better. */
  readonly tlsLegacy: boolean;
}

/** `HOST\INSTANCE` or `HOST,PORT`, for messages. */
export function serverLabel(options: Pick<ConnectionOptions, 'host' | 'port' | 'instance'>): string {
  if (options.instance !== null) return `${options.host}\\${options.instance}`;
  return options.port === null ? options.host : `${options.host},${options.port}`;
}

const CONNECT_TIMEOUT_MS = 15_000;

/** A call that waits for a longer one on the same session ends with the session, not by a clock of the pool's. */
const NEVER_MS = 0x7fffffff;

/**
 * One connection a pool: sessions keep #temp tables and locks, so a pool must never swap connections (see session.ts).
 */
export function mssqlConfig(
  options: ConnectionOptions,
  beforeConnect: (connection: DriverConnection) => void,
): MssqlConfig {
  const tls = {
    ...(options.serverCaPem === null ? {} : { ca: options.serverCaPem }),
    ...(options.tlsLegacy ? { minVersion: 'TLSv1' as const, ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
  };
  const config: MssqlConfig = {
    server: options.host,
    database: options.database,
    user: options.user,
    password: options.password,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: 60_000,
    pool: { max: 1, min: 0, idleTimeoutMillis: NEVER_MS, acquireTimeoutMillis: NEVER_MS },
    options: {
      encrypt: true,
      trustServerCertificate: options.trustServerCertificate,
      appName: 'srkey',
      useUTC: true,
      enableArithAbort: true,
      // Measured: twice the speed of the default 4096. Encrypted connections hold at most 16,383.
      packetSize: 16_000,
      cryptoCredentialsDetails: tls,
      ...(options.instance === null ? {} : { instanceName: options.instance }),
      // RFC 6066 knows no IP addresses in SNI, and tedious warns about them.
      ...(isIP(options.host) === 0 ? {} : { serverName: '' }),
    },
    beforeConnect,
    validateConnection: 'socket',
  };
  if (options.instance === null) config.port = options.port ?? 1433;
  if (options.auth === 'ntlm') config.domain = options.domain ?? '';
  return config;
}
