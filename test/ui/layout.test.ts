import { describe, expect, it } from 'vitest';
import { NEW_METER, observe } from '../../src/progress/rate.ts';
import { portionBar, progressBar } from '../../src/ui/parts/bar.ts';
import { canShowFineGlyphs, FINE, PLAIN } from '../../src/ui/parts/glyphs.ts';
import { roomIn, rowsOf, visibleRange } from '../../src/ui/parts/size.ts';
import { recentRates, sparkline } from '../../src/ui/parts/sparkline.ts';
import { droppedPath } from '../../src/ui/state/dropped-path.ts';
import { edit, insert, lineOf, masked, visiblePart } from '../../src/ui/state/line-edit.ts';
import { commonStart, matchingEntries } from '../../src/ui/state/path-completion.ts';

describe('a dropped path', () => {
  it.each([
    ['"C:\\SES server\\old root.pem"', 'win32', 'C:\\SES server\\old root.pem'],
    ["& 'C:\\SES server\\it''s.pem'", 'win32', "C:\\SES server\\it's.pem"],
    ['C:\\SES\\root.pem\r\n', 'win32', 'C:\\SES\\root.pem'],
    ['file:///C:/SES%20server/root.pem', 'win32', 'C:\\SES server\\root.pem'],
    ["'/srv/ses server/root.pem' ", 'linux', '/srv/ses server/root.pem'],
    ["'/srv/it'\\''s.pem'", 'linux', "/srv/it's.pem"],
    ['/srv/ses\\ server/root.pem', 'darwin', '/srv/ses server/root.pem'],
    ['file:///srv/ses%20server/root.pem', 'linux', '/srv/ses server/root.pem'],
  ] as const)('%j on %s is %s', (pasted, platform, path) => {
    expect(droppedPath(pasted, platform)).toBe(path);
  });
});

describe('a bar', () => {
  it('reads full only when all is done, and empty only when nothing is', () => {
    expect(progressBar(0, 5, FINE)).toBe('░░░░░');
    expect(progressBar(0.0001, 5, FINE)).toBe('▏░░░░');
    expect(progressBar(0.5, 5, FINE)).toBe('██▌░░');
    expect(progressBar(0.9999, 5, FINE)).toBe('████▉');
    expect(progressBar(1, 5, FINE)).toBe('█████');
    expect(progressBar(0.9999, 5, PLAIN)).toBe('####.');
  });

  it('shows one key among a million', () => {
    const portions = [999_999, 1, 0].map((amount, index) => ({ amount, glyph: 'ab-'[index]! }));
    expect(portionBar(portions, 10).map(({ text }) => text)).toEqual(['aaaaaaaaa', 'b', '']);
  });
});

describe('a sparkline', () => {
  it('shows the rates of the last while, the fastest as high as it goes', () => {
    let meter = observe(NEW_METER, 1, 0);
    for (let second = 1; second <= 4; second++) meter = observe(meter, second <= 2 ? 100 : 400, second * 1000);
    expect(recentRates(meter, 4).map(Math.round)).toEqual([100, 100, 400, 400]);
    expect(sparkline(recentRates(meter, 4), FINE.spark)).toBe('▃▃██');
  });

  it('is flat when nothing moved', () => {
    expect(sparkline([0, 0], FINE.spark)).toBe('▁▁');
  });
});

describe('a line', () => {
  it('is edited character by character, accents and emojis being one each', () => {
    const line = insert(lineOf('cle\u0301s'), '🗝️');
    expect(line).toEqual({ text: 'cle\u0301s🗝️', cursor: 5 });
    expect(edit(edit(line, 'backspace'), 'backspace').text).toBe('cle\u0301');
  });

  it('takes no control characters', () => {
    expect(insert(lineOf(''), 'a\u001b[31mb\nc').text).toBe('a[31mbc');
  });

  it('shows the part with the cursor, and marks what is cut off', () => {
    expect(visiblePart(lineOf('/srv/a/long/path/root.pem'), 12, '…')).toEqual({
      text: '…h/root.pem',
      cursorColumn: 11,
    });
    expect(visiblePart({ text: '/srv/a/long/path', cursor: 0 }, 10, '…')).toEqual({
      text: '/srv/a/l…',
      cursorColumn: 0,
    });
  });

  it('never shows how long a long password is', () => {
    expect(masked(lineOf('x'.repeat(40)), '*').text).toBe('*'.repeat(32));
  });
});

describe('completion', () => {
  const entries = ['root.pem', 'Root2.pem', 'readme.txt', '.hidden', 'roots'].map((name) => ({
    name,
    isFolder: name === 'roots',
  }));
  const listing = { prefix: '', separator: '/', entries } as const;

  it('offers what is wanted first, then folders, and hidden files only when asked for', () => {
    const names = (start: string): readonly string[] =>
      matchingEntries(listing, start, /\.pem$/i).map(({ name }) => name);
    expect(names('r')).toEqual(['root.pem', 'Root2.pem', 'roots', 'readme.txt']);
    expect(names('.')).toEqual(['.hidden']);
  });

  it('goes as far as all agree', () => {
    expect(commonStart(matchingEntries(listing, 'ro', /x/), 'ro')).toBe('root');
    expect(commonStart(matchingEntries(listing, 'root', /x/), 'root')).toBeNull();
  });
});

describe('the room', () => {
  it.each([
    [60, 20],
    [80, 24],
    [200, 60],
  ])('of %i by %i leaves the last row free', (columns, rows) => {
    expect(roomIn({ columns, rows })).toMatchObject({ columns, rows: rows - 1, height: rows - 5 });
  });

  it('counts the rows of a text broken between words', () => {
    expect(rowsOf('aaa bbb ccc', 7)).toBe(2);
    expect(rowsOf('aaa\nbbb', 7)).toBe(2);
    expect(rowsOf('a'.repeat(15), 7)).toBe(3);
  });

  it('keeps the marked entry of a list in view', () => {
    expect(visibleRange(100, 50, 10)).toEqual({ from: 45, to: 55 });
    expect(visibleRange(100, 99, 10)).toEqual({ from: 90, to: 100 });
  });
});

describe('glyphs', () => {
  it.each([
    [{ WT_SESSION: 'x' }, 'win32', true],
    [{}, 'win32', false],
    [{ LANG: 'fr_FR.UTF-8' }, 'linux', true],
    [{ LANG: 'fr_FR.UTF-8', LC_ALL: 'C' }, 'linux', false],
    [{ LANG: 'C.UTF-8', TERM: 'linux' }, 'linux', false],
  ] as const)('with %j on %s are fine: %s', (env, platform, isFine) => {
    expect(canShowFineGlyphs(env, platform)).toBe(isFine);
  });
});
