/** A plan is made, kept, and held to: by the built tool, on a database that changes in between. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createReferenceSchema, fillReferenceDatabase, fixtureKeyMap } from '../support/reference-database.ts';
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

it('a change is refused while a count differs from the plan, and carried out when it is as planned', async () => {
  const plan = join(folder.directory, 'plan.json');
  const rehearse = () =>
    folder.run('change-ca', { flags: { 'plan-out': plan }, switches: ['--dry-run', '--json'] }).ended;
  const change = () => folder.changeCa('--plan', plan).ended;

  const made = await rehearse();
  expect(made.code, made.stderr).toBe(0);
  const text = readFileSync(plan, 'utf8');
  expect(text).not.toMatch(/PRIVATE KEY|password/i);
  expect(text).not.toContain(database.connection.password);
  expect(JSON.parse(text)).toMatchObject({ version: 1, database: database.name, drift: { keys: 0 } });

  const again = await rehearse();
  expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/plan\.json: the file is there already/) });

  await database.query('INSERT INTO dbo.RecoverySecret (SecretId, SecretHex, Attempts) VALUES (9999, NULL, 0)');
  const refused = await change();
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringMatching(/empty: planned 0, found 1/) });

  await database.query('DELETE FROM dbo.RecoverySecret WHERE SecretId = 9999');
  const done = await change();
  expect(done.code, done.stderr).toBe(0);
});
