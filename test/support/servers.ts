/**
 * The servers that the contract suite runs on: the embedded one always, whatever SRKEY_TEST_SERVER names (an ADO.NET
 * connection string), and SQL Server in the containers that SRKEY_TEST_CONTAINERS asks for. Databases get random names
 * and are dropped at the end; no other database is touched.
 */
import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import sql from 'mssql';
import type { ConnectionOptions } from '../../src/db/connection.ts';
import { chosenVersions, startSqlServerContainer } from './containers.ts';
import type { SqlServerVersion } from './containers.ts';
import type { FaultSwitch } from './embedded-server.ts';

/** What an engine does differently from SQL Server, by name, as far as a test has to know. */
export interface Capabilities {
  /** Collations can be chosen per column. */
  readonly columnCollations: boolean;
  /** DATALENGTH of NVARCHAR counts UTF-16 bytes. */
  readonly utf16Lengths: boolean;
  readonly triggers: boolean;
  /** Names may hold a closing bracket, doubled within brackets. */
  readonly bracketsInNames: boolean;
  readonly filteredIndexes: boolean;
  /** Foreign keys, CHECK constraints, computed columns, views and synonyms. */
  readonly constraints: boolean;
  readonly rowVersions: boolean;
  /** How many digits behind the second TIME(7) keeps. */
  readonly timeDigits: 6 | 7;
  /** Definitions of CHECK constraints and computed columns are kept as T-SQL, with names in brackets. */
  readonly bracketedDefinitions: boolean;
  /** Two clients may write different rows of a table at the same time. */
  readonly rowLocks: boolean;
  /** Logins, users, roles and grants: where there are none, whoever may log in may do everything. */
  readonly rights: boolean;
  /** Grants on the database as a whole, on views of the catalog, and of ALTER on a schema. */
  readonly databaseGrants: boolean;
}

export interface TestDatabase {
  readonly name: string;
  /** For the product. */
  readonly connection: ConnectionOptions;
  /** For the test itself, past the product. */
  query(text: string): Promise<Record<string, unknown>[]>;
  bulk(table: sql.Table): Promise<void>;
  /** Drops all tables: some engines take seconds to make a database. */
  clear(): Promise<void>;
  drop(): Promise<void>;
}

export interface TestServer {
  readonly capabilities: Capabilities;
  readonly version: string;
  createDatabase(): Promise<TestDatabase>;
  /** Faults of the embedded server; null on real ones. */
  readonly faults: FaultSwitch | null;
  stop(): Promise<void>;
}

export interface TestServerKind {
  readonly name: string;
  start(): Promise<TestServer>;
}

const EMBEDDED: Capabilities = {
  columnCollations: true,
  utf16Lengths: true,
  triggers: false,
  bracketsInNames: true,
  filteredIndexes: true,
  constraints: false,
  rowVersions: false,
  timeDigits: 7,
  bracketedDefinitions: false,
  rowLocks: false,
  rights: false,
  databaseGrants: false,
};
const SQL_SERVER: Capabilities = {
  ...EMBEDDED,
  triggers: true,
  constraints: true,
  rowVersions: true,
  bracketedDefinitions: true,
  rowLocks: true,
  rights: true,
  databaseGrants: true,
};
const BABELFISH: Capabilities = {
  ...SQL_SERVER,
  utf16Lengths: false,
  bracketsInNames: false,
  rowVersions: false,
  timeDigits: 6,
  bracketedDefinitions: false,
  databaseGrants: false,
};

export function serverKinds(): readonly TestServerKind[] {
  const kinds: TestServerKind[] = [{ name: 'the embedded key database', start: startEmbedded }];
  const external = process.env['SRKEY_TEST_SERVER'];
  if (external !== undefined && external !== '') {
    kinds.push({ name: 'the server of SRKEY_TEST_SERVER', start: () => startExternal(external) });
  }
  for (const version of chosenVersions()) {
    kinds.push({ name: containerKindName(version), start: () => startContainer(version) });
  }
  return kinds;
}

/** The time a long test may take, in ms: an engine behind that door may take seconds for what SQL Server does at once. */
export function longTest(ms: number): number {
  return process.env['SRKEY_TEST_SERVER'] === undefined ? ms : 1_800_000;
}

export function containerKindName(version: SqlServerVersion): string {
  return `SQL Server ${version} in a container`;
}

async function startEmbedded(): Promise<TestServer> {
  const { startEmbeddedTestServer } = await import('./embedded-server.ts');
  const server = await startEmbeddedTestServer();
  const admin = {
    server: 'localhost',
    port: server.port,
    user: server.user,
    password: server.password,
    ca: server.caPem,
  };
  const host = await adminOf(admin);
  return {
    ...host,
    capabilities: EMBEDDED,
    faults: server.faults,
    stop: async () => {
      await host.stop();
      await server.close();
    },
  };
}

async function startExternal(connectionString: string): Promise<TestServer> {
  const parsed = sql.ConnectionPool.parseConnectionString(connectionString) as sql.config;
  const host = await adminOf({
    server: parsed.server,
    port: parsed.port ?? 1433,
    user: parsed.user ?? '',
    password: parsed.password ?? '',
    ca: null,
  });
  const capabilities = /babelfish/i.test(host.version) ? BABELFISH : SQL_SERVER;
  return { ...host, capabilities, faults: null };
}

/** SQL Server listens, and says that it is ready, seconds before it takes the password of sa. */
const FIRST_LOGIN_MS = 60_000;

async function startContainer(version: SqlServerVersion): Promise<TestServer> {
  const container = await startSqlServerContainer(version);
  try {
    await firstLogin(container.admin);
    const host = await adminOf(container.admin);
    if (!host.version.startsWith(`Microsoft SQL Server ${version}`)) {
      throw new Error(`the container of SQL Server ${version} holds ${host.version}`);
    }
    const stop = async (): Promise<void> => {
      await host.stop().finally(() => container.stop());
    };
    return { ...host, capabilities: SQL_SERVER, faults: null, stop };
  } catch (error) {
    await container.stop();
    throw error;
  }
}

async function firstLogin(admin: Admin): Promise<void> {
  const deadline = Date.now() + FIRST_LOGIN_MS;
  for (;;) {
    const pool = poolOf(admin, 'master');
    try {
      await pool.connect();
      await pool.close();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(500);
    }
  }
}

export interface Admin {
  readonly server: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly ca: string | null;
}

export function poolOf(admin: Admin, database: string): sql.ConnectionPool {
  return new sql.ConnectionPool({
    server: admin.server,
    port: admin.port,
    user: admin.user,
    password: admin.password,
    database,
    requestTimeout: 120_000,
    // an idle connection may hold a transaction open: that is what some tests are about
    pool: { max: 1, min: 0, idleTimeoutMillis: 3_600_000 },
    options: {
      trustServerCertificate: admin.ca === null,
      cryptoCredentialsDetails: admin.ca === null ? {} : { ca: admin.ca },
      // a Docker engine elsewhere may be known by its address only, and SNI takes no addresses
      ...(isIP(admin.server) === 0 ? {} : { serverName: '' }),
    },
  });
}

export async function adminOf(admin: Admin): Promise<Pick<TestServer, 'version' | 'createDatabase' | 'stop'>> {
  const master = await poolOf(admin, 'master').connect();
  const version = String((await master.request().query('SELECT @@VERSION AS V')).recordset[0]?.V);
  const isSqlServer = version.startsWith('Microsoft SQL Server');
  const open = new Set<TestDatabase>();
  const createDatabase = async (): Promise<TestDatabase> => {
    const name = `srkey_test_${randomBytes(6).toString('hex')}`;
    await createEmptyDatabase(master, name);
    const pool = await poolOf(admin, name).connect();
    const database: TestDatabase = {
      name,
      connection: {
        host: admin.server,
        port: admin.port,
        instance: null,
        database: name,
        auth: 'sql',
        user: admin.user,
        password: admin.password,
        domain: null,
        serverCaPem: admin.ca,
        trustServerCertificate: admin.ca === null,
        tlsLegacy: false,
      },
      query: async (text) => {
        const result = await pool.request().batch(text);
        return (result.recordsets as unknown as Record<string, unknown>[][])[0] ?? [];
      },
      bulk: async (table) => {
        await pool.request().bulk(table);
      },
      clear: async () => {
        const { recordset: tables } = await pool
          .request()
          .batch(
            'SELECT s.name AS S, t.name AS T FROM sys.tables t INNER JOIN sys.schemas s ON s.schema_id = t.schema_id',
          );
        const quote = (part: unknown): string => `[${String(part).replaceAll(']', ']]')}]`;
        const names = (tables as Record<string, unknown>[]).map(({ S, T }) => `${quote(S)}.${quote(T)}`);
        await dropTables(pool, names);
      },
      drop: async () => {
        open.delete(database);
        await pool.close();
        await dropDatabase(master, name, isSqlServer);
      },
    };
    open.add(database);
    return database;
  };
  const stop = async (): Promise<void> => {
    for (const database of [...open]) await database.drop();
    await master.close();
  };
  return { version, createDatabase, stop };
}

/** Tables that foreign keys point to go after those that have the keys. */
async function dropTables(pool: sql.ConnectionPool, names: readonly string[]): Promise<void> {
  const kept: string[] = [];
  let refusal: Error | null = null;
  for (const name of names) {
    try {
      await pool.request().batch(`DROP TABLE ${name}`);
    } catch (error) {
      refusal = error as Error;
      kept.push(name);
    }
  }
  if (kept.length === names.length && refusal !== null) throw refusal;
  if (kept.length > 0) await dropTables(pool, kept);
}

/** SQL Server copies its database `model`, which one CREATE DATABASE at a time can lock. */
const MODEL_IS_LOCKED = 1807;

async function createEmptyDatabase(master: sql.ConnectionPool, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await master.request().batch(`CREATE DATABASE ${name}`);
      return;
    } catch (error) {
      if (attempt === 40 || !errorNumbers(error).includes(MODEL_IS_LOCKED)) throw error;
      await wait(250);
    }
  }
}

/** All errors of a request: the one that tells the cause is not always the last, which mssql throws. */
function errorNumbers(error: unknown): readonly (number | undefined)[] {
  if (!(error instanceof sql.RequestError)) return [];
  const { precedingErrors = [] } = error as { precedingErrors?: readonly { readonly number?: number }[] };
  return [error, ...precedingErrors].map(({ number }) => number);
}

/** SQL Server ends the sessions of a killed client when told to. */
async function dropDatabase(master: sql.ConnectionPool, name: string, isSqlServer: boolean): Promise<void> {
  const endSessions = isSqlServer ? `ALTER DATABASE ${name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; ` : '';
  await untilLetGo(() => master.request().batch(`${endSessions}DROP DATABASE ${name}`));
}

/** How long sessions that have ended may hold what they used; on a busy machine an engine takes seconds to notice. */
const LETTING_GO_MS = 30_000;

/** Asks again while what is to be dropped is still in use by a session that is going. */
export async function untilLetGo(drop: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + LETTING_GO_MS;
  for (;;) {
    try {
      await drop();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await wait(250);
    }
  }
}
