import { describe, expect, it } from 'vitest';
import { ENGLISH } from '../../src/text/english.ts';
import { openScreen } from '../../src/output/screen.ts';
import type { Screen } from '../../src/output/screen.ts';
import { hasColour } from '../../src/output/style.ts';
import { fakeStream } from '../support/fake-terminal.ts';

function aScreen({ isTTY = false, json = false, env = {} } = {}): {
  screen: Screen;
  out: () => string;
  err: () => string;
  resize: (columns: number) => void;
} {
  const stdout = fakeStream({ isTTY });
  const stderr = fakeStream({ isTTY });
  return {
    screen: openScreen({ stdout: stdout.stream, stderr: stderr.stream, env, json, language: ENGLISH }),
    out: stdout.text,
    err: stderr.text,
    resize: (columns) => {
      stdout.stream.columns = columns;
    },
  };
}

describe('the screen', () => {
  it('speaks to people on stdout and complains on stderr', () => {
    const { screen, out, err } = aScreen();
    screen.say('a', 'b');
    screen.complain('c');
    screen.emit('x', {});
    expect(out()).toBe('a\nb\n');
    expect(err()).toBe('c\n');
  });

  it('keeps stdout for JSON lines under --json', () => {
    const { screen, out, err } = aScreen({ json: true });
    screen.say('a');
    screen.emit('x', { at: new Date(0), n: 1 }, new Date(1));
    expect(out()).toBe('{"v":1,"ts":"1970-01-01T00:00:00.001Z","type":"x","at":"1970-01-01T00:00:00.000Z","n":1}\n');
    expect(err()).toBe('a\n');
  });

  it('shows no live line and no control character without a terminal', () => {
    const { screen, out } = aScreen();
    screen.live('50 %');
    screen.say('done');
    screen.close();
    expect(out()).toBe('done\n');
  });

  it('rewrites the live line in place, and permanent lines go above it', () => {
    const { screen, out } = aScreen({ isTTY: true });
    screen.live('50 %');
    screen.say('note');
    screen.live('60 %');
    screen.close();
    expect(out()).toBe('\r\u001b[K50 %\r\u001b[Knote\n50 %\r\u001b[K60 %\r\u001b[K');
  });

  it('takes the live line away before a complaint on the same terminal', () => {
    const { screen, out, err } = aScreen({ isTTY: true });
    screen.live('50 %');
    screen.complain('oh');
    expect(out()).toBe('\r\u001b[K50 %\r\u001b[K50 %');
    expect(err()).toBe('oh\n');
  });

  it('never lets the live line wrap', () => {
    const { screen, out } = aScreen({ isTTY: true });
    screen.live('x'.repeat(200));
    // and leaves room for the ^C that terminals show behind it
    expect(out()).toBe(`\r\u001b[K${'x'.repeat(76)}…`);
  });

  it('takes away all rows of a live line that a narrower terminal has wrapped', () => {
    const { screen, out, resize } = aScreen({ isTTY: true });
    screen.live('x'.repeat(70));
    resize(60);
    screen.live('60 %');
    screen.close();
    expect(out()).toBe(`\r\u001b[K${'x'.repeat(70)}\r\u001b[1A\u001b[J60 %\r\u001b[K`);
  });

  it('leaves a script as it is, however narrow the terminal', () => {
    const { screen, out } = aScreen({ isTTY: true });
    const script = `/* ${'word '.repeat(30)} */\nGO`;
    screen.verbatim(script);
    expect(out()).toBe(`${script}\n`);
  });

  it('breaks lines between words on a terminal only', () => {
    const line = `  - ${'word '.repeat(20)}end`;
    const piped = aScreen();
    piped.screen.say(line);
    expect(piped.out()).toBe(`${line}\n`);
    const { screen, out } = aScreen({ isTTY: true });
    screen.say(line);
    expect(out()).toBe(`  - ${'word '.repeat(15).trim()}\n    ${'word '.repeat(5)}end\n`);
  });

  it('shows no live line on a terminal that cannot rewrite', () => {
    const { screen, out } = aScreen({ isTTY: true, env: { TERM: 'dumb' } });
    screen.live('50 %');
    expect(out()).toBe('');
  });
});

describe('colour', () => {
  it.each<[string, Record<string, string>, boolean, boolean]>([
    ['is on for a terminal', {}, true, true],
    ['is off without one', {}, false, false],
    ['is off under NO_COLOR', { NO_COLOR: '1' }, true, false],
    ['is off under NO_COLOR even with FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['ignores an empty NO_COLOR, as no-color.org says', { NO_COLOR: '' }, true, true],
    ['is on under FORCE_COLOR without a terminal', { FORCE_COLOR: '1' }, false, true],
    ['is off under FORCE_COLOR=0', { FORCE_COLOR: '0' }, true, false],
    ['is off on a dumb terminal', { TERM: 'dumb' }, true, false],
  ])('%s', (_name, env, isTTY, expected) => {
    expect(hasColour(env, { isTTY })).toBe(expected);
  });
});
