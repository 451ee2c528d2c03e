/** However fast keys change, at most ten frames a second are written. Counted on a clock that the test turns. */
import { Console } from 'node:console';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENGLISH } from '../../src/text/english.ts';
import type { Desk, JobObserver } from '../../src/ui/desk.ts';
import { createDirector } from '../../src/ui/director.ts';
import { fakeKeyboard, fakeStream } from '../support/fake-terminal.ts';
import {
  A_LOGIN,
  A_PLAN,
  A_RUN_EVENT,
  aBatch,
  ALL_READ,
  anOutcome,
  aRoot,
  facts,
  NEW_ROOT,
  remembered,
} from './a-state.ts';

/** Ink brackets each frame that it writes to a terminal: synchronized update, DEC mode 2026. */
const FRAME_BEGINS = '\u001b[?2026h';
const SECONDS = 4;
const BATCHES_A_SECOND = 50;

/** A desk where everything is there at once, and a job that does what the test tells its observer. */
function aDesk(onStart: (observer: JobObserver) => void): Desk {
  const { promise: ended, resolve: end } = Promise.withResolvers<ReturnType<typeof anOutcome>>();
  const nothing = (): void => undefined;
  return {
    platform: 'linux',
    remembered: () =>
      remembered({
        login: A_LOGIN,
        hasPassword: true,
        files: { old: ALL_READ.old.path.text, new: ALL_READ.new.path.text, keyMap: ALL_READ.keyMap.path.text },
      }),
    connect: () => Promise.resolve({ kind: 'connected', facts: facts() }),
    listRuns: () => Promise.resolve({ kind: 'connected', facts: facts() }),
    startDemo: () => Promise.reject(new Error('no demo here')),
    listFolder: (folder) => Promise.resolve({ prefix: folder, separator: '/', entries: [] }),
    lookAtRoot: (path) =>
      Promise.resolve({ kind: 'root', summary: path === ALL_READ.old.path.text ? aRoot() : NEW_ROOT }),
    lookAtKeyMap: () => Promise.resolve({ kind: 'key-map', targets: ['file keys'], ignored: 0 }),
    start: (_request, observer) => {
      onStart(observer);
      const levers = { pause: nothing, resume: nothing, setWorkers: nothing };
      const stop = (): void => {
        end(anOutcome({ exitCode: 130 }));
      };
      return { levers, stop, cut: stop, ended };
    },
    close: () => Promise.resolve(),
  };
}

describe('the screens', () => {
  beforeEach(() => {
    // where CI is set, Ink writes nothing but the last frame
    vi.stubEnv('CI', undefined).stubEnv('CONTINUOUS_INTEGRATION', undefined);
    // the runner's console lacks what Ink takes from Node's
    vi.stubGlobal('console', Object.assign(Object.create(console) as Console, { Console }));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('are written at most ten times a second, and not much seldomer', async () => {
    const { startUi } = await import('../../src/ui/start-ui.tsx');
    const { stream: stdout, text } = fakeStream({ isTTY: true, columns: 100 });
    const { stream: keyboard } = fakeKeyboard();
    const stdin = Object.assign(keyboard, { ref: () => keyboard, unref: () => keyboard });
    const frames = (): number => text().split(FRAME_BEGINS).length - 1;
    /** React works in turns of the event loop, which nobody turns but Node. */
    const letWork = async (): Promise<void> => {
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    };
    const started = Promise.withResolvers<JobObserver>();
    const director = createDirector({ desk: aDesk(started.resolve), elapsedMs: () => performance.now() });
    const ended = startUi({
      director,
      language: ENGLISH,
      isFine: true,
      isSpoken: false,
      stdin,
      stdout,
      stderr: stdout,
    });
    await letWork();
    // menu, Census, login, files
    for (const move of [1, 1]) director.send({ type: 'move', by: move });
    for (let step = 0; step < 3; step++) {
      director.send({ type: 'go' });
      await letWork();
    }
    const observer = await started.promise;
    observer.onEvent(A_RUN_EVENT);
    observer.onEvent(A_PLAN);
    await letWork();
    expect(director.state().screen).toBe('progress');

    const before = frames();
    for (let batch = 1; batch <= SECONDS * BATCHES_A_SECOND; batch++) {
      observer.onEvent(aBatch(batch, 5));
      vi.advanceTimersByTime(1000 / BATCHES_A_SECOND);
      await letWork();
    }
    const written = frames() - before;
    // one more: at both ends of the time stands a frame
    expect(written).toBeLessThanOrEqual(SECONDS * 10 + 1);
    expect(written).toBeGreaterThan(SECONDS * 5);
    director.hangUp();
    await letWork();
    expect(await ended).toBe(130);
  });
});
