import { describe, expect, it } from 'vitest';
import { SrkeyError } from '../../src/errors.ts';
import { runCensus } from '../../src/rotation/census.ts';
import { dryRun, type DryRunOptions } from '../../src/rotation/dry-run.ts';
import { DISKS, KEY_MAP, makeScenario, prepareStart, ROOTS, run, targetOf } from './scenario.ts';

const OPTIONS: DryRunOptions = {
  keyMap: KEY_MAP,
  roots: ROOTS,
  allowTriggers: false,
  proof: 'sample',
  full: false,
  privateOpsPerSecond: 1_000,
  maxKeysPerSecond: null,
};

describe('dryRun', () => {
  it('writes nothing, on a fresh database and in the middle of a run', async () => {
    const scenario = makeScenario();
    const { deps } = prepareStart(scenario, { client: { readOnly: true } });
    await dryRun(deps, OPTIONS);
    expect(scenario.db.stateTablesExist).toBe(false);

    const broken = prepareStart(scenario, {
      client: { fault: (_, name) => (name === 'commitBatch' ? 'stop-before' : null) },
    });
    await expect(run(broken)).rejects.toThrow();
    const before = structuredClone(scenario.db.runs[0]?.targets);
    scenario.db.writes.length = 0;
    await dryRun(prepareStart(scenario, { client: { readOnly: true } }).deps, { ...OPTIONS, full: true });
    expect(scenario.db.writes).toEqual([]);
    expect(scenario.db.runs[0]?.targets).toEqual(before);
  });

  it('the database that allows no write does notice one', async () => {
    await expect(run(prepareStart(makeScenario(), { client: { readOnly: true } }))).rejects.toThrow('prepare writes');
  });

  it('shows census, plan and forecast of what change-ca then does', async () => {
    const scenario = makeScenario();
    const start = prepareStart(scenario);
    const dry = await dryRun(start.deps, OPTIONS);
    expect(dry.targets.map((each) => each.census.old)).toEqual([5, 4]);
    expect(dry.plan?.decision.kind).toBe('create');
    expect(dry.forecast.keys).toBe(9);
    expect(dry.forecast.secondsHigh).toBeGreaterThan(dry.forecast.secondsLow);
    expect(dry.forecast.journalBytes).toBeGreaterThan(0);
    expect(start.events.map((event) => event.type)).toContain('forecast');
  });

  it('counts direct RSA keys beyond the sample as unopened, and opens all of them when asked to', async () => {
    const direct = targetOf('direct', { envelope: 'rsa-oaep' });
    const scenario = makeScenario();
    scenario.db.pageLimit = 40;
    scenario.db.addTable(direct, [...Array.from({ length: 150 }, (_, n) => `A:${n}`), null]);
    const options = { ...OPTIONS, keyMap: { ...KEY_MAP, targets: [direct] } };
    const [sampled] = (await dryRun(prepareStart(scenario).deps, options)).targets;
    expect(sampled).toMatchObject({ opened: 17, unopened: 133, census: { old: 17, empty: 1 } });
    const [full] = (await dryRun(prepareStart(scenario).deps, { ...options, full: true })).targets;
    expect(full).toMatchObject({ opened: 150, unopened: 0, census: { old: 150, empty: 1 } });
  });

  it('tells why change-ca would refuse instead of throwing it', async () => {
    const scenario = makeScenario();
    scenario.db.serverFacts = { readOnly: true };
    const { refusal, targets } = await dryRun(prepareStart(scenario).deps, OPTIONS);
    expect(refusal).toBeInstanceOf(SrkeyError);
    expect(targets).toEqual([]);
  });
});

describe('runCensus', () => {
  const options = { keyMap: KEY_MAP, roots: ROOTS, full: false };

  it('counts every row once and names the keys left behind', async () => {
    const { targets, leftBehind, exit, purge } = await runCensus(prepareStart(makeScenario()).deps, options);
    expect(targets.map((each) => each.census)).toEqual([
      { old: 5, new: 1, foreign: 1, unreadable: 1, empty: 1 },
      { old: 4, new: 0, foreign: 0, unreadable: 0, empty: 1 },
    ]);
    expect(leftBehind.map(({ key, class: keyClass }) => [...key, keyClass])).toEqual([
      ['50', 'foreign'],
      ['70', 'unreadable'],
    ]);
    expect(exit).toBe(3);
    expect(purge.reasons.map((reason) => reason.kind)).toEqual(['old', 'unreadable', 'foreign', 'old']);
  });

  it('counts no row twice when the line is cut in the middle of a target', async () => {
    for (const fault of ['reconnect-before', 'reconnect-after', 'retry', 'restart-before'] as const) {
      for (let at = 1; at <= 30; at += 1) {
        const { deps } = prepareStart(makeScenario(), { client: { fault: (n) => (n === at ? fault : null) } });
        const { targets } = await runCensus(deps, options);
        expect(targets.map((each) => each.census.old)).toEqual([5, 4]);
      }
    }
  });

  it('calls the purge safe only when nothing speaks against it', async () => {
    const clean = (): ReturnType<typeof makeScenario> => makeScenario(['B:1', null], ['B:2']);
    const verdict = async (scenario: ReturnType<typeof makeScenario>, roots = ROOTS): Promise<unknown> => {
      const { purge, exit } = await runCensus(prepareStart(scenario).deps, { ...options, roots });
      expect(exit).toBe(purge.verdict === 'safe' ? 0 : 3);
      return [purge.verdict, ...purge.reasons.map((reason) => reason.kind)];
    };
    expect(await verdict(clean())).toEqual(['safe']);
    expect(await verdict(makeScenario(['B:1', 'A:2']))).toEqual(['not-proven', 'old', 'old']);
    const unmapped = clean();
    unmapped.db.unmapped = [{ schema: 'dbo', table: 'Other', column: 'Blob', type: 'VARBINARY(MAX)' }];
    expect(await verdict(unmapped)).toEqual(['not-proven', 'unmapped-column']);
    expect(await verdict(clean(), { ...ROOTS, new: { ...ROOTS.new, hasPrivateKey: false } })).toEqual([
      'not-proven',
      'certificate-only',
    ]);
  });

  it('refuses to count while a target is missing from the schema', async () => {
    const keyMap = { ...KEY_MAP, targets: [DISKS, targetOf('gone')] };
    await expect(runCensus(prepareStart(makeScenario()).deps, { ...options, keyMap })).rejects.toMatchObject({
      code: 'E_SCHEMA',
    });
  });
});
