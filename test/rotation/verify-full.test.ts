/** verify --full: every key opened, gone on with after a stop, and the same findings whatever crashes. */
import { describe, expect, it } from 'vitest';
import { type VerifyResult } from '../../src/rotation/verify-run.ts';
import { type Fault, SURVIVED } from './memory-database/client.ts';
import { DISKS, prepareStart, run, runToEnd, type Scenario } from './scenario.ts';
import { look, openAll, changed, told, disturb } from './standing-scene.ts';

describe('verify --full', () => {
  it('opens every key that stands, and compares those with two values', async () => {
    const scenario = await changed();
    const start = prepareStart(scenario);
    const result = await openAll(start);
    // One disk key was under the new root before, one row holds none.
    expect(result).toMatchObject({ exit: 0, targets: [{ opened: 8, openedBefore: 0 }, { opened: 2 }] });
    expect([start.workers.compared, start.workers.opens]).toEqual([9, [true]]);
  });

  it('finds a key that stands to the byte and is not the old one', async () => {
    const scenario = await changed();
    const journal = scenario.db.runs[0]!.targets.get(1)!.journal;
    const row = journal.get(50)!;
    journal.set(50, { ...row, newValue: 'B:another' });
    scenario.db.table(DISKS).rows.set(50, 'B:another');
    journal.set(30, { ...journal.get(30)!, oldValue: 'B' });
    scenario.db.table(DISKS).rows.set(30, 'B');
    expect(await look(prepareStart(scenario))).toMatchObject({ exit: 0 });
    const start = prepareStart(scenario);
    expect(await openAll(start)).toMatchObject({
      exit: 3,
      targets: [{ rows: 9, standing: 7, deviations: { damaged: 2 } }, { standing: 2 }],
    });
    expect(told(start)).toEqual(['damaged 30', 'damaged 50']);
  });

  it('goes on where an earlier one was stopped, and begins anew after one that was not', async () => {
    const scenario = await changed();
    const stop = new AbortController();
    let checks = 0;
    const between = (_: number, name: string): void => {
      if (name === 'recordCheck' && ++checks === 2) stop.abort();
    };
    const first = prepareStart(scenario, { stop: stop.signal, client: { between } });
    await expect(openAll(first)).rejects.toMatchObject({
      code: 'E_INTERRUPTED',
      message: expect.stringMatching(/nothing was changed/),
      hint: expect.stringMatching(/are not opened again/),
    });
    const plain = prepareStart(scenario);
    await look(plain);
    expect(plain.events.filter(({ type }) => type === 'note')).toEqual([]);
    const second = prepareStart(scenario);
    const result = await openAll(second);
    expect(result).toMatchObject({ exit: 0, targets: [{ opened: 8 }, { opened: 2 }] });
    expect(result.targets[0]!.openedBefore).toBeGreaterThan(0);
    expect(second.workers.compared).toBeLessThan(9);
    expect(second.events).toContainEqual(expect.objectContaining({ type: 'note', level: 'info' }));

    const third = prepareStart(scenario);
    await openAll(third);
    expect(third.workers.compared).toBe(9);
  });

  it('opens a segment again when its journal has moved since', async () => {
    const scenario = await changed();
    const fault = (_: number, name: string): Fault | null => (name === 'forgetChecks' ? 'stop-before' : null);
    await openAll(prepareStart(scenario, { client: { fault } }));
    scenario.db.table(DISKS).rows.set(10, 'A:again');
    await run(prepareStart(scenario));
    const again = prepareStart(scenario);
    expect(await openAll(again)).toMatchObject({ exit: 0 });
    // The sweep may have touched any of the disks; nobody touched the files.
    expect(again.workers.compared).toBe(7);
  });

  it('does not take a segment for opened in which it found a fault', async () => {
    const scenario = await changed();
    const journal = scenario.db.runs[0]!.targets.get(1)!.journal;
    journal.set(50, { ...journal.get(50)!, oldValue: 'A:another' });
    const fault = (_: number, name: string): Fault | null => (name === 'forgetChecks' ? 'stop-before' : null);
    await openAll(prepareStart(scenario, { client: { fault } }));
    const again = prepareStart(scenario);
    expect(await openAll(again)).toMatchObject({ exit: 3 });
    expect(told(again)).toEqual(['damaged 50']);
  });
});

describe('a verification that may only read', () => {
  it('goes through, and says once that it cannot be gone on with', async () => {
    const scenario = await changed();
    const denied = (_: number, name: string): Fault | null => (name === 'recordCheck' ? 'stop-before' : null);
    const start = prepareStart(scenario, { client: { fault: denied } });
    expect(await openAll(start)).toMatchObject({ exit: 0 });
    const notes = start.events.filter((event) => event.type === 'note');
    expect(notes.map(({ text }) => String(text))).toEqual([expect.stringMatching(/may not record what was opened/)]);
    expect(start.client.calls).not.toContain('forgetChecks');
  });
});

const FATAL: readonly Fault[] = ['kill-before', 'kill-after', 'stop-before', 'stop-after'];

describe('a crash at every port call of verify --full', { timeout: 60_000 }, () => {
  const disturbed = async (): Promise<Scenario> => {
    const scenario = await changed();
    disturb(scenario);
    return scenario;
  };

  it.each([...SURVIVED, ...FATAL])('%s: ends with the same findings', async (fault) => {
    const reference = prepareStart(await disturbed());
    const expected = (await openAll(reference)).targets.map(({ openedBefore: _, ...target }) => target);
    for (let at = 1; at <= reference.client.calls.length; at += 1) {
      const scenario = await disturbed();
      const before = [...scenario.db.table(DISKS).rows];
      const start = prepareStart(scenario, { client: { fault: (n) => (n === at ? fault : null) } });
      const first = await runToEnd<VerifyResult>(start, openAll);
      const isThrough = typeof first === 'object' && !('error' in first);
      if (SURVIVED.includes(fault)) expect(isThrough, `${fault} at ${at}`).toBe(true);
      const again = prepareStart(scenario);
      const last = isThrough ? first : await openAll(again);
      expect(
        last.targets.map(({ openedBefore: _, ...target }) => target),
        `${fault} at ${at}`,
      ).toEqual(expected);
      expect([...told(isThrough ? start : again)].sort(), `${fault} at ${at}`).toEqual([...told(reference)].sort());
      expect([...scenario.db.table(DISKS).rows]).toEqual(before);
    }
  });
});
