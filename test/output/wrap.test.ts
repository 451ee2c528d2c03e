import { describe, expect, it } from 'vitest';
import { wrapLine } from '../../src/output/wrap.ts';

describe('a line too wide for the terminal', () => {
  it.each<[string, string, string[]]>([
    ['a text', 'one two three four five six seven', ['one two three four five six', '  seven']],
    ['a bullet', '  - one two three four five six seven', ['  - one two three four five', '    six seven']],
    ['a check', 'WARNING one two three four five six', ['WARNING one two three four', '        five six']],
    ['a remedy', '        → one two three four five', ['        → one two three four', '          five']],
    ['a labelled line', '  key    one two three four five', ['  key    one two three four', '         five']],
  ])('is broken between words, and goes on below its text: %s', (_name, line, expected) => {
    expect(wrapLine(line, 30)).toEqual(expected);
  });

  it('gives colours no room', () => {
    const line = '\u001b[33mWARNING\u001b[39m one two three four five';
    expect(wrapLine(line, 32)).toEqual([line]);
  });

  it.each([
    [
      'a command in backticks',
      'run `srkey change-ca --dry-run --full` again',
      ['run', '  `srkey change-ca --dry-run --full`', '  again'],
    ],
    [
      'a command of openssl',
      'Convert it: openssl x509 -inform der -in "a b"',
      ['Convert it: openssl x509 -inform der -in "a b"'],
    ],
    ['a word that is too long', `log file: ${'x'.repeat(40)}`, ['log file:', `  ${'x'.repeat(40)}`]],
  ])('keeps %s whole, to be copied', (_name, line, expected) => {
    expect(wrapLine(line, 30)).toEqual(expected);
  });
});
