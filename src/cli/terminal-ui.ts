/** Plain `srkey` on a terminal: the screens, wired to the rest of the tool. */
import type { ExitCode } from '../errors.ts';
import { SIGNALS } from './signals.ts';
import type { Arguments, CommandContext, ProcessContext } from './command.ts';

/** Why the screens cannot be shown here; null when they can. Ink draws nothing under CI and throws without raw mode. */
export function whyNoScreens({
  stdin,
  stdout,
  env,
}: Pick<ProcessContext, 'stdin' | 'stdout' | 'env'>): 'no-terminal' | 'ci' | 'dumb' | null {
  // @types say always; a pipe has none
  const canRaw = typeof (stdin as { setRawMode?: unknown }).setRawMode === 'function';
  if (!stdin.isTTY || !stdout.isTTY || !canRaw) return 'no-terminal';
  if (env['TERM'] === 'dumb') return 'dumb';
  const ci = env['CI'];
  const isCi = ci !== '0' && ci !== 'false' && ('CI' in env || 'CONTINUOUS_INTEGRATION' in env);
  return isCi ? 'ci' : null;
}

/** Before anything of Ink or React is loaded: they read these once, while loading. */
function prepareLibraries(env: ProcessContext['env']): void {
  process.env['NODE_ENV'] = 'production';
  const { NO_COLOR: no } = env;
  if (no !== undefined && no !== '') process.env['FORCE_COLOR'] = '0';
}

/** Long enough to be read to its end. */
const SPOKEN_EVERY_MS = 15_000;

export async function openTerminalUi(args: Arguments, context: CommandContext): Promise<ExitCode> {
  prepareLibraries(context.env);
  const { stdin, stdout, stderr, language } = context;
  const screens = import('../ui/start-ui.tsx');
  const [{ firstValues }, { openDesk }, { remember }, { createDirector }, { canShowFineGlyphs }] = await Promise.all([
    import('./desk/first-values.ts'),
    import('./desk/open-desk.ts'),
    import('../config/remembered.ts'),
    import('../ui/director.ts'),
    import('../ui/parts/glyphs.ts'),
  ]);
  const { stateFolder, memory, remembered } = await firstValues(args, context);
  const desk = openDesk({
    context,
    args,
    stateFolder,
    memory,
    remembered,
    remember: (changed) => {
      remember(stateFolder, changed);
    },
  });
  // each change is read out: numbers that grow are told seldom then
  const isSpoken = context.env['INK_SCREEN_READER'] === 'true';
  const director = createDirector({
    desk,
    elapsedMs: () => performance.now(),
    ...(isSpoken ? { tellEveryMs: SPOKEN_EVERY_MS } : {}),
  });
  // a window that is closed is a signal, and on some systems the end of the keyboard
  const hangUp = (): void => {
    director.hangUp();
  };
  for (const signal of SIGNALS) process.on(signal, hangUp);
  stdin.on('end', hangUp).on('error', hangUp);
  try {
    const { startUi } = await screens;
    const isFine = canShowFineGlyphs(context.env, process.platform);
    return await startUi({ director, language, isFine, isSpoken, stdin, stdout, stderr });
  } finally {
    for (const signal of SIGNALS) process.off(signal, hangUp);
    await desk.close();
  }
}
