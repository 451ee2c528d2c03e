/**
 * Between screens and desk: holds the state, takes intents, carries out the effects that follow, and feeds back what the
 * desk answers. Screens subscribe and draw; whether one is drawn at all decides nothing here.
 */
import { observeAlive, reduce } from '../progress/reduce.ts';
import { INITIAL_STATE } from '../progress/rotation-state.ts';
import type { RotationState } from '../progress/rotation-state.ts';
import type { ExitCode } from '../errors.ts';
import type { Desk, JobRequest, RunningJob } from './desk.ts';
import { initialState } from './state/app-state.ts';
import type { AppState } from './state/app-state.ts';
import type { AppMessage, Effect, Intent } from './state/messages.ts';
import { update } from './state/update.ts';

export interface Director {
  readonly state: () => AppState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly send: (intent: Intent) => void;
  /** The window was closed: a job is stopped after its batch, then all ends. */
  readonly hangUp: () => void;
  /** Resolves to the exit code when somebody left. */
  readonly left: Promise<ExitCode>;
}

export interface DirectorOptions {
  readonly desk: Desk;
  /** Monotonic milliseconds. */
  readonly elapsedMs: () => number;
  /** How often screens are told of what a job does; its questions and its end are told at once. */
  readonly tellEveryMs?: number;
}

/** Events come by the hundred; screens are told ten times a second. The clock on them moves as often. */
const TELL_EVERY_MS = 100;

interface CurrentJob {
  readonly jobNo: number;
  readonly running: RunningJob;
  rotation: RotationState;
  /** Answers the engine's question; null while there is none. */
  confirm: ((isYes: boolean) => void) | null;
}

export function createDirector({ desk, elapsedMs, tellEveryMs = TELL_EVERY_MS }: DirectorOptions): Director {
  let state = initialState(desk.remembered(), desk.platform);
  const listeners = new Set<() => void>();
  const { promise: left, resolve: leave } = Promise.withResolvers<ExitCode>();
  let job: CurrentJob | null = null;
  let jobs = 0;
  /** One job at a time: the next begins when the last has let go of everything. */
  let lastEnded: Promise<unknown> = Promise.resolve();

  function dispatch(message: AppMessage): void {
    const { state: next, effects } = update(state, message);
    const isChanged = next !== state;
    state = next;
    if (isChanged) for (const listener of listeners) listener();
    for (const effect of effects) carryOut(effect);
  }

  function carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'connect':
        void desk.connect(effect.login, effect.password).then((answer) => {
          dispatch({ type: 'connect-answered', login: effect.login, answer });
        });
        return;
      case 'list-runs':
        void desk.listRuns(effect.login).then((answer) => {
          dispatch({ type: 'connect-answered', login: effect.login, answer });
        });
        return;
      case 'start-demo':
        void desk
          .startDemo((step) => {
            dispatch({ type: 'demo-step', step });
          })
          .then((answer) => {
            dispatch({ type: 'demo-answered', answer });
          });
        return;
      case 'list-folder':
        void desk.listFolder(effect.folder).then((listing) => {
          dispatch({ type: 'folder-listed', listing });
        });
        return;
      case 'look-at-root': {
        const { place, path, passphrase } = effect;
        void desk.lookAtRoot(path, passphrase).then((answer) => {
          dispatch({ type: 'root-looked', place, path, answer });
        });
        return;
      }
      case 'look-at-key-map':
        void desk.lookAtKeyMap(effect.path).then((answer) => {
          dispatch({ type: 'key-map-looked', path: effect.path, answer });
        });
        return;
      case 'start-job':
        start(effect.request);
        return;
      case 'confirm':
        job?.confirm?.(effect.isYes);
        return;
      case 'stop-job':
        if (effect.how === 'at-once') job?.running.cut();
        else job?.running.stop();
        return;
      case 'pause':
        if (effect.isOn) job?.running.levers.pause();
        else job?.running.levers.resume();
        return;
      case 'set-workers':
        job?.running.levers.setWorkers(effect.workers);
        return;
      case 'leave':
        leave(effect.exitCode);
        return;
    }
  }

  function start(request: JobRequest): void {
    const jobNo = ++jobs;
    lastEnded = lastEnded.then(() => runJob(jobNo, request));
  }

  /** Resolves when the job has ended. A job that was superseded before it could begin does not begin. */
  async function runJob(jobNo: number, request: JobRequest): Promise<void> {
    if (jobNo !== jobs) return;
    let rotation = INITIAL_STATE;
    const running = desk.start(request, {
      onEvent: (event) => {
        rotation = reduce(rotation, event, elapsedMs());
        current.rotation = rotation;
      },
      onConfirm: (confirmation) => {
        const { promise, resolve } = Promise.withResolvers<boolean>();
        current.confirm = resolve;
        tell();
        dispatch({ type: 'job-asks', jobNo, confirmation });
        return promise;
      },
    });
    const current: CurrentJob = { jobNo, running, rotation, confirm: null };
    job = current;
    dispatch({ type: 'job-started', jobNo, kind: request.kind, atMs: elapsedMs() });
    const tell = (): void => {
      const atMs = elapsedMs();
      rotation = observeAlive(rotation, atMs);
      dispatch({ type: 'job-progress', jobNo, rotation, atMs });
    };
    const timer = setInterval(tell, tellEveryMs);
    const outcome = await running.ended;
    clearInterval(timer);
    dispatch({ type: 'job-ended', jobNo, outcome, rotation, atMs: elapsedMs() });
  }

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: dispatch,
    hangUp: () => {
      dispatch({ type: 'hang-up' });
    },
    left,
  };
}
