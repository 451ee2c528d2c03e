/** One database: a SQLite file in WAL mode, its committed catalog, its write lock and its application locks. */
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { AppLocks } from './app-locks.ts';
import type { Catalog } from './catalog.ts';
import { createCatalog, loadCatalog } from './catalog-store.ts';
import { WriteLock } from './locks.ts';
import { registerFunctions } from './sql-functions.ts';

/** What a database needs to know of the sessions that use it. */
export interface DatabaseUser {
  /** Ends the session: its next request fails. */
  kill(): void;
}

export class Database {
  readonly id: number;
  readonly name: string;
  readonly file: string;
  readonly writeLock = new WriteLock();
  readonly appLocks = new AppLocks();
  readonly users = new Set<DatabaseUser>();
  /** Last value of each identity column, by table id: like SQL Server's, not undone by a rollback. */
  readonly identities = new Map<number, bigint>();
  /** As committed. */
  catalog: Catalog;
  isSingleUser = false;
  /** Keeps the file open, so that the last session's end does not fold the WAL each time. */
  readonly #keeper: DatabaseSync;

  constructor(id: number, file: string, create: { readonly name: string; readonly collation: string } | null) {
    this.id = id;
    this.file = file;
    this.#keeper = this.connect();
    if (create !== null && !hasCatalog(this.#keeper)) createCatalog(this.#keeper, create.name, create.collation);
    const { name, catalog } = loadCatalog(this.#keeper);
    this.name = name;
    this.catalog = catalog;
  }

  /** A connection of one's own. Nobody waits inside SQLite: the write lock is queued for in JavaScript. */
  connect(): DatabaseSync {
    const db = new DatabaseSync(this.file, { timeout: 0 });
    registerFunctions(db);
    // No fsync: the data goes with the process that made it, so only a power cut could tell.
    // 8,192 pages: a checkpoint copies the pages of many batches at once.
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 8192; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768',
    );
    return db;
  }

  close(): void {
    if (this.#keeper.isOpen) this.#keeper.close();
  }

  /** Closes and deletes the file. */
  destroy(): void {
    this.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.file + suffix, { force: true });
  }

  /** Size of the file in pages of 8 KiB, as sys.database_files counts. */
  sizePages(): number {
    const bytes = this.#keeper
      .prepare('SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size')
      .get();
    return Math.ceil(Number(bytes?.['bytes'] ?? 0) / 8192);
  }
}

function hasCatalog(db: DatabaseSync): boolean {
  return db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'catalog'").get() !== undefined;
}
