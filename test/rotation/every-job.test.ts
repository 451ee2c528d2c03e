/** What every job on a run does alike, whatever it is there for. */
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { LAYOUT_VERSION } from '../../src/keys/run.ts';
import { verify } from '../../src/rotation/verify-run.ts';
import { after, drop, makeScenario, prepareStart, run, runStage, type Start, undo } from './scenario.ts';

const look = ({ deps, options }: Start): Promise<unknown> => verify(deps, { ...options, full: false });

describe.each([
  { name: 'a change', prepare: () => after(runStage), job: run },
  { name: 'a staging', prepare: () => after(runStage), job: runStage },
  { name: 'a rollback', prepare: () => after(run), job: undo },
  { name: 'drop-journal', prepare: () => after(run), job: drop(1) },
  { name: 'verify', prepare: () => after(run), job: look },
] as const)('$name', ({ prepare, job }) => {
  it('refuses a run of a layout that it does not know, before it writes', async () => {
    const scenario = await prepare();
    scenario.db.runs[0]!.layoutVersion = LAYOUT_VERSION + 1;
    await expect(job(prepareStart(scenario, { client: { readOnly: true } }))).rejects.toMatchObject({
      code: 'E_RUN_MISMATCH',
      hint: expect.stringMatching(/or newer on this database/),
    });
  });

  it('brings the tables of an older layout up to date, and those of its own leaves alone', async () => {
    const scenario = await prepare();
    const current = prepareStart(scenario);
    await job(current);
    expect(current.client.writes).not.toContain('prepare');

    const older = await prepare();
    older.db.layout = LAYOUT_VERSION - 1;
    for (const each of older.db.runs) each.layoutVersion = LAYOUT_VERSION - 1;
    await job(prepareStart(older));
    expect(older.db.layout).toBe(LAYOUT_VERSION);
  });

  it('lets go of the signals that it was given, however it ends', async () => {
    const scenarios = [await prepare(), makeScenario()];
    for (const scenario of scenarios) {
      const [stop, abort] = [new AbortController().signal, new AbortController().signal];
      await Promise.allSettled([job(prepareStart(scenario, { stop, abort }))]);
      expect([stop, abort].flatMap((signal) => getEventListeners(signal, 'abort'))).toEqual([]);
    }
  });
});
