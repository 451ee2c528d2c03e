import { describe, expect, it } from 'vitest';
import type { SrkeyError } from '../../src/errors.ts';
import { DISKS, KEY_MAP, makeScenario, prepareStart, ROOTS, run, SWAPPED, targetOf } from './scenario.ts';

describe('a second run', () => {
  it('writes nothing: no key, no journal row, no state', async () => {
    const scenario = makeScenario();
    await run(prepareStart(scenario));
    const before = structuredClone(scenario.db.runs[0]?.targets);
    const rows = new Map(scenario.db.table(DISKS).rows);
    scenario.db.writes.length = 0;
    const result = await run(prepareStart(scenario));
    expect(scenario.db.writes).toEqual(['take']);
    expect(scenario.db.runs[0]?.targets).toEqual(before);
    expect(scenario.db.table(DISKS).rows).toEqual(rows);
    expect(result).toMatchObject({ exit: 3, batches: 0, resumed: true });
    expect(scenario.db.runs).toHaveLength(1);
  });

  it('sweeps a key that came under the old root after the first', async () => {
    const scenario = makeScenario(['A:d1', 'A:d2'], []);
    expect((await run(prepareStart(scenario))).exit).toBe(0);
    scenario.db.table(DISKS).rows.set(10, 'A:back').set(15, 'A:more');
    const result = await run(prepareStart(scenario));
    expect(result.total).toMatchObject({ old: 0, new: 3 });
    expect(scenario.db.runs).toHaveLength(1);
    expect(scenario.db.runs[0]?.state).toBe('done');
  });

  it('plans in a target that was added to the key map', async () => {
    const scenario = makeScenario(['A:d1'], ['A:f1']);
    await run(prepareStart(scenario, { keyMap: { ...KEY_MAP, targets: [DISKS] } }));
    const result = await run(prepareStart(scenario));
    expect(result.total).toMatchObject({ old: 0, new: 2 });
    expect(scenario.db.runs).toHaveLength(1);
  });

  it('the way back is a run of its own, and so is the change after it', async () => {
    const scenario = makeScenario(['A:d1', 'A:d2'], []);
    await run(prepareStart(scenario));
    await run(prepareStart(scenario, { roots: SWAPPED }));
    expect([...scenario.db.table(DISKS).rows.values()].every((value) => String(value).startsWith('A:'))).toBe(true);
    await run(prepareStart(scenario));
    expect(scenario.db.runs.map((each) => each.state)).toEqual(['done', 'done', 'done']);
    expect([...scenario.db.table(DISKS).rows.values()].every((value) => String(value).startsWith('B:'))).toBe(true);
  });

  it('refuses while a run with other roots is unfinished, and names it', async () => {
    const scenario = makeScenario();
    const first = prepareStart(scenario, {
      client: { fault: (_, name) => (name === 'commitBatch' ? 'stop-before' : null) },
    });
    await expect(run(first)).rejects.toMatchObject({ code: 'E_DB_REFUSED' });
    const roots = { ...ROOTS, new: { ...ROOTS.new, publicKeyId: 'key-C', subject: 'CN=Root C' } };
    scenario.db.writes.length = 0;
    const refusal = await run(prepareStart(scenario, { roots })).catch((error: unknown) => error as SrkeyError);
    expect(refusal).toMatchObject({ code: 'E_RUN_MISMATCH', exitCode: 4 });
    expect((refusal as SrkeyError).message).toMatch(/run 1 .*CN=Root A .*CN=Root B .*2026-11-20.*other roots/);
    expect(scenario.db.writes).toEqual([]);
  });

  it('refuses to go on with an unfinished run whose target is defined differently, and says in what', async () => {
    const scenario = makeScenario();
    const first = prepareStart(scenario, {
      client: { fault: (_, name) => (name === 'commitBatch' ? 'stop-before' : null) },
    });
    await expect(run(first)).rejects.toThrow();
    const changed = targetOf('disks', { plaintextBytes: 32 });
    const second = run(prepareStart(scenario, { keyMap: { ...KEY_MAP, targets: [changed] } }));
    await expect(second).rejects.toMatchObject({ code: 'E_RUN_MISMATCH' });
    await expect(second).rejects.toThrow(/disks .*plaintextBytes was null and is now 32/);
  });
});
