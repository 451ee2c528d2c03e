/** Draws the screens on the terminal until somebody leaves. The only place that speaks to Ink's renderer. */
import { render } from 'ink';
import type { ReadStream, WriteStream } from 'node:tty';
import type { ExitCode } from '../errors.ts';
import type { Language } from '../text/language.ts';
import { App } from './app.tsx';
import type { Director } from './director.ts';
import { FINE, PLAIN } from './parts/glyphs.ts';
import { lookIn } from './parts/look.ts';

/** Never more, however fast the keys change. */
const FRAMES_PER_SECOND = 10;

export interface UiOptions {
  readonly director: Director;
  readonly language: Language;
  readonly isFine: boolean;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
}

/** Resolves to the exit code; the terminal is then as it was before. */
export async function startUi({ director, language, isFine, stdin, stdout, stderr }: UiOptions): Promise<ExitCode> {
  const look = lookIn(language, isFine ? FINE : PLAIN);
  const instance = render(<App director={director} look={look} />, {
    stdin,
    stdout,
    stderr,
    exitOnCtrlC: false,
    maxFps: FRAMES_PER_SECOND,
    incrementalRendering: true,
    alternateScreen: true,
  });
  const exitCode = await director.left;
  instance.unmount();
  await instance.waitUntilExit();
  return exitCode;
}
