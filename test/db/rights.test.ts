/** sql/rotation/rights.sql against the statements themselves: what they do to tables, and nothing more, is granted. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { grantLines } from '../../src/output/ddl-page.ts';
import { aTarget } from '../support/port-fixtures.ts';
import { wholeCatalogue } from './statement-catalogue.ts';

/** Comments apart. */
const script = readFileSync(new URL('../../sql/rotation/rights.sql', import.meta.url), 'utf8').replaceAll(
  /\/\*[\s\S]*?\*\//g,
  '',
);

function grantsTo(role: string): string[] {
  const grants = [...script.matchAll(/^GRANT (.+) TO (\w+);$/gm)];
  return grants.filter(([, , to]) => to === role).map(([, grant]) => grant ?? '');
}

/** What a statement does: `INSERT rotation.Batch`, `UPDATE dbo.T`, with every journal as `rotation.Journal`. */
function deedsOf(text: string): string[] {
  const code = text
    .replaceAll(/N?'(?:[^']|'')*'/g, "''")
    .replaceAll(/rotation\.\[(Bounds|Journal)_\d+_\d+\]/g, 'rotation.$1');
  const table = /(rotation\.\w+|\[dbo\]\.\[[^\]]+\])/.source;
  const deeds: string[] = [];
  for (const [, name] of code.matchAll(new RegExp(`INSERT INTO ${table}`, 'g'))) deeds.push(`INSERT ${name ?? ''}`);
  for (const [, name] of code.matchAll(new RegExp(`UPDATE ${table}`, 'g'))) deeds.push(`UPDATE ${name ?? ''}`);
  for (const [, name] of code.matchAll(new RegExp(`DELETE FROM ${table}`, 'g'))) deeds.push(`DELETE ${name ?? ''}`);
  for (const [, name] of code.matchAll(new RegExp(`CREATE TABLE ${table}`, 'g'))) deeds.push(`CREATE ${name ?? ''}`);
  // by alias: UPDATE t … FROM …, DELETE j FROM …
  for (const [, verb, alias, rest] of code.matchAll(/\b(UPDATE|DELETE) ([a-z])\b([\s\S]*?);/g)) {
    const [, name] = new RegExp(`${table} ${alias ?? ''}\\b`).exec(rest ?? '') ?? [];
    deeds.push(`${verb ?? ''} ${name ?? '?'}`);
  }
  for (const [, name] of code.matchAll(new RegExp(`(?:FROM|JOIN) ${table}`, 'g'))) deeds.push(`SELECT ${name ?? ''}`);
  return deeds;
}

describe('the rights of the roles', () => {
  it('are what the statements of a change need, and no more', () => {
    const deeds = new Set(wholeCatalogue().flatMap(([, text]) => deedsOf(text)));
    const onOwn = [...deeds].filter((deed) => deed.includes('rotation.')).map((deed) => deed.split(' ')[0]);
    expect([...new Set(onOwn)].sort()).toEqual(['CREATE', 'DELETE', 'INSERT', 'SELECT', 'UPDATE']);
    expect([...deeds].filter((deed) => deed.includes('[dbo]')).sort()).toEqual([
      'SELECT [dbo].[T]',
      'UPDATE [dbo].[T]',
    ]);
    expect(grantsTo('srkey_operator')).toEqual([
      'VIEW DEFINITION',
      'SELECT, INSERT, UPDATE, DELETE ON SCHEMA::rotation',
      'SELECT ON OBJECT::sys.sql_expression_dependencies',
    ]);
    expect(grantsTo('srkey_table_maker')).toEqual(['CREATE TABLE', 'ALTER ON SCHEMA::rotation']);
  });

  it('let a census read, and nothing else', () => {
    expect(grantsTo('srkey_census')).toEqual(['VIEW DEFINITION', 'SELECT ON SCHEMA::rotation']);
    const lines = grantLines({ targets: [aTarget()], ignore: [] }, null);
    expect(lines.filter((line) => line.includes('srkey_census'))).toEqual([
      'GRANT SELECT ON [dbo].[T] TO srkey_census;',
    ]);
  });

  it('leave the schema to a role without members, and name no fixed role', () => {
    expect(script).toContain('CREATE SCHEMA rotation AUTHORIZATION srkey_owner');
    expect(script).not.toMatch(/ADD MEMBER|db_|sysadmin|CONTROL/);
  });

  it('end with the roles, and every role that is made is named in the script that removes them', () => {
    const removal = readFileSync(new URL('../../sql/rotation/remove-rights.sql', import.meta.url), 'utf8');
    const made = [...script.matchAll(/CREATE ROLE (\w+);/g)].map(([, role]) => role);
    const dropped = [...removal.matchAll(/DROP ROLE (\w+);/g)].map(([, role]) => role);
    expect(made.filter((role) => role !== 'srkey_owner').sort()).toEqual(dropped.sort());
  });
});
