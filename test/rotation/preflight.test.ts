/** What is refused before anything is written, and with which words. Each check by itself: test/rotation/checks. */
import { describe, expect, it } from 'vitest';
import { look } from './checks/judging.ts';
import { DISKS, KEY_MAP, makeScenario, prepareStart, run, targetOf } from './scenario.ts';

describe('preflight', () => {
  it('passes a healthy database with every check', async () => {
    const { checks } = await look({});
    expect(checks.filter((check) => check.status !== 'passed')).toEqual([]);
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length);
  });

  it('refuses a target that is not in the schema, and says what is missing', async () => {
    const start = prepareStart(makeScenario(), { keyMap: { ...KEY_MAP, targets: [DISKS, targetOf('gone')] } });
    await expect(run(start)).rejects.toMatchObject({ code: 'E_SCHEMA', exitCode: 4 });
    await expect(run(start)).rejects.toThrow(/dbo\.gone\.Wrapped is not there/);
  });

  it('names every failure at once, not only the first', async () => {
    const { refusal } = await look({
      server: { readOnly: true, productVersion: '10.0' },
      facts: { uniqueKeyIndex: null },
    });
    expect(refusal?.message).toMatch(/read-only/);
    expect(refusal?.message).toMatch(/older than SQL Server 2012/);
    expect(refusal?.message).toMatch(/no unique/);
  });

  it('names unmapped columns and stale ignores as warnings', async () => {
    const scenario = makeScenario();
    scenario.db.unmapped = [{ schema: 'dbo', table: 'Other', column: 'Blob', type: 'IMAGE' }];
    const ignore = [{ schema: 'dbo', table: 'Agnet', column: 'Photo', reason: 'not a key' }];
    const start = prepareStart(scenario, { keyMap: { ...KEY_MAP, ignore } });
    await run(start);
    const checks = start.events.flatMap((event) => (event.type === 'check' ? [event.check] : []));
    const [unmapped, stale] = ['unmapped-columns', 'stale-ignores'].map((id) =>
      checks.find((check) => check.id === id),
    );
    expect([unmapped?.status, stale?.status]).toEqual(['warning', 'warning']);
    expect(String(unmapped?.found)).toContain('dbo.Other.Blob IMAGE');
    expect(String(stale?.found)).toContain('dbo.Agnet.Photo');
  });

  it('refuses a value column that two targets name', async () => {
    const twice = { ...DISKS, name: 'again', table: 'DISKS' };
    const scenario = makeScenario();
    scenario.db.addTable(twice, ['A:1']);
    const start = run(prepareStart(scenario, { keyMap: { ...KEY_MAP, targets: [DISKS, twice] } }));
    await expect(start).rejects.toMatchObject({ code: 'E_SCHEMA' });
  });
});
