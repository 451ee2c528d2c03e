/** The databases of one embedded server, in one directory. */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SqlError } from '../backend.ts';
import { collationRules, DEFAULT_COLLATION } from '../tsql/collation.ts';
import { Database } from './database.ts';

/** The first database_id that is not a system database's. */
const FIRST_USER_ID = 5;
const EXTENSION = '.srkeydb';

export class Server {
  readonly version: string;
  readonly #directory: string;
  readonly #databases = new Map<string, Database>();
  #nextId = FIRST_USER_ID;

  constructor(directory: string, version: string) {
    this.version = version;
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
    this.#add(new Database(1, this.#file('master'), { name: 'master', collation: DEFAULT_COLLATION }));
    const files = readdirSync(directory).filter((name) => name.endsWith(EXTENSION) && name !== `master${EXTENSION}`);
    for (const file of files.sort()) this.#add(new Database(this.#nextId++, join(directory, file), null));
  }

  get databases(): readonly Database[] {
    return [...this.#databases.values()];
  }

  find(name: string): Database | null {
    return this.#databases.get(name.toUpperCase()) ?? null;
  }

  create(name: string, collation: string | null): Database {
    if (this.find(name) !== null || /^(model|msdb|tempdb)$/i.test(name)) {
      throw new SqlError(1801, `Database '${name}' already exists. Choose a different database name.`, 16, 3);
    }
    if (collation !== null) collationRules(collation);
    const database = new Database(this.#nextId++, this.#file(name), {
      name,
      collation: collation ?? DEFAULT_COLLATION,
    });
    this.#add(database);
    return database;
  }

  drop(name: string): void {
    const database = this.find(name);
    if (database === null) {
      throw new SqlError(
        3701,
        `Cannot drop the database '${name}', because it does not exist or you do not have permission.`,
        11,
      );
    }
    if (database.id < FIRST_USER_ID)
      throw new SqlError(3708, `Cannot drop the database '${name}' because it is a system database.`);
    if (database.users.size > 0)
      throw new SqlError(3702, `Cannot drop database "${name}" because it is currently in use.`, 16, 4);
    this.#databases.delete(name.toUpperCase());
    database.destroy();
  }

  close(): void {
    for (const database of this.#databases.values()) database.close();
    this.#databases.clear();
  }

  #add(database: Database): void {
    this.#databases.set(database.name.toUpperCase(), database);
  }

  /** Any database name as a file name that every file system takes. */
  #file(name: string): string {
    const safe = /^[a-z0-9_-]{1,64}$/i.test(name)
      ? name.toLowerCase()
      : `x${Buffer.from(name.toUpperCase()).toString('hex')}`;
    return join(this.#directory, safe + EXTENSION);
  }
}
