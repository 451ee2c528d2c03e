/** `--report` of the built tool: written however the work ends, never over another file, refused before it begins. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useToolOnReferenceDatabase } from '../support/tool-on-reference-database.ts';

const tool = useToolOnReferenceDatabase();

const inFolder = (name: string): string => join(tool.folder.directory, name);
const report = (name: string): string => readFileSync(inFolder(name), 'utf8');

it('is refused before anything else when it cannot be written', async () => {
  const flags = { report: inFolder(join('none', 'r.html')) };
  const ended = await tool.folder.run('change-ca', { flags, switches: ['--json', '--yes'] }).ended;
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringMatching(/--report .*the folder does not exist/) });
  expect(await tool.database.query("SELECT name FROM sys.schemas WHERE name = 'rotation'")).toEqual([]);
});

it('is written of a refused change, of a dry run, of a change and of its verification, each under a name of its own', async () => {
  const flags = { report: inFolder('r.html') };
  const swapped = { 'old-value': inFolder('root.pem'), 'new-value': inFolder('old_root.pem') };
  const job = (command: string, more: Record<string, string>, ...switches: string[]) =>
    tool.folder.run(command, { flags: { ...flags, ...more }, switches: ['--json', ...switches] }).ended;
  const run = (more: Record<string, string>, ...switches: string[]) => job('change-ca', more, ...switches);

  expect(await run(swapped, '--yes')).toMatchObject({ code: 4, stderr: expect.stringContaining('r.html') });
  expect(await run({}, '--dry-run')).toMatchObject({ code: 0, stderr: expect.stringContaining('r-2.html') });
  expect(await run({ lang: 'fr' }, '--yes')).toMatchObject({ code: 0, stderr: expect.stringContaining('r-3.html') });
  expect(await job('verify', {}, '--full')).toMatchObject({ code: 0, stderr: expect.stringContaining('r-4.html') });

  expect(report('r.html')).toMatch(/Refused; nothing was changed[^]*swapped/);
  expect(report('r-2.html')).toContain('Dry run of a change');
  expect(report('r-3.html')).toContain('Changement d’autorité de certification');
  expect(report('r-4.html')).toMatch(/Verification of a change[^]*Run 1 stands[^]*keys opened/);
  for (const name of ['r.html', 'r-2.html', 'r-3.html', 'r-4.html']) {
    expect(report(name)).not.toMatch(/PRIVATE KEY/);
    expect(report(name)).not.toContain(tool.database.connection.password);
  }
  expect(existsSync(inFolder('r-5.html'))).toBe(false);
});
