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
});
