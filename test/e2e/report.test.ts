/** `--report` of the built tool: written however the work ends, never over another file, refused before it begins. */
import { existsSync, readFileSync } from 'node:fs';
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

const inFolder = (name: string): string => join(folder.directory, name);
const report = (name: string): string => readFileSync(inFolder(name), 'utf8');

it('is refused before anything else when it cannot be written', async () => {
  const flags = { report: inFolder(join('none', 'r.html')) };
  const ended = await folder.run('change-ca', { flags, switches: ['--json', '--yes'] }).ended;
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/--report .*the folder does not exist/) });
  expect(await database.query("SELECT name FROM sys.schemas WHERE name = 'rotation'")).toEqual([]);
});

it('is written of a refused change, of a dry run and of a change, each under a name of its own', async () => {
  const flags = { report: inFolder('r.html') };
  const swapped = { 'old-value': inFolder('root.pem'), 'new-value': inFolder('old_root.pem') };
  const run = (more: Record<string, string>, ...switches: string[]) =>
    folder.run('change-ca', { flags: { ...flags, ...more }, switches: ['--json', ...switches] }).ended;

  expect(await run(swapped, '--yes')).toMatchObject({ code: 4, stderr: expect.stringContaining('r.html') });
  expect(await run({}, '--dry-run')).toMatchObject({ code: 0, stderr: expect.stringContaining('r-2.html') });
  expect(await run({ lang: 'fr' }, '--yes')).toMatchObject({ code: 0, stderr: expect.stringContaining('r-3.html') });

  expect(report('r.html')).toMatch(/Refused; nothing was changed[^]*swapped/);
  expect(report('r-2.html')).toContain('Dry run of a change');
  expect(report('r-3.html')).toContain('Changement de l’autorité de certification');
  for (const name of ['r.html', 'r-2.html', 'r-3.html']) {
    expect(report(name)).not.toMatch(/PRIVATE KEY/);
    expect(report(name)).not.toContain(database.connection.password);
  }
  expect(existsSync(inFolder('r-4.html'))).toBe(false);
});
