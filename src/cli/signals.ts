/**
 * Ctrl-C and its relatives. First: finish or roll back the batch, keep the state. Second: cut at once; the database
 * sorts out what the cut line left. Third: leave, whatever is going on. Ctrl-Break (Windows), a closed terminal and a
 * service manager's stop count like Ctrl-C.
 */
import { SrkeyError } from '../errors.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';

export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

export interface StopSignals {
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
  /** For prompts, which swallow the key: counts like the signal. */
  readonly press: () => void;
  /** Stops like a first Ctrl-C, for a reason of its own; does nothing when a stop is under way. */
  readonly stopFor: (reason: SrkeyError, because: Message) => void;
  readonly dispose: () => void;
}

export interface SignalSource {
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface StopSignalOptions {
  readonly source: SignalSource;
  readonly say: (line: Message) => void;
  /** Whether there is a run in work, so batches to speak of. */
  readonly isChanging: () => boolean;
  readonly exitNow: () => void;
}

export function interrupted(): SrkeyError {
  return new SrkeyError('E_INTERRUPTED', text`interrupted`);
}

/** How long a cut may take: a server that is frozen gives no answer to wait for. */
export const CUT_GRACE_MS = 5_000;

/** The work's result, or E_INTERRUPTED when it has not ended some time after it was cut. Nobody listens to it then. */
export async function unlessCut<T>(abort: AbortSignal, work: Promise<T>, graceMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => {
      reject(
        new SrkeyError('E_INTERRUPTED', text`interrupted while the server gave no answer; what was committed stands`, {
          hint: text`run the same command again: it finds out where the run stands`,
        }),
      );
    }, graceMs);
  };
  if (abort.aborted) onAbort();
  else abort.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
    abort.removeEventListener('abort', onAbort);
  }
}

function stoppingBatch(because: Message | null): Message {
  return because === null
    ? text`stopping: the batch in work is finished or rolled back, the state is kept (again: cut at once)`
    : text`${because}, stopping: the batch in work is finished or rolled back, the state is kept (Ctrl-C: cut at once)`;
}

function stoppingEarly(because: Message | null): Message {
  return because === null
    ? text`stopping: no batch is in work (again: cut at once)`
    : text`${because}, stopping: no batch is in work (Ctrl-C: cut at once)`;
}

export function listenForStop({ source, say, isChanging, exitNow }: StopSignalOptions): StopSignals {
  const stop = new AbortController();
  const abort = new AbortController();
  let presses = 0;
  const stopFor = (reason: SrkeyError, because: Message | null): void => {
    if (presses > 0) return;
    presses = 1;
    // first the signal: a prompt ends its line before anything is said
    stop.abort(reason);
    say(isChanging() ? stoppingBatch(because) : stoppingEarly(because));
  };
  const press = (): void => {
    if (presses === 0) {
      stopFor(interrupted(), null);
      return;
    }
    presses++;
    if (presses === 2) {
      abort.abort(interrupted());
      say(text`cutting at once: what was committed stands, the next start finds out about the rest (again: leave)`);
    } else exitNow();
  };
  for (const signal of SIGNALS) source.on(signal, press);
  return {
    stop: stop.signal,
    abort: abort.signal,
    press,
    stopFor,
    dispose: () => {
      for (const signal of SIGNALS) source.off(signal, press);
    },
  };
}

/** The work's result, or E_INTERRUPTED as soon as a stop is asked for: for waits that change nothing. */
export async function unlessStopped<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  if (stop.aborted) {
    work.catch(() => undefined);
    throw stop.reason;
  }
  const { promise, reject } = Promise.withResolvers<never>();
  const onStop = (): void => {
    reject(stop.reason as Error);
  };
  stop.addEventListener('abort', onStop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    stop.removeEventListener('abort', onStop);
  }
}
