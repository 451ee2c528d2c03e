/** One command's arguments, parsed with yargs: strict, in English, every help page with exit codes and an example. */
import yargs from 'yargs';
import type { Argv, Options } from 'yargs';
import { SrkeyError } from '../errors.ts';
import type { Arguments, Command, CommandContext, CommandResult } from './command.ts';
import { exitCodeText } from './commands.ts';
import type { CommandEntry } from './commands.ts';
import type { FlagTable } from './flags.ts';
import { refuseSwitchValues, refuseWordsBehindFlags, usageError } from './usage.ts';
import { sayIn, text } from '../text/message.ts';
import type { Say } from '../text/message.ts';

export interface Parsed {
  /** Help text, empty when the command ran. */
  readonly text: string;
  readonly result: CommandResult;
}

// ASCII only: one other character makes yargs' width tables take a third of the time of a help page
const SECRETS_NOTE = text`Secrets are asked on a terminal, or come from SRKEY_PASSWORD, SRKEY_OLD_PASSPHRASE, SRKEY_NEW_PASSPHRASE, or from the matching files; they are never flags. Settings come from srkey.json, then from the environment (--server is SRKEY_SERVER), then from flags; the last one wins.`;

function epilogueOf(command: Command, say: Say): string {
  const asks = 'server' in command.flags ? `${say(SECRETS_NOTE)}\n\n` : '';
  return asks + exitCodeText(command.exitCodes, say);
}

/** The words of yargs' help pages. Its complaints stay English, which is what usageError reads. */
function wordsOfHelp(say: Say): Readonly<Record<string, string>> {
  return {
    'Options:': say`Options:`,
    'Positionals:': say`Positionals:`,
    'Examples:': say`Examples:`,
    'Show help': say`Show help`,
    boolean: say`boolean`,
    string: say`string`,
    number: say`number`,
    required: say`required`,
    'choices:': say`choices:`,
  };
}

/** Parses and runs. Throws `SrkeyError` E_USAGE for arguments that make no sense. */
export async function runCommand(entry: CommandEntry, context: CommandContext): Promise<Parsed> {
  const say = sayIn(context.language);
  const command = await entry.load();
  let result: CommandResult = { exitCode: 0 };
  const parser = yargs()
    .scriptName('srkey')
    .locale('en')
    .updateStrings(wordsOfHelp(say))
    .parserConfiguration({
      'boolean-negation': false,
      'dot-notation': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
      'camel-case-expansion': false,
      'strip-aliased': true,
    })
    .help()
    .alias('help', 'h')
    .version(false)
    .strict()
    .exitProcess(false)
    .showHelpOnFail(false)
    .wrap(Math.min(110, context.stdout.columns || 110))
    .fail((complaint: string | null, error: Error | undefined) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      const text = complaint ?? error?.message ?? 'the arguments make no sense';
      throw usageError(text, entry.name, Object.keys(command.flags), context.argv);
    })
    .command(
      `${entry.name} ${command.positionals ?? ''}`.trimEnd(),
      say(entry.describe),
      (sub: Argv) =>
        sub
          .usage(
            `${['$0', entry.name, command.positionals, say`[flags]`].filter(Boolean).join(' ')}\n\n${say(entry.describe)}`,
          )
          .options(optionsOf(command.flags, say))
          .example(command.example, '')
          .epilogue(epilogueOf(command, say)),
      async (args) => {
        refuseRepeated(args, command.flags);
        if (command.positionals === undefined) refuseWordsBehindFlags(context.argv);
        result = await command.run(args, context);
      },
    );
  refuseSwitchValues(context.argv, switchesOf(command.flags));
  const text = await parseSilently(parser, context.argv);
  return { text, result };
}

/** Runs the parser; answers the help text instead of letting yargs print it. */
async function parseSilently(parser: Argv, argv: readonly string[]): Promise<string> {
  let text = '';
  const failures: unknown[] = [];
  await parser.parseAsync([...argv], {}, (error: Error | null | undefined, _args: unknown, output: string) => {
    text = output;
    if (error) failures.push(error);
  });
  if (failures.length > 0) throw failures[0];
  return text;
}

/** Every flag but the plain switches takes a value: `--server` alone is a slip. */
function optionsOf(flags: FlagTable, say: Say): Readonly<Record<string, Options>> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, { group, describe, type, choices, hidden }]) => [
      name,
      {
        type,
        describe: say(describe),
        requiresArg: type !== 'boolean',
        ...(group === undefined ? {} : { group: say(group) }),
        ...(choices === undefined ? {} : { choices }),
        ...(hidden === undefined ? {} : { hidden }),
      },
    ]),
  );
}

function switchesOf(flags: FlagTable): string[] {
  return Object.keys(flags).filter((name) => flags[name]?.type === 'boolean');
}

/** `--server a --server b` must not pick one in silence. */
function refuseRepeated(args: Arguments, flags: FlagTable): void {
  for (const name of Object.keys(flags)) {
    if (Array.isArray(args[name])) throw new SrkeyError('E_USAGE', text`--${name} is given more than once`);
  }
}
