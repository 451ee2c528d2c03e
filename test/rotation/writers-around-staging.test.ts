/**
 * Others insert, update and delete all the time, while keys are staged, swapped and rolled back: whatever they do, nothing
 * they wrote is lost, every key opens as it was written last, and what a rollback leaves under the new root is named.
 */
import { describe, expect, it } from 'vitest';
import { fc, rounds } from '../support/random.ts';
import { SrkeyError } from '../../src/errors.ts';
import type { ColumnValue } from '../../src/keys/stored-key.ts';
import { DISKS, makeScenario, prepareStart, run, runStage, type Scenario, type Start, undo } from './scenario.ts';
import { plaintextOf, toyClass } from './toy-workers.ts';

interface Deed {
  /** Before this call of the job. */
  readonly at: number;
  readonly key: number;
  /** Null: an empty column. `DELETE`, or `BACK`: the value as it was in the beginning, from somebody's cache. */
  readonly value: ColumnValue;
}

const deedsArbitrary = fc.array(
  fc.record({
    at: fc.integer({ min: 12, max: 90 }),
    key: fc.integer({ min: 1, max: 9 }).map((n) => n * 5),
    value: fc.oneof(
      { weight: 4, arbitrary: fc.nat(99).map((n) => `A:w${n}`) },
      { weight: 2, arbitrary: fc.nat(99).map((n) => `B:w${n}`) },
      { weight: 3, arbitrary: fc.constantFrom(null, '', 'X:1', 'damaged', 'DELETE', 'BACK') },
    ),
  }),
  { maxLength: 10 },
);

/** The table as the writers know it: each key's plaintext, or the whole value of what is no key. */
class Writers {
  readonly #scenario: Scenario;
  readonly #original: ReadonlyMap<number, ColumnValue>;
  readonly #last: Map<number, ColumnValue>;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#original = new Map(this.#rows);
    this.#last = new Map(this.#rows);
  }

  get #rows(): Map<number, ColumnValue> {
    return this.#scenario.db.table(DISKS).rows;
  }

  write({ key, value }: Deed): void {
    const written = value === 'BACK' ? this.#original.get(key) : value;
    if (written === 'DELETE' || written === undefined) {
      this.#rows.delete(key);
      this.#last.delete(key);
    } else {
      this.#rows.set(key, written);
      this.#last.set(key, written);
    }
  }

  /** Works beside a job until, for good, `isOver`. */
  beside(deeds: readonly Deed[], isOver: (name: string) => boolean): (call: number, name: string) => void {
    let over = false;
    return (call, name) => {
      over ||= isOver(name);
      if (!over) for (const deed of deeds) if (deed.at === call) this.write(deed);
    };
  }

  /** Every row is there, and is what was written last: the same key under A or B, or the very same value. */
  expectNothingLost(): void {
    const asKnown = (rows: ReadonlyMap<number, ColumnValue>): unknown[] =>
      [...rows].sort(([a], [b]) => a - b).map(([key, value]) => [key, isKey(value) ? plaintextOf(value) : value]);
    expect(asKnown(this.#rows)).toEqual(asKnown(this.#last));
  }

  /** Keys whose live value is under the new root. */
  underNew(): readonly string[] {
    return [...this.#rows]
      .filter(([, value]) => toyClass(value, 'A', 'B') === 'new')
      .map(([key]) => String(key))
      .sort();
  }

  underOld(): readonly number[] {
    return [...this.#rows].filter(([, value]) => toyClass(value, 'A', 'B') === 'old').map(([key]) => key);
  }
}

function isKey(value: ColumnValue): boolean {
  return ['old', 'new'].includes(toyClass(value, 'A', 'B'));
}

function makeTable(): { readonly scenario: Scenario; readonly writers: Writers } {
  const scenario = makeScenario(['A:d1', 'A:d2', null, 'A:d4', 'B:d5', 'A:d6'], []);
  scenario.db.table(DISKS).rows.set(1, 'A:anchor'); // without a key under the old root, swapped roots cannot be told
  return { scenario, writers: new Writers(scenario) };
}

/** Deeds that hit each of the five passes: the tool says so and stops resumable, and the next start goes on. */
async function changed(scenario: Scenario, start: Start): Promise<void> {
  await run(start).catch(async (error: unknown) => {
    if (!(error instanceof SrkeyError) || error.code !== 'E_SWEEP_UNSETTLED') throw error;
    await run(prepareStart(scenario));
  });
}

describe('others at work', { timeout: 60_000 }, () => {
  it('throughout staging, swap and rollback lose nothing, and are told what is left under the new root', async () => {
    const lanes = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(deedsArbitrary, deedsArbitrary, deedsArbitrary, lanes, async (first, second, third, count) => {
        const { scenario, writers } = makeTable();
        const state = (): string | undefined => scenario.db.runs[0]?.state;

        const beforeIt = writers.beside(first, () => false);
        await runStage(prepareStart(scenario, { lanes: count, client: { between: beforeIt } }));
        writers.expectNothingLost();

        // Up to verify: a segment that is verified is not looked at again.
        const duringIt = writers.beside(second, () => state() === 'verifying');
        await changed(scenario, prepareStart(scenario, { lanes: count, client: { between: duringIt } }));
        writers.expectNothingLost();
        expect(writers.underOld()).toEqual([]);

        // Up to the last batch: then the rows are compared and named.
        const afterIt = writers.beside(third, (name) => name === 'account');
        const { targets } = await undo(prepareStart(scenario, { lanes: count, client: { between: afterIt } }));
        writers.expectNothingLost();
        expect(state()).toBe('rolled-back');
        const named = targets.flatMap(({ underNewKeys }) => underNewKeys.map(([key]) => key));
        expect(named.sort()).toEqual(writers.underNew());
      }),
      { numRuns: rounds(200) },
    );
  });
});
