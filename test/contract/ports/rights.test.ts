/** Working without the right to make tables, and what is said of rights that are missing. */
import { describe, expect, it } from 'vitest';
import { openKeyDatabase } from '../../../src/db/key-database.ts';
import { readRightsScript, readStateScript, splitBatches } from '../../../src/db/state-layout.ts';
import { grantLines } from '../../../src/output/ddl-page.ts';
import { foreseeRun } from '../../../src/rotation/next-run.ts';
import { aTarget, claim, fillInts, finishSegment, INT_TABLE, startRun, toHex } from '../../support/port-fixtures.ts';
import { withLogin } from '../../support/logins.ts';
import { onEveryServer } from '../../support/port-suite.ts';

onEveryServer((suite) => {
  describe('the tables of the next run', () => {
    it('are foreseen, made from their script, and used', async () => {
      await suite.withDatabase([INT_TABLE, fillInts(3)], async (database, product) => {
        for (const batch of splitBatches(await readStateScript())) await database.query(batch);
        const { runId, targets } = await foreseeRun(product.register, [aTarget()]);
        expect([runId, targets.map(({ targetNo }) => targetNo)]).toEqual([1, [1]]);
        for (const statement of await product.runTableScript(1, 1, aTarget())) await database.query(statement);
        const needs = [{ runId: 1, targetNo: 1, target: aTarget() }];
        expect(await product.inspector.rights([aTarget()], needs)).toEqual({
          known: true,
          value: { missing: [], tablesToMake: [], unfitTables: [] },
        });
        const run = await startRun(product, [aTarget()]);
        const lane = await run.openLane(1, aTarget(), 'apply');
        await claim(lane, 1);
        expect(await finishSegment(lane, 2)).toBe(3);
        await lane.close();
        expect(await foreseeRun(product.register, [aTarget()])).toEqual({ runId: 1, targets: [] });
        await run.release();
      });
    });

    it('that do not fit the target any more are named', async () => {
      await suite.withDatabase([INT_TABLE], async (database, product) => {
        for (const batch of splitBatches(await readStateScript())) await database.query(batch);
        for (const statement of await product.runTableScript(1, 1, aTarget())) await database.query(statement);
        await database.query('CREATE TABLE dbo.U (Id BIGINT NOT NULL PRIMARY KEY, V VARBINARY(MAX) NULL)');
        const target = aTarget({ table: 'U' });
        expect(await product.inspector.rights([target], [{ runId: 1, targetNo: 1, target }])).toMatchObject({
          value: { unfitTables: ['rotation.Bounds_1_1', 'rotation.Journal_1_1'] },
        });
      });
    });
  });

  it('a login with the role srkey_operator, and no right to make tables, changes every key and empties the journal', async () => {
    const { rights, databaseGrants } = suite.server.capabilities;
    if (!rights) {
      await expect(suite.database.query('CREATE LOGIN nobody')).rejects.toMatchObject({ number: 40517 });
      return;
    }
    await suite.withDatabase(
      [INT_TABLE, fillInts(5), 'CREATE TABLE dbo.Other (Id INT NOT NULL)'],
      async (database, owner) => {
        await withLogin(database, async ({ user, password }) => {
          const scripts = [
            ...splitBatches(await readRightsScript()),
            ...splitBatches(await readStateScript()),
            ...splitBatches(grantLines({ targets: [aTarget()], ignore: [] }, user).join('\n')),
            ...(await owner.runTableScript(1, 1, aTarget())),
          ];
          for (const batch of scripts) {
            const needsMore = /GRANT (CREATE TABLE|VIEW DEFINITION|ALTER ON SCHEMA)|sys\.sql_expression/.test(batch);
            if (needsMore && !databaseGrants)
              await expect(database.query(batch)).rejects.toThrow(/not (currently )?supported|schema name for: "sys"/);
            else await database.query(batch);
          }
          const operator = await openKeyDatabase({ ...database.connection, user, password });
          try {
            const needs = [{ runId: 1, targetNo: 1, target: aTarget() }];
            // what nobody can grant is missing all the same: the tool cannot know that nothing is hidden from it
            const unseen = { purpose: 'see', permission: 'VIEW DEFINITION', on: 'the database' };
            expect(await operator.inspector.rights([aTarget()], needs)).toEqual({
              known: true,
              value: { missing: databaseGrants ? [] : [unseen], tablesToMake: [], unfitTables: [] },
            });
            const another = await operator.inspector.rights([aTarget()], [{ ...needs[0]!, runId: 2 }]);
            if (databaseGrants) {
              const lacking = { purpose: 'create', permission: 'CREATE TABLE', on: 'the database' };
              expect(another).toMatchObject({ value: { missing: expect.arrayContaining([lacking]) } });
            }
            expect(await operator.inspector.rights([aTarget({ table: 'Other', value: 'Id' })], null)).toMatchObject({
              value: {
                missing: expect.arrayContaining([{ purpose: 'read', permission: 'SELECT', on: 'dbo.Other (Id)' }]),
              },
            });
            const run = await startRun(operator, [aTarget()]);
            const lane = await run.openLane(1, aTarget(), 'apply');
            await claim(lane, 1);
            expect(await finishSegment(lane, 2)).toBe(5);
            expect(await run.account(1, aTarget(), 1, 'applied')).toMatchObject({ rewrapped: 5, unaccounted: 0 });
            await lane.close();
            // It may not drop tables either: it empties them, and names them for a DBA.
            expect(await run.dropJournal(1)).toEqual(['rotation.[Journal_1_1]', 'rotation.[Bounds_1_1]']);
            expect(await database.query('SELECT Outcome FROM rotation.Journal_1_1')).toEqual([]);
            await run.release();
            const live = await database.query('SELECT V FROM dbo.T');
            expect(live.every((row) => toHex(Object.values(row)[0])!.endsWith('ee'))).toBe(true);
          } finally {
            await operator.close();
          }
        });
      },
    );
  });
});
