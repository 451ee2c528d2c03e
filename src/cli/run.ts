/**
 * One call of the tool: arguments in, exit code out. Kept light: what a command needs is imported when it runs, so that
 * `--help` costs little more than Node itself.
 */
import type { WriteStream } from 'node:tty';
import { exitCodeOf } from '../errors.ts';
import type { ExitCode } from '../errors.ts';
import { chooseLanguage } from '../config/choose-language.ts';
import { loadLanguage } from '../text/load-language.ts';
import type { Language } from '../text/language.ts';
import { sayIn, text } from '../text/message.ts';
import type { Arguments, CommandContext, CommandResult, ProcessContext } from './command.ts';
import { COMMANDS, commandsText, overviewText } from './commands.ts';
import type { CommandEntry } from './commands.ts';

/** `--json` as far as it can be seen before the arguments are known to make sense. */
export function wantsJson(argv: readonly string[]): boolean {
  const flags = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  return flags.some((flag) => flag === '--json' || flag === '-json');
}

export async function runCli(process_: ProcessContext): Promise<ExitCode> {
  const context = { ...process_, language: await loadLanguage(chooseLanguage(process_)) };
  outliveLostOutput(context.stdout, context.stderr, context.language);
  outliveLostOutput(context.stderr, context.stdout, context.language);
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
    reportFailure(context.stderr, error, null, { say: sayIn(context.language) });
    result = { exitCode: exitCodeOf(error), error };
  }
  if (wantsJson(context.argv)) await writeResultLine(context, result);
  return result.exitCode;
}

/** Help and version without loading a command, or the command. Throws what the command could not show itself. */
async function answer(context: CommandContext): Promise<CommandResult> {
  const argv = asHelpFlag(context.argv);
  const say = sayIn(context.language);
  const entry = findCommand(argv);
  const help = wantsJson(context.argv) ? context.stderr : context.stdout;
  if (entry !== null) {
    const { runCommand } = await import('./program.ts');
    const { text, result } = await runCommand(entry, { ...context, argv });
    if (text !== '') help.write(`${text}\n`);
    return result;
  }
  if (argv.some((word) => word === '--help' || word === '-h')) {
    help.write(`${overviewText(say)}\n`);
    return { exitCode: 0 };
  }
  if (argv.includes('--version')) {
    const { TOOL_VERSION } = await import('./version.ts');
    help.write(`${TOOL_VERSION}\n`);
    return { exitCode: 0 };
  }
  const flags = screenArguments(argv);
  if (flags !== null) return plainCall(flags, context);
  const { unknownCommandError, noCommandError } = await import('./usage.ts');
  const [first] = argv;
  // what follows a flag may be its value, even a secret: only a first word is repeated
  if (first !== undefined && !first.startsWith('-')) {
    const names = COMMANDS.map(({ name }) => name);
    throw unknownCommandError(first, names);
  }
  context.stderr.write(`${commandsText(say)}\n\n`);
  throw noCommandError();
}

/** What plain `srkey` takes: a language and a settings file. Null when something else was typed. */
function screenArguments(argv: readonly string[]): Arguments | null {
  const found: Record<string, string> = {};
  for (let index = 0; index < argv.length; index++) {
    const [, name = '', value = argv[++index]] = /^--(lang|config)(?:=(.*))?$/.exec(argv[index] ?? '') ?? [];
    if (name === '' || value === undefined || value === '') return null;
    found[name] = value;
  }
  return found;
}

/** The screens where there is a terminal for them; elsewhere what the lines can do, and a word about it. */
async function plainCall(args: Arguments, context: CommandContext): Promise<CommandResult> {
  const { openTerminalUi, whyNoScreens } = await import('./terminal-ui.ts');
  const why = whyNoScreens(context);
  if (why === null) return { exitCode: await openTerminalUi(args, context) };
  const { noCommandError, noScreensText } = await import('./usage.ts');
  const say = sayIn(context.language);
  context.stderr.write(`${commandsText(say)}\n\n${say(noScreensText(why))}\n`);
  throw noCommandError();
}

/** `srkey help` and `srkey help census`, as other tools have it. */
function asHelpFlag(argv: readonly string[]): readonly string[] {
  return argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
}

/** The first word; behind flags, the first word that is a command. */
function findCommand(argv: readonly string[]): CommandEntry | null {
  const isCommand = (word: string | undefined): CommandEntry | undefined => COMMANDS.find(({ name }) => name === word);
  const [first] = argv;
  if (first?.startsWith('-') !== true) return isCommand(first) ?? null;
  // behind `--` there are no flags and no commands, only words
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv;
  return words.map(isCommand).find((entry) => entry !== undefined) ?? null;
}

/** The last line of `--json`, also after a failure. */
async function writeResultLine(context: ProcessContext, result: CommandResult): Promise<void> {
  const { jsonLine, resultFields } = await import('../output/json-lines.ts');
  context.stdout.write(jsonLine('result', resultFields(result), new Date()));
}

async function reportUncaught(context: CommandContext, bug: unknown): Promise<void> {
  const { reportFailure } = await import('../output/failure.ts');
  reportFailure(context.stderr, bug, null, { say: sayIn(context.language) });
  if (wantsJson(context.argv)) await writeResultLine(context, { exitCode: 1, error: bug });
}

/** A reader that left, and a terminal that was closed. */
const NOBODY_READS = ['EPIPE', 'EOF', 'EIO', 'ERR_STREAM_DESTROYED'];

/** `srkey runs | head`, a closed window, a full disk behind `>`: the work goes on and the log file has it all. */
function outliveLostOutput(stream: WriteStream, other: WriteStream, language: Language): void {
  let isKnown = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!isKnown && !NOBODY_READS.includes(error.code ?? '')) {
      other.write(`${text`srkey: warning: output is lost from here on: ${error.message}`.in(language)}\n`);
    }
    isKnown = true;
  });
}

/** Warnings of Node are for us, not for administrators; none is expected. NODE_OPTIONS=--trace-warnings shows them. */
function hideWarnings(): void {
  if ((process.env['NODE_OPTIONS'] ?? '').includes('warnings')) return;
  process.removeAllListeners('warning');
}
