/** What every change of the schema does: run SQLite's DDL, and record the new catalog beside it. */
import { withTable } from './catalog.ts';
import type { CatalogTable } from './catalog.ts';
import { saveTable } from './catalog-store.ts';
import type { SessionState } from './session-state.ts';
import { asSqlError } from './sqlite-errors.ts';

/** Names outside of any batch: no variables. */
export function environment(session: SessionState): ReturnType<SessionState['environment']> {
  return session.environment(() => null);
}

export function run(session: SessionState, sql: string, table: CatalogTable | null, kind: string): void {
  try {
    session.connection.exec(sql);
  } catch (error) {
    throw asSqlError(error, table === null ? [] : [table], kind);
  }
}

/** Records a new or changed table. */
export function keep(session: SessionState, table: CatalogTable): void {
  const { transactions } = session;
  if (table.isTemp) {
    transactions.setTemp(new Map(transactions.temp).set(table.name.toUpperCase(), table));
    return;
  }
  transactions.setCatalog(withTable(transactions.catalog, table));
  saveTable(session.connection.db, table);
}
