/** A census and a forecast that go by the journal of a run, where it speaks of today's values. */
import { describe, expect, it } from 'vitest';
import { type CensusResult, runCensus } from '../../src/rotation/census.ts';
import { dryRun, type DryRunResult } from '../../src/rotation/dry-run.ts';
import type { Fault } from './memory-database/client.ts';
import {
  after,
  afterStopAtCommit,
  DISKS,
  KEY_MAP,
  makeScenario,
  prepareStart,
  ROOTS,
  run,
  runStage,
  type Scenario,
  type Start,
  targetOf,
  undo,
} from './scenario.ts';

const count = ({ deps, options }: Start, full = false): Promise<CensusResult> =>
  runCensus(deps, { keyMap: options.keyMap, roots: options.roots, full });
const READ_ONLY = { client: { readOnly: true } };

/** The counts of a census that opens every key, and so owes the journal nothing. */
async function fullCounts(scenario: Scenario): Promise<unknown> {
  return (await count(prepareStart(scenario, READ_ONLY), true)).targets.map(({ census }) => census);
}

describe('a census with a journal', () => {
  it.each([
    ['a change', () => after(run)],
    ['a staging', () => after(runStage)],
    ['half a change', () => afterStopAtCommit(3)],
    ['a rollback', async () => after(undo, await after(run))],
  ])('counts after %s what a full one counts, also when rows have moved since', async (_, prepare) => {
    const scenario = await prepare();
    for (const move of [
      (): unknown => undefined,
      (): unknown => scenario.db.table(DISKS).rows.set(10, 'A:back').set(15, 'X:late').set(30, 'B:late').delete(60),
    ]) {
      move();
      const start = prepareStart(scenario, READ_ONLY);
      const result = await count(start);
      expect(result.targets.map(({ census }) => census)).toEqual(await fullCounts(scenario));
      expect(result.sources).toMatchObject([{ from: 'journal', runId: 1 }, { from: 'journal' }]);
      const leftOf = ({ leftBehind }: CensusResult): unknown =>
        leftBehind.map(({ target, key, class: keyClass }) => `${target} ${key.join()} ${keyClass}`).sort();
      expect(leftOf(result)).toEqual(leftOf(await count(prepareStart(scenario, READ_ONLY), true)));
    }
  });

  it('reads nothing of what stands, and only what has moved', async () => {
    const scenario = await after(run);
    const still = prepareStart(scenario, READ_ONLY);
    expect((await count(still)).sources).toMatchObject([
      { concluded: 9, read: 0 },
      { concluded: 5, read: 0 },
    ]);
    expect([still.workers.opens, still.client.calls.includes('openReader')]).toEqual([[], false]);
    scenario.db.table(DISKS).rows.set(10, 'B:renewed');
    const moved = prepareStart(scenario, READ_ONLY);
    expect((await count(moved)).sources[0]).toMatchObject({ concluded: 8, read: 1 });
    expect(moved.workers.opens).toHaveLength(1);
  });

  it('tells how far a staging is current, also when it opens every key', async () => {
    const scenario = await after(runStage);
    scenario.db.table(DISKS).rows.set(10, 'A:changed');
    for (const full of [false, true]) {
      const { staging } = await count(prepareStart(scenario, READ_ONLY), full);
      expect(staging).toMatchObject([
        { name: 'disks', rows: 9, staged: 4, stale: 1 },
        { staged: 4, stale: 0 },
      ]);
    }
    await run(prepareStart(scenario));
    expect((await count(prepareStart(scenario, READ_ONLY))).staging).toEqual([]);
  });

  it('reads everything where the journal does not speak of these keys', async () => {
    const scenario = await after(run);
    const renamed = { ...KEY_MAP, targets: [targetOf('disks', { plaintextBytes: 32 })] };
    const otherRoot = { ...ROOTS, new: { ...ROOTS.new, publicKeyId: 'key-C' } };
    const otherName = { ...ROOTS, new: { ...ROOTS.new, recipientId: 'certificate-B2' } };
    for (const options of [{ keyMap: renamed }, { roots: otherRoot }, { roots: otherName }]) {
      const { sources } = await count(prepareStart(scenario, { ...READ_ONLY, ...options }));
      expect(sources.map(({ from }) => from)).not.toContain('journal');
    }
    scenario.db.runs[0]!.layoutVersion = 1;
    expect((await count(prepareStart(scenario, READ_ONLY))).sources[0]).toMatchObject({ from: 'reading' });
    scenario.db.runs[0]!.layoutVersion = 2;
    scenario.db.runs[0]!.journalDroppedAt = new Date(0);
    expect((await count(prepareStart(scenario, READ_ONLY))).sources[0]).toMatchObject({ from: 'reading' });
  });

  it('reads everything, and says why, when the login is kept from the journal', async () => {
    const scenario = await after(run);
    for (const denied of ['segments', 'account']) {
      const fault = (_: number, name: string): Fault | null => (name === denied ? 'stop-before' : null);
      const start = prepareStart(scenario, { client: { fault } });
      expect((await count(start)).sources.map(({ from }) => from)).toEqual(['reading', 'reading']);
      expect(start.events).toContainEqual(
        expect.objectContaining({ type: 'note', text: expect.objectContaining({}) as unknown }),
      );
    }
  });
});

describe('the forecast of a staged change', () => {
  const rehearse = ({ deps, options }: Start): Promise<DryRunResult> =>
    dryRun(deps, { ...options, full: false, privateOpsPerSecond: 1, maxKeysPerSecond: null });

  it('says that only the swap remains, plus what changed since', async () => {
    const scenario = makeScenario();
    const before = await rehearse(prepareStart(scenario));
    expect(before.forecast).toMatchObject({ keys: 9 });
    expect(before.forecast.swapped).toBeUndefined();
    await runStage(prepareStart(scenario));
    const current = await rehearse(prepareStart(scenario, READ_ONLY));
    expect(current.forecast).toMatchObject({ keys: 0, swapped: 14 });
    expect(current.forecast.secondsLow).toBeLessThan(1);
    expect(current.checks.find(({ id }) => id === 'staging')).toMatchObject({ status: 'passed' });

    scenario.db.table(DISKS).rows.set(10, 'A:changed').set(15, 'A:added');
    const stale = await rehearse(prepareStart(scenario, READ_ONLY));
    expect(stale.forecast).toMatchObject({ keys: 2, swapped: 13 });
    expect(stale.forecast.secondsLow).toBeGreaterThanOrEqual(2);
    const check = stale.checks.find(({ id }) => id === 'staging');
    expect(String(check?.found)).toMatch(/8 rows to swap from the journal.*2 rows added, changed or not staged yet/);
  });

  it('does without when the staging cannot be looked at', async () => {
    const scenario = makeScenario();
    await runStage(prepareStart(scenario));
    const fault = (_: number, name: string): Fault | null => (name === 'account' ? 'stop-before' : null);
    const result = await rehearse(prepareStart(scenario, { client: { fault } }));
    expect(result.checks.find(({ id }) => id === 'staging')).toMatchObject({ status: 'unknown' });
    expect(result.refusal).toBeNull();
  });
});
