import { describe, expect, it } from 'vitest';
import { shown } from '../../src/output/format.ts';
import {
  bytes,
  count,
  counted,
  day,
  duration,
  durationRange,
  keysPerSecond,
  percent,
  time,
} from '../../src/text/quantities.ts';
import type { Message } from '../../src/text/message.ts';
import { fc } from '../support/random.ts';
import { displayWidth, tableLines } from '../../src/output/table.ts';

describe('formatting', () => {
  it.each<[Message, string]>([
    [count(0), '0'],
    [count(999), '999'],
    [count(1000), '1,000'],
    [count(1234567), '1,234,567'],
    [count(-12345), '-12,345'],
    [counted(1, 'key'), '1 key'],
    [counted(0, 'key'), '0 keys'],
    [counted(2, 'retry', 'retries'), '2 retries'],
    [bytes(0), '0 B'],
    [bytes(717), '717 B'],
    [bytes(1023), '1023 B'],
    [bytes(1024), '1.0 KiB'],
    [bytes(1024 * 1024 - 1), '1.0 MiB'],
    [bytes(1.5 * 1024 ** 3), '1.5 GiB'],
    [bytes(-1), '0 B'],
    [duration(0), '0 s'],
    [duration(0.2), 'under 1 s'],
    [duration(59.6), '1 min'],
    [duration(125), '2 min 5 s'],
    [duration(3600), '1 h'],
    [duration(7265), '2 h 1 min'],
    [duration(90_000), '1 d 1 h'],
    [durationRange(60, 60), 'about 60 s'],
    [durationRange(39.2, 61.7), '39 to 62 s'],
    [durationRange(62, 95), '1 to 2 min'],
    [durationRange(3600, 5500), '1 to 1.6 h'],
    [durationRange(0, 3), 'at most 3 s'],
    [percent(0), '0.0 %'],
    [percent(0.5), '50.0 %'],
    [percent(0.99999), '99.9 %'],
    [percent(1), '100 %'],
    [percent(-1), '0.0 %'],
    [keysPerSecond(0.42), '0.4 keys/s'],
    [keysPerSecond(1234.5), '1,235 keys/s'],
    [time(new Date(Date.UTC(2026, 10, 23, 16, 5, 9))), '2026-11-23 16:05:09 UTC'],
    [day(new Date(Date.UTC(2026, 10, 23))), '2026-11-23'],
    [time(new Date(Number.NaN)), 'an unknown time'],
  ])('writes %s', (actual, expected) => {
    expect(String(actual)).toBe(expected);
  });

  it('never lets a control character or a direction mark of foreign text through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        // eslint-disable-next-line no-control-regex -- control characters are what it looks for
        expect(shown(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
    expect(shown('a\u001b[31mb\nc')).toBe('a\\u001b[31mb\\u000ac');
  });
});

describe('a table', () => {
  it('aligns numbers to the right and ends no line with blanks', () => {
    expect(
      tableLines(
        [{ title: 'target' }, { title: 'keys', align: 'right' }, { title: '' }],
        [
          ['a', '1,000', ''],
          ['longer', '2', ''],
        ],
      ),
    ).toEqual(['target   keys', 'a       1,000', 'longer      2']);
  });

  it('counts wide and combining characters as terminals do', () => {
    expect(displayWidth('é')).toBe(1);
    expect(displayWidth('e\u0301')).toBe(1);
    expect(displayWidth('鍵')).toBe(2);
  });
});
