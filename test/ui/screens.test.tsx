import { describe, expect, it } from 'vitest';
import { draw, tooWide } from './draw.tsx';
import { SHOWN } from './shown-screens.tsx';

describe.each(Object.keys(SHOWN) as (keyof typeof SHOWN)[])('the %s screen', (name) => {
  const screen = SHOWN[name];

  it.each([
    [60, 20],
    [80, 24],
    [100, 30],
    [160, 50],
    [200, 60],
  ])('stays within %i columns and %i rows in both languages', (columns, rows) => {
    for (const lang of ['en', 'fr'] as const) {
      const frame = draw(screen, { columns, rows, lang });
      expect(tooWide(frame, columns)).toEqual([]);
      expect(frame.trim().split('\n').length).toBeLessThan(rows);
    }
  });

  it('is plain ASCII but for data and language with the plain glyphs', () => {
    // eslint-disable-next-line no-control-regex -- what is not ASCII is what it looks for
    expect(draw(screen, { plain: true }).match(/[^\u0000-\u007f]/g)).toBeNull();
  });
});
