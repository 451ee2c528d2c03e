/** State tables that an older version of the tool left behind: listed as they are, brought forward, and gone on with. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { canonicalDefinition } from '../../../src/keys/target.ts';
import { LAYOUT_VERSION } from '../../../src/keys/run.ts';
import { openKeyDatabase } from '../../../src/db/key-database.ts';
import { readStateScript, splitBatches } from '../../../src/db/state-layout.ts';
import { aTarget, claim, finishSegment, toHex, WHO } from '../../support/port-fixtures.ts';
import { withLogin } from '../../support/logins.ts';
import { onEveryServer } from '../../support/port-suite.ts';

const LAYOUT_1 = splitBatches(readFileSync(new URL('../fixtures/state-layout-1.sql', import.meta.url), 'utf8'));
const TABLE = [
  'CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V VARBINARY(MAX) NULL)',
  'INSERT INTO dbo.T (Id, V) VALUES (1, 0x00000001EE), (2, 0x00000002EE), (3, 0x00000003)',
];

onEveryServer((suite) => {
  it('a run of layout 1 is listed without a write, and gone on with in the layout of today', async () => {
    const target = aTarget();
    const definition = `INSERT INTO rotation.Target (RunId, TargetNo, Name, Definition) VALUES (1, 1, N'keys', N'${canonicalDefinition(target)}')`;
    await suite.withDatabase([...LAYOUT_1, definition, ...TABLE], async (database, { register }) => {
      const columns = "SELECT COUNT(*) AS N FROM sys.columns WHERE object_id = OBJECT_ID(N'rotation.Run')";
      const before = await database.query(columns);
      expect(await register.list()).toMatchObject([
        { runId: 1, layoutVersion: 1, state: 'applying', journalDroppedAt: null },
      ]);
      expect(await register.targets(1)).toMatchObject([{ targetNo: 1, planned: true }]);
      expect(await database.query(columns)).toEqual(before);

      await register.prepare();
      await register.prepare();
      expect(await register.list()).toMatchObject([{ layoutVersion: LAYOUT_VERSION, journalDroppedAt: null }]);
      const taken = await register.take(1, WHO, false);
      if (taken.kind !== 'taken') throw new Error('nobody else holds it');
      const run = taken.ownership;
      expect(await run.ledgerTotals('apply')).toMatchObject([{ rows: 2, outcomes: { rewrapped: 2 } }]);
      const lane = await run.openLane(1, target, 'apply');
      expect(await claim(lane, 1)).toMatchObject({ batchNo: 1, lastBatch: { rows: 2 } });
      expect(await finishSegment(lane, 10)).toBe(1);
      expect(await run.account(1, target, 1, 'applied')).toMatchObject({ rewrapped: 3, unaccounted: 0 });
      const live = await database.query('SELECT V FROM dbo.T ORDER BY Id');
      expect(live.map((row) => toHex(Object.values(row)[0]))).toEqual(['00000001ee', '00000002ee', '00000003ee']);
      await lane.close();
      await run.release();
    });
  });

  it('an update of the tables that was cut off at any batch is completed', async () => {
    const script = splitBatches(await readStateScript());
    for (let done = 0; done <= script.length; done += 1) {
      await suite.withDatabase([...LAYOUT_1, ...script.slice(0, done), ...TABLE], async (_, { register }) => {
        expect(await register.list()).toHaveLength(1);
        await register.prepare();
        expect(await register.list()).toMatchObject([{ layoutVersion: LAYOUT_VERSION }]);
        expect(await register.view(1).segments()).toHaveLength(2);
      });
    }
  });

  it('a login that is refused the update of the tables is told what a DBA has to run, and goes on after that', async () => {
    const { faults } = suite.server;
    if (faults === null) return;
    for (const number of [1088, 4902]) {
      await suite.withDatabase([...LAYOUT_1, ...TABLE], async (database, { register }) => {
        faults.set([{ match: 'ALTER TABLE rotation.Segment', nth: 1, action: { kind: 'error', number } }]);
        await expect(register.prepare()).rejects.toMatchObject({
          code: 'E_PREFLIGHT',
          message: expect.stringMatching(
            /of layout 1 .* may not alter them \(rotation\.Run, .*no stored key was changed/,
          ),
          hint: expect.stringMatching(/let a DBA run what `srkey ddl/),
        });
        faults.set([]);
        expect(await register.list()).toMatchObject([{ runId: 1, state: 'applying' }]);
        for (const batch of splitBatches(await readStateScript())) await database.query(batch);
        await register.prepare();
        expect(await register.view(1).segments()).toHaveLength(2);
      });
    }
  });

  it('a login without ALTER on the tables is named it before anything is touched', async () => {
    if (!suite.server.capabilities.rights) {
      await expect(suite.database.query('CREATE LOGIN nobody')).rejects.toMatchObject({ number: 40517 });
      return;
    }
    const grants = ['Run', 'Target', 'Segment', 'Batch'].map(
      (table) => `SELECT, INSERT, UPDATE, DELETE ON rotation.${table}`,
    );
    await suite.withDatabase([...LAYOUT_1, ...TABLE], async (database) => {
      await withLogin(database, async ({ user, password }) => {
        for (const grant of grants) await database.query(`GRANT ${grant} TO ${user}`);
        const operator = await openKeyDatabase({ ...database.connection, user, password });
        try {
          await expect(operator.register.prepare()).rejects.toMatchObject({ code: 'E_PREFLIGHT' });
          expect(await operator.register.list()).toMatchObject([{ layoutVersion: 1 }]);
          const lacking = { purpose: 'create', permission: 'ALTER', on: 'rotation.Run' };
          expect(await operator.inspector.rights([aTarget()], [])).toMatchObject({
            value: { missing: expect.arrayContaining([lacking]) },
          });
        } finally {
          await operator.close();
          // Babelfish drops no user that was granted something.
          for (const grant of grants) await database.query(`REVOKE ${grant} FROM ${user}`);
        }
      });
    });
  });
});
