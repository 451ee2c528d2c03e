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
    describe: 'Re-encrypt every stored key from the old root to the new one; run it again to resume',
    load: async () => (await import('./commands/change-ca.ts')).changeCa,
  },
  {
    name: 'census',
    describe: 'Count the stored keys by root, and say whether the purge of old certificates would lose one',
    load: async () => (await import('./commands/census.ts')).census,
  },
  {
    name: 'runs',
    describe: 'List the runs that the key database knows',
    load: async () => (await import('./commands/runs.ts')).runs,
  },
  {
    name: 'roots',
    describe: 'Show what is in root files: names, validity, key, private key',
    load: async () => (await import('./commands/roots.ts')).roots,
  },
  {
    name: 'ddl',
    describe: 'Print the state tables and the grants for a key map, for a DBA; connects to nothing',
    load: async () => (await import('./commands/ddl.ts')).ddl,
  },
  {
    name: 'demo',
    describe: 'Make two roots and a key database of its own, change its authority, and prove every key',
    load: async () => (await import('./commands/demo.ts')).demo,
  },
];

export function exitCodeText(codes: readonly ExitCode[]): string {
  return ['Exit codes:', ...codes.map((code) => `  ${String(code).padStart(3)}  ${EXIT_CODES[code]}`)].join('\n');
}

/** `srkey --help`. Written by hand, because yargs alone takes four times as long as Node to show it. */
export function overviewText(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  return [
    'srkey <command> [flags]',
    '',
    'Changes the certificate authority of a Stormshield Endpoint Security key database',
    'without losing a key.',
    '',
    'Commands:',
    ...COMMANDS.map(({ name, describe }) => `  srkey ${name.padEnd(width)}  ${describe}`),
    '',
    'Flags:',
    `  -h, --help ${' '.repeat(width - 4)} Show this page; after a command, its own`,
    `  --version ${' '.repeat(width - 3)} Show the version`,
    '',
    exitCodeText(Object.keys(EXIT_CODES).map((code) => Number(code) as ExitCode)),
    '',
    'Example:',
    '  srkey change-ca --help',
  ].join('\n');
}
