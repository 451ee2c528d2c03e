import type { Clock } from '../../src/rotation/ports.ts';

/** Lets other promises run, without any real time passing. */
export async function hop(count = 1): Promise<void> {
  for (let i = 0; i < count; i += 1) await Promise.resolve();
}

/** One time for tool and database. A sleep moves it on at once. */
export class FakeClock implements Clock {
  ms = Date.UTC(2026, 10, 20, 22, 0, 0);
  sleptMs = 0;

  now(): Date {
    return new Date(this.ms);
  }

  elapsedMs(): number {
    return this.ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.ms += ms;
    this.sleptMs += ms;
    await hop(3);
    signal?.throwIfAborted();
  }
}

/** For what a killed process waits for. */
export async function never(): Promise<never> {
  return await new Promise(() => undefined);
}
