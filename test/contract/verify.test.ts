/** Verification through every part for real: what stands, what does not, and nothing changed by looking. */
import { expect, it } from 'vitest';
import { sealCms } from '../checker/envelopes.ts';
import { digestOfJournals } from '../checker/invariants.ts';
import { census, change, look, rehearse, stageKeys, stopAfter, undo } from '../support/product.ts';
import type { ProductOptions } from '../support/product.ts';
import { updateFileKey } from '../support/reference-database.ts';
import type { PlantedKey } from '../support/reference-database.ts';
import { onEveryServer } from '../support/reference-scene.ts';

const ROWS = 40;
const SMALL = { segmentRows: 15 };

onEveryServer((scene) => {
  /** Collects `kind: how many` of what is told by name. */
  function listening(): { readonly options: ProductOptions; readonly told: Record<string, number> } {
    const told: Record<string, number> = {};
    const emit: ProductOptions['emit'] = (event) => {
      if (event.type === 'deviation') told[event.key.kind] = (told[event.key.kind] ?? 0) + 1;
    };
    return { options: { ...scene.product, emit }, told };
  }

  const setFileKey = async (key: PlantedKey | undefined, value: PlantedKey['value']): Promise<void> => {
    await scene.database.query(updateFileKey(key!, value));
  };

  it('a change stands, key by key under both roots, and nothing is written but which segments were opened', async () => {
    const planted = await scene.fill({ rows: ROWS, others: false });
    await change(scene.product, SMALL);
    await scene.look();
    const journals = await digestOfJournals(scene.database, 1);
    const result = await look(scene.product);
    expect(result).toMatchObject({ exit: 0, basis: 'applied' });
    expect(result.targets.reduce((sum, { standing }) => sum + standing, 0)).toBe(planted.length);

    const counted = await census(scene.product);
    expect(counted.sources.map(({ from }) => from)).toEqual(counted.targets.map(() => 'journal'));
    expect(counted.targets.map((target) => target.census)).toEqual(
      (await census(scene.product, true)).targets.map((target) => target.census),
    );

    const full = await look(scene.product, { full: true });
    expect(full.exit).toBe(0);
    expect(full.targets.map(({ opened }) => opened)).toEqual(full.targets.map(({ rows }) => rows));
    await scene.expectUntouched();
    expect(await digestOfJournals(scene.database, 1)).toBe(journals);
  });

  it('an old backup, renewed keys, damage and lost rows are told apart by name', async () => {
    const planted = await scene.fill({ rows: ROWS, others: false });
    await change(scene.product, SMALL);
    const files = planted.filter(({ table }) => table === 'FileKey');
    const [restored, renewed, foreign, damaged, shortened, lost] = files;
    await setFileKey(restored, restored!.value);
    await setFileKey(renewed, sealCms(scene.roots.new, renewed!.plaintext!));
    await setFileKey(foreign, sealCms(scene.roots.foreign, foreign!.plaintext!));
    await setFileKey(damaged, Buffer.from('3003020100', 'hex'));
    const [row] = await scene.database.query(`SELECT WrappedKey AS V FROM dbo.FileKey WHERE ${shortened!.where}`);
    // A trailing zero byte: the same value to SQL Server's own comparison.
    await setFileKey(shortened, Buffer.concat([Object.values(row!)[0] as Buffer, Buffer.alloc(1)]));
    await scene.database.query(`DELETE FROM dbo.FileKey WHERE ${lost!.where}`);

    const { options, told } = listening();
    const result = await look(options);
    expect(told).toEqual({ restored: 1, changed: 1, foreign: 1, damaged: 2, gone: 1 });
    expect(result).toMatchObject({ exit: 3, targets: [{ rows: ROWS - 1, standing: ROWS - 6 }, {}, {}, {}, {}] });
    expect(await change(scene.product, SMALL)).toMatchObject({ exit: 3, total: { old: 0 } });
  });

  it('a staging is current until a row moves, its new values open already, and a rollback stands too', async () => {
    const planted = await scene.fill({ rows: ROWS });
    await stageKeys(scene.product, SMALL);
    const isKey = ({ planting }: PlantedKey): boolean => planting === 'old' || planting === 'new';
    const staged = await look(scene.product, { full: true });
    expect(staged).toMatchObject({ exit: 3, basis: 'staged' });
    expect(staged.targets.reduce((sum, { opened }) => sum + (opened ?? 0), 0)).toBe(planted.filter(isKey).length);
    expect(staged.targets.map(({ standing }) => standing)).toEqual(staged.targets.map(({ rows }) => rows));
    expect(staged.leftBehind.length).toBe(
      planted.filter(({ planting }) => planting === 'foreign' || planting === 'damaged').length,
    );

    const [first, second] = planted.filter(({ table, planting }) => table === 'FileKey' && planting === 'old');
    await setFileKey(first, second!.value);
    const { options, told } = listening();
    await look(options);
    expect(told).toEqual({ old: 1 });
    const [files] = (await census(scene.product)).staging;
    expect(files).toMatchObject({ name: 'file keys', rows: ROWS, stale: 1 });
    expect((await rehearse(scene.product)).forecast).toMatchObject({ keys: 1 });

    const { emit, stop } = stopAfter(1);
    await expect(change({ ...scene.product, emit }, { ...SMALL, stop })).rejects.toThrow();
    const half = listening();
    const halfway = await look(half.options);
    expect(halfway).toMatchObject({ exit: 3, basis: 'half-applied' });
    // The row that moved: its staged value will not be swapped, the sweep takes it up.
    expect(half.told).toEqual({ old: 1 });
    await undo(scene.product);
    expect(await look(scene.product)).toMatchObject({ basis: 'rolled-back' });
  });

  it('a login that may only read verifies all the same, and is told that nothing is recorded', async ({ skip }) => {
    const { faults } = scene.server;
    if (faults === null) return skip('only the embedded server can be told what to answer');
    const planted = await scene.fill({ rows: 6, others: false });
    await change(scene.product);
    const denied = { kind: 'error', number: 229 } as const;
    for (const refused of ['SET CheckedAt = SYSUTCDATETIME', 'SET CheckedAt = NULL']) {
      faults.set([{ match: refused, nth: 1, action: denied }]);
      const notes: string[] = [];
      const emit: ProductOptions['emit'] = (event) => {
        if (event.type === 'note') notes.push(String(event.text));
      };
      const result = await look({ ...scene.product, emit }, { full: true });
      expect(result).toMatchObject({ exit: 0, full: true });
      expect(result.targets.reduce((sum, { opened }) => sum + (opened ?? 0), 0)).toBe(planted.length);
      expect(notes).toEqual(['this login may not record what was opened: when it is stopped, verify begins anew']);
    }
    faults.set([]);
  });
});
