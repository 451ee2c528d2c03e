/** The commands by name. Each is imported only when it is called: the overview below must not wait for any of them. */
import { EXIT_CODES } from '../errors.ts';
import type { ExitCode } from '../errors.ts';
import type { Command } from './command.ts';
import { text } from '../text/message.ts';
import type { Message, Say } from '../text/message.ts';

export interface CommandEntry {
  readonly name: string;
  readonly describe: Message;
  readonly load: () => Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'change-ca',
    describe: text`Re-encrypt every stored key for the new root (or resume that)`,
    load: async () => (await import('./commands/change-ca.ts')).changeCa,
  },
  {
    name: 'stage',
    describe: text`Prepare the change ahead; no live key is touched`,
    load: async () => (await import('./commands/stage.ts')).stage,
  },
  {
    name: 'verify',
    describe: text`Hold every live value against the journal; --full opens all`,
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    name: 'rollback',
    describe: text`Give every changed key its old value back, to the bit`,
    load: async () => (await import('./commands/rollback.ts')).rollback,
  },
  {
    name: 'drop-journal',
    describe: text`Throw away what a run keeps of old and new values`,
    load: async () => (await import('./commands/drop-journal.ts')).dropJournal,
  },
  {
    name: 'census',
    describe: text`Count stored keys by root: would the purge lose one?`,
    load: async () => (await import('./commands/census.ts')).census,
  },
  {
    name: 'runs',
    describe: text`List the runs that the key database knows`,
    load: async () => (await import('./commands/runs.ts')).runs,
  },
  {
    name: 'roots',
    describe: text`Show what is in root files: names, validity, key`,
    load: async () => (await import('./commands/roots.ts')).roots,
  },
  {
    name: 'ddl',
    describe: text`Print srkey's own tables and the grants, for a DBA; offline`,
    load: async () => (await import('./commands/ddl.ts')).ddl,
  },
  {
    name: 'demo',
    describe: text`Do it all on a key database made for it, and prove every key`,
    load: async () => (await import('./commands/demo.ts')).demo,
  },
];

export function exitCodeText(codes: readonly ExitCode[], say: Say): string {
  return [say`Exit codes:`, ...codes.map((code) => `  ${String(code).padStart(3)}  ${say(EXIT_CODES[code])}`)].join(
    '\n',
  );
}

const WIDTH = Math.max(...COMMANDS.map(({ name }) => name.length));

/** What fits on a screen of 80 by 24 together with an error below it. */
export function commandsText(say: Say): string {
  return [
    say`srkey <command> [flags]`,
    '',
    say`Changes the certificate authority of a Stormshield Endpoint Security key\ndatabase without losing a key.`,
    '',
    ...COMMANDS.map(({ name, describe }) => `  ${name.padEnd(WIDTH)}  ${say(describe)}`),
    '',
    say`Flags: -h, --help (after a command, of that command), --version, --lang en|fr`,
  ].join('\n');
}

/** `srkey --help`. Written by hand, because yargs alone takes four times as long as Node to show it. */
export function overviewText(say: Say): string {
  return [
    commandsText(say),
    '',
    exitCodeText(
      Object.keys(EXIT_CODES).map((code) => Number(code) as ExitCode),
      say,
    ),
    '',
    say`Example:`,
    '  srkey change-ca --help',
  ].join('\n');
}
