/**
 * What makes the engine stop, in two strengths.
 *
 * `quit`: begin nothing new. A batch that is being committed is finished; one that is only read or rewrapped is dropped,
 * which loses nothing, because nothing of it was written. `cut`: at once, even in the middle of a commit; the
 * transaction then ends on the server, one way or the other, and the next claim finds out which.
 */
import { SrkeyError } from '../errors.ts';
import { text } from '../text/message.ts';

export interface Brakes {
  readonly quit: AbortSignal;
  readonly cut: AbortSignal;
  /** Stops the other lanes after their batch. The first reason wins. */
  fail(error: unknown): void;
  /** Lets go of the outer signals. */
  dispose(): void;
}

export interface BrakeSignals {
  /** First Ctrl-C: finish or roll back the batch in flight. */
  readonly stop?: AbortSignal | undefined;
  /** Second Ctrl-C: at once. */
  readonly abort?: AbortSignal | undefined;
  /** The run is no longer ours; its reason says why. */
  readonly lost?: AbortSignal | undefined;
}

export function makeBrakes(signals: BrakeSignals): Brakes {
  const quit = new AbortController();
  const cut = new AbortController();
  const subscriptions = new AbortController();

  const follow = (signal: AbortSignal | undefined, apply: (reason: unknown) => void): void => {
    if (signal === undefined) return;
    if (signal.aborted) apply(signal.reason);
    else
      signal.addEventListener(
        'abort',
        () => {
          apply(signal.reason);
        },
        { signal: subscriptions.signal },
      );
  };
  const cutWith = (reason: unknown): void => {
    quit.abort(reason);
    cut.abort(reason);
  };

  // `lost` first: when it and Ctrl-C came together, why the run was lost matters more than that the user gave up.
  follow(signals.lost, cutWith);
  follow(signals.abort, (reason) => {
    cutWith(interrupted(reason));
  });
  follow(signals.stop, (reason) => {
    quit.abort(interrupted(reason));
  });
  return {
    quit: quit.signal,
    cut: cut.signal,
    fail: (error) => {
      quit.abort(error);
    },
    dispose: () => {
      subscriptions.abort();
    },
  };
}

/** A stop on request. A caller may give a `SrkeyError` as the signal's reason, e.g. to say that `--until` was reached. */
function interrupted(reason: unknown): SrkeyError {
  if (reason instanceof SrkeyError) return reason;
  return new SrkeyError('E_INTERRUPTED', text`stopped on request`, { cause: reason });
}

/** The work's result, or the signal's reason as soon as it aborts. The abandoned work may still settle; nobody listens. */
export async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
