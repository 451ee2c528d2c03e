/** What an administrator would type, step by step, and the exit code that each step must end with here. */
import { type Message, text } from '../text/message.ts';

export interface ToolStep {
  readonly title: Message;
  readonly args: readonly string[];
  readonly expectedExit: number;
  /** Why it ends with that code, said after the step. */
  readonly remark: Message | null;
}

/** File names of the demo folder, as in the vendor's how-to where it names them. */
export const FILES = {
  oldRoot: 'old_root.pem',
  newRoot: 'root.pem',
  keyMap: 'key-map.json',
  serverCa: 'server-ca.pem',
  state: 'state',
} as const;

export interface ServerLogin {
  readonly port: number;
  readonly database: string;
  readonly user: string;
}

/** The embedded server and a folder to work in, or a server of one's own with the files somewhere else. */
export interface StepChoices {
  /** How the server's certificate is taken. */
  readonly tls: readonly string[];
  /** What the change is asked for with: `--yes`, or nothing for somebody who types it. */
  readonly confirmation: readonly string[];
  /** Stands before each file name. */
  readonly folder: string;
}

const IN_THE_DEMO: StepChoices = { tls: ['--server-ca', FILES.serverCa], confirmation: ['--yes'], folder: '' };

export function toolSteps(
  { port, database, user }: ServerLogin,
  { tls, confirmation, folder }: StepChoices = IN_THE_DEMO,
): readonly ToolStep[] {
  const server = ['--server', `localhost,${port}`, '--database', database, '--user', user, ...tls];
  const [oldRoot, newRoot] = [folder + FILES.oldRoot, folder + FILES.newRoot];
  const job = [...server, '--old-value', oldRoot, '--new-value', newRoot, '--key-map', folder + FILES.keyMap];
  return [
    { title: text`Look at both root files`, args: ['roots', oldRoot, newRoot], expectedExit: 0, remark: null },
    {
      title: text`Dry run: check everything, open a sample, write nothing`,
      args: ['change-ca', ...job, '--dry-run'],
      expectedExit: 0,
      remark: null,
    },
    {
      title: text`Change the certificate authority`,
      args: ['change-ca', ...job, ...confirmation],
      expectedExit: 3,
      remark: text`as it must: one foreign and one damaged key were planted, and are left behind untouched`,
    },
    {
      title: text`Census: may the old certificates be purged?`,
      args: ['census', ...job, '--full'],
      expectedExit: 3,
      remark: text`as it must: with those two keys the purge is not proven safe`,
    },
    { title: text`The runs that the database remembers`, args: ['runs', ...server], expectedExit: 0, remark: null },
  ];
}

/** As it would be typed: `srkey change-ca --server localhost,1433 …`, folded to the width of a console. */
export function commandLine(args: readonly string[], width = 110): string {
  const lines: string[] = [];
  let line = '$ srkey';
  for (const word of joinFlags(args)) {
    if (line.length + word.length + 3 > width) {
      lines.push(`${line} \\`);
      line = '   ';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\n');
}

/** A flag stays on one line with its value. */
function joinFlags(args: readonly string[]): readonly string[] {
  const words: string[] = [];
  for (const [i, arg] of args.entries()) {
    const isValue = i > 0 && !arg.startsWith('--') && (args[i - 1] ?? '').startsWith('--');
    if (isValue) words.push(`${words.pop() ?? ''} ${arg}`);
    else words.push(arg);
  }
  return words;
}
