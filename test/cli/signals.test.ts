import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { SrkeyError } from '../../src/errors.ts';
import { askWord } from '../../src/cli/prompt.ts';
import { listenForStop, SIGNALS, unlessCut, unlessStopped } from '../../src/cli/signals.ts';
import { verbatim } from '../../src/text/message.ts';
import { fakeKeyboard, fakeStream } from '../support/fake-terminal.ts';

function listen({ isChanging = true } = {}): {
  source: EventEmitter;
  said: string[];
  exits: () => number;
  signals: ReturnType<typeof listenForStop>;
} {
  const source = new EventEmitter();
  const said: string[] = [];
  let exits = 0;
  const signals = listenForStop({
    source,
    say: (line) => said.push(String(line)),
    isChanging: () => isChanging,
    exitNow: () => exits++,
  });
  return { source, said, exits: () => exits, signals };
}

describe('stop signals', () => {
  it.each(SIGNALS)('the first %s stops, the second aborts, the third leaves', (signal) => {
    const { source, said, exits, signals } = listen();
    source.emit(signal);
    expect([signals.stop.aborted, signals.abort.aborted, exits()]).toEqual([true, false, 0]);
    expect(said[0]).toMatch(/finished or rolled back, the state is kept/);
    source.emit(signal);
    expect([signals.abort.aborted, exits()]).toEqual([true, 0]);
    source.emit(signal);
    expect(exits()).toBe(1);
  });

  it('count a stop for another reason as the first one', () => {
    const { source, said, exits, signals } = listen();
    const reason = new SrkeyError('E_INTERRUPTED', verbatim('time is up'));
    signals.stopFor(reason, verbatim('time is up'));
    signals.stopFor(reason, verbatim('time is up'));
    expect(signals.stop.reason).toBe(reason);
    expect(said).toEqual([
      'time is up, stopping: the batch in work is finished or rolled back, the state is kept (Ctrl-C: cut at once)',
    ]);
    source.emit('SIGINT');
    expect([signals.abort.aborted, exits()]).toEqual([true, 0]);
  });

  it('speak of no batch while there is none', () => {
    const { source, said } = listen({ isChanging: false });
    source.emit('SIGINT');
    expect(said).toEqual(['stopping: no batch is in work (again: cut at once)']);
  });

  it('end work that does not end by itself some time after the cut', async () => {
    const { source, signals } = listen();
    const working = unlessCut(signals.abort, new Promise(() => {}), 0);
    source.emit('SIGINT');
    source.emit('SIGINT');
    await expect(working).rejects.toMatchObject({
      code: 'E_INTERRUPTED',
      message: 'interrupted while the server gave no answer; what was committed stands',
    });
    await expect(unlessCut(signals.abort, Promise.resolve('done'), 60_000)).resolves.toBe('done');
  });

  it('carry E_INTERRUPTED as their reason, so that whoever waits ends with 130', () => {
    const { source, signals } = listen();
    source.emit('SIGTERM');
    expect(signals.stop.reason).toMatchObject({ code: 'E_INTERRUPTED', exitCode: 130 });
  });

  it('are let go at the end', () => {
    const { source, signals } = listen();
    signals.dispose();
    expect(SIGNALS.map((signal) => source.listenerCount(signal))).toEqual([0, 0, 0, 0]);
  });

  it('end a wait that changes nothing at once', async () => {
    const { source, signals } = listen();
    const waiting = unlessStopped(signals.stop, new Promise(() => {}));
    source.emit('SIGINT');
    await expect(waiting).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    await expect(unlessStopped(signals.stop, Promise.resolve(1))).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
  });
});

describe('the confirmation', () => {
  it.each(['Yes', 'yes', ' Yes', 'Yes ', ''])('hears %j exactly as typed', async (word) => {
    const keyboard = fakeKeyboard();
    const answer = askWord('Type Yes:', { stdin: keyboard.stream, stderr: fakeStream({ isTTY: true }).stream });
    keyboard.type(`${word}\r`);
    expect(await answer).toBe(word);
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is left with %s, and what is said next stands on a line of its own', async (_name, key) => {
    const keyboard = fakeKeyboard();
    const { stream, text } = fakeStream({ isTTY: true });
    const answer = askWord('Type Yes:', { stdin: keyboard.stream, stderr: stream });
    keyboard.type(key);
    await expect(answer).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    expect(text()).toMatch(/Type Yes: [^]*\n$/);
  });

  it('is not waited for after a signal', async () => {
    const { source, signals } = listen();
    const { stream, text } = fakeStream({ isTTY: true });
    const answer = askWord('Type Yes:', { stdin: fakeKeyboard().stream, stderr: stream, stop: signals.stop });
    source.emit('SIGTERM');
    await expect(answer).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
    expect(text()).toMatch(/\n$/);
  });
});
