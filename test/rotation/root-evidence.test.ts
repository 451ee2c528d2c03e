/** Whether the roots fit is decided by what opens the stored keys. */
import { describe, expect, it } from 'vitest';
import type { ColumnValue } from '../../src/keys/stored-key.ts';
import { DISKS, KEY_MAP, makeScenario, prepareStart, run, type Scenario, SWAPPED, targetOf } from './scenario.ts';

const many = (value: string, count: number): ColumnValue[] =>
  Array.from({ length: count }, (_, index) => `${value}:${index}`);

async function refusalOf(scenario: Scenario, isSwapped = false): Promise<unknown> {
  scenario.db.pageLimit = 1_000;
  const start = prepareStart(scenario, isSwapped ? { roots: SWAPPED } : {});
  const writes = scenario.db.writes.length;
  const end = await run(start).catch((error: unknown) => error);
  if (end instanceof Error) expect(scenario.db.writes).toHaveLength(writes);
  return end;
}

describe('the roots', () => {
  it('swapped on an untouched database are refused as swapped, with the remedy', async () => {
    const end = await refusalOf(makeScenario(many('A', 120), many('A', 3)), true);
    expect(end).toMatchObject({
      code: 'E_ROOT_REFUSED',
      exitCode: 4,
      hint: expect.stringMatching(/exchange --old-value and --new-value/) as string,
    });
    expect(String(end)).toMatch(/look swapped/);
  });

  it('swapped in the middle of a run are refused, naming the run', async () => {
    const scenario = makeScenario();
    const broken = prepareStart(scenario, {
      lanes: 1,
      client: { fault: (n, name) => (name === 'commitBatch' && n > 35 ? 'stop-before' : null) },
    });
    await expect(run(broken)).rejects.toMatchObject({ code: 'E_DB_REFUSED' });
    const end = await refusalOf(scenario, true);
    expect(end).toMatchObject({ code: 'E_RUN_MISMATCH', hint: expect.stringMatching(/swapped/) as string });
  });

  it('that open nothing are refused as wrong, which is another message', async () => {
    const end = await refusalOf(makeScenario(many('X', 120), ['damaged']));
    expect(end).toMatchObject({ code: 'E_ROOT_REFUSED' });
    expect(String(end)).toMatch(/no stored key opens under either root/);
  });

  it('pass on a mix, even when the sample holds no key under the old root', async () => {
    const end = await refusalOf(makeScenario([...many('B', 300), 'A:last'], many('X', 60)));
    expect(end).toMatchObject({ total: { old: 0, new: 301 } });
  });

  it('pass on a database that this tool has changed already', async () => {
    const scenario = makeScenario(many('A', 10), []);
    await refusalOf(scenario);
    expect(await refusalOf(scenario)).toMatchObject({ exit: 0, batches: 0 });
  });

  it('pass on a database without any stored key', async () => {
    expect(await refusalOf(makeScenario([null, ''], []))).toMatchObject({ exit: 0, total: { empty: 2 } });
    expect(await refusalOf(makeScenario([], []))).toMatchObject({ exit: 0 });
  });

  it('are not believed by a recipient alone: the key must open', async () => {
    const scenario = makeScenario([...many('B', 60), 'A:claims to be'], []);
    scenario.db.pageLimit = 1_000;
    const start = prepareStart(scenario);
    const classify: typeof start.workers.classify = async (format, values, open) =>
      (await start.workers.classify(format, values, open)).map((each, index) =>
        each.class === 'old' && open[index] === true
          ? { class: 'unreadable', reason: 'does not open', opened: false }
          : each,
      );
    const end = run({ ...start, deps: { ...start.deps, workers: { ...start.workers, classify } } });
    await expect(end).rejects.toMatchObject({ code: 'E_ROOT_REFUSED' });
  });

  it('are not looked at in columns that do not fit the key map', async () => {
    const scenario = makeScenario();
    scenario.db.table(DISKS).facts = { uniqueKeyIndex: null };
    const start = prepareStart(scenario, { keyMap: { ...KEY_MAP, targets: [DISKS] } });
    await expect(run(start)).rejects.toMatchObject({ code: 'E_SCHEMA' });
    expect(start.client.calls).not.toContain('openReader');
  });

  it('a target of which nothing opens is a warning, and blocks no other', async () => {
    const wrong = targetOf('wrong', { envelope: 'rsa-oaep' });
    const scenario = makeScenario(['A:1'], []);
    scenario.db.addTable(wrong, ['damaged', 'damaged too']);
    const start = prepareStart(scenario, { keyMap: { ...KEY_MAP, targets: [DISKS, wrong] } });
    expect(await run(start)).toMatchObject({ exit: 3, total: { new: 1, unreadable: 2 } });
    const check = start.events
      .flatMap((event) => (event.type === 'check' ? [event.check] : []))
      .find((each) => each.id === 'sample:wrong');
    expect(check?.status).toBe('warning');
  });
});
