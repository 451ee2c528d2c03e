/** What a session has besides its transaction: its settings, its connection, and the values that T-SQL asks of it. */
import { SqlError } from '../backend.ts';
import type { ObjectName } from '../tsql/ast.ts';
import type { BindingEnvironment, ResolvedTable } from '../tsql/bound.ts';
import type { CatalogTable } from './catalog.ts';
import { tableKey } from './catalog.ts';
import { Connection } from './connection.ts';
import type { Database, DatabaseUser } from './database.ts';
import type { LockOwner } from './locks.ts';
import type { Server } from './server.ts';
import { registerSessionFunctions } from './session-functions.ts';
import { findView, viewRows } from './system-views.ts';
import { Transactions } from './transactions.ts';
import { encodeDecimal } from './values/decimal.ts';
import { nowStored } from './values/date-time.ts';
import type { Stored } from './values/stored.ts';

/** What SET changes. Restored after sp_executesql, so a plain value. */
export interface Settings {
  readonly xactAbort: boolean;
  readonly noCount: boolean;
  /** -1: wait for ever. */
  readonly lockTimeoutMs: number;
  readonly isolation: string;
  /** Table with SET IDENTITY_INSERT ON. */
  readonly identityInsert: number | null;
}

export const DEFAULT_SETTINGS: Settings = {
  xactAbort: false,
  noCount: false,
  lockTimeoutMs: -1,
  isolation: 'READ COMMITTED',
  identityInsert: null,
};

export interface Login {
  readonly user: string;
  readonly hostName: string;
  readonly appName: string;
}

export class SessionState implements LockOwner, DatabaseUser {
  readonly id: number;
  readonly server: Server;
  readonly login: Login;
  waitsFor: LockOwner['waitsFor'] = null;
  settings = DEFAULT_SETTINGS;
  rowCount = 0;
  identity: bigint | null = null;
  tempIdentities = new Map<number, bigint>();
  nextTempId = 1;
  database: Database;
  connection: Connection;
  transactions: Transactions;
  readonly #onKill: () => void;

  constructor(id: number, server: Server, database: Database, login: Login, onKill: () => void) {
    this.id = id;
    this.server = server;
    this.login = login;
    this.#onKill = onKill;
    this.database = database;
    this.connection = this.#connect(database);
    this.transactions = new Transactions(this, database, this.connection);
  }

  #connect(database: Database): Connection {
    if (database.isSingleUser && database.users.size > 0) {
      throw new SqlError(924, `Database '${database.name}' is already open and can only have one user at a time.`, 14);
    }
    const connection = new Connection(database.connect());
    registerSessionFunctions(connection.db, this);
    database.users.add(this);
    return connection;
  }

  /** Leaves the database: #temp tables end with the connection, so there must be none. */
  use(database: Database): void {
    const next = this.#connect(database);
    this.leave();
    this.database = database;
    database.users.add(this);
    this.connection = next;
    this.transactions = new Transactions(this, database, next);
  }

  /** Frees the connection and everything that it holds in the database. */
  leave(): void {
    if (this.transactions.count > 0) this.transactions.rollback();
    this.database.appLocks.releaseAll(this, 'all');
    this.database.users.delete(this);
    this.connection.close();
  }

  kill(): void {
    this.#onKill();
  }

  /** A table or catalog view by name; null when there is none. */
  resolve(name: ObjectName): ResolvedTable | null {
    const [object = '', schema = null, database = null] = [...name].reverse();
    if (object.startsWith('#')) {
      const table =
        schema === null || (database ?? 'tempdb').toLowerCase() === 'tempdb'
          ? this.transactions.temp.get(object.toUpperCase())
          : undefined;
      return table === undefined ? null : { kind: 'table', table };
    }
    if (database !== null && database.toUpperCase() !== this.database.name.toUpperCase()) return null;
    if (schema?.toUpperCase() === 'SYS') {
      const view = findView(object);
      return view === null ? null : { kind: 'view', slot: `view:${object.toUpperCase()}`, columns: view.columns };
    }
    const table = this.transactions.catalog.tables.get(tableKey(schema ?? 'dbo', object));
    return table === undefined ? null : { kind: 'table', table };
  }

  /** Everything that binding asks, but variables. */
  environment(variableType: BindingEnvironment['variableType']): BindingEnvironment {
    return {
      defaultCollation: this.transactions.catalog.collation,
      variableType,
      resolve: (name) => this.resolve(name),
      define: (key, convert) => this.connection.define(key, convert),
      takesIdentity: (table) => this.settings.identityInsert === table.id,
    };
  }

  /** The last value of an identity column, read from the table when this process has not used it yet. */
  lastIdentity(table: CatalogTable): bigint | null {
    const known = this.#identities(table).get(table.id);
    if (known !== undefined) return known;
    const column = table.columns.find(({ identity }) => identity !== null);
    if (column === undefined || column.identity === null) return null;
    const extreme = column.identity.increment < 0 ? 'min' : 'max';
    const row = this.connection
      .prepare(`SELECT ${extreme}(c${column.id}) FROM ${table.isTemp ? 'temp' : 'main'}.t${table.id}`)
      .get() as unknown as [bigint | null];
    return row[0];
  }

  setLastIdentity(table: CatalogTable, value: bigint): void {
    this.#identities(table).set(table.id, value);
  }

  #identities(table: CatalogTable): Map<number, bigint> {
    return table.isTemp ? this.tempIdentities : this.database.identities;
  }

  /** The value of a slot that is no variable: see `slot` in bound.ts. */
  slotValue(name: string): Stored {
    if (name.startsWith('view:')) {
      return viewRows(name.slice('view:'.length), {
        catalog: this.transactions.catalog,
        databases: this.server.databases.map(({ id, name: databaseName, catalog, isSingleUser }) => ({
          id,
          name: databaseName,
          collation: catalog.collation,
          isSingleUser,
        })),
        databaseName: this.database.name,
        sizePages: this.database.sizePages(),
      });
    }
    switch (name) {
      case 'g:NOW':
        return nowStored();
      case 'g:@@VERSION':
        return this.server.version;
      case 'g:@@ROWCOUNT':
        return BigInt(this.rowCount);
      case 'g:@@TRANCOUNT':
        return BigInt(this.transactions.count);
      case 'g:@@SPID':
        return BigInt(this.id);
      case 'g:@@ERROR':
        // an error ends the batch, so a statement that can ask finds none
        return 0n;
      case 'g:@@LOCK_TIMEOUT':
        return BigInt(this.settings.lockTimeoutMs);
      case 'g:@@IDENTITY':
      case 'g:SCOPE_IDENTITY()':
        return this.identity === null ? null : encodeDecimal({ unscaled: this.identity, scale: 0 });
      case 'g:XACT_STATE()':
        return this.transactions.count > 0 ? 1n : 0n;
      case 'g:@@SERVERNAME':
        return 'EMBEDDED';
      case 'g:LOGIN()':
        return this.login.user;
      case 'g:HOST()':
        return this.login.hostName;
      case 'g:APP()':
        return this.login.appName;
      case 'g:USER()':
        return 'dbo';
      case 'g:DB()':
        return this.database.name;
      default:
        throw new Error(`no value for ${name}`);
    }
  }
}
