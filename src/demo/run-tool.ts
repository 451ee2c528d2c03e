/** Starts the real tool as a process of its own, as an administrator would from a console. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { DemoIo } from './demo-io.ts';

export interface ToolCall {
  readonly args: readonly string[];
  /** The folder in which the call's relative file names are meant, and in which the tool keeps its state. */
  readonly folder: string;
  readonly stateFolder: string;
  readonly password: string;
}

const IS_SOURCE = import.meta.url.endsWith('.ts');
const TOOL = fileURLToPath(new URL(IS_SOURCE ? '../main.ts' : '../main.js', import.meta.url));

/** How long a call may take to notice the stop that the whole process group was sent, before it is told in person. */
const STOP_GRACE_MS = 3000;

/** Resolves to the exit code, also after a stop: the tool always gets the time to leave in order. */
export async function runTool({ args, folder, stateFolder, password }: ToolCall, io: DemoIo): Promise<number> {
  const isTerminal = io.stdout === process.stdout && process.stdout.isTTY;
  const child = spawn(process.execPath, [TOOL, ...args], {
    cwd: folder,
    env: environmentFor(io, stateFolder, password),
    stdio: ['ignore', isTerminal ? 'inherit' : 'pipe', isTerminal ? 'inherit' : 'pipe'],
    windowsHide: true,
  });
  const piped = [passLines(child.stdout, io.stdout), passLines(child.stderr, io.stderr)];

  let grace: NodeJS.Timeout | undefined;
  const onStop = (): void => {
    grace = setTimeout(() => child.kill('SIGTERM'), STOP_GRACE_MS);
  };
  io.stop.addEventListener('abort', onStop, { once: true });
  try {
    if (io.stop.aborted) onStop();
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    await Promise.all(piped);
    if (code === null) throw new Error(`the tool was ended by ${String(signal)}`);
    return code;
  } finally {
    clearTimeout(grace);
    io.stop.removeEventListener('abort', onStop);
  }
}

/** Settings of the administrator's own must not reach the demo's tool, but the language; the password goes where it belongs. */
function environmentFor({ env, language }: DemoIo, stateFolder: string, password: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(env).filter(([name]) => !/^SRKEY_/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    SRKEY_PASSWORD: password,
    SRKEY_LANG: language.code,
    XDG_STATE_HOME: stateFolder,
    LOCALAPPDATA: stateFolder,
  };
}

async function passLines(from: Readable | null, to: Writable): Promise<void> {
  if (from === null) return;
  for await (const line of createInterface({ input: from, crlfDelay: Infinity })) to.write(`${line}\n`);
}
