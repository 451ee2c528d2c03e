/** The commands by name. Each is imported only when it is called: the overview below must not wait for any of them. */
import { EXIT_CODES } from '../errors.ts';
import type { ExitCode } from '../errors.ts';
import type { Command } from './command.ts';

export interface CommandEntry {
  readonly name: string;
  readonly describe: string;
  readonly load: () => Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'change-ca',
    describe: 'Re-encrypt every stored key for the new root (or resume that)',
    load: async () => (await import('./commands/change-ca.ts')).changeCa,
  },
  {
    name: 'census',
    describe: 'Count stored keys by root: would the purge lose one?',
    load: async () => (await import('./commands/census.ts')).census,
  },
  {
    name: 'runs',
    describe: 'List the runs that the key database knows',
    load: async () => (await import('./commands/runs.ts')).runs,
  },
  {
    name: 'roots',
    describe: 'Show what is in root files: names, validity, key',
    load: async () => (await import('./commands/roots.ts')).roots,
  },
  {
    name: 'ddl',
    describe: "Print srkey's own tables and the grants, for a DBA; offline",
    load: async () => (await import('./commands/ddl.ts')).ddl,
  },
  {
    name: 'demo',
    describe: 'Do it all on a key database made for it, and prove every key',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
];

export function exitCodeText(codes: readonly ExitCode[]): string {
  return ['Exit codes:', ...codes.map((code) => `  ${String(code).padStart(3)}  ${EXIT_CODES[code].toString()}`)].join(
    '\n',
  );
}

const WIDTH = Math.max(...COMMANDS.map(({ name }) => name.length));

/** What fits on a screen of 80 by 24 together with an error below it. */
export function commandsText(): string {
  return [
    'srkey <command> [flags]',
    '',
    'Changes the certificate authority of a Stormshield Endpoint Security key',
    'database without losing a key.',
    '',
    'Commands:',
    ...COMMANDS.map(({ name, describe }) => `  srkey ${name.padEnd(WIDTH)}  ${describe}`),
    '',
    'Flags:',
    `  -h, --help ${' '.repeat(WIDTH - 4)} Show this page; after a command, its own`,
    `  --version ${' '.repeat(WIDTH - 3)} Show the version`,
  ].join('\n');
}

/** `srkey --help`. Written by hand, because yargs alone takes four times as long as Node to show it. */
export function overviewText(): string {
  return [
    commandsText(),
    '',
    exitCodeText(Object.keys(EXIT_CODES).map((code) => Number(code) as ExitCode)),
    '',
    'Example:',
    '  srkey change-ca --help',
  ].join('\n');
}
