import { beforeAll, describe, expect, it } from 'vitest';
import { classifyValue } from '../../src/crypto/classify.ts';
import { FATES, FEWEST_KEYS } from '../../src/demo/planter.ts';
import { shareOut } from '../../src/demo/reference-rows.ts';
import { CMS_VARIANTS, sealCms } from '../../src/demo/seal-key.ts';
import { openssl } from '../crypto/openssl.ts';
import { formatOf, makeDemoDatabase, type DemoDatabase } from './demo-database.ts';

const KEYS = 300;
let database: DemoDatabase;

beforeAll(async () => {
  database = await makeDemoDatabase(KEYS);
});

describe('the planter', () => {
  it('plants as many keys as asked for, one of them foreign and one damaged', () => {
    const { planter } = database;
    expect(FATES.reduce((sum, fate) => sum + planter.total(fate), 0)).toBe(KEYS);
    expect(planter.total('foreign')).toBe(1);
    expect(planter.total('damaged')).toBe(1);
  });

  it('counts what the tool finds', () => {
    const { planter, before, roots } = database;
    const found = { old: 0, new: 0, foreign: 0, unreadable: 0, empty: 0 };
    for (const { form, value } of before.flatMap(({ values }) => values)) {
      found[classifyValue(value, formatOf(form), roots.planting, { open: true }).class]++;
    }
    expect(found).toEqual({
      old: planter.total('old'),
      new: planter.total('new'),
      foreign: 1,
      unreadable: 1,
      empty: planter.total('null') + planter.total('empty'),
    });
  });

  it('has a key of every common kind in every target, even in the smallest database', async () => {
    const { planter } = await makeDemoDatabase(FEWEST_KEYS);
    expect(planter.counts.size).toBe(5);
    for (const [target, counts] of planter.counts) {
      for (const fate of ['old', 'new', 'null', 'empty'] as const) {
        expect(counts[fate], `${fate} in ${target}`).toBeGreaterThan(0);
      }
    }
    expect([planter.total('foreign'), planter.total('damaged')]).toEqual([1, 1]);
  });

  it('leaves keys of machines that are gone', () => {
    const ids = (table: string): Set<string> =>
      new Set(database.before.flatMap(({ name }) => new RegExp(`^${table} (\\d+)`).exec(name)?.[1] ?? []));
    const orphans = [...ids('DiskKey')].filter((id) => !ids('Machine').has(id));
    expect(orphans.length).toBeGreaterThan(0);
  });

  it.each([60, 61, 100, 3000, 99_999])('shares out %i keys to the last one', (keys) => {
    const { fileKeys, disks, deviceKeys, secrets } = shareOut(keys);
    expect(fileKeys + 2 * disks + deviceKeys + secrets).toBe(keys);
  });
});

describe('sealCms', () => {
  it.for(CMS_VARIANTS)('is opened by openssl: $transport, $cipher, $recipient', (variant, context) => {
    const program = openssl(context);
    const { roots } = database;
    const key = Buffer.from('0123456789abcdef0123456789abcdef');
    program.write('root.pem', roots.oldFile);
    program.write('sealed.der', sealCms(key, variant, roots.planting.old).envelope);
    const opened = program.run(
      'cms',
      '-decrypt',
      '-inform',
      'DER',
      '-in',
      'sealed.der',
      '-recip',
      'root.pem',
      '-binary',
    );
    expect(opened).toEqual(key);
  });
});
