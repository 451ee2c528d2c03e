/**
 * A session's transactions over SQLite's. BEGIN TRANSACTION only counts; SQLite's own transaction begins, with the write
 * lock, at the first statement that writes or asks for locks. Until then each read sees what is committed, as READ
 * COMMITTED does; after that nobody else writes. So SQLITE_BUSY_SNAPSHOT cannot occur, and a transaction that only reads
 * waits for nobody.
 */
import { SqlError } from '../backend.ts';
import type { Catalog, CatalogTable } from './catalog.ts';
import type { Connection } from './connection.ts';
import type { Database } from './database.ts';
import type { LockOwner, WaitLimits } from './locks.ts';

export type TempTables = ReadonlyMap<string, CatalogTable>;

export class Transactions {
  readonly #owner: LockOwner;
  readonly #database: Database;
  readonly #connection: Connection;
  #count = 0;
  #holdsLock = false;
  #working: Catalog | null = null;
  #temp: TempTables = new Map();
  #tempAtBegin: TempTables = new Map();

  constructor(owner: LockOwner, database: Database, connection: Connection) {
    this.#owner = owner;
    this.#database = database;
    this.#connection = connection;
  }

  get count(): number {
    return this.#count;
  }

  /** The catalog as this session sees it: with its own uncommitted DDL. */
  get catalog(): Catalog {
    return this.#working ?? this.#database.catalog;
  }

  get temp(): TempTables {
    return this.#temp;
  }

  setCatalog(catalog: Catalog): void {
    this.#working = catalog;
  }

  setTemp(temp: TempTables): void {
    this.#temp = temp;
  }

  /** Dropped for good: no ROLLBACK brings it back. */
  forgetTemp(name: string): void {
    this.#temp = new Map([...this.#temp].filter(([other]) => other !== name));
    this.#tempAtBegin = new Map([...this.#tempAtBegin].filter(([other]) => other !== name));
  }

  begin(): void {
    if (this.#count === 0) this.#tempAtBegin = this.#temp;
    this.#count++;
  }

  /** True when this was the outermost. */
  commit(): boolean {
    if (this.#count === 0)
      throw new SqlError(3902, 'The COMMIT TRANSACTION request has no corresponding BEGIN TRANSACTION.');
    if (this.#count > 1) {
      this.#count--;
      return false;
    }
    if (this.#holdsLock && !this.#connection.db.isTransaction) {
      // SQLite rolled back by itself, on a full disk for example
      this.rollback();
      throw new SqlError(
        3930,
        'The current transaction cannot be committed and cannot support operations that write to the log file. Roll back the transaction.',
      );
    }
    if (this.#holdsLock) this.#connection.exec('COMMIT');
    this.#count = 0;
    this.#publish();
    this.#end();
    return true;
  }

  rollback(): void {
    if (this.#count === 0)
      throw new SqlError(3903, 'The ROLLBACK TRANSACTION request has no corresponding BEGIN TRANSACTION.');
    this.#count = 0;
    // SQLite may have rolled back by itself, on a full disk for example
    if (this.#holdsLock && this.#connection.db.isTransaction) this.#connection.exec('ROLLBACK');
    this.#temp = this.#tempAtBegin;
    this.#end();
  }

  #publish(): void {
    if (this.#working !== null) this.#database.catalog = this.#working;
  }

  #end(): void {
    this.#working = null;
    if (this.#holdsLock) {
      this.#holdsLock = false;
      this.#database.writeLock.release(this.#owner);
    }
    this.#database.appLocks.releaseAll(this.#owner, 'Transaction');
  }

  /** Inside a transaction: from here on this session is the writer. */
  async claim(limits: WaitLimits): Promise<void> {
    if (this.#count === 0 || this.#holdsLock) return;
    await this.#database.writeLock.acquire(this.#owner, limits);
    this.#holdsLock = true;
    this.#connection.exec('BEGIN IMMEDIATE');
  }

  /**
   * Runs a statement that writes: the whole of it, or nothing. `isCompound` says that it takes several SQLite
   * statements; `isUndoable` that a failure leaves the transaction alive.
   */
  async write<T>(
    to: 'main' | 'temp',
    limits: WaitLimits,
    { isCompound, isUndoable }: { readonly isCompound: boolean; readonly isUndoable: boolean },
    body: () => T | Promise<T>,
  ): Promise<T> {
    if (this.#count > 0) {
      await this.claim(limits);
      return isUndoable
        ? this.#atomic('SAVEPOINT statement', 'RELEASE statement', 'ROLLBACK TO statement; RELEASE statement', body)
        : body();
    }
    if (to === 'temp') return isCompound ? this.#atomic('BEGIN', 'COMMIT', 'ROLLBACK', body) : body();
    await this.#database.writeLock.acquire(this.#owner, limits);
    try {
      const result = await (isCompound ? this.#atomic('BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', body) : body());
      this.#publish();
      return result;
    } finally {
      this.#working = null;
      this.#database.writeLock.release(this.#owner);
    }
  }

  async #atomic<T>(begin: string, end: string, undo: string, body: () => T | Promise<T>): Promise<T> {
    const [working, temp] = [this.#working, this.#temp];
    this.#connection.exec(begin);
    try {
      const result = await body();
      this.#connection.exec(end);
      return result;
    } catch (error) {
      if (this.#connection.db.isTransaction) this.#connection.exec(undo);
      [this.#working, this.#temp] = [working, temp];
      throw error;
    }
  }
}
