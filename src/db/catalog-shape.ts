/** Which columns the server's catalog views have: they grew from version to version. */
import { DatabaseError } from '../errors.ts';
import { readText } from './rows.ts';
import type { RenewedSession } from './session.ts';
import { CATALOG_COLUMNS, CERTAIN_COLUMNS } from './statements/traits.ts';
import type { CatalogColumnName } from './statements/traits.ts';
import { text } from '../text/message.ts';

export class CatalogShape {
  readonly #session: RenewedSession;
  #columns: Promise<ReadonlySet<string>> | null = null;

  constructor(session: RenewedSession) {
    this.#session = session;
  }

  async has(columns: readonly CatalogColumnName[]): Promise<boolean> {
    this.#columns ??= this.#read();
    try {
      const known = await this.#columns;
      return columns.every((name) => known.has(name));
    } catch (error) {
      // A failed read must not be remembered.
      this.#columns = null;
      throw error;
    }
  }

  async #read(): Promise<ReadonlySet<string>> {
    const [rows] = await this.#session.query(text`read the columns of the catalog views`, CATALOG_COLUMNS);
    const names = new Set((rows ?? []).map((row) => `${readText(row, 'ViewName')}.${readText(row, 'ColumnName')}`));
    // A list without one of these tells nothing of what is not on it.
    const absent = CERTAIN_COLUMNS.find((name) => !names.has(name));
    if (absent === undefined) return names;
    throw new DatabaseError(
      'stop',
      text`could not read the columns of the catalog views: sys.${absent} is not among them`,
    );
  }
}
