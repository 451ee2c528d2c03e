/** A DBA makes every table beforehand from what the built tool prints; the change then makes none. */
import { expect, it } from 'vitest';
import { readStateScript, splitBatches } from '../../src/db/state-layout.ts';
import { TARGET_FORMS } from '../support/reference-database.ts';
import { useToolOnReferenceDatabase } from '../support/tool-on-reference-database.ts';

const tool = useToolOnReferenceDatabase();

/** What the tool prints for the DBA. */
async function printedScript(): Promise<string> {
  const printing = tool.folder.run('ddl', {
    flags: { 'old-value': null, 'new-value': null },
    switches: ['--next-run', '--json'],
  });
  const { code, stderr } = await printing.ended;
  expect(code, stderr).toBe(0);
  return String(printing.events.find(({ type }) => type === 'ddl')?.['script']);
}

async function ownTables(): Promise<unknown[]> {
  const rows = await tool.database.query(
    "SELECT t.name AS Name, t.object_id AS Id FROM sys.tables t INNER JOIN sys.schemas s ON s.schema_id = t.schema_id WHERE s.name = 'rotation' ORDER BY t.name",
  );
  return rows.map((row) => Object.values(row));
}

it('ddl --next-run prints the tables that the next change uses, and a stale one is refused by name', async () => {
  for (const batch of splitBatches(await readStateScript())) await tool.database.query(batch);
  const script = await printedScript();
  expect(script).toContain('The tables of run 1');
  for (const batch of splitBatches(script)) await tool.database.query(batch);
  const prepared = await ownTables();
  expect(prepared).toHaveLength(4 + 2 * TARGET_FORMS.length);

  await tool.database.query('DROP TABLE rotation.Bounds_1_1');
  await tool.database.query(
    'CREATE TABLE rotation.Bounds_1_1 (SegmentNo INT NOT NULL PRIMARY KEY, Key1 TINYINT NOT NULL)',
  );
  const refused = await tool.folder.changeCa().ended;
  expect(refused).toMatchObject({ code: 4, stderr: expect.stringContaining('rotation.Bounds_1_1: made beforehand') });

  await tool.database.query('DROP TABLE rotation.Bounds_1_1');
  for (const batch of splitBatches(await printedScript())) await tool.database.query(batch);
  const before = await ownTables();
  const done = await tool.folder.changeCa().ended;
  expect(done.code, done.stderr).toBe(0);
  expect(await ownTables()).toEqual(before);
});
