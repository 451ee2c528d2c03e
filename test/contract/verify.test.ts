/** Verification through every part for real: what stands, what does not, and nothing changed by looking. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sealCms } from '../checker/envelopes.ts';
import { checkNothingChanged, digestOfJournals, takeSnapshot } from '../checker/invariants.ts';
import { census, change, look, rehearse, stageKeys, undo } from '../support/product.ts';
import type { ProductOptions } from '../support/product.ts';
import { createReferenceSchema, fillReferenceDatabase, fixtureKeyMap } from '../support/reference-database.ts';
import type { PlantedKey, Roots } from '../support/reference-database.ts';
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import { makeTestRoot } from '../support/test-roots.ts';

const ROWS = 40;
const SMALL = { segmentRows: 15 };

describe.each(serverKinds())('on $name', ({ start }) => {
  let server: TestServer;
  let database: TestDatabase;
  const roots: Roots = {
    old: makeTestRoot({ commonName: 'Old root' }),
    new: makeTestRoot({ commonName: 'New root', serial: '02b8' }),
    foreign: makeTestRoot({ commonName: 'Foreign root', serial: '03c9' }),
  };
  let product: ProductOptions;

  beforeAll(async () => {
    server = await start();
    database = await server.createDatabase();
    product = { database, keyMap: fixtureKeyMap(), oldRoot: roots.old, newRoot: roots.new };
  });
  beforeEach(async () => {
    await database.clear();
    await createReferenceSchema(database);
  });
  afterAll(async () => {
    await server.stop();
  });

  /** Collects `kind: how many` of what is told by name. */
  function listening(): { readonly options: ProductOptions; readonly told: Record<string, number> } {
    const told: Record<string, number> = {};
    const emit: ProductOptions['emit'] = (event) => {
      if (event.type === 'deviation') told[event.key.kind] = (told[event.key.kind] ?? 0) + 1;
    };
    return { options: { ...product, emit }, told };
  }

  const setFileKey = async (key: PlantedKey | undefined, value: Buffer): Promise<void> => {
    await database.query(`UPDATE dbo.FileKey SET WrappedKey = 0x${value.toString('hex')} WHERE ${key!.where}`);
  };

  it('a change stands, key by key under both roots, and nothing is written but which segments were opened', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS, others: false });
    await change(product, SMALL);
    const before = await takeSnapshot(database);
    const journals = await digestOfJournals(database, 1);
    const result = await look(product);
    expect(result).toMatchObject({ exit: 0, basis: 'applied' });
    expect(result.targets.reduce((sum, { standing }) => sum + standing, 0)).toBe(planted.length);

    const counted = await census(product);
    expect(counted.sources.map(({ from }) => from)).toEqual(counted.targets.map(() => 'journal'));
    expect(counted.targets.map((target) => target.census)).toEqual(
      (await census(product, true)).targets.map((target) => target.census),
    );

    const full = await look(product, { full: true });
    expect(full.exit).toBe(0);
    expect(full.targets.map(({ opened }) => opened)).toEqual(full.targets.map(({ rows }) => rows));
    expect(checkNothingChanged(before, await takeSnapshot(database))).toEqual([]);
    expect(await digestOfJournals(database, 1)).toBe(journals);
  });

  it('an old backup, renewed keys, damage and lost rows are told apart by name', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS, others: false });
    await change(product, SMALL);
    const files = planted.filter(({ table }) => table === 'FileKey');
    const [restored, renewed, foreign, damaged, shortened, lost] = files;
    await setFileKey(restored, restored!.value as Buffer);
    await setFileKey(renewed, sealCms(roots.new, renewed!.plaintext!));
    await setFileKey(foreign, sealCms(roots.foreign, foreign!.plaintext!));
    await setFileKey(damaged, Buffer.from('3003020100', 'hex'));
    const [row] = await database.query(`SELECT WrappedKey AS V FROM dbo.FileKey WHERE ${shortened!.where}`);
    // A trailing zero byte: the same value to SQL Server's own comparison.
    await setFileKey(shortened, Buffer.concat([Object.values(row!)[0] as Buffer, Buffer.alloc(1)]));
    await database.query(`DELETE FROM dbo.FileKey WHERE ${lost!.where}`);

    const { options, told } = listening();
    const result = await look(options);
    expect(told).toEqual({ restored: 1, changed: 1, foreign: 1, damaged: 2, gone: 1 });
    expect(result).toMatchObject({ exit: 3, targets: [{ rows: ROWS - 1, standing: ROWS - 6 }, {}, {}, {}, {}] });
    expect(await change(product, SMALL)).toMatchObject({ exit: 3, total: { old: 0 } });
  });

  it('a staging is current until a row moves, its new values open already, and a rollback stands too', async () => {
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS });
    await stageKeys(product, SMALL);
    const isKey = ({ planting }: PlantedKey): boolean => planting === 'old' || planting === 'new';
    const staged = await look(product, { full: true });
    expect(staged).toMatchObject({ exit: 3, basis: 'staged' });
    expect(staged.targets.reduce((sum, { opened }) => sum + (opened ?? 0), 0)).toBe(planted.filter(isKey).length);
    expect(staged.targets.map(({ standing }) => standing)).toEqual(staged.targets.map(({ rows }) => rows));
    expect(staged.leftBehind.length).toBe(
      planted.filter(({ planting }) => planting === 'foreign' || planting === 'damaged').length,
    );

    const [first, second] = planted.filter(({ table, planting }) => table === 'FileKey' && planting === 'old');
    await setFileKey(first, second!.value as Buffer);
    const { options, told } = listening();
    await look(options);
    expect(told).toEqual({ old: 1 });
    const [files] = (await census(product)).staging;
    expect(files).toMatchObject({ name: 'file keys', rows: ROWS, stale: 1 });
    expect((await rehearse(product)).forecast).toMatchObject({ keys: 1 });

    const stop = new AbortController();
    const emit: ProductOptions['emit'] = (event) => {
      if (event.type === 'batch') stop.abort();
    };
    await expect(change({ ...product, emit }, { ...SMALL, stop: stop.signal })).rejects.toThrow();
    const half = listening();
    const halfway = await look(half.options);
    expect(halfway).toMatchObject({ exit: 3, basis: 'half-applied' });
    // The row that moved: its staged value will not be swapped, the sweep takes it up.
    expect(half.told).toEqual({ old: 1 });
    await undo(product);
    expect(await look(product)).toMatchObject({ basis: 'rolled-back' });
  });
});
