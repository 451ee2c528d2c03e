/** The part of a DBA's script that depends on the key map: T-SQL to read, change and run. */
import type { KeyMap } from '../keys/target.ts';

function quoted(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

interface GrantedTable {
  readonly name: string;
  /** The value columns; a table may be several targets. */
  readonly values: string[];
}

function tablesOf({ targets }: KeyMap): readonly GrantedTable[] {
  const tables = new Map<string, GrantedTable>();
  for (const { schema, table, value } of targets) {
    const key = `${schema}.${table}`.toLowerCase();
    const granted = tables.get(key) ?? { name: `${quoted(schema)}.${quoted(table)}`, values: [] };
    tables.set(key, granted);
    granted.values.push(quoted(value));
  }
  return [...tables.values()];
}

/** `user` null: nobody becomes a member. */
export function grantLines(map: KeyMap, user: string | null): string[] {
  return [
    '/* The tables of the key map: the whole row is read, nothing but the value columns is written. */',
    ...tablesOf(map).flatMap(({ name, values }) => [
      `GRANT SELECT ON ${name} TO srkey_operator;`,
      `GRANT SELECT ON ${name} TO srkey_census;`,
      `GRANT UPDATE ON ${name} (${values.join(', ')}) TO srkey_operator;`,
    ]),
    'GO',
    ...(user === null ? [] : ['', `ALTER ROLE srkey_operator ADD MEMBER ${quoted(user)};`, 'GO']),
  ];
}

/** The tables of the next run, for a tool that may make none. */
export function nextRunLines(runId: number, statements: readonly string[]): string[] {
  return [
    '/*',
    `  The tables of run ${runId}: bounds and journal of each target, with the target's key columns as they are now. A key`,
    '  column that is changed afterwards, another key map or another run in between makes this script stale: print it again.',
    '*/',
    ...statements.flatMap((statement) => [statement, 'GO']),
  ];
}
