/** Who may work on a run: living tools, killed tools, frozen tools and half-open connections. */
import { describe, expect, it } from 'vitest';
import type { SrkeyError } from '../../src/errors.ts';
import { hop } from './fake-clock.ts';
import { expectConsistent } from './invariants.ts';
import { makeScenario, prepareStart, run, runToEnd, type Scenario } from './scenario.ts';

/** Waits without a clock, and not for ever: a test that spins on microtasks could not even time out. */
async function spinWhile(condition: () => boolean): Promise<void> {
  for (let spins = 0; condition(); spins += 1) {
    if (spins > 100_000) throw new Error('waited for nothing');
    await hop();
  }
}

/** A start that is killed at its first commit, with its connection gone or half open. */
async function killAtFirstCommit(scenario: Scenario, kind: 'kill-before' | 'half-open-before'): Promise<void> {
  const start = prepareStart(scenario, { client: { fault: (_, name) => (name === 'commitBatch' ? kind : null) } });
  expect(await runToEnd(start)).toBe('killed');
}

describe('taking the run', () => {
  it('a killed tool is followed at once', async () => {
    const scenario = makeScenario();
    await killAtFirstCommit(scenario, 'kill-before');
    const next = prepareStart(scenario);
    await run(next);
    expect(next.events.filter((event) => event.type === 'lease-wait')).toEqual([]);
    expect(scenario.clock.sleptMs).toBe(0);
    expect(next.events.find((event) => event.type === 'run')).toMatchObject({
      resumed: true,
      tookOverFrom: { host: 'CONSOLE' },
    });
  });

  it('a half-open connection is waited for, second by second, until its lease is over', async () => {
    const scenario = makeScenario();
    await killAtFirstCommit(scenario, 'half-open-before');
    const next = prepareStart(scenario);
    await run(next);
    const seconds = next.events.filter((event) => event.type === 'lease-wait').map((event) => event.secondsLeft);
    expect(seconds[0]).toBe(30);
    expect(seconds.at(-1)).toBe(1);
    expect([...seconds].sort((a, b) => b - a)).toEqual(seconds);
    expectConsistent(scenario);
  });

  it('a tool at work is left alone: exit 6, saying who, where and since when', async () => {
    const scenario = makeScenario();
    let isWaiting = true;
    const first = prepareStart(scenario);
    const running = run({
      ...first,
      deps: {
        ...first.deps,
        workers: {
          ...first.workers,
          rewrap: async (...args) => {
            await spinWhile(() => isWaiting);
            return await first.workers.rewrap(...args);
          },
        },
      },
    });
    await spinWhile(() => scenario.db.runs[0]?.state !== 'applying');
    const second = prepareStart(scenario);
    const refusal = await run(second).catch((error: unknown) => error as SrkeyError);
    expect(refusal).toMatchObject({ code: 'E_LOCKED', exitCode: 6 });
    expect((refusal as SrkeyError).message).toMatch(/admin on CONSOLE \(process \d+\), since 2026-11-20T22/);
    expect(second.client.writes.every((name) => name === 'take')).toBe(true);
    isWaiting = false;
    await running;
    expectConsistent(scenario);
  });

  it('a frozen tool that wakes up after its lease is fenced off, and the run is whole', async () => {
    const scenario = makeScenario();
    let isFrozen = true;
    const frozen = prepareStart(scenario);
    const running = run({
      ...frozen,
      deps: {
        ...frozen.deps,
        workers: {
          ...frozen.workers,
          rewrap: async (...args) => {
            const staged = await frozen.workers.rewrap(...args);
            await spinWhile(() => isFrozen);
            return staged;
          },
        },
      },
    }).catch((error: unknown) => error);
    await spinWhile(() => scenario.db.runs[0]?.state !== 'applying');
    const lock = scenario.db.runs[0]?.lock;
    if (lock !== undefined && lock !== null) lock.isBeating = false;
    await run(prepareStart(scenario));
    expectConsistent(scenario);
    isFrozen = false;
    expect(await running).toMatchObject({ code: 'E_FENCED', exitCode: 6 });
    expectConsistent(scenario);
  });

  it('a holder that comes back to life while its lease is waited for keeps the run', async () => {
    const scenario = makeScenario();
    await killAtFirstCommit(scenario, 'half-open-before');
    let polls = 0;
    const between = (_: number, name: string): void => {
      if (name !== 'take') return;
      polls += 1;
      const holder = scenario.db.runs[0]?.holder;
      if (polls === 10 && holder !== null && holder !== undefined) holder.heartbeatAt = scenario.clock.now();
    };
    const next = run(prepareStart(scenario, { client: { between } }));
    await expect(next).rejects.toMatchObject({ code: 'E_LOCKED' });
    expect(polls).toBe(10);
  });

  it('two starts at the same moment: one works, the other refuses or follows', async () => {
    for (const hops of [0, 1, 2, 3, 5, 8, 13, 21, 34]) {
      const scenario = makeScenario();
      const first = run(prepareStart(scenario)).catch((error: unknown) => error);
      await hop(hops);
      const second = run(prepareStart(scenario)).catch((error: unknown) => error);
      const ends = await Promise.all([first, second]);
      const errors = ends.filter((end) => end instanceof Error);
      for (const error of errors) expect(error).toMatchObject({ exitCode: 6 });
      expect(errors.length).toBeLessThan(2);
      expect(scenario.db.runs).toHaveLength(1);
      expectConsistent(scenario);
    }
  });
});
