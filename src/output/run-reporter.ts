/** Takes the engine's events to the screen, the JSON lines and the log file, and keeps the state that they all show. */
import type { Emit, RotationEvent } from '../progress/events.ts';
import { observeAlive, reduce } from '../progress/reduce.ts';
import { INITIAL_STATE } from '../progress/rotation-state.ts';
import type { RotationState } from '../progress/rotation-state.ts';
import { eventLines, isRoutine, progressText, routineChecksLine } from './event-text.ts';
import type { LogFile } from './log-file.ts';
import type { Screen } from './screen.ts';

/** The live line is rewritten at most ten times a second. */
const LIVE_EVERY_MS = 100;
/** Without a terminal: a progress line now and then. */
const PLAIN_EVERY_MS = 5_000;
/** Signs of life for the rate, see rate.ts. */
const TICK_MS = 1_000;

export interface RunReporterOptions {
  readonly screen: Screen;
  readonly log: LogFile;
  /** Monotonic milliseconds. */
  readonly elapsedMs: () => number;
  readonly now: () => Date;
}

export interface RunReporter {
  readonly emit: Emit;
  readonly state: () => RotationState;
  /** Called about once a second by a timer of its own; public for tests. */
  readonly tick: () => void;
  /** Says what is still held back, for a page or a question that follows. */
  readonly flush: () => void;
  /** Stops the timer and takes the live line away. */
  readonly close: () => void;
}

export function openRunReporter({ screen, log, elapsedMs, now }: RunReporterOptions): RunReporter {
  let state = INITIAL_STATE;
  let lastLiveMs = Number.NEGATIVE_INFINITY;
  let lastPlainMs = Number.NEGATIVE_INFINITY;
  let lastPlain: string | null = null;
  let waitAnnounced = false;
  /** Why the last attempt failed: said once, while the progress line counts down to the next one. */
  let retryReason: string | null = null;
  let isClosed = false;
  let routineChecks = 0;

  function showProgress(): void {
    const atMs = elapsedMs();
    if (screen.isLive) {
      if (atMs - lastLiveMs < LIVE_EVERY_MS) return;
      lastLiveMs = atMs;
      screen.live(progressText(state, { atMs, room: screen.liveRoom() }, screen.style));
      return;
    }
    if (atMs - lastPlainMs < PLAIN_EVERY_MS) return;
    const text = progressText(state, { atMs: null, room: screen.liveRoom() }, screen.style);
    if (text === null || text === lastPlain) return;
    lastPlainMs = atMs;
    lastPlain = text;
    screen.say(text);
  }

  function sayRoutineChecks(): void {
    if (routineChecks > 0) screen.say(routineChecksLine(routineChecks, screen.style));
    routineChecks = 0;
  }

  function emit(event: RotationEvent): void {
    const { type, ...fields } = event;
    state = reduce(state, event, elapsedMs());
    log.line(type, JSON.stringify(fields));
    // work that was cut off may still have something to tell, but the result line is the last one
    if (isClosed) return;
    screen.emit(type, fields, now());
    if (type === 'check' && isRoutine(event.check)) routineChecks++;
    if (type !== 'check') sayRoutineChecks();
    const isRepeatedWait = type === 'lease-wait' && waitAnnounced;
    waitAnnounced = type === 'lease-wait';
    const isRepeatedRetry = type === 'retry' && String(event.because) === retryReason;
    if (type === 'retry') retryReason = String(event.because);
    else if (state.retryAtMs === null) retryReason = null;
    if (!isRepeatedWait && !isRepeatedRetry) screen.say(...eventLines(event, state, screen.style));
    showProgress();
  }

  function tick(): void {
    state = observeAlive(state, elapsedMs());
    showProgress();
  }

  const timer = setInterval(tick, screen.isLive ? LIVE_EVERY_MS * 2 : TICK_MS);
  timer.unref();
  return {
    emit,
    state: () => state,
    tick,
    flush: () => {
      sayRoutineChecks();
      screen.live(null);
    },
    close: () => {
      isClosed = true;
      clearInterval(timer);
      sayRoutineChecks();
      screen.live(null);
    },
  };
}
