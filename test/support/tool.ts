/** The built tool as a child process, on a test database: what an administrator starts, and what can be killed. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from './servers.ts';
import type { TestRoot } from './test-roots.ts';

export const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface ToolEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface ToolRun {
  readonly child: ChildProcess;
  /** Every JSON line so far. */
  readonly events: readonly ToolEvent[];
  /** Resolves with the first event, past or future, that matches; rejects when the tool ends without one. */
  waitFor(matches: (event: ToolEvent) => boolean): Promise<ToolEvent>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly stderr: string;
  }>;
}

export interface ToolFolder {
  readonly directory: string;
  /** Starts `srkey change-ca --json --yes` with these roots; more flags at the end. */
  changeCa(...flags: readonly string[]): ToolRun;
  /** Starts any command on this database; flags and environment can be replaced, null leaves one out. */
  run(command: string, changes?: ToolChanges): ToolRun;
  /** Writes a file into the folder and answers its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Kills what is still running, frozen tools too. */
  killAll(): void;
  remove(): void;
}

export interface ToolChanges {
  readonly flags?: Readonly<Record<string, string | null>>;
  readonly switches?: readonly string[];
  readonly env?: Readonly<Record<string, string | null>>;
}

/** A folder with the files that the command line names. */
export function makeToolFolder(
  database: TestDatabase,
  keyMap: unknown,
  roots: { readonly old: TestRoot; readonly new: TestRoot },
): ToolFolder {
  const directory = mkdtempSync(join(tmpdir(), 'srkey-tool-'));
  const file = (name: string, content: string | Uint8Array): string => {
    writeFileSync(join(directory, name), content);
    return join(directory, name);
  };
  const running = new Set<ChildProcess>();
  const killAll = (): void => {
    for (const child of running) child.kill('SIGKILL');
  };
  const { connection } = database;
  const common = {
    server: `${connection.host},${connection.port ?? 1433}`,
    database: connection.database,
    user: connection.user,
    'key-map': file('key-map.json', JSON.stringify(keyMap)),
    'old-value': file('old_root.pem', roots.old.pem),
    'new-value': file('root.pem', roots.new.pem),
    ...(connection.serverCaPem === null ? {} : { 'server-ca': file('server-ca.pem', connection.serverCaPem) }),
  };
  const trust = connection.serverCaPem === null ? ['--trust-server-certificate'] : [];
  const environment = {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    SRKEY_PASSWORD: connection.password,
    XDG_STATE_HOME: join(directory, 'state'),
  };
  const run = (command: string, { flags = {}, switches = [], env = {} }: ToolChanges = {}): ToolRun => {
    const allFlags: Readonly<Record<string, string | null>> = { ...common, ...flags };
    const given = Object.entries(allFlags).flatMap(([name, value]) => (value === null ? [] : [`--${name}`, value]));
    const variables: NodeJS.ProcessEnv = {};
    for (const [name, value] of Object.entries<string | null | undefined>({ ...environment, ...env })) {
      if (value !== null) variables[name] = value;
    }
    const tool = runTool([command, ...given, ...trust, ...switches], variables);
    running.add(tool.child);
    tool.child.once('close', () => running.delete(tool.child));
    return tool;
  };
  return {
    directory,
    run,
    file,
    changeCa: (...switches) => run('change-ca', { switches: ['--json', '--yes', ...switches] }),
    killAll,
    remove: () => {
      killAll();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function runTool(args: readonly string[], env: NodeJS.ProcessEnv): ToolRun {
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const events: ToolEvent[] = [];
  const waiting = new Set<{
    matches: (event: ToolEvent) => boolean;
    resolve: (event: ToolEvent) => void;
    reject: (error: Error) => void;
  }>();
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line) as ToolEvent;
    events.push(event);
    for (const waiter of [...waiting]) {
      if (!waiter.matches(event)) continue;
      waiting.delete(waiter);
      waiter.resolve(event);
    }
  });
  const ended = new Promise<Awaited<ToolRun['ended']>>((resolve) => {
    child.on('close', (code, signal) => {
      for (const { reject } of waiting) reject(new Error(`the tool ended (${String(code ?? signal)}): ${stderr}`));
      resolve({ code, signal, stderr });
    });
  });
  return {
    child,
    events,
    ended,
    waitFor: (matches) => {
      const past = events.find(matches);
      if (past !== undefined) return Promise.resolve(past);
      return new Promise((resolve, reject) => waiting.add({ matches, resolve, reject }));
    },
  };
}
