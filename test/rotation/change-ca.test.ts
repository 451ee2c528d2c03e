import { describe, expect, it } from 'vitest';
import { DISKS, FILES, liveKeys, makeScenario, prepareStart, run } from './scenario.ts';

describe('changeCa', () => {
  it('rewraps every key under the old root and leaves every other value as it is', async () => {
    const scenario = makeScenario();
    const before = new Map(scenario.db.table(DISKS).rows);
    const start = prepareStart(scenario);
    const result = await run(start);
    expect(result.total).toEqual({ old: 0, new: 10, foreign: 1, unreadable: 1, empty: 2 });
    expect(result.exit).toBe(3);
    expect(liveKeys(scenario, DISKS).map((each) => each.class)).not.toContain('old');
    expect(liveKeys(scenario, FILES).map((each) => each.class)).not.toContain('old');
    for (const key of [20, 40, 50, 70]) expect(scenario.db.table(DISKS).rows.get(key)).toBe(before.get(key));
    expect(result.leftBehind.map(({ target, key, class: keyClass }) => [target, ...key, keyClass])).toEqual([
      ['disks', '50', 'foreign'],
      ['disks', '70', 'unreadable'],
    ]);
  });

  it('begins with small batches again after a lost connection: the same batch may fail in the same way each time', async () => {
    const scenario = makeScenario(
      Array.from({ length: 800 }, (_, i) => `A:d${i}`),
      [],
    );
    scenario.db.pageLimit = 2_000;
    let commits = 0;
    const fault = (_: number, name: string): 'reconnect-before' | null =>
      name === 'commitBatch' && ++commits === 4 ? 'reconnect-before' : null;
    const start = prepareStart(scenario, { segmentRows: 1_000, lanes: 1, client: { fault } });
    await run(start);
    const sizes = start.events.flatMap((event) =>
      event.type === 'batch' && event.segmentNo === 1 ? [event.rows] : [],
    );
    expect(sizes.slice(0, 5)).toEqual([50, 50, 75, 50, 50]);
  });
});
