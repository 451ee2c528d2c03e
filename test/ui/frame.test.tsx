/** The frame around every screen: no key unnamed, no focus out of sight, no line that begins with a blank. */
import { Text } from 'ink';
import { describe, expect, it } from 'vitest';
import { text, verbatim } from '../../src/text/message.ts';
import { Frame } from '../../src/ui/parts/frame.tsx';
import type { FrameProps } from '../../src/ui/parts/frame.tsx';
import { keyLines } from '../../src/ui/parts/key-hints.ts';
import { FINE } from '../../src/ui/parts/glyphs.ts';
import { lookIn } from '../../src/ui/parts/look.ts';
import { Prose } from '../../src/ui/parts/prose.tsx';
import { offsetToSee, Revealed } from '../../src/ui/parts/revealed.tsx';
import { ENGLISH } from '../../src/text/english.ts';
import { draw } from './draw.tsx';

const hint = (keys: string, does: string): FrameProps['hints'][number] => ({ keys, does: verbatim(does) });
const rows = Array.from({ length: 30 }, (_, index) => `row ${String(index + 1)}`);
const frame = { title: text`Result`, place: text`step ${2} of ${7}`, about: null, hints: [hint('a', 'one')] };

describe('the keys', () => {
  const look = lookIn(ENGLISH, FINE);

  it('take as many lines as they need, each hint in the first that has room', () => {
    const hints = [hint('Enter', 'go on'), hint('x', 'a long explanation'), hint('d', 'more')];
    expect(keyLines(hints, 25, look)).toEqual(['Enter go on  ·  d more', 'x a long explanation']);
    expect(keyLines(hints, 80, look)).toEqual(['Enter go on  ·  x a long explanation  ·  d more']);
  });

  it('are never left out, however narrow it is', () => {
    expect(keyLines([hint('Enter', 'go on'), hint('Esc', 'back')], 5, look)).toEqual(['Enter go on', 'Esc back']);
  });

  it('name the arrows where there is more to scroll to, and only there', () => {
    const long = draw(<Frame {...frame} scroll={0}>{rows.map((row) => <Text key={row}>{row}</Text>)}</Frame>); // prettier-ignore
    expect(long).toMatch(/── more below ─+\n a one {2}· {2}↑↓ scroll/);
    expect(draw(<Frame {...frame} scroll={0}><Text>short</Text></Frame>)).not.toContain('scroll'); // prettier-ignore
  });
});

describe('the content', () => {
  it('says when something is hidden above it', () => {
    const scrolled = draw(<Frame {...frame} scroll={3}>{rows.map((row) => <Text key={row}>{row}</Text>)}</Frame>); // prettier-ignore
    expect(scrolled).toMatch(/── more above ─+\n row 4\n/);
  });

  it('moves so far that what is worked on is seen', () => {
    const form = (at: number): string =>
      draw(
        <Frame {...frame}>
          {rows.map((row, index) => (
            <Revealed key={row} when={index === at}>
              <Text>{row}</Text>
            </Revealed>
          ))}
        </Frame>,
      );
    expect(form(0)).toContain('row 1\n');
    expect(form(29)).toMatch(/more above[^]*row 30\n/);
    expect(form(29)).not.toContain('more below');
  });

  it.each([
    ['is seen already', 3, 4, 2, 2],
    ['is above', 1, 2, 5, 1],
    ['is below', 12, 13, 0, 3],
    ['is higher than the window', 5, 30, 0, 5],
  ])('moves no further than it must for what %s', (_where, top, bottom, offset, moved) => {
    expect(offsetToSee(top, bottom, offset, 10)).toBe(moved);
  });

  it('begins no line with the blank that the line before was broken at', () => {
    const said =
      'a name, a path and words enough for a second line: there is nothing here that fits in one line of sixty';
    const lines = draw(<Frame {...frame}><Prose color="red">{said}</Prose></Frame>, { columns: 60 }).split('\n'); // prettier-ignore
    expect(lines.filter((line) => line.startsWith('  '))).toEqual([]);
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain(said);
  });
});

describe('the heading', () => {
  it('gives up the names of server and database before the step', () => {
    const about = 'SQL01.example.org\\SES a_database_with_a_long_name';
    expect(
      draw(
        <Frame {...frame} about={about}>
          {null}
        </Frame>,
      ),
    ).toContain(`${about} · step 2 of 7`);
    const narrow = draw(
      <Frame {...frame} about={about}>
        {null}
      </Frame>,
      { columns: 60 },
    );
    expect(narrow).toMatch(/Result +step 2 of 7\n/);
  });
});
