/**
 * A crash at every port call. The reference is a run that nothing disturbed; each other run must end in the same state,
 * in the same start when the fault is one that a start survives, else in the next.
 */
import { describe, expect, it } from 'vitest';
import { fc, rounds } from '../support/random.ts';
import { SrkeyError } from '../../src/errors.ts';
import { endStateOf, expectConsistent, expectStaged, expectToldOnce } from './invariants.ts';
import { FATAL, type Fault, SURVIVED } from './memory-database/client.ts';
import { DISKS, makeScenario, prepareStart, run, runStage, runToEnd, type Scenario, type Start } from './scenario.ts';

async function reference(): Promise<{ readonly calls: readonly string[]; readonly scenario: Scenario }> {
  const scenario = makeScenario();
  const start = prepareStart(scenario);
  await run(start);
  expectConsistent(scenario);
  expectToldOnce(scenario, start.events);
  return { calls: start.client.calls, scenario };
}

function startWithFault(scenario: Scenario, at: number, fault: Fault, lateCalls = 1): Start {
  return prepareStart(scenario, { client: { fault: (n) => (n === at ? fault : null), lateCalls } });
}

describe('a crash at every port call', { timeout: 60_000 }, () => {
  it.each(SURVIVED)('%s: the same start goes on to the same end, and tells every batch once', async (fault) => {
    const { calls, scenario: expected } = await reference();
    for (const lateCalls of fault === 'reconnect-late' ? [1, 2, 3, 5] : [1]) {
      for (let at = 1; at <= calls.length; at += 1) {
        const scenario = makeScenario();
        const start = startWithFault(scenario, at, fault, lateCalls);
        const result = await run(start).catch((error: unknown) => {
          throw new Error(`${fault} at call ${at}, ${start.client.calls[at - 1]}`, { cause: error });
        });
        expect(result.exit).toBe(3);
        expect(endStateOf(scenario), `${fault} at ${at}`).toEqual(endStateOf(expected));
        expectConsistent(scenario);
        expectToldOnce(scenario, start.events);
      }
    }
  });

  it.each(FATAL)('%s: the next start goes on to the same end', async (fault) => {
    const { calls, scenario: expected } = await reference();
    for (let at = 1; at <= calls.length; at += 1) {
      const scenario = makeScenario();
      const first = startWithFault(scenario, at, fault);
      const end = await runToEnd(first);
      if (fault.startsWith('stop')) {
        // Closing a reader is the one call whose failure nobody needs to hear of.
        if (first.client.calls[at - 1] !== 'reader.close') expect(end, `call ${at}`).toHaveProperty('error');
      } else {
        expect(end).toBe('killed');
      }
      await run(prepareStart(scenario));
      expect(endStateOf(scenario), `${fault} at ${at}`).toEqual(endStateOf(expected));
      expectConsistent(scenario);
    }
  });

  it('every error of a stopped start is a named one and says where the data stands', async () => {
    const { calls } = await reference();
    for (let at = 1; at <= calls.length; at += 1) {
      const start = startWithFault(makeScenario(), at, 'stop-before');
      const end = await runToEnd(start);
      if (start.client.calls[at - 1] === 'reader.close') continue;
      const { error } = end as { error: unknown };
      expect(error).toBeInstanceOf(SrkeyError);
      expect((error as SrkeyError).message).toMatch(/nothing was changed|committed since this start/);
    }
  });
});

/** What one start does to a run that earlier ones brought somewhere. */
interface Job {
  readonly name: string;
  readonly prepare: () => Promise<Scenario>;
  readonly perform: (start: Start) => Promise<unknown>;
  readonly expectEnd: (scenario: Scenario) => void;
}

const stagedScenario = async (): Promise<Scenario> => {
  const scenario = makeScenario();
  await runStage(prepareStart(scenario));
  return scenario;
};

const JOBS: readonly Job[] = [
  {
    name: 'a staging',
    prepare: () => Promise.resolve(makeScenario()),
    perform: runStage,
    expectEnd: expectStaged,
  },
  {
    name: 'a staging that catches up',
    prepare: async () => {
      const scenario = await stagedScenario();
      scenario.db.table(DISKS).rows.set(10, 'A:changed').set(15, 'A:added').delete(60);
      return scenario;
    },
    perform: runStage,
    expectEnd: expectStaged,
  },
  { name: 'a swap', prepare: stagedScenario, perform: run, expectEnd: expectConsistent },
];

describe.each(JOBS)('a crash at every port call of $name', { timeout: 60_000 }, ({ prepare, perform, expectEnd }) => {
  const undisturbed = async (): Promise<{ readonly calls: number; readonly end: unknown }> => {
    const scenario = await prepare();
    const start = prepareStart(scenario);
    await perform(start);
    expectEnd(scenario);
    return { calls: start.client.calls.length, end: endStateOf(scenario) };
  };

  it.each(SURVIVED)('%s: the same start goes on to the same end', async (fault) => {
    const { calls, end } = await undisturbed();
    for (let at = 1; at <= calls; at += 1) {
      const scenario = await prepare();
      const start = startWithFault(scenario, at, fault);
      await perform(start).catch((error: unknown) => {
        throw new Error(`${fault} at call ${at}, ${start.client.calls[at - 1]}`, { cause: error });
      });
      expect(endStateOf(scenario), `${fault} at ${at}`).toEqual(end);
      expectEnd(scenario);
    }
  });

  it.each(FATAL)('%s: the next start goes on to the same end', async (fault) => {
    const { calls, end } = await undisturbed();
    for (let at = 1; at <= calls; at += 1) {
      const scenario = await prepare();
      await runToEnd(startWithFault(scenario, at, fault), perform);
      await perform(prepareStart(scenario));
      expect(endStateOf(scenario), `${fault} at ${at}`).toEqual(end);
      expectEnd(scenario);
    }
  });
});

const faultArbitrary = fc.constantFrom<Fault>(...SURVIVED, ...FATAL);
const valueArbitrary = fc.oneof(
  { weight: 6, arbitrary: fc.nat(999).map((n) => `A:${n}`) },
  { weight: 2, arbitrary: fc.nat(999).map((n) => `B:${n}`) },
  fc.constantFrom('X:1', 'damaged', '', null),
);

describe('any number of crashes', { timeout: 60_000 }, () => {
  it('end in the state of an undisturbed run', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(valueArbitrary, { maxLength: 24 }),
        fc.array(valueArbitrary, { maxLength: 12 }),
        fc.array(fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), faultArbitrary), { maxLength: 4 }), {
          maxLength: 5,
        }),
        fc.record({
          lanes: fc.integer({ min: 1, max: 4 }),
          pageLimit: fc.integer({ min: 1, max: 5 }),
          lateCalls: fc.integer({ min: 1, max: 6 }),
        }),
        async (disks, files, crashes, { lanes, pageLimit, lateCalls }) => {
          // One key under the old root: without any, roots that fit cannot be told from swapped ones.
          const scenario = makeScenario(['A:anchor', ...disks], files);
          const expected = makeScenario(['A:anchor', ...disks], files);
          await run(prepareStart(expected, { lanes }));
          scenario.db.pageLimit = pageLimit;
          for (const faults of crashes) {
            const plan = new Map(faults);
            await runToEnd(prepareStart(scenario, { lanes, client: { fault: (n) => plan.get(n) ?? null, lateCalls } }));
          }
          await run(prepareStart(scenario, { lanes }));
          expect(endStateOf(scenario)).toEqual(endStateOf(expected));
          expectConsistent(scenario);
        },
      ),
      { numRuns: rounds(400) },
    );
  });
});
