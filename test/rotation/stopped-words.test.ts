/** What a start that was stopped says of the data: each job in its own words. */
import { describe, expect, it } from 'vitest';
import type { SrkeyError } from '../../src/errors.ts';
import {
  after,
  drop,
  makeScenario,
  prepareStart,
  run,
  runStage,
  runToEnd,
  type Scenario,
  type Start,
  undo,
} from './scenario.ts';

describe('of a start that was stopped', () => {
  /** Stops after the nth call of the port. */
  const stoppedAfter = async (
    scenario: Scenario,
    [name, nth]: readonly [string, number],
    perform: (start: Start) => Promise<unknown>,
  ): Promise<string> => {
    const stop = new AbortController();
    let seen = 0;
    const between = (_: number, call: string): void => {
      if (call === name && ++seen === nth) stop.abort();
    };
    const outcome = await runToEnd<unknown>(
      prepareStart(scenario, { lanes: 1, stop: stop.signal, client: { between } }),
      perform,
    );
    return (outcome as { error: SrkeyError }).error.message;
  };

  it('staging speaks of the journal, and of no stored key', async () => {
    const scenario = makeScenario();
    expect(await stoppedAfter(scenario, ['take', 1], runStage)).toMatch(
      /no stored key was changed; what was staged before/,
    );
    expect(await stoppedAfter(scenario, ['commitBatch', 1], runStage)).toMatch(
      /1 batch \(2 rows\) committed since this start; no stored key was changed; what is staged stays in the journal/,
    );
  });

  it('a rollback speaks of old values that are back', async () => {
    expect(await stoppedAfter(await after(run), ['commitFromJournal', 1], undo)).toMatch(
      /1 batch \(\d+ rows?\) committed since this start; keys that have their old value back keep it/,
    );
  });

  it('drop-journal says whether any of the journal may be gone', async () => {
    expect(await stoppedAfter(await after(run), ['take', 1], drop(1))).toMatch(
      /stopped on request; nothing was changed$/,
    );
    expect(await stoppedAfter(await after(run), ['dropJournal', 1], drop(1))).toMatch(
      /no stored key was changed; of the journal of run 1 a part may be gone already$/,
    );
  });
});
