/**
 * Months between: what an older tool left behind in its own layout, a customer's tables that went on living, and the tool
 * of today that finishes the change. Judged by the independent checker.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { splitBatches } from '../../src/db/state-layout.ts';
import { LAYOUT_VERSION } from '../../src/keys/run.ts';
import { change, look, type ProductOptions, stageKeys, stopAfter } from '../support/product.ts';
import { freshFileKey, insertFileKey, type PlantedKey, updateFileKey } from '../support/reference-database.ts';
import { onEveryServer } from '../support/reference-scene.ts';
import type { TestDatabase } from '../support/servers.ts';

const ROWS = 40;
const SMALL = { segmentRows: 15 };
const LATE = 'FFFFFFFF-0000-4000-8000-000000000000';

onEveryServer((scene) => {
  /** Stops after its second batch: the run is `applying`, some rows are live with their new value. */
  const beginChange = async (product: ProductOptions): Promise<void> => {
    const { emit, stop } = stopAfter(2);
    await expect(change({ ...product, emit }, { ...SMALL, stop })).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
  };
  /** Layout 1 knew no staging: its tables can hold one all the same, but not that its batches were staged only. */
  const stageAll = async (product: ProductOptions): Promise<void> => {
    await stageKeys(product, SMALL);
  };

  it.each([
    ['a change that was stopped', beginChange],
    ['a staging', stageAll],
  ])(
    '%s in tables of layout 1, rows that moved and a new column, months later: the change loses nothing',
    async (_, begin) => {
      const planted = await scene.fill({ rows: ROWS, others: false });
      await begin(scene.product);
      await takeBackToLayout1(scene.database);

      const [renewed, lost, restored, ...others] = planted.filter(({ table }) => table === 'FileKey');
      const fresh = freshFileKey(scene.roots.old, renewed!.where);
      const late = freshFileKey(scene.roots.old, `FileKeyId = '${LATE}'`);
      await scene.database.query(updateFileKey(fresh, fresh.value));
      await scene.database.query(updateFileKey(restored!, restored!.value));
      await scene.database.query(`DELETE FROM dbo.FileKey WHERE ${lost!.where}`);
      await scene.database.query(insertFileKey(LATE, late.value));
      await scene.database.query('ALTER TABLE dbo.FileKey ADD Note NVARCHAR(20) NULL');
      await scene.look();
      const isElsewhere = ({ table }: PlantedKey): boolean => table !== 'FileKey';
      scene.planted = [...planted.filter(isElsewhere), ...others, restored!, fresh, late];
      await scene.expectKeys({ finished: false });

      const result = await change(scene.product, SMALL);
      expect(result).toMatchObject({ runId: 1, resumed: true, exit: 0, total: { old: 0, new: scene.planted.length } });
      await scene.expectSound({ finished: true });
      expect(await look(scene.product, { full: true })).toMatchObject({ basis: 'applied', exit: 0 });
      const [run] = await scene.database.query('SELECT State, LayoutVersion FROM rotation.Run');
      expect(Object.values(run!).map((value) => String(value).trim())).toEqual(['done', String(LAYOUT_VERSION)]);
    },
  );
});

/** The state tables with the columns that layout 1 had, and what is in them; bounds and journals were the same. */
async function takeBackToLayout1(database: TestDatabase): Promise<void> {
  const script = readFileSync(new URL('fixtures/state-layout-1.sql', import.meta.url), 'utf8');
  const creations = splitBatches(script).filter(
    (batch) => batch.includes('CREATE TABLE rotation.') && !batch.includes('INSERT'),
  );
  expect(creations).toHaveLength(4);
  for (const creation of creations) {
    const table = /CREATE TABLE rotation\.(\w+)/.exec(creation)![1]!;
    const columns = [...creation.matchAll(/^ {2}(?!CONSTRAINT)(\w+) /gm)].map(([, column]) => column!).join(', ');
    const kept = `rotation.${table}Kept`;
    await database.query(
      creation.replaceAll(`rotation.${table}`, kept).replaceAll(`PK_rotation_${table}`, `PK_kept_${table}`),
    );
    await database.query(`INSERT INTO ${kept} (${columns}) SELECT ${columns} FROM rotation.${table}`);
    await database.query(`DROP TABLE rotation.${table}`);
    await database.query(creation);
    await database.query(`INSERT INTO rotation.${table} (${columns}) SELECT ${columns} FROM ${kept}`);
    await database.query(`DROP TABLE ${kept}`);
  }
  await database.query("UPDATE rotation.Run SET LayoutVersion = 1, ToolVersion = '0.0.1'");
}
