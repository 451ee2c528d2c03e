/** A DBA makes every table beforehand from what the built tool prints; the change then makes none. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readStateScript, splitBatches } from '../../src/db/state-layout.ts';
import {
  createReferenceSchema,
  fillReferenceDatabase,
  fixtureKeyMap,
  TARGET_FORMS,
} from '../support/reference-database.ts';
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import { makeTestRoot } from '../support/test-roots.ts';
import { makeToolFolder } from '../support/tool.ts';
import type { ToolFolder } from '../support/tool.ts';

let server: TestServer;
let database: TestDatabase;
let folder: ToolFolder;
const roots = {
  old: makeTestRoot({ commonName: 'Old root' }),
  new: makeTestRoot({ commonName: 'New root', serial: '02b8' }),
  foreign: makeTestRoot({ commonName: 'Foreign root', serial: '03c9' }),
};

beforeAll(async () => {
  server = await serverKinds()[0]!.start();
  database = await server.createDatabase();
  await createReferenceSchema(database);
  await fillReferenceDatabase(database, roots, { rows: 12, others: false });
  folder = makeToolFolder(database, fixtureKeyMap(), roots);
});
afterAll(async () => {
  folder.remove();
  await server.stop();
});

/** What the tool prints for the DBA. */
async function printedScript(): Promise<string> {
  const tool = folder.run('ddl', {
    flags: { 'old-value': null, 'new-value': null },
    switches: ['--next-run', '--json'],
  });
  const { code, stderr } = await tool.ended;
  expect(code, stderr).toBe(0);
  return String(tool.events.find(({ type }) => type === 'ddl')?.['script']);
}

async function ownTables(): Promise<unknown[]> {
  const rows = await database.query(
    "SELECT t.name AS Name, t.object_id AS Id FROM sys.tables t INNER JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE s.name = 'rotation' ORDER BY t.name",
  );
  return rows.map((row) => Object.values(row));
}

it('ddl --next-run prints the tables that the next change uses, and a stale one is refused by name', async () => {
  for (const batch of splitBatches(await readStateScript())) await database.query(batch);
  const script = await printedScript();
  expect(script).toContain('The tables of run 1');
  for (const batch of splitBatches(script)) await database.query(batch);
  const prepared = await ownTables();
  expect(prepared).toHaveLength(4 + 2 * TARGET_FORMS.length);

  await database.query('DROP TABLE rotation.Bounds_1_1');
  await database.query('CREATE TABLE rotation.Bounds_1_1 (SegmentNo INT NOT NULL PRIMARY KEY, Key1 TINYINT NOT NULL)');
  const refused = await folder.changeCa().ended;
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('rotation.Bounds_1_1: made beforehand') });

  await database.query('DROP TABLE rotation.Bounds_1_1');
  for (const batch of splitBatches(await printedScript())) await database.query(batch);
  const before = await ownTables();
  const done = await folder.changeCa().ended;
  expect(done.code, done.stderr).toBe(0);
  expect(await ownTables()).toEqual(before);
});
