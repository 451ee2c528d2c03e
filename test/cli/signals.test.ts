import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { askWord } from '../../src/cli/prompt.ts';
import { listenForStop, SIGNALS, unlessStopped } from '../../src/cli/signals.ts';
import { fakeKeyboard, fakeStream } from '../support/fake-terminal.ts';

function listen(): {
  source: EventEmitter;
  said: string[];
  exits: () => number;
  signals: ReturnType<typeof listenForStop>;
} {
  const source = new EventEmitter();
  const said: string[] = [];
  let exits = 0;
  const signals = listenForStop({ source, say: (line) => said.push(line), exitNow: () => exits++ });
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
});
