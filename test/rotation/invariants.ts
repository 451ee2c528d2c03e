/** What must hold at the end of a run that nobody else disturbed, whatever happened on the way. */
import { expect } from 'vitest';
import { OUTCOMES } from '../../src/keys/stored-key.ts';
import type { RotationEvent } from '../../src/progress/events.ts';
import { noOutcomes } from './memory-database/rows.ts';
import { plaintextOf } from './toy-workers.ts';
import { DISKS, FILES, liveKeys, type LiveKey, type Scenario } from './scenario.ts';

export interface EndState {
  readonly disks: readonly LiveKey[];
  readonly files: readonly LiveKey[];
}

export function endStateOf(scenario: Scenario): EndState {
  return { disks: liveKeys(scenario, DISKS), files: liveKeys(scenario, FILES) };
}

/** Live data = journal = ledger, and the run is done and let go of. */
export function expectConsistent({ db }: Scenario): void {
  const run = db.runs.at(-1);
  expect(run?.state).toBe('done');
  expect(run?.holder).toBeNull();
  expect(run?.lock).toBeNull();
  for (const [target, row] of [DISKS, FILES].map((each, index) => [each, run?.targets.get(index + 1)] as const)) {
    const table = db.table(target);
    expect([...(row?.journal.keys() ?? [])].sort((a, b) => a - b)).toEqual(
      [...table.rows.keys()].sort((a, b) => a - b),
    );
    const outcomes = noOutcomes();
    for (const [key, { outcome, oldValue, newValue }] of row?.journal ?? []) {
      outcomes[outcome] += 1;
      expect(table.rows.get(key)).toBe(outcome === 'rewrapped' ? newValue : oldValue);
    }
    const ledger = noOutcomes();
    for (const batch of row?.ledger ?? []) for (const outcome of OUTCOMES) ledger[outcome] += batch.outcomes[outcome];
    // What was staged is in the ledger once more, as what became of it.
    ledger.staged = 0;
    expect(ledger).toEqual(outcomes);
    for (const segment of row?.segments ?? []) {
      expect(segment.state).toBe('done');
      const numbers = row?.ledger
        .filter((batch) => batch.segmentNo === segment.segmentNo)
        .map((batch) => batch.batchNo);
      expect(numbers).toEqual(Array.from({ length: segment.batchNo }, (_, index) => index + 1));
    }
  }
}

/** Live data as it was, every live row in the journal as it is, and the run let go of. */
export function expectStaged({ db }: Scenario): void {
  const run = db.runs.at(-1);
  expect(run?.state).toBe('staged');
  expect(run?.holder).toBeNull();
  for (const [target, row] of [DISKS, FILES].map((each, index) => [each, run?.targets.get(index + 1)] as const)) {
    const table = db.table(target);
    for (const [key, live] of table.rows) expect(row?.journal.get(key)?.oldValue).toBe(live);
    for (const [key, { outcome, oldValue, newValue }] of row?.journal ?? []) {
      expect(outcome === 'deleted').toBe(!table.rows.has(key));
      expect(outcome).not.toBe('rewrapped');
      if (outcome === 'staged') expect(plaintextOf(newValue)).toBe(plaintextOf(oldValue));
    }
    for (const segment of row?.segments ?? []) expect(segment.state).toBe('staged');
  }
}

/** Every ledger row with rows in it was told exactly once by the starts that lived to tell it. */
export function expectToldOnce({ db }: Scenario, events: readonly RotationEvent[]): void {
  const told = events
    .filter((event) => event.type === 'batch')
    .filter((event) => event.rows > 0)
    .map(({ targetNo, segmentNo, batchNo, rows }) => `${targetNo}/${segmentNo}/${batchNo}: ${rows}`);
  const ledger = [...(db.runs.at(-1)?.targets.values() ?? [])]
    .flatMap((target) => target.ledger)
    .filter((batch) => batch.rows > 0)
    .map(({ targetNo, segmentNo, batchNo, rows }) => `${targetNo}/${segmentNo}/${batchNo}: ${rows}`);
  expect(told.sort()).toEqual(ledger.sort());
}
