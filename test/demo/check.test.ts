import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCheckRoot } from '../../src/demo/check/check-root.ts';
import { openAll } from '../../src/demo/check/open-all.ts';
import { openValue, type OpenedValue, type SealedValue } from '../../src/demo/check/open-value.ts';
import type { LiveRow } from '../../src/demo/check/snapshot.ts';
import { FEWEST_KEYS } from '../../src/demo/planter.ts';
import type { PlantedKey } from '../../src/demo/stored-value.ts';
import { sealCms, CMS_VARIANTS } from '../../src/demo/seal-key.ts';
import { check, makeDemoDatabase, withRow, withValue, type DemoDatabase } from './demo-database.ts';

let database: DemoDatabase;

beforeAll(async () => {
  database = await makeDemoDatabase(FEWEST_KEYS);
});

/** The n-th row of a table whose first value was planted with this fate. */
function rowOf(table: string, fate: PlantedKey['fate'] | 'empty', n = 0): LiveRow {
  const rows = database.before.filter(({ name, values: [first] }) => {
    if (!name.startsWith(`${table} `) || first === undefined) return false;
    const planted = database.planter.recall(first.value);
    return (planted?.fate ?? 'empty') === fate;
  });
  return rows[n]!;
}

/** Bytes that crossed a thread are no Buffers any more. */
function plain({ underOld, underNew, addressee }: OpenedValue) {
  const hex = (bytes: Uint8Array | null) => (bytes === null ? null : Buffer.from(bytes).toString('hex'));
  return { underOld: hex(underOld), underNew: hex(underNew), addressee };
}

const valueOf = (rows: readonly LiveRow[], name: string) => rows.find((row) => row.name === name)!.values[0]!.value;

async function deviationsOf(after: readonly LiveRow[]): Promise<string[]> {
  const { deviations } = await check(database, after);
  return deviations.map(({ where, what }) => `${where}: ${String(what)}`);
}

describe('the check of the demo', () => {
  it('finds nothing after a faultless change, and has proven every key', async () => {
    const { planter, after } = database;
    const result = await check(database, after);
    expect(result.deviations).toEqual([]);
    expect(result.proven).toBe(planter.total('old') + planter.total('new'));
    expect(result.leftBehind).toBe(2);
    expect(result.empty).toBe(planter.total('null') + planter.total('empty'));
    expect(result.rows).toBe(database.before.length);
  });

  it('finds every key when nothing was changed at all', async () => {
    const { deviations, proven } = await check(database, database.before);
    const notRewrapped = deviations.filter(({ what }) => String(what) === 'it was not rewrapped');
    expect(notRewrapped).toHaveLength(database.planter.total('old'));
    expect(proven).toBe(database.planter.total('new'));
  });

  it.each(['FileKey', 'DiskKey', 'DeviceKey', 'RecoverySecret'])(
    'finds one value of %s left as it was',
    async (table) => {
      const { name, values } = rowOf(table, 'old');
      expect(await deviationsOf(withValue(database.after, name, values[0]!.value))).toEqual([
        `${name}, ${values[0]!.form.target}: it was not rewrapped`,
      ]);
    },
  );

  it('finds a key that was sealed for the old root once more', async () => {
    const { name, values } = rowOf('FileKey', 'old');
    const { plaintext } = database.planter.recall(values[0]!.value)!;
    const { envelope } = sealCms(plaintext, CMS_VARIANTS[0]!, database.roots.planting.old);
    const found = await deviationsOf(withValue(database.after, name, envelope));
    expect(found).toContain(`${name}, file keys: it opens under the old root`);
    expect(found).toContain(`${name}, file keys: it does not name the new root`);
  });

  it.each(['FileKey', 'DiskKey', 'DeviceKey', 'RecoverySecret'])('finds another key in a row of %s', async (table) => {
    const { name } = rowOf(table, 'old');
    const other = rowOf(table, 'old', 1).name;
    const found = await deviationsOf(withValue(database.after, name, valueOf(database.after, other)));
    expect(found.some((line) => line.startsWith(name) && line.endsWith('it opens to another key'))).toBe(true);
  });

  it('finds one flipped bit in a rewrapped value', async () => {
    const { name } = rowOf('DiskKey', 'old');
    const flipped = Buffer.from(valueOf(database.after, name) as Buffer);
    flipped.writeUInt8(flipped.readUInt8(99) ^ 1, 99);
    expect(await deviationsOf(withValue(database.after, name, flipped))).toEqual([
      `${name}, disk volume keys: it does not open under the new root`,
    ]);
  });

  it('finds a key that was sealed anew instead of rewrapped', async () => {
    const { name, values } = rowOf('FileKey', 'old');
    const { plaintext } = database.planter.recall(values[0]!.value)!;
    const { envelope } = sealCms(plaintext, CMS_VARIANTS[0]!, database.roots.planting.new);
    expect(await deviationsOf(withValue(database.after, name, envelope))).toEqual([
      `${name}, file keys: more than its recipient has changed`,
    ]);
  });

  it('finds text that came back in another shape', async () => {
    const { name } = rowOf('RecoverySecret', 'old');
    const value = valueOf(database.after, name) as string;
    const turned = value === value.toLowerCase() ? value.toUpperCase() : value.toLowerCase();
    expect(await deviationsOf(withValue(database.after, name, turned))).toEqual([
      `${name}, device recovery secrets: more than its recipient has changed`,
    ]);
  });

  it.each(['foreign', 'damaged', 'new'] as const)('finds that the %s key was touched', async (fate) => {
    const { name } = rowOf(fate === 'damaged' ? 'DeviceKey' : 'FileKey', fate);
    const value = valueOf(database.after, name)!;
    const touched = typeof value === 'string' ? value.replace(/[A-Z](?=[A-Za-z]{2})/, 'z') : Buffer.from(value);
    if (typeof touched !== 'string')
      touched.writeUInt8(touched.readUInt8(touched.length - 40) ^ 1, touched.length - 40);
    const found = await deviationsOf(withValue(database.after, name, touched));
    expect(found.some((line) => line.startsWith(name) && line.endsWith('was touched'))).toBe(true);
  });

  it('finds a key put where there was none, and one that is gone', async () => {
    const empty = rowOf('FileKey', 'empty').name;
    const { name } = rowOf('FileKey', 'old');
    const value = valueOf(database.after, name);
    expect(await deviationsOf(withValue(database.after, empty, value))).toEqual([
      `${empty}, file keys: the empty value was touched`,
    ]);
    expect(await deviationsOf(withValue(database.after, name, null))).toEqual([
      `${name}, file keys: the stored key is gone`,
    ]);
  });

  it('tells NULL from an empty value', async () => {
    const swapped = database.before
      .filter(({ values: [first] }) => first !== undefined && (first.value === null || first.value.length === 0))
      .map(({ name, values: [first] }) => ({ name, value: first!.value === null ? '' : null }));
    expect(swapped.length).toBeGreaterThan(1);
    for (const { name, value } of swapped) {
      expect(await deviationsOf(withValue(database.after, name, value))).toHaveLength(1);
    }
  });

  it('finds a changed other column, a missing row and a new one', async () => {
    const [machine] = database.after;
    const name = machine!.name;
    expect(await deviationsOf(withRow(database.after, name, { others: 'otherwise' }))).toEqual([
      `${name}: another column has changed`,
    ]);
    expect(await deviationsOf(database.after.slice(1))).toEqual([`${name}: the row is gone`]);
    const added = { ...machine!, name: 'Machine 7' };
    expect(await deviationsOf([...database.after, added])).toEqual(['Machine 7: a row that was not there before']);
    expect(await deviationsOf([...database.after, machine!])).toEqual([`${name}: a row that was not there before`]);
  });

  it('opens on threads what it opens in one, in the same order', async () => {
    const { roots, after } = database;
    const sealed = after.flatMap(({ values }) => values).filter(({ value }) => value !== null && value.length > 0);
    const pair = { old: readCheckRoot(roots.oldFile), new: readCheckRoot(roots.newFile) };
    const files = { old: roots.oldFile, new: roots.newFile };
    const stop = new AbortController().signal;
    const opened = await openAll(sealed as SealedValue[], files, { threads: 2, stop });
    expect(opened.map(plain)).toEqual((sealed as SealedValue[]).map((one) => plain(openValue(one, pair))));
  });

  it('stops when asked to', async () => {
    const { oldFile, newFile } = database.roots;
    const stop = AbortSignal.abort(new Error('enough'));
    const [{ values }] = [rowOf('FileKey', 'old')];
    const opening = openAll(values as SealedValue[], { old: oldFile, new: newFile }, { threads: 1, stop });
    await expect(opening).rejects.toThrow('enough');
  });

  it('shares no code with the tool but for its words', () => {
    const folder = new URL('../../src/demo/check/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const imports = [...readFileSync(new URL(file, folder), 'utf8').matchAll(/ from '(.+)';/g)].map(
        ([, path]) => path!,
      );
      const allowed = /^(node:|mssql$|\.\/|\.\.\/(stored-value|reference-tables|\.\.\/text\/message)\.ts$)/;
      expect(
        imports.filter((path) => !allowed.test(path)),
        file,
      ).toEqual([]);
    }
  });
});
