/** Draws the screens on the terminal until somebody leaves. The only place that speaks to Ink's renderer. */
import { render } from 'ink';
import type { ReadStream, WriteStream } from 'node:tty';
import type { ExitCode } from '../errors.ts';
import type { Language } from '../text/language.ts';
import { sayIn } from '../text/message.ts';
import { App } from './app.tsx';
import type { Director } from './director.ts';
import { FINE, PLAIN } from './parts/glyphs.ts';
import { lookIn } from './parts/look.ts';
import { spokenGlyphs } from './parts/spoken-glyphs.ts';

/** Never more, however fast the keys change. */
const FRAMES_PER_SECOND = 10;

export interface UiOptions {
  readonly director: Director;
  readonly language: Language;
  readonly isFine: boolean;
  /** A screen reader reads what is drawn. */
  readonly isSpoken: boolean;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
}

/** Resolves to the exit code; the terminal is then as it was before. */
export async function startUi(options: UiOptions): Promise<ExitCode> {
  const { director, language, isFine, isSpoken, stdin, stdout, stderr } = options;
  const glyphs = isSpoken ? spokenGlyphs(sayIn(language)) : isFine ? FINE : PLAIN;
  const look = lookIn(language, glyphs);
  const instance = render(<App director={director} look={look} />, {
    stdin,
    stdout,
    stderr,
    exitOnCtrlC: false,
    maxFps: FRAMES_PER_SECOND,
    incrementalRendering: true,
    alternateScreen: true,
    isScreenReaderEnabled: isSpoken,
  });
  const exitCode = await director.left;
  instance.unmount();
  await instance.waitUntilExit();
  return exitCode;
}
