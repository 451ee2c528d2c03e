/** The grants that a run needs, as T-SQL for a DBA to read, change and run. */
import type { KeyMap } from '../keys/target.ts';

function quoted(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** `user` null: a placeholder that cannot be run by mistake. */
export function grantLines({ targets }: KeyMap, user: string | null): string[] {
  const grantee = user === null ? '[the database user of srkey]' : quoted(user);
  const tables = new Map(
    targets.map(({ schema, table }) => [`${schema}.${table}`.toLowerCase(), `${quoted(schema)}.${quoted(table)}`]),
  );
  return [
    '/*',
    '  Rights of the login that runs srkey. The journal of each run (rotation.Journal_<run>_<target>) copies the key',
    '  columns of its target as they are then, so srkey creates it itself: that takes CREATE TABLE and ALTER on the schema.',
    '  The last backup and the free space are read where VIEW SERVER STATE and msdb allow it, else said to be unknown.',
    '*/',
    ...[...tables.values()].map((table) => `GRANT SELECT, UPDATE ON ${table} TO ${grantee};`),
    `GRANT SELECT, INSERT, UPDATE, DELETE, ALTER, REFERENCES ON SCHEMA::rotation TO ${grantee};`,
    `GRANT CREATE TABLE TO ${grantee};`,
    `GRANT VIEW DEFINITION TO ${grantee};`,
    'GO',
  ];
}
