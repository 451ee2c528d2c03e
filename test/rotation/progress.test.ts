/** What the screens make of an engine's events: every job goes through all it has to, from wherever an earlier start left it. */
import { describe, expect, it } from 'vitest';
import type { RotationEvent } from '../../src/progress/events.ts';
import { reduce } from '../../src/progress/reduce.ts';
import { INITIAL_STATE, progressOf } from '../../src/progress/rotation-state.ts';
import { after, makeScenario, prepareStart, run, runStage, runToEnd, undo } from './scenario.ts';

/** The share as it was seen after each batch and segment. */
function sharesOf(events: readonly RotationEvent[]): readonly number[] {
  let state = INITIAL_STATE;
  const shares: number[] = [];
  for (const [index, event] of events.entries()) {
    state = reduce(state, event, index);
    if (event.type === 'batch' || event.type === 'segment') shares.push(progressOf(state).share);
  }
  return shares;
}

const JOBS = [
  { name: 'a change', prepare: () => Promise.resolve(makeScenario()), perform: run },
  { name: 'a staging', prepare: () => Promise.resolve(makeScenario()), perform: runStage },
  { name: 'a swap of what was staged', prepare: () => after(runStage), perform: run },
  {
    name: 'a rollback',
    prepare: () => after(run),
    perform: undo,
  },
] as const;

describe.each(JOBS)('the progress of $name', ({ prepare, perform }) => {
  it('never runs backwards, and reaches its end with the last segment and not before', async () => {
    const start = prepareStart(await prepare(), { lanes: 1 });
    await perform(start);
    const shares = sharesOf(start.events);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(shares[Math.floor(shares.length / 2)]).toBeLessThan(1);
  });

  it('starts where a stopped start got to', async () => {
    const scenario = await prepare();
    let batches = 0;
    const isThird = (event: RotationEvent): boolean => event.type === 'batch' && (batches += 1) === 3;
    const stop = new AbortController();
    const stopped = prepareStart(scenario, {
      lanes: 1,
      stop: stop.signal,
      watch: (event) => {
        if (isThird(event)) stop.abort();
      },
    });
    await runToEnd<unknown>(stopped, perform);
    const got = sharesOf(stopped.events).at(-1) ?? 0;
    expect(got).toBeGreaterThan(0);
    expect(got).toBeLessThan(1);
    const next = prepareStart(scenario, { lanes: 1 });
    await perform(next);
    const shares = sharesOf(next.events);
    expect(shares[0]).toBeGreaterThanOrEqual(got);
    expect(shares.at(-1)).toBe(1);
  });
});
