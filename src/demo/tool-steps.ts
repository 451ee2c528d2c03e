/** What an administrator would type, step by step, and the exit code that each step must end with here. */

export interface ToolStep {
  readonly title: string;
  readonly args: readonly string[];
  readonly expectedExit: number;
  /** Why it ends with that code, said after the step. */
  readonly remark: string | null;
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

export function toolSteps({ port, database, user }: ServerLogin): readonly ToolStep[] {
  const server = [
    '--server',
    `localhost,${port}`,
    '--database',
    database,
    '--user',
    user,
    '--server-ca',
    FILES.serverCa,
  ];
  const roots = ['--old-value', FILES.oldRoot, '--new-value', FILES.newRoot];
  const job = [...server, ...roots, '--key-map', FILES.keyMap];
  return [
    { title: 'Look at both root files', args: ['roots', FILES.oldRoot, FILES.newRoot], expectedExit: 0, remark: null },
    {
      title: 'Dry run: check everything, open a sample, write nothing',
      args: ['change-ca', ...job, '--dry-run'],
      expectedExit: 0,
      remark: null,
    },
    {
      title: 'Change the certificate authority',
      args: ['change-ca', ...job, '--yes'],
      expectedExit: 3,
      remark: 'as it must: one foreign and one damaged key were planted, and are left behind untouched',
    },
    {
      title: 'Census: may the old certificates be purged?',
      args: ['census', ...job, '--full'],
      expectedExit: 3,
      remark: 'as it must: with those two keys the purge is not proven safe',
    },
    { title: 'The runs that the database remembers', args: ['runs', ...server], expectedExit: 0, remark: null },
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
