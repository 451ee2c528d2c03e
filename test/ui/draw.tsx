/** Draws a screen as it is at a size and in a language, with ink-testing-library. */
import { Box } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import { vi } from 'vitest';
import type { ReactNode } from 'react';
import { FINE, PLAIN } from '../../src/ui/parts/glyphs.ts';
import { LookContext, lookIn } from '../../src/ui/parts/look.ts';
import { RoomContext, roomIn } from '../../src/ui/parts/size.ts';
import { spokenGlyphs } from '../../src/ui/parts/spoken-glyphs.ts';
import { sayIn } from '../../src/text/message.ts';
import { ENGLISH } from '../../src/text/english.ts';
import { FRENCH } from '../../src/text/fr/french.ts';

export interface DrawOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly lang?: 'en' | 'fr';
  readonly plain?: boolean;
  /** As a screen reader gets it. */
  readonly spoken?: boolean;
}

/** No-break blanks look like blanks, and an inline frame should not depend on who sees the difference. */
const SPECIAL_BLANKS = /[\u00a0\u202f]/g;

/** The frame, without blanks at the ends of lines and empty lines at its end. */
export function draw(
  screen: ReactNode,
  { columns = 100, rows = 24, lang = 'en', plain = false, spoken = false }: DrawOptions = {},
): string {
  const language = lang === 'fr' ? FRENCH : ENGLISH;
  const look = lookIn(language, spoken ? spokenGlyphs(sayIn(language)) : plain ? PLAIN : FINE);
  vi.stubEnv('INK_SCREEN_READER', String(spoken));
  const { lastFrame, stdout, rerender } = render(<Box />);
  // the library's terminal has 100 columns, whatever is drawn on it
  Object.defineProperty(stdout, 'columns', { value: columns });
  stdout.emit('resize');
  const drawn = (
    <LookContext value={look}>
      <RoomContext value={roomIn({ columns, rows })}>{screen}</RoomContext>
    </LookContext>
  );
  rerender(drawn);
  // what the first frame was measured for shows in the next one
  rerender(drawn);
  const frame = lastFrame() ?? '';
  cleanup();
  vi.unstubAllEnvs();
  return `\n${frame
    .replaceAll(SPECIAL_BLANKS, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{2,}(?=\n─)/g, '\n\n')}\n`;
}

/** Lines of a frame that are wider than the terminal. */
export function tooWide(frame: string, columns: number): readonly string[] {
  return frame.split('\n').filter((line) => line.length > columns);
}
