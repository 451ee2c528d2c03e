/** Ctrl-C at any moment: what is committed stays, and the next start goes on to the same end. */
import { describe, expect, it } from 'vitest';
import { SrkeyError } from '../../src/errors.ts';
import { hop } from './fake-clock.ts';
import { endStateOf, expectConsistent } from './invariants.ts';
import { makeScenario, prepareStart, run, runToEnd } from './scenario.ts';
import { makeToyWorkers } from './toy-workers.ts';
import { verbatim } from '../../src/text/message.ts';

async function undisturbed(): Promise<{ calls: readonly string[]; end: ReturnType<typeof endStateOf> }> {
  const scenario = makeScenario();
  const start = prepareStart(scenario);
  await run(start);
  return { calls: start.client.calls, end: endStateOf(scenario) };
}

describe.each(['stop', 'abort'] as const)('%s', (signal) => {
  it('at any call ends with E_INTERRUPTED, keeps the state, and is resumed to the same end', async () => {
    const { calls, end } = await undisturbed();
    for (let at = 1; at <= calls.length; at += 1) {
      const scenario = makeScenario();
      const controller = new AbortController();
      const between = (n: number): void => {
        if (n === at) controller.abort();
      };
      const interrupted = prepareStart(scenario, { [signal]: controller.signal, client: { between } });
      const outcome = await runToEnd(interrupted);
      expect(outcome, `call ${at}, ${calls[at - 1] ?? ''}`).toMatchObject({
        error: { code: 'E_INTERRUPTED', exitCode: 130 },
      });
      await run(prepareStart(scenario));
      expect(endStateOf(scenario), `${signal} at ${at}`).toEqual(end);
      expectConsistent(scenario);
    }
  });
});

describe('stop', () => {
  it('finishes the commit in flight, tells it, and begins no other', async () => {
    const scenario = makeScenario();
    const controller = new AbortController();
    const between = (_: number, name: string): void => {
      if (name === 'commitBatch') controller.abort();
    };
    const start = prepareStart(scenario, { lanes: 1, stop: controller.signal, client: { between } });
    const { error } = (await runToEnd(start)) as { error: SrkeyError };
    expect(error.message).toMatch(
      /stopped on request; 1 batch \(2 rows\) committed since this start; keys already rewrapped stay rewrapped; about 12 rows remain$/,
    );
    expect(error.hint).toMatch(/run the same command again/);
    expect(start.client.calls.filter((name) => name === 'commitBatch')).toHaveLength(1);
    expect(start.events.filter((event) => event.type === 'batch')).toHaveLength(1);
  });

  it('waits for a commit that hangs, and abort does not', async () => {
    const scenario = makeScenario();
    const [stop, abort] = [new AbortController(), new AbortController()];
    const fault = (_: number, name: string): 'hang' | null => (name === 'commitBatch' ? 'hang' : null);
    const start = prepareStart(scenario, { stop: stop.signal, abort: abort.signal, client: { fault } });
    let hasEnded = false;
    const running = run(start).finally(() => {
      hasEnded = true;
    });
    running.catch(() => undefined);
    await hop(2_000);
    expect(start.client.calls).toContain('commitBatch');
    stop.abort();
    await hop(2_000);
    expect(hasEnded).toBe(false);
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    await run(prepareStart(scenario));
    expectConsistent(scenario);
  });

  it('throws the reason of the signal when that is a named error', async () => {
    const reason = new SrkeyError('E_INTERRUPTED', verbatim('--until 05:00 was reached'));
    const start = prepareStart(makeScenario(), { stop: AbortSignal.abort(reason) });
    await expect(run(start)).rejects.toThrow('--until 05:00 was reached; nothing was changed');
    expect(start.client.calls).toEqual([]);
  });

  it('ends a wait for the next attempt at once', async () => {
    const scenario = makeScenario();
    const controller = new AbortController();
    let failures = 0;
    const fault = (_: number, name: string): 'retry' | null => {
      if (name !== 'commitBatch') return null;
      failures += 1;
      if (failures === 3) controller.abort();
      return 'retry';
    };
    const start = prepareStart(scenario, { lanes: 1, stop: controller.signal, client: { fault } });
    await expect(run(start)).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    expect(failures).toBe(3);
  });
});

describe('confirm', () => {
  it('answered with no stops before anything is written', async () => {
    const scenario = makeScenario();
    const start = prepareStart(scenario, { confirm: () => Promise.resolve(false), client: { readOnly: true } });
    await expect(run(start)).rejects.toMatchObject({
      code: 'E_INTERRUPTED',
      message: 'not confirmed; nothing was changed',
    });
  });

  it('is left by Ctrl-C at the prompt', async () => {
    const controller = new AbortController();
    const confirm = async (): Promise<boolean> => {
      controller.abort();
      return await new Promise<boolean>(() => undefined);
    };
    const start = prepareStart(makeScenario(), { confirm, stop: controller.signal, client: { readOnly: true } });
    await expect(run(start)).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
  });

  it('is asked only after preflight passed', async () => {
    const scenario = makeScenario();
    scenario.db.serverFacts = { readOnly: true };
    let asked = 0;
    const confirm = (): Promise<boolean> => Promise.resolve((asked += 1) > 0);
    await expect(run(prepareStart(scenario, { confirm }))).rejects.toMatchObject({ code: 'E_PREFLIGHT' });
    expect(asked).toBe(0);
  });
});

describe('a failure that will not go away', () => {
  it('stops all lanes after their batch, resumable', async () => {
    const scenario = makeScenario();
    const start = prepareStart(scenario, { lanes: 4 });
    let calls = 0;
    start.workers.beforeRewrap = () => {
      calls += 1;
      if (calls === 3) throw new SrkeyError('E_VERIFY_FAILED', verbatim('a new envelope opens to another key'));
    };
    await expect(run(start)).rejects.toMatchObject({ code: 'E_VERIFY_FAILED', exitCode: 7 });
    const batches = start.events.filter((event) => event.type === 'batch').length;
    expect(scenario.db.runs[0]?.lock).toBeNull();
    expect([...(scenario.db.runs[0]?.targets.values() ?? [])].flatMap((target) => target.ledger)).toHaveLength(batches);
    await run(prepareStart(scenario));
    expectConsistent(scenario);
  });

  it('gives up after ten failures in a row, with exit 7, and says how to go on', async () => {
    const scenario = makeScenario();
    const fault = (_: number, name: string): 'reconnect-before' | null =>
      name === 'commitBatch' ? 'reconnect-before' : null;
    const start = prepareStart(scenario, { lanes: 1, client: { fault } });
    const { error } = (await runToEnd(start)) as { error: SrkeyError };
    expect(error).toMatchObject({ code: 'E_DB_UNAVAILABLE', exitCode: 7 });
    expect(error.message).toMatch(
      /failed 10 times in \d+ s, last with: commitBatch: the line was cut; no batch was committed/,
    );
    expect(error.hint).toMatch(/run the same command again/);
  });

  it('a result without the proof asked for is never written', async () => {
    const scenario = makeScenario();
    const start = prepareStart(scenario);
    const rewrap: typeof start.workers.rewrap = async (format, column, values) =>
      await makeToyWorkers().rewrap(
        format,
        column,
        values,
        values.map(() => false),
      );
    const before = new Map(scenario.db.tables);
    await expect(
      run({ ...start, deps: { ...start.deps, workers: { ...start.workers, rewrap } } }),
    ).rejects.toMatchObject({ code: 'E_VERIFY_FAILED' });
    expect(scenario.db.tables).toEqual(before);
    expect(scenario.db.writes).not.toContain('commitBatch');
  });

  it('a screen that throws does not stop the run', async () => {
    const scenario = makeScenario();
    const start = prepareStart(scenario);
    const emit = (): never => {
      throw new Error('the terminal is gone');
    };
    await run({ ...start, deps: { ...start.deps, emit } });
    expectConsistent(scenario);
  });
});
