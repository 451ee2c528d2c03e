/**
 * What a database holds, as immutable values: DDL makes a new catalog, and rolling back is taking the old one again.
 * Comparing two by reference tells whether a bound statement is still valid.
 */
import type { SqlType } from '../backend.ts';
import type { Expr } from '../tsql/ast.ts';

export interface CatalogColumn {
  /** column_id; the SQLite column is c<id>. */
  readonly id: number;
  readonly name: string;
  readonly type: SqlType;
  /** Text columns only. */
  readonly collation: string | null;
  readonly isNullable: boolean;
  readonly identity: { readonly seed: number; readonly increment: number } | null;
  readonly default: { readonly expr: Expr; readonly text: string } | null;
}

export interface CatalogIndex {
  /** index_id: 1 for the first, as the clustered index has in SQL Server. */
  readonly id: number;
  readonly name: string;
  readonly kind: 'primary' | 'unique' | 'index';
  readonly isUnique: boolean;
  readonly columns: readonly { readonly columnId: number; readonly isDescending: boolean }[];
  readonly included: readonly number[];
  readonly filter: string | null;
}

export interface CatalogTable {
  /** object_id; the SQLite table is t<id>. */
  readonly id: number;
  readonly schema: string;
  readonly name: string;
  readonly isTemp: boolean;
  readonly columns: readonly CatalogColumn[];
  readonly indexes: readonly CatalogIndex[];
}

export interface Catalog {
  readonly collation: string;
  readonly nextId: number;
  /** Schema names by their upper-case form, with schema_id. */
  readonly schemas: ReadonlyMap<string, { readonly id: number; readonly name: string }>;
  /** Tables by `SCHEMA.NAME`. */
  readonly tables: ReadonlyMap<string, CatalogTable>;
}

export function tableKey(schema: string, name: string): string {
  return `${schema.toUpperCase()}.${name.toUpperCase()}`;
}

/** The SQLite table: temporary ones live in the connection's own temp schema. */
export function storageName(table: CatalogTable): string {
  return table.isTemp ? `temp.t${table.id}` : `main.t${table.id}`;
}

export function findColumn(table: CatalogTable, name: string): CatalogColumn | undefined {
  const upper = name.toUpperCase();
  return table.columns.find((column) => column.name.toUpperCase() === upper);
}

export function columnById(table: CatalogTable, id: number): CatalogColumn {
  const column = table.columns.find((candidate) => candidate.id === id);
  if (column === undefined) throw new Error(`table ${table.name} has no column ${id}`);
  return column;
}

export function withTable(catalog: Catalog, table: CatalogTable): Catalog {
  const tables = new Map(catalog.tables);
  tables.set(tableKey(table.schema, table.name), table);
  return { ...catalog, tables, nextId: Math.max(catalog.nextId, table.id + 1) };
}

export function withoutTable(catalog: Catalog, table: CatalogTable): Catalog {
  const tables = new Map(catalog.tables);
  tables.delete(tableKey(table.schema, table.name));
  return { ...catalog, tables };
}
