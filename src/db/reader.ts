/** A read-only walk over a target, for census and dry run. Implements the engine's `Reader`. */
import type { Page, Reader } from '../rotation/ports.ts';
import { Pages } from './pages.ts';
import type { Session } from './session.ts';
import type { BoundTarget } from './statements/binding.ts';

export class DatabaseReader implements Reader {
  readonly #session: Session;
  readonly #pages: Pages;

  private constructor(session: Session, bound: BoundTarget) {
    this.#session = session;
    this.#pages = new Pages(session, bound, null);
  }

  static async open(session: Session, bound: BoundTarget): Promise<DatabaseReader> {
    const reader = new DatabaseReader(session, bound);
    await reader.#pages.prepare();
    return reader;
  }

  /** The server keeps the page before this one too, so that its keys can still be named; older ones are dropped. */
  async readPage(rows: number): Promise<Page> {
    const page = await this.#pages.read(rows);
    if (page.batchNo > 2) await this.#pages.forgetBefore(page.batchNo - 1);
    return page;
  }

  async nameKeys(batchNo: number, ordinals: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
    return this.#pages.nameKeys(batchNo, ordinals);
  }

  async close(): Promise<void> {
    await this.#session.close();
  }
}
