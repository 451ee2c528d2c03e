/** The catalog's own table in a database file. Rows change in the transaction of the DDL that they record. */
import type { DatabaseSync } from 'node:sqlite';
import type { Catalog, CatalogTable } from './catalog.ts';
import { tableKey } from './catalog.ts';

const LAYOUT = 'CREATE TABLE catalog (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, body TEXT NOT NULL) STRICT';

/** Object ids below are schemas, as in SQL Server. */
const FIRST_TABLE_ID = 1000;
const BUILT_IN_SCHEMAS = [
  { id: 1, name: 'dbo' },
  { id: 4, name: 'sys' },
] as const;

interface DatabaseRow {
  readonly name: string;
  readonly collation: string;
}

export function createCatalog(db: DatabaseSync, name: string, collation: string): void {
  db.exec(`BEGIN IMMEDIATE; ${LAYOUT}`);
  saveRow(db, 0, 'database', { name, collation });
  for (const schema of BUILT_IN_SCHEMAS) saveRow(db, schema.id, 'schema', schema);
  db.exec('COMMIT');
}

export function loadCatalog(db: DatabaseSync): { readonly name: string; readonly catalog: Catalog } {
  const rows = db.prepare('SELECT kind, body FROM catalog ORDER BY id').all() as { kind: string; body: string }[];
  const of = (kind: string): unknown[] =>
    rows.filter((row) => row.kind === kind).map((row) => JSON.parse(row.body) as unknown);
  const [database] = of('database') as DatabaseRow[];
  if (database === undefined) throw new Error('a database file without its catalog');
  const schemas = of('schema') as { id: number; name: string }[];
  const tables = of('table') as CatalogTable[];
  return {
    name: database.name,
    catalog: {
      collation: database.collation,
      nextId: Math.max(FIRST_TABLE_ID, ...tables.map(({ id }) => id + 1)),
      schemas: new Map(schemas.map((schema) => [schema.name.toUpperCase(), schema])),
      tables: new Map(tables.map((table) => [tableKey(table.schema, table.name), table])),
    },
  };
}

export function saveTable(db: DatabaseSync, table: CatalogTable): void {
  saveRow(db, table.id, 'table', table);
}

export function saveSchema(db: DatabaseSync, schema: { readonly id: number; readonly name: string }): void {
  saveRow(db, schema.id, 'schema', schema);
}

export function deleteObject(db: DatabaseSync, id: number): void {
  db.prepare('DELETE FROM catalog WHERE id = ?').run(BigInt(id));
}

function saveRow(db: DatabaseSync, id: number, kind: string, body: unknown): void {
  db.prepare('INSERT OR REPLACE INTO catalog (id, kind, body) VALUES (?, ?, ?)').run(
    BigInt(id),
    kind,
    JSON.stringify(body),
  );
}
