/**
 * What a screen or a flag turns while the engine is at work: pause, the number of RSA threads, the speed. Two faces of
 * one thing: a screen holds the `Controls`, the engine passes the `Pace` before each page that it reads.
 *
 * A pause holds back new pages and nothing else. Pages already read are rewrapped and committed; connections, the run's
 * lock and its heartbeat stay, so nobody takes a paused run over; and no lock on a table outlives a request, so a pause
 * of any length keeps nobody waiting. Being stopped or killed while paused is like being stopped between two batches.
 *
 * Threads are turned, lanes are not: a lane is a transaction open on the customer's tables, and their number must not
 * grow because somebody gives the tool more processors. Two lanes keep up to four pages in the threads' queue, which
 * feeds any number of threads.
 */
import type { Emit } from '../progress/events.ts';
import { unlessAborted } from './brakes.ts';
import type { Clock } from './ports.ts';
import { makeTokenBucket } from './token-bucket.ts';
import type { Message } from '../text/message.ts';

/** For whoever watches the run. Every turn is told as an event. */
export interface Controls {
  /** Lets what is in work be committed and begins no other page. Does nothing while a pause is on. */
  pause(because: Message): void;
  /** Does nothing when there is no pause. */
  resume(): void;
  readonly isPaused: boolean;
  /** RSA threads. */
  readonly workers: number;
  readonly mostWorkers: number;
  /** Brought within 1 and `mostWorkers`; surplus threads finish what they have in hand. */
  setWorkers(workers: number): void;
}

/** For the engine. */
export interface Pace {
  /** True when `admit` would not wait: only then is a page read ahead of the one in work. */
  isOpen(): boolean;
  /**
   * Waits while there is a pause, and for the turn that the speed limit gives. Answers how many of the wanted rows may be
   * read. Rejects with the signal's reason as soon as it aborts. To be called with nothing half done in hand.
   */
  admit(wanted: number, signal: AbortSignal): Promise<number>;
  /** Waits while there is a pause: for work that is no page of rows. */
  sitOut(signal: AbortSignal): Promise<void>;
  /** Fewer rows than admitted were there. */
  giveBack(rows: number): void;
  /** Counts a lane at work for as long as `work` takes: a pause is reached when all of them wait. */
  asLane<T>(work: () => Promise<T>): Promise<T>;
}

/** The part of the key workers that can be turned. */
export interface Threads {
  readonly workers: number;
  resize(workers: number): void;
}

export interface ControlsOptions {
  readonly emit: Emit;
  readonly clock: Clock;
  readonly threads: Threads;
  readonly mostWorkers: number;
  /** Null for no limit. */
  readonly maxKeysPerSecond: number | null;
}

interface Pause {
  readonly because: Message;
  readonly over: Promise<void>;
  readonly end: () => void;
  isReached: boolean;
}

/** Tells the number of workers once at the start. */
export function makeControls(options: ControlsOptions): { readonly controls: Controls; readonly pace: Pace } {
  const { emit, clock, threads, maxKeysPerSecond } = options;
  const mostWorkers = Math.max(options.mostWorkers, threads.workers);
  const bucket = maxKeysPerSecond === null ? null : makeTokenBucket(maxKeysPerSecond);
  let pause: Pause | null = null;
  let [lanes, waiting] = [0, 0];

  const isPaused = (): boolean => pause !== null;

  function noteReached(): void {
    if (pause === null || pause.isReached || waiting === 0 || waiting < lanes) return;
    pause.isReached = true;
    emit({ type: 'pause', change: 'reached', because: pause.because });
  }

  async function sitOut(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (pause !== null) {
      waiting += 1;
      noteReached();
      try {
        await unlessAborted(signal, pause.over);
      } finally {
        waiting -= 1;
      }
    }
  }

  const controls: Controls = {
    pause: (because) => {
      if (pause !== null) return;
      const { promise: over, resolve: end } = Promise.withResolvers<undefined>();
      pause = { because, over, end: () => end(undefined), isReached: false };
      emit({ type: 'pause', change: 'asked', because });
    },
    resume: () => {
      if (pause === null) return;
      const { because, end } = pause;
      pause = null;
      emit({ type: 'pause', change: 'ended', because });
      end();
    },
    get isPaused() {
      return isPaused();
    },
    get workers() {
      return threads.workers;
    },
    mostWorkers,
    setWorkers: (wanted) => {
      const workers = Math.min(Math.max(Math.trunc(wanted), 1), mostWorkers);
      if (workers === threads.workers) return;
      threads.resize(workers);
      emit({ type: 'workers', workers });
    },
  };

  const pace: Pace = {
    isOpen: () => !isPaused() && (bucket === null || bucket.isFree(clock.elapsedMs())),
    admit: async (wanted, signal) => {
      await sitOut(signal);
      if (bucket === null) return wanted;
      const rows = bucket.fitting(wanted);
      const waitMs = bucket.take(rows, clock.elapsedMs());
      if (waitMs > 0) await clock.sleep(waitMs, signal);
      // asked for during the wait
      await sitOut(signal);
      return rows;
    },
    sitOut,
    giveBack: (rows) => {
      bucket?.giveBack(rows);
    },
    asLane: async (work) => {
      lanes += 1;
      try {
        return await work();
      } finally {
        lanes -= 1;
        // the last lane at work has ended instead of coming to wait
        noteReached();
      }
    },
  };

  emit({ type: 'workers', workers: threads.workers });
  return { controls, pace };
}
