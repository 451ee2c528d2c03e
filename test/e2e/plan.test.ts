/** A plan is made, kept, and held to: by the built tool, on a database that changes in between. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useToolOnReferenceDatabase } from '../support/tool-on-reference-database.ts';

const tool = useToolOnReferenceDatabase();

it('a change is refused while a count differs from the plan, and carried out when it is as planned', async () => {
  const plan = join(tool.folder.directory, 'plan.json');
  const rehearse = () =>
    tool.folder.run('change-ca', { flags: { 'plan-out': plan }, switches: ['--dry-run', '--json'] }).ended;
  const change = () => tool.folder.changeCa('--plan', plan).ended;

  const made = await rehearse();
  expect(made.code, made.stderr).toBe(0);
  const text = readFileSync(plan, 'utf8');
  expect(text).not.toMatch(/PRIVATE KEY|password/i);
  expect(text).not.toContain(tool.database.connection.password);
  expect(JSON.parse(text)).toMatchObject({ version: 1, database: tool.database.name, drift: { keys: 0 } });

  const again = await rehearse();
  expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/plan\.json: the file is there already/) });

  await tool.database.query('INSERT INTO dbo.RecoverySecret (SecretId, SecretHex, Attempts) VALUES (9999, NULL, 0)');
  const refused = await change();
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringMatching(/empty: planned 0, found 1/) });

  await tool.database.query('DELETE FROM dbo.RecoverySecret WHERE SecretId = 9999');
  const done = await change();
  expect(done.code, done.stderr).toBe(0);
});
