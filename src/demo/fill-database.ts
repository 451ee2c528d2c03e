/** Creates the reference tables and loads their rows, over the same mssql package and protocol as the tool. */
import { readFile } from 'node:fs/promises';
import sql, { type ConnectionPool } from 'mssql';
import type { Row, TableRows } from './reference-rows.ts';
import type { ReferenceColumn, ReferenceTable } from './reference-tables.ts';

export interface DatabaseAddress {
  readonly port: number;
  /** Null: any certificate will do, as for a throw-away server that made its own. */
  readonly caPem: string | null;
  readonly database: string;
  readonly user: string;
  readonly password: string;
}

export async function connect({ port, caPem, database, user, password }: DatabaseAddress): Promise<ConnectionPool> {
  const pool = new sql.ConnectionPool({
    server: 'localhost',
    port,
    database,
    user,
    password,
    requestTimeout: 600_000,
    pool: { max: 1 },
    options: {
      encrypt: true,
      appName: 'srkey demo',
      useUTC: true,
      trustServerCertificate: caPem === null,
      cryptoCredentialsDetails: caPem === null ? {} : { ca: caPem },
    },
  });
  return pool.connect();
}

/** sql/srkey lies one above both src/ and dist/. */
export const REFERENCE_FOLDER = new URL('../../sql/srkey/', import.meta.url);

export async function createReferenceTables(pool: ConnectionPool): Promise<void> {
  const script = await readFile(new URL('schema.sql', REFERENCE_FOLDER), 'utf8');
  for (const batch of script.split(/^GO\s*$/im)) {
    if (batch.trim() !== '') await pool.request().batch(batch);
  }
}

/** Rows are made while earlier ones are on their way: the database has a thread of its own. */
export async function loadRows(pool: ConnectionPool, { table, rows }: TableRows, stop: AbortSignal): Promise<void> {
  let sent: Promise<unknown> = Promise.resolve();
  for (const portion of portionsOf(rows)) {
    await sent;
    stop.throwIfAborted();
    sent = pool.request().bulk(bulkTable(table, portion));
  }
  await sent;
}

const PORTION_ROWS = 1000;

function* portionsOf(rows: Iterable<Row>): Iterable<readonly Row[]> {
  let portion: Row[] = [];
  for (const row of rows) {
    portion.push(row);
    if (portion.length < PORTION_ROWS) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}

function bulkTable(table: ReferenceTable, rows: readonly Row[]): sql.Table {
  const bulk = new sql.Table(`dbo.${table.name}`);
  for (const { name, type, nullable } of writtenColumns(table)) bulk.columns.add(name, type, { nullable });
  for (const row of rows) bulk.rows.add(...row);
  return bulk;
}

function writtenColumns(table: ReferenceTable): readonly ReferenceColumn[] {
  return [...(table.isNumbered ? [] : table.key), ...table.values, ...table.others];
}
