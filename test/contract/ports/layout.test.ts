/** State tables that an older version of the tool left behind: listed as they are, brought forward, and gone on with. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { canonicalDefinition } from '../../../src/keys/target.ts';
import { LAYOUT_VERSION } from '../../../src/keys/run.ts';
import { readStateScript, splitBatches } from '../../../src/db/state-layout.ts';
import { aTarget, claim, finishSegment, toHex, WHO } from '../../support/port-fixtures.ts';
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
});
