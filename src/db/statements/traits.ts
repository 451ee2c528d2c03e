/**
 * What a target's table has besides rows: one query per trait, each over catalog views as documented ("System Catalog
 * Views"). Columns that came after SQL Server 2012 are asked for only where they exist: `needs` names them, and a server
 * without them does not know the feature. @schema, @table, @value
 */
import type { TableTrait } from '../../keys/table-traits.ts';
import { databaseRight } from './rights.ts';

/** `view.column` of schema sys. */
export type CatalogColumnName = `${string}.${string}`;

export interface TraitQuery {
  readonly trait: TableTrait;
  /** What the text reads; where one is missing, the server has no such feature. */
  readonly needs: readonly CatalogColumnName[];
  /** A column of later versions, in which the trait means nothing any more. */
  readonly until?: CatalogColumnName;
  /** Which of the found rows count: all, those named like a key or value column, or those whose definition names the value. */
  readonly about: 'table' | 'key-or-value' | 'definition';
  /** Answers Trait, Name and Definition. */
  readonly text: string;
}

interface TraitParts {
  readonly needs: readonly CatalogColumnName[];
  readonly until?: CatalogColumnName;
  readonly about?: TraitQuery['about'];
  readonly name: string;
  readonly definition?: string;
  readonly joins?: string;
  readonly where?: string;
}

function query(trait: TableTrait, parts: TraitParts): TraitQuery {
  const { needs, about = 'table', name, definition = 'CONVERT(NVARCHAR(MAX), NULL)', joins = '', where } = parts;
  const text = `SELECT N'${trait}' AS Trait, CONVERT(NVARCHAR(260), ${name}) AS Name, ${definition} AS Definition
FROM sys.tables t INNER JOIN sys.schemas s ON s.schema_id = t.schema_id${joins === '' ? '' : ` ${joins}`}
WHERE s.name = @schema AND t.name = @table${where === undefined ? '' : ` AND ${where}`}`;
  return { trait, needs, about, text, ...(parts.until === undefined ? {} : { until: parts.until }) };
}

const COLUMNS = 'INNER JOIN sys.columns c ON c.object_id = t.object_id';
const VALUE_COLUMN = `${COLUMNS} AND c.name = @value`;
const INDEXES = 'INNER JOIN sys.indexes i ON i.object_id = t.object_id';

export const TRAIT_QUERIES: readonly TraitQuery[] = [
  query('row-level-security', {
    needs: ['security_policies.is_enabled', 'security_predicates.target_object_id'],
    name: 'p.name',
    joins: `INNER JOIN sys.security_predicates r ON r.target_object_id = t.object_id
  INNER JOIN sys.security_policies p ON p.object_id = r.object_id`,
    where: 'p.is_enabled = 1',
  }),
  query('masked', {
    needs: ['masked_columns.is_masked'],
    about: 'key-or-value',
    name: 'c.name',
    joins: 'INNER JOIN sys.masked_columns c ON c.object_id = t.object_id',
    // UNMASK can be granted on a table from SQL Server 2022 on; before, HAS_PERMS_BY_NAME answers NULL for that.
    where: `c.is_masked = 1 AND ISNULL(${databaseRight('UNMASK')}, 0) = 0
  AND ISNULL(HAS_PERMS_BY_NAME(QUOTENAME(@schema) + N'.' + QUOTENAME(@table), N'OBJECT', N'UNMASK'), 0) = 0`,
  }),
  query('encrypted', {
    needs: ['columns.encryption_type'],
    about: 'key-or-value',
    name: 'c.name',
    joins: COLUMNS,
    where: 'c.encryption_type IS NOT NULL',
  }),
  query('memory-optimised', {
    needs: ['tables.is_memory_optimized'],
    name: 't.name',
    where: 't.is_memory_optimized = 1',
  }),
  query('temporal', {
    needs: ['tables.temporal_type', 'tables.history_table_id'],
    name: 'h.name',
    joins: 'INNER JOIN sys.tables h ON h.object_id = t.history_table_id',
    where: 't.temporal_type = 2',
  }),
  query('history', { needs: ['tables.temporal_type'], name: 't.name', where: 't.temporal_type = 1' }),
  query('history', { needs: ['tables.ledger_type'], name: 't.name', where: 't.ledger_type = 1' }),
  query('ledger', { needs: ['tables.ledger_type'], name: 't.name', where: 't.ledger_type = 2' }),
  query('append-only-ledger', { needs: ['tables.ledger_type'], name: 't.name', where: 't.ledger_type = 3' }),
  query('filetable', { needs: ['tables.is_filetable'], name: 't.name', where: 't.is_filetable = 1' }),
  query('filestream', {
    needs: ['columns.is_filestream'],
    name: 'c.name',
    joins: VALUE_COLUMN,
    where: 'c.is_filestream = 1',
  }),
  query('external', { needs: ['tables.is_external'], name: 't.name', where: 't.is_external = 1' }),
  query('stretched', {
    needs: ['tables.is_remote_data_archive_enabled'],
    name: 't.name',
    where: 't.is_remote_data_archive_enabled = 1',
  }),
  query('partitioned', {
    needs: ['partition_schemes.data_space_id', 'indexes.data_space_id'],
    name: 'p.name',
    joins: `${INDEXES} AND i.index_id IN (0, 1) INNER JOIN sys.partition_schemes p ON p.data_space_id = i.data_space_id`,
  }),
  query('columnstore', { needs: ['indexes.type'], name: 'i.name', joins: INDEXES, where: 'i.type IN (5, 6)' }),
  // "Columnstore indexes - what's new": updatable from SQL Server 2016 on, which also brought temporal tables.
  query('read-only-columnstore', {
    needs: ['indexes.type'],
    until: 'tables.temporal_type',
    name: 'i.name',
    joins: INDEXES,
    where: 'i.type = 6',
  }),
  query('indexed-view', {
    needs: ['sql_expression_dependencies.referenced_minor_id', 'views.object_id'],
    name: 'v.name',
    joins: `${VALUE_COLUMN} INNER JOIN sys.sql_expression_dependencies d ON d.referenced_id = t.object_id
  INNER JOIN sys.views v ON v.object_id = d.referencing_id
  INNER JOIN sys.indexes i ON i.object_id = v.object_id AND i.index_id = 1`,
    where: 'd.referenced_minor_id = c.column_id',
  }),
  query('computed-column', {
    needs: ['computed_columns.definition'],
    about: 'definition',
    name: 'c.name',
    definition: 'c.definition',
    joins: 'INNER JOIN sys.computed_columns c ON c.object_id = t.object_id',
  }),
  query('check', {
    needs: ['check_constraints.definition'],
    about: 'definition',
    name: 'k.name',
    definition: 'k.definition',
    joins: 'INNER JOIN sys.check_constraints k ON k.parent_object_id = t.object_id',
    where: 'k.is_disabled = 0',
  }),
  query('check', {
    needs: ['columns.rule_object_id'],
    name: 'o.name',
    joins: `${VALUE_COLUMN} INNER JOIN sys.objects o ON o.object_id = c.rule_object_id`,
  }),
  query('foreign-key', {
    needs: ['foreign_keys.name', 'foreign_key_columns.parent_column_id'],
    name: 'f.name',
    joins: `${VALUE_COLUMN} INNER JOIN sys.foreign_key_columns k
  ON (k.parent_object_id = t.object_id AND k.parent_column_id = c.column_id)
  OR (k.referenced_object_id = t.object_id AND k.referenced_column_id = c.column_id)
  INNER JOIN sys.foreign_keys f ON f.object_id = k.constraint_object_id`,
  }),
  query('change-tracking', {
    needs: ['change_tracking_tables.object_id'],
    name: 't.name',
    joins: 'INNER JOIN sys.change_tracking_tables k ON k.object_id = t.object_id',
  }),
  query('change-data-capture', {
    needs: ['tables.is_tracked_by_cdc'],
    name: 't.name',
    where: 't.is_tracked_by_cdc = 1',
  }),
  query('replication', {
    needs: [
      'tables.is_published',
      'tables.is_merge_published',
      'tables.is_replicated',
      'tables.is_sync_tran_subscribed',
    ],
    name: 't.name',
    where: '(t.is_published = 1 OR t.is_merge_published = 1 OR t.is_replicated = 1 OR t.is_sync_tran_subscribed = 1)',
  }),
];

/** Several of them as one request. */
export function traitStatement(queries: readonly TraitQuery[]): string {
  return `${queries.map(({ text }) => text).join('\nUNION ALL\n')};`;
}

/** What bears the name of a table without being one. @schema, @table */
export const OBJECT_OF_NAME = `SELECT RTRIM(o.type) AS ObjectType
FROM sys.objects o INNER JOIN sys.schemas s ON s.schema_id = o.schema_id
WHERE s.name = @schema AND o.name = @table;`;

/** What a synonym stands for. @schema, @table */
export const SYNONYM_BASE = `SELECT y.base_object_name AS BaseName
FROM sys.synonyms y INNER JOIN sys.schemas s ON s.schema_id = y.schema_id
WHERE s.name = @schema AND y.name = @table;`;

/** Views that have been there since SQL Server 2005, in a list of columns that can be trusted. */
export const CERTAIN_COLUMNS: readonly CatalogColumnName[] = ['tables.object_id', 'columns.name', 'indexes.type'];

/** Of other statements: see measures.ts. */
const OTHER_COLUMNS: readonly CatalogColumnName[] = ['databases.delayed_durability'];

const ASKED_VIEWS = [
  ...new Set(
    [...TRAIT_QUERIES.flatMap(({ needs, until }) => [...needs, ...(until === undefined ? [] : [until])])]
      .concat(CERTAIN_COLUMNS, OTHER_COLUMNS)
      .map((name) => name.slice(0, name.indexOf('.'))),
  ),
];

/** The columns of those catalog views, as far as this server has them. */
export const CATALOG_COLUMNS = `${ASKED_VIEWS.map(
  (view) => `SELECT N'${view}' AS ViewName, c.name AS ColumnName FROM sys.all_columns c
WHERE c.object_id = OBJECT_ID(N'sys.${view}')`,
).join('\nUNION ALL\n')};`;
