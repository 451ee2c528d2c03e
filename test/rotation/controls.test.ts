/** A run that is paused at any moment holds what it has, begins nothing, and goes on to the same end. */
import { describe, expect, it } from 'vitest';
import type { RotationEvent } from '../../src/progress/events.ts';
import { runCensus } from '../../src/rotation/census.ts';
import { makeControls } from '../../src/rotation/controls.ts';
import { dryRun } from '../../src/rotation/dry-run.ts';
import { FakeClock, hop } from './fake-clock.ts';
import { endStateOf, expectConsistent, expectToldOnce } from './invariants.ts';
import {
  KEY_MAP,
  makeScenario,
  prepareStart,
  ROOTS,
  run,
  runToEnd,
  type Scenario,
  type Start,
  type StartOptions,
} from './scenario.ts';
import { verbatim } from '../../src/text/message.ts';

/** More turns of the promises than any call or chain of calls here takes. */
const LONG = 2_000;

async function undisturbed(): Promise<{ calls: readonly string[]; end: ReturnType<typeof endStateOf> }> {
  const scenario = makeScenario();
  const start = prepareStart(scenario);
  await run(start);
  return { calls: start.client.calls, end: endStateOf(scenario) };
}

function changesOf(events: readonly RotationEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'pause' ? [event.change] : []));
}

/** A start that is paused at its n-th call, and something that happens when the pause is reached. */
function pausedAt(scenario: Scenario, at: number, onReached: (start: Start) => void, options: StartOptions = {}) {
  const start = prepareStart(scenario, {
    ...options,
    client: { between: (n) => (n === at ? start.controls.pause(verbatim('a test')) : undefined) },
    watch: (event) => {
      if (event.type === 'pause' && event.change === 'reached') onReached(start);
    },
  });
  return start;
}

describe('a pause', () => {
  it('asked for at any call is reached with nothing in work, and the run goes on to the same end', async () => {
    const { calls, end } = await undisturbed();
    let reached = 0;
    for (let at = 1; at <= calls.length; at += 1) {
      const scenario = makeScenario();
      let whilePaused = { calls: 0, isHeld: true };
      const start = pausedAt(scenario, at, ({ client, controls }) => {
        reached += 1;
        const before = client.calls.length;
        void hop(LONG).then(() => {
          const isHeld = scenario.db.runs.every(({ lock }) => lock?.client === client);
          whilePaused = { calls: client.calls.length - before, isHeld };
          controls.resume();
        });
      });
      await run(start);
      expect(whilePaused, `call ${at}, ${calls[at - 1] ?? ''}`).toEqual({ calls: 0, isHeld: true });
      expect(endStateOf(scenario), `paused at ${at}`).toEqual(end);
      expectConsistent(scenario);
      expectToldOnce(scenario, start.events);
      const changes = changesOf(start.events);
      expect([['asked'], ['asked', 'reached', 'ended']]).toContainEqual(changes);
    }
    // all but what is asked for behind the last page
    expect(reached).toBeGreaterThan(calls.length - 12);
  });

  it('lets the batches in work be committed first', async () => {
    const scenario = makeScenario();
    const start = prepareStart(scenario, {
      lanes: 1,
      client: { between: (_, name) => (name === 'commitBatch' ? start.controls.pause(verbatim('a test')) : undefined) },
    });
    void run(start).catch(() => undefined);
    await hop(LONG);
    expect(changesOf(start.events)).toEqual(['asked', 'reached']);
    // the batch being committed, and the one whose page was read ahead of it
    expect(start.client.calls.filter((name) => name === 'readPage')).toHaveLength(2);
    expect(start.client.calls.filter((name) => name === 'commitBatch')).toHaveLength(2);
    expect(start.events.at(-1)).toEqual({ type: 'pause', change: 'reached', because: verbatim('a test') });
    start.client.kill(false);
  });

  it.each(['stop', 'abort'] as const)('is left by %s, resumable', async (signal) => {
    const { calls, end } = await undisturbed();
    for (let at = 1; at <= calls.length; at += 3) {
      const scenario = makeScenario();
      const controller = new AbortController();
      const start = pausedAt(scenario, at, () => controller.abort(), { [signal]: controller.signal });
      const outcome = await runToEnd(start);
      if (changesOf(start.events).includes('reached')) {
        expect(outcome).toMatchObject({ error: { code: 'E_INTERRUPTED', exitCode: 130 } });
      }
      await run(prepareStart(scenario));
      expect(endStateOf(scenario), `paused at ${at}`).toEqual(end);
      expectConsistent(scenario);
    }
  });

  it.each([
    ['killed', false],
    ['killed while the server believes it alive', true],
  ])('can be %s, and the next start goes on to the same end', async (_, isHalfOpen) => {
    const { calls, end } = await undisturbed();
    for (let at = 1; at <= calls.length; at += 3) {
      const scenario = makeScenario();
      await runToEnd(pausedAt(scenario, at, ({ client }) => client.kill(isHalfOpen)));
      await run(prepareStart(scenario));
      expect(endStateOf(scenario), `paused at ${at}`).toEqual(end);
      expectConsistent(scenario);
    }
  });

  it('outlasts a restart of the server, and goes on from there', async () => {
    const scenario = makeScenario();
    let isRestarted = false;
    const start = prepareStart(scenario, {
      client: { between: (_, name) => (name === 'commitBatch' ? pauseOnce() : undefined) },
      watch: (event, { client }) => {
        if (event.type !== 'pause' || event.change !== 'reached') return;
        isRestarted = true;
        client.restart();
      },
    });
    const pauseOnce = (): void => (isRestarted ? undefined : start.controls.pause(verbatim('a test')));
    const running = run(start);
    await hop(LONG);
    expect(start.client.calls.filter((name) => name === 'take')).toHaveLength(2);
    expect(start.client.calls.at(-1)).not.toBe('commitBatch');
    const callsBefore = start.client.calls.length;
    await hop(LONG);
    expect(start.client.calls).toHaveLength(callsBefore);
    start.controls.resume();
    await running;
    expectConsistent(scenario);
  });

  it('holds back a census and a dry run as well', async () => {
    for (const kind of ['census', 'dry run'] as const) {
      const start = prepareStart(makeScenario(), { client: { readOnly: true } });
      start.controls.pause(verbatim('a test'));
      const options = { keyMap: KEY_MAP, roots: ROOTS, full: false };
      const counting =
        kind === 'census'
          ? runCensus(start.deps, options)
          : dryRun(start.deps, {
              ...options,
              allowTriggers: false,
              proof: 'sample',
              privateOpsPerSecond: 1,
              maxKeysPerSecond: null,
            });
      await hop(LONG);
      expect(changesOf(start.events)).toEqual(['asked', 'reached']);
      expect(start.client.calls).not.toContain('reader.readPage');
      start.controls.resume();
      expect((await counting).targets).toHaveLength(2);
    }
  });

  it('is one, however often it is asked for or ended', () => {
    const { controls, events } = aSetOfControls();
    controls.resume();
    controls.pause(verbatim('first'));
    controls.pause(verbatim('second'));
    expect(controls.isPaused).toBe(true);
    controls.resume();
    controls.resume();
    expect(controls.isPaused).toBe(false);
    expect(events.slice(1)).toEqual([
      { type: 'pause', change: 'asked', because: verbatim('first') },
      { type: 'pause', change: 'ended', because: verbatim('first') },
    ]);
  });
});

function aSetOfControls({ workers = 2, mostWorkers = 4 } = {}) {
  const events: RotationEvent[] = [];
  const threads = { workers, resize: (count: number) => void (threads.workers = count) };
  const emit = (event: RotationEvent): void => void events.push(event);
  const made = makeControls({ emit, clock: new FakeClock(), threads, mostWorkers, maxKeysPerSecond: null });
  return { ...made, events, threads };
}

describe('the number of workers', () => {
  it('is told at the start and at every turn, and stays within its bounds', () => {
    const { controls, events, threads } = aSetOfControls();
    for (const wanted of [3, 3, 99, 4, 0, -1, 2.9]) controls.setWorkers(wanted);
    expect(events).toEqual([2, 3, 4, 1, 2].map((workers) => ({ type: 'workers', workers })));
    expect(threads.workers).toBe(2);
  });

  it('may be more than the machine has cores when it was asked for at the start', () => {
    expect(aSetOfControls({ workers: 8, mostWorkers: 2 }).controls.mostWorkers).toBe(8);
  });
});

describe('the speed limit', () => {
  it('lets no more rows through than it says, over all lanes, and ends where an unlimited run ends', async () => {
    const { end } = await undisturbed();
    const scenario = makeScenario();
    const begunMs = scenario.clock.ms;
    const start = prepareStart(scenario, { maxKeysPerSecond: 2, lanes: 3 });
    await run(start);
    expect(endStateOf(scenario)).toEqual(end);
    expectConsistent(scenario);
    const rows = start.events.reduce((sum, event) => sum + (event.type === 'batch' ? event.rows : 0), 0);
    // the samples of preflight are read under the limit as well
    expect(scenario.clock.ms - begunMs).toBeGreaterThan((rows / 2 - 1) * 1_000);
  });

  it('makes stop wait for nothing', async () => {
    const controller = new AbortController();
    const scenario = makeScenario();
    const start = prepareStart(scenario, { maxKeysPerSecond: 1, stop: controller.signal });
    scenario.clock.sleep = async (ms, signal) => {
      if (ms < 900) return;
      controller.abort();
      await hop(3);
      signal?.throwIfAborted();
      throw new Error('nobody stopped');
    };
    await expect(run(start)).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
  });
});
