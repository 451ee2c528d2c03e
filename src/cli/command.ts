/** What the parts of the command line agree on: the process, a command, and what it ends with. */
import type { ReadStream, WriteStream } from 'node:tty';
import type { ExitCode } from '../errors.ts';
import type { Census } from '../keys/stored-key.ts';
import type { Language } from '../text/language.ts';
import type { FlagTable } from './flags.ts';

/** The process as the tool sees it; tests make their own. */
export interface ProcessContext {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: ReadStream;
  readonly stdout: WriteStream;
  readonly stderr: WriteStream;
  /** Leaves at once: for the third Ctrl-C and for faults in callbacks. Only `main.ts` may really do it. */
  readonly exitNow: (code: ExitCode) => void;
}

/** The process, and the language in which to speak to its people. */
export interface CommandContext extends ProcessContext {
  readonly language: Language;
}

/** What a command ends with. A failure that was already shown to people is handed on in `error`. */
export interface CommandResult {
  readonly exitCode: ExitCode;
  readonly census?: Census | null;
  readonly error?: unknown;
}

/** Parsed arguments by flag name, as yargs hands them over; src/config and the commands check them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Its name and what it is for stand in commands.ts. */
export interface Command {
  /** Positional part, e.g. `<files..>`. */
  readonly positionals?: string;
  readonly flags: FlagTable;
  readonly example: string;
  /** The exit codes that the command can end with. */
  readonly exitCodes: readonly ExitCode[];
  readonly run: (args: Arguments, context: CommandContext) => Promise<CommandResult>;
}
