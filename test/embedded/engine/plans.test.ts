/** Key lookups go through SQLite's indexes: no plan may scan the live table or the journal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitBatch } from '../../../src/db/statements/batch.ts';
import { runTables } from '../../../src/db/statements/binding.ts';
import { commitFromJournal } from '../../../src/db/statements/journal-batch.ts';
import { createSessionTables, readPage } from '../../../src/db/statements/page.ts';
import { createTargetTables } from '../../../src/db/statements/run.ts';
import type { SqlType } from '../../../src/embedded/backend.ts';
import { define } from '../../../src/embedded/engine/definitions.ts';
import { Server } from '../../../src/embedded/engine/server.ts';
import { SessionState } from '../../../src/embedded/engine/session-state.ts';
import { bindStatement } from '../../../src/embedded/tsql/bind-statement.ts';
import { parseBatch } from '../../../src/embedded/tsql/parse-statement.ts';
import type { Statement } from '../../../src/embedded/tsql/ast.ts';
import { sqlFile } from './support.ts';
import { TARGETS } from './targets.ts';

const directory = mkdtempSync(join(tmpdir(), 'srkey-plans-'));
const server = new Server(directory, 'test');
const tables = runTables(1, 1);
let session: SessionState;

/** Runs the definitions of a batch, inside IF too. */
function defineAll(statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (statement.kind === 'if') defineAll([statement.then]);
    else if (statement.kind === 'exec-text') define(session, { kind: 'create-schema', schema: 'rotation' });
    else if (statement.kind === 'create-table') define(session, statement);
  }
}

beforeAll(() => {
  session = new SessionState(
    51,
    server,
    server.create('plans', null),
    { user: '', hostName: '', appName: '' },
    () => undefined,
  );
  for (const batch of sqlFile('rotation/state.sql')) defineAll(parseBatch(batch));
});
afterAll(() => {
  session.leave();
  server.close();
  rmSync(directory, { recursive: true, force: true });
});

const INTS: SqlType = { name: 'int' };
const TYPES: Readonly<Record<string, SqlType>> = {
  '@OWNER': { name: 'uniqueidentifier' },
  '@STATE': { name: 'nvarchar', length: 20 },
};

function plansOf(batch: string): { readonly statement: Statement; readonly plan: readonly string[] }[] {
  const env = session.environment((name) => TYPES[name.toUpperCase()] ?? INTS);
  return parseBatch(batch).flatMap((statement) => {
    if (
      statement.kind !== 'select' &&
      statement.kind !== 'insert' &&
      statement.kind !== 'update' &&
      statement.kind !== 'delete'
    )
      return [];
    const { sql } = bindStatement(env, statement);
    const steps = session.connection.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
    return [{ statement, plan: steps.map(({ detail }) => detail) }];
  });
}

describe.each(TARGETS)('for $name', ({ ddl, bound }) => {
  beforeAll(() => {
    defineAll(parseBatch(ddl));
    const batch = [...createTargetTables(bound, tables), createSessionTables(bound)].join('\n');
    for (const name of ['#page', '#cursor', '#result', tables.bounds, tables.journal]) {
      define(session, parseBatch(`DROP TABLE IF EXISTS ${name}`)[0] as never);
    }
    defineAll(parseBatch(batch));
  });

  it.each([
    ['commitBatch', commitBatch(bound, tables, 'apply')],
    ...(['swap', 'undo'] as const).map((deed) => [
      deed,
      commitFromJournal(deed, bound, tables, { from: 'cursor', to: 'bound' }),
    ]),
  ])('%s seeks live table and journal by key', (_, text) => {
    const idOf = (name: string): number => {
      const resolved = session.resolve(parseTable(name));
      if (resolved?.kind !== 'table') throw new Error(name);
      return resolved.table.id;
    };
    const live = idOf(`dbo.${bound.target.table}`);
    const journal = idOf(tables.journal);
    for (const { statement, plan } of plansOf(text)) {
      const text = `${statement.kind}\n${plan.join('\n')}`;
      expect(text).not.toMatch(/AUTOMATIC/);
      expect(text, text).not.toMatch(new RegExp(`SCAN (t${live}|t${journal}|tgt)\\b`));
      const derived = [...text.matchAll(/(?:CO-ROUTINE|MATERIALIZE) (a\d+)/g)].map((found) => `SCAN ${found[1] ?? ''}`);
      for (const step of plan.filter((line) => line.startsWith('SCAN') && !derived.includes(line))) {
        // sources that are materialized or the batch's own rows
        expect(step, text).toMatch(/^SCAN (m|a\d+ USING (COVERING )?INDEX|CONSTANT ROW|\(subquery)/);
      }
    }
  });

  it.each(['cursor', 'bound'] as const)(
    'readPage from a %s seeks into the live table and stops at its rows',
    (from) => {
      for (const to of ['bound', 'end'] as const) {
        const plans = plansOf(readPage(bound, tables, { from, to }));
        // one for each key column, and the one into #cursor
        const inserts = plans.filter(({ statement }) => statement.kind === 'insert').slice(0, -1);
        expect(inserts).toHaveLength(bound.keyColumns.length);
        for (const { plan } of inserts) {
          const text = plan.join('\n');
          // one row of each small source, then a range of the key's index, in its order
          expect(text, text).toMatch(
            /SEARCH a\d+ USING (COVERING )?INDEX i\d+_1 \(((c\d+|<expr>)=\? AND )*(c\d+|<expr>)>\?( AND (c\d+|<expr>)<\?)?\)/,
          );
          const coRoutines = [...text.matchAll(/CO-ROUTINE (a\d+)/g)].map((found) => found[1]);
          const scanned = [...text.matchAll(/SCAN (a\d+)/g)].map((found) => found[1]);
          expect(scanned, text).toEqual(coRoutines);
          expect(text).not.toMatch(/AUTOMATIC/);
          // sorting before the page is cut would read the whole rest of the target for each page
          expect(text.slice(0, text.indexOf('SCAN a')), text).not.toMatch(/TEMP B-TREE/);
        }
      }
    },
  );
});

function parseTable(name: string): readonly string[] {
  return name.split('.').map((part) => part.replace(/^\[|\]$/g, ''));
}
