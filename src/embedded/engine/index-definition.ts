/** A T-SQL index as SQLite's: over sort keys, so that comparison, order and uniqueness follow SQL Server's rules. */
import { sortKeyFunction } from '../tsql/collation.ts';
import { familyOf } from '../tsql/types.ts';
import { columnById } from './catalog.ts';
import type { CatalogColumn, CatalogIndex, CatalogTable } from './catalog.ts';

/** The same text that the binder writes for a column's sort key: SQLite finds the index by it. */
function keyExpression(column: CatalogColumn): string {
  switch (familyOf(column.type)) {
    case 'text':
      return `${sortKeyFunction(column.collation ?? '')}(c${column.id})`;
    case 'binary':
      return `key_bytes(c${column.id})`;
    default:
      return `c${column.id}`;
  }
}

/** A value that no key of the column's SQLite type is. */
function noKey(column: CatalogColumn): string {
  switch (familyOf(column.type)) {
    case 'integer':
    case 'float':
      return "x''";
    case 'guid':
    case 'binary':
      return "''";
    case 'text':
    case 'decimal':
    case 'time':
      return '0';
  }
}

export function indexDefinitions(
  table: CatalogTable,
  index: CatalogIndex,
  filterSql: string | null,
): readonly string[] {
  const schema = table.isTemp ? 'temp' : 'main';
  const name = `${schema}.i${table.id}_${index.id}`;
  const columns = index.columns.map(({ columnId, isDescending }) => ({
    column: columnById(table, columnId),
    order: isDescending ? ' DESC' : '',
  }));
  const where = filterSql === null ? '' : ` WHERE ${filterSql}`;
  const keys = columns.map(({ column, order }) => keyExpression(column) + order).join(', ');
  const plain = `CREATE ${index.isUnique ? 'UNIQUE ' : ''}INDEX ${name} ON t${table.id} (${keys})${where}`;
  if (!index.isUnique || columns.every(({ column }) => !column.isNullable)) return [plain];
  // SQL Server lets one NULL into a unique index, SQLite any number: a second index sees to it
  const total = columns.map(
    ({ column, order }) =>
      (column.isNullable ? `ifnull(${keyExpression(column)}, ${noKey(column)})` : keyExpression(column)) + order,
  );
  return [plain, `CREATE UNIQUE INDEX ${name}_nulls ON t${table.id} (${total.join(', ')})${where}`];
}
