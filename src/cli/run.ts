/**
 * One call of the tool: arguments in, exit code out. Kept light: what a command needs is imported when it runs, so that
 * `--help` costs little more than Node itself.
 */
import type { WriteStream } from 'node:tty';
import { exitCodeOf } from '../errors.ts';
import type { ExitCode } from '../errors.ts';
import type { CommandResult, ProcessContext } from './command.ts';
import { COMMANDS, overviewText } from './commands.ts';
import type { CommandEntry } from './commands.ts';

/** `--json` as far as it can be seen before the arguments are known to make sense. */
export function wantsJson(argv: readonly string[]): boolean {
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  return flags.some((flag) => flag === '--json' || flag === '--json=true');
}

export async function runCli(context: ProcessContext): Promise<ExitCode> {
  ignoreBrokenPipe(context.stdout);
  ignoreBrokenPipe(context.stderr);
  hideWarnings();
  process.once('uncaughtException', (bug) => {
    void reportUncaught(context, bug).finally(() => {
      context.exitNow(1);
    });
  });
  let result: CommandResult;
  try {
    result = await answer(context);
  } catch (error) {
    const { reportFailure } = await import('../output/failure.ts');
    reportFailure(context.stderr, error);
    result = { exitCode: exitCodeOf(error), error };
  }
  if (wantsJson(context.argv)) await writeResultLine(context, result);
  return result.exitCode;
}

/** Help and version without loading a command, or the command. Throws what the command could not show itself. */
async function answer(context: ProcessContext): Promise<CommandResult> {
  const entry = findCommand(context.argv);
  const help = wantsJson(context.argv) ? context.stderr : context.stdout;
  if (entry !== null) {
    const { runCommand } = await import('./program.ts');
    const { text, result } = await runCommand(entry, context);
    if (text !== '') help.write(`${text}\n`);
    return result;
  }
  if (context.argv.some((word) => word === '--help' || word === '-h')) {
    help.write(`${overviewText()}\n`);
    return { exitCode: 0 };
  }
  if (context.argv.includes('--version')) {
    const { TOOL_VERSION } = await import('./version.ts');
    help.write(`${TOOL_VERSION}\n`);
    return { exitCode: 0 };
  }
  const { unknownCommandError, noCommandError } = await import('./usage.ts');
  const word = context.argv.find((argument) => !argument.startsWith('-'));
  if (word !== undefined)
    throw unknownCommandError(
      word,
      COMMANDS.map(({ name }) => name),
    );
  context.stderr.write(`${overviewText()}\n\n`);
  throw noCommandError();
}

/** The first word; behind flags, the first word that is a command. */
function findCommand(argv: readonly string[]): CommandEntry | null {
  const isCommand = (word: string | undefined): CommandEntry | undefined => COMMANDS.find(({ name }) => name === word);
  const [first] = argv;
  const found =
    first?.startsWith('-') === true ? argv.map(isCommand).find((entry) => entry !== undefined) : isCommand(first);
  return found ?? null;
}

/** The last line of `--json`, also after a failure. */
async function writeResultLine(context: ProcessContext, result: CommandResult): Promise<void> {
  const { jsonLine, resultFields } = await import('../output/json-lines.ts');
  context.stdout.write(jsonLine('result', resultFields(result), new Date()));
}

async function reportUncaught(context: ProcessContext, bug: unknown): Promise<void> {
  const { reportFailure } = await import('../output/failure.ts');
  reportFailure(context.stderr, bug);
  if (wantsJson(context.argv)) await writeResultLine(context, { exitCode: 1, error: bug });
}

/** `srkey runs | head`: the reader may leave, the work goes on and the log file has it all. */
function ignoreBrokenPipe(stream: WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EOF' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
  });
}

/** Warnings of Node are for us, not for administrators; none is expected. NODE_OPTIONS=--trace-warnings shows them. */
function hideWarnings(): void {
  if ((process.env['NODE_OPTIONS'] ?? '').includes('warnings')) return;
  process.removeAllListeners('warning');
}
