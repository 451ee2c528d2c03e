/**
 * A pool of one connection that is opened once and never replaced.
 *
 * The pools of mssql log in on a connection of its own first, close it, and log in again when the first request comes.
 * Here the first connection is the one: half as many logins on the server, and half as long to start.
 */
import sql from 'mssql';
import type { config as MssqlConfig } from 'mssql';
import { DatabaseError } from '../errors.ts';
import type { DriverConnection } from './connection.ts';
import { text } from '../text/message.ts';

/** What mssql's pools ask of their driver, and what its drivers therefore override. */
interface DriverPool extends sql.ConnectionPool {
  _poolCreate(): Promise<DriverConnection>;
  _poolDestroy(connection: DriverConnection): Promise<void>;
}
const DriverPool = sql.ConnectionPool as unknown as new (config: MssqlConfig) => DriverPool;

export class OneConnectionPool extends DriverPool {
  #connection: DriverConnection | null = null;
  #state: 'new' | 'tried' | 'in use' = 'new';

  /** The one connection, after `connect` has resolved. */
  get connection(): DriverConnection {
    if (this.#connection === null) throw new TypeError('the pool has not been connected');
    return this.#connection;
  }

  override async _poolCreate(): Promise<DriverConnection> {
    if (this.#connection === null) return (this.#connection = await super._poolCreate());
    if (this.#state !== 'tried') throw new DatabaseError('reconnect', text`the connection to the server was lost`);
    this.#state = 'in use';
    return this.#connection;
  }

  /** Called first for the connection that was only to be tried. */
  override async _poolDestroy(connection: DriverConnection): Promise<void> {
    if (this.#state === 'new') this.#state = 'tried';
    else await super._poolDestroy(connection);
  }
}
