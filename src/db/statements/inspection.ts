/** Reading the live schema and the server: catalog views only, nothing written. */
import { quoteName, REQUEST_SETTINGS, tableOf } from './binding.ts';
import type { Target } from '../../keys/target.ts';

export const SERVER = `SELECT @@VERSION AS Banner, CONVERT(NVARCHAR(128), SERVERPROPERTY('ProductVersion')) AS ProductVersion,
  CONVERT(NVARCHAR(128), SERVERPROPERTY('Edition')) AS Edition, CONVERT(INT, SERVERPROPERTY('EngineEdition')) AS EngineEdition,
  CONVERT(NVARCHAR(128), SERVERPROPERTY('ServerName')) AS ServerName,
  DB_NAME() AS DatabaseName, SUSER_SNAME() AS LoginName,
  CONVERT(NVARCHAR(128), DATABASEPROPERTYEX(DB_NAME(), 'Updateability')) AS Updateability;`;

/**
 * Columns of one table with their system types (an alias type is shown as the type it stands for). @schema, @table
 * UsesAnsiTrim: 0 = made under SET ANSI_PADDING OFF, so the column trims trailing zero bytes or blanks; NULL = not known.
 */
export const TABLE_COLUMNS = `SELECT c.name AS ColumnName, y.name AS TypeName, CONVERT(INT, c.max_length) AS MaxLength, CONVERT(INT, c.precision) AS NumericPrecision,
  CONVERT(INT, c.scale) AS NumericScale, c.collation_name AS CollationName, CONVERT(INT, c.is_nullable) AS IsNullable,
  CONVERT(INT, c.is_computed) AS IsComputed, ISNULL(COLUMNPROPERTY(c.object_id, c.name, 'UsesAnsiTrim'), 1) AS IsAnsiPadded
FROM sys.tables t INNER JOIN sys.schemas s ON s.schema_id = t.schema_id
  INNER JOIN sys.columns c ON c.object_id = t.object_id
  INNER JOIN sys.types y ON y.user_type_id = c.system_type_id
WHERE s.name = @schema AND t.name = @table
ORDER BY c.column_id;`;

/** Indexes of one table with their columns, but hypothetical ones: those are statistics alone. @schema, @table */
export const TABLE_INDEXES = `SELECT i.name AS IndexName, CONVERT(INT, i.is_unique) AS IsUnique, CONVERT(INT, i.has_filter) AS HasFilter,
  CONVERT(INT, i.is_disabled) AS IsDisabled, i.filter_definition AS FilterDefinition, c.name AS ColumnName,
  CONVERT(INT, x.is_included_column) AS IsIncluded
FROM sys.tables t INNER JOIN sys.schemas s ON s.schema_id = t.schema_id
  INNER JOIN sys.indexes i ON i.object_id = t.object_id
  INNER JOIN sys.index_columns x ON x.object_id = i.object_id AND x.index_id = i.index_id
  INNER JOIN sys.columns c ON c.object_id = x.object_id AND c.column_id = x.column_id
WHERE s.name = @schema AND t.name = @table AND i.index_id > 0 AND i.is_hypothetical = 0
ORDER BY i.index_id, x.key_ordinal;`;

/** Enabled triggers of one table. @schema, @table */
export const TABLE_TRIGGERS = `SELECT g.name AS TriggerName, CONVERT(INT, g.is_instead_of_trigger) AS IsInsteadOf
FROM sys.triggers g INNER JOIN sys.tables t ON t.object_id = g.parent_id
  INNER JOIN sys.schemas s ON s.schema_id = t.schema_id
WHERE s.name = @schema AND t.name = @table AND g.is_disabled = 0
ORDER BY g.name;`;

/**
 * Row count and value sizes of a target: one scan. `column`: the value column as the schema spells it.
 *
 * NOLOCK: SQL Server keeps the locks of rows whose (MAX) values a statement touches to its end ("Read Committed and Large
 * Objects", Craig Freedman), and of 5,000 rows it makes one of the whole table. These numbers are estimates; nobody
 * shall wait for them.
 */
export function measureTarget(target: Target, column: string): string {
  const value = quoteName(column);
  return `${REQUEST_SETTINGS}
SELECT COUNT_BIG(*) AS LiveRows, ISNULL(MAX(CONVERT(BIGINT, DATALENGTH(t.${value}))), 0) AS LongestBytes,
  ISNULL(SUM(CONVERT(BIGINT, DATALENGTH(t.${value}))), 0) AS TotalBytes FROM ${tableOf({ target })} t WITH (NOLOCK);`;
}

/**
 * Every column of the database that could hold an envelope: binary of any length, text of 172 characters and more (the
 * base64 of a 1024-bit block), XML, JSON and SQL_VARIANT. ROWVERSION is no such column.
 */
export const CANDIDATE_COLUMNS = `SELECT s.name AS SchemaName, t.name AS TableName, c.name AS ColumnName, y.name AS TypeName, CONVERT(INT, c.max_length) AS MaxLength
FROM sys.tables t INNER JOIN sys.schemas s ON s.schema_id = t.schema_id
  INNER JOIN sys.columns c ON c.object_id = t.object_id
  INNER JOIN sys.types y ON y.user_type_id = c.system_type_id
WHERE s.name <> 'rotation' AND s.name <> 'sys'
  AND (y.name IN ('binary', 'varbinary', 'image', 'text', 'ntext', 'xml', 'json', 'sql_variant')
    OR (y.name IN ('char', 'varchar') AND (c.max_length = -1 OR c.max_length >= 172))
    OR (y.name IN ('nchar', 'nvarchar') AND (c.max_length = -1 OR c.max_length >= 344)))
ORDER BY s.name, t.name, c.column_id;`;
