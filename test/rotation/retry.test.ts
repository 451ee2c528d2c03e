import { describe, expect, it } from 'vitest';
import { DatabaseError, type Disposition } from '../../src/errors.ts';
import type { RotationEvent } from '../../src/progress/events.ts';
import { backoffMs, makePatience, persisting, retrying } from '../../src/rotation/retry.ts';
import { FakeClock } from './fake-clock.ts';
import { verbatim } from '../../src/text/message.ts';

function setUp(quit = new AbortController().signal) {
  const clock = new FakeClock();
  const events: RotationEvent[] = [];
  const patience = makePatience({ clock, emit: (event) => void events.push(event), random: () => 1, quit });
  return { clock, events, patience, quit };
}

function failing(times: number, disposition: Disposition): { call: () => Promise<number>; calls: () => number } {
  let calls = 0;
  return {
    calls: () => calls,
    call: () => {
      calls += 1;
      return calls <= times
        ? Promise.reject(new DatabaseError(disposition, verbatim('no luck')))
        : Promise.resolve(calls);
    },
  };
}

describe('retrying', () => {
  it('makes the same call again while the server rolls it back', async () => {
    const { patience, quit, events } = setUp();
    expect(await retrying(patience, quit, verbatim('reading'), failing(3, 'retry').call)).toBe(4);
    expect(events.map((event) => event.type === 'retry' && [String(event.what), event.attempt, event.waitMs])).toEqual([
      ['reading', 1, 500],
      ['reading', 2, 1_000],
      ['reading', 3, 2_000],
    ]);
  });

  it.each(['stop', 'reconnect'] as const)('passes %s on at once', async (disposition) => {
    const { patience, quit } = setUp();
    const { call, calls } = failing(1, disposition);
    await expect(retrying(patience, quit, verbatim('reading'), call)).rejects.toMatchObject({ disposition });
    expect(calls()).toBe(1);
  });

  it('passes an error of its own code on at once', async () => {
    const { patience, quit } = setUp();
    await expect(persisting(patience, quit, verbatim('x'), () => Promise.reject(new TypeError('bug')))).rejects.toThrow(
      TypeError,
    );
  });
});

describe('persisting', () => {
  it('goes on over a cut line, and a success makes the next failure a first one again', async () => {
    const { patience, quit, events } = setUp();
    await persisting(patience, quit, verbatim('reading'), failing(6, 'reconnect').call);
    await persisting(patience, quit, verbatim('reading'), failing(6, 'reconnect').call);
    expect(events.map((event) => event.type === 'retry' && event.attempt)).toEqual([
      1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6,
    ]);
  });

  it('gives up after ten failures in a row with E_DB_UNAVAILABLE', async () => {
    const { patience, quit } = setUp();
    const { call, calls } = failing(99, 'reconnect');
    await expect(persisting(patience, quit, verbatim('reading'), call)).rejects.toMatchObject({
      code: 'E_DB_UNAVAILABLE',
      exitCode: 7,
    });
    expect(calls()).toBe(10);
  });

  it('gives up after five minutes, however few the failures', async () => {
    const { patience, quit, clock } = setUp();
    let calls = 0;
    const slow = (): Promise<never> => {
      calls += 1;
      clock.ms += 150_000;
      return Promise.reject(new DatabaseError('reconnect', verbatim('time-out')));
    };
    await expect(persisting(patience, quit, verbatim('reading'), slow)).rejects.toMatchObject({
      code: 'E_DB_UNAVAILABLE',
    });
    expect(calls).toBe(3);
  });

  it('stops waiting when told to', async () => {
    const controller = new AbortController();
    const { patience, quit } = setUp(controller.signal);
    const call = (): Promise<never> => {
      controller.abort(new Error('Ctrl-C'));
      return Promise.reject(new DatabaseError('reconnect', verbatim('cut')));
    };
    await expect(persisting(patience, quit, verbatim('reading'), call)).rejects.toThrow('Ctrl-C');
  });
});

describe('the wait', () => {
  it('doubles up to a minute, with the upper half jittered', () => {
    expect([1, 2, 3, 8, 30].map((n) => backoffMs(n, 1))).toEqual([500, 1_000, 2_000, 60_000, 60_000]);
    expect([1, 2, 3, 8].map((n) => backoffMs(n, 0))).toEqual([250, 500, 1_000, 30_000]);
  });
});
