/** The public face of the engine: a server's databases and its logins. */
import { timingSafeEqual, createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { SqlError } from '../backend.ts';
import type { LoginRequest, SqlBackend, SqlSession } from '../backend.ts';
import { ParseCache } from './parse-cache.ts';
import { Server } from './server.ts';
import { Session } from './session.ts';

export interface EmbeddedBackendOptions {
  /** Holds one file per database; made if it is not there. One backend at a time may use it. */
  readonly directory: string;
  readonly logins: readonly { readonly user: string; readonly password: string }[];
  /** Created if they are not there; the first is the logins' default database, else master. */
  readonly databases?: readonly string[];
}

export interface EmbeddedBackend extends SqlBackend {
  readonly databases: readonly string[];
  createDatabase(name: string, collation?: string): void;
  /** Ends the sessions that use it, then deletes it. */
  dropDatabase(name: string): void;
  /** Ends all sessions and closes all files. Idempotent. */
  close(): void;
}

/** The first session number that SQL Server gives to a user. */
const FIRST_SESSION = 51;

export function createEmbeddedBackend(options: EmbeddedBackendOptions): EmbeddedBackend {
  const version = `srkey embedded key database 0.1 - EMBEDDED, not SQL Server (SQLite ${sqliteVersion()})`;
  const server = new Server(options.directory, version);
  for (const name of options.databases ?? []) if (server.find(name) === null) server.create(name, null);
  const defaultDatabase = options.databases?.[0] ?? 'master';
  const parsed = new ParseCache();
  const sessions = new Map<number, Session>();

  const nextSessionId = (): number => {
    let id = FIRST_SESSION;
    while (sessions.has(id)) id++;
    return id;
  };

  return {
    version,
    get databases() {
      return server.databases.map(({ name }) => name);
    },
    login(request: LoginRequest): SqlSession {
      if (!isKnown(options.logins, request)) throw new SqlError(18456, `Login failed for user '${request.user}'.`, 14);
      const name = request.database === '' ? defaultDatabase : request.database;
      const database = server.find(name);
      if (database === null)
        throw new SqlError(4060, `Cannot open database "${name}" requested by the login. The login failed.`, 11);
      const id = nextSessionId();
      const session = new Session(id, server, database, request, parsed, () => sessions.delete(id));
      sessions.set(id, session);
      return session;
    },
    createDatabase(name, collation) {
      server.create(name, collation ?? null);
    },
    dropDatabase(name) {
      for (const user of [...(server.find(name)?.users ?? [])]) user.kill();
      server.drop(name);
    },
    close() {
      for (const session of [...sessions.values()]) session.close();
      server.close();
    },
  };
}

/** User names are compared without case, passwords exactly and in constant time. */
function isKnown(logins: EmbeddedBackendOptions['logins'], { user, password }: LoginRequest): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  const login = logins.find((candidate) => candidate.user.toUpperCase() === user.toUpperCase());
  return timingSafeEqual(digest(login?.password ?? ''), digest(password)) && login !== undefined;
}

function sqliteVersion(): string {
  const db = new DatabaseSync(':memory:');
  const row = db.prepare('SELECT sqlite_version() AS version').get();
  db.close();
  return String(row?.['version']);
}
