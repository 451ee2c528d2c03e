/** Asking which rights this login has, without trying them. */
import { quoteText } from './binding.ts';

/** A right in HAS_PERMS_BY_NAME's words. `securable`: quoted; null for the database. */
export interface AskedRight {
  readonly permission: string;
  readonly securableClass: 'DATABASE' | 'SCHEMA' | 'OBJECT';
  readonly securable: string | null;
  /** Of a table; null = the whole of it. */
  readonly column: string | null;
}

/**
 * A right on the database in use, by its name, as HAS_PERMS_BY_NAME documents it. A sysadmin has them all, undeniably:
 * engines that do not know a permission answer 0 to everybody.
 */
export function databaseRight(permission: string): string {
  const database = "N'[' + REPLACE(DB_NAME(), N']', N']]') + N']'";
  return `CASE WHEN IS_SRVROLEMEMBER(N'sysadmin') = 1 THEN 1 ELSE HAS_PERMS_BY_NAME(${database}, N'DATABASE', N'${permission}') END`;
}

/** Answers Ordinal and Granted: 1, 0, or NULL where the server does not know the question or the securable. */
export function grantedRights(rights: readonly AskedRight[]): string {
  const questions = rights.map(({ permission, securableClass, securable, column }, i) => {
    const columnPart = column === null ? '' : `, ${quoteText(column)}, N'COLUMN'`;
    const granted =
      securable === null
        ? databaseRight(permission)
        : `HAS_PERMS_BY_NAME(${quoteText(securable)}, N'${securableClass}', N'${permission}'${columnPart})`;
    return `SELECT ${i} AS Ordinal, ${granted} AS Granted`;
  });
  return `${questions.join('\nUNION ALL\n')};`;
}

/** To bring state tables of layout 1 forward: the script adds columns to these. */
export const RIGHTS_TO_ALTER: readonly (AskedRight & { readonly securable: string })[] = [
  'Run',
  'Segment',
  'Batch',
].map((table) => ({ permission: 'ALTER', securableClass: 'OBJECT', securable: `rotation.${table}`, column: null }));

/** The tool's own tables that this login can see. */
export const OWN_TABLES = `SELECT t.name AS TableName FROM sys.tables t INNER JOIN sys.schemas s ON s.schema_id = t.schema_id
WHERE s.name = N'rotation';`;

export const OWN_SCHEMA = `SELECT CASE WHEN SCHEMA_ID(N'rotation') IS NULL THEN 0 ELSE 1 END AS Present;`;
