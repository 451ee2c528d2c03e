/** The built tool in a real terminal: tmux draws what it writes, keys go in as a keyboard sends them. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { MAIN } from './tool.ts';

export interface TerminalOptions {
  /** Full path of tmux. */
  readonly tmux: string;
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Another program than the built tool. */
  readonly program?: string;
}

export interface RealTerminal {
  /** What is on the screen, line by line, without what follows the last character. */
  readonly screen: () => string;
  /** Presses keys by the names that tmux has for them: `Enter`, `C-c`, `Down`. */
  readonly press: (...keys: readonly string[]) => void;
  /** Types characters as they are. */
  readonly type: (text: string) => void;
  /** Pastes as a terminal does when a file is dropped onto it. */
  readonly paste: (text: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  /** Resolves to the screen on which the pattern is found; rejects with the last one when it never is. */
  readonly waitFor: (pattern: RegExp) => Promise<string>;
  /** Kills the tool in the terminal: SIGKILL, after which it does nothing more. tmux may notice much later. */
  readonly kill: () => void;
  /** Closes the window, as somebody does with a click: the tool gets a signal and loses its terminal. */
  readonly closeWindow: () => void;
  /** Whether the tool is still there, with or without a window. */
  readonly isRunning: () => boolean;
  /** Ends it all, whatever is still there. */
  readonly close: () => void;
}

/** An ended process that tmux has not reaped yet is a zombie, and is not at work. */
function isAtWork(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/status') || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

const LOOK_EVERY_MS = 20;
/** A loaded machine takes its time; what is waited for is a screen, never a clock. */
const PATIENCE_MS = 60_000;

export function openRealTerminal({ tmux, columns, rows, cwd, env, program = MAIN }: TerminalOptions): RealTerminal {
  const socket = `srkey-test-${randomBytes(6).toString('hex')}`;
  const run = (...command: readonly string[]): string =>
    execFileSync(tmux, ['-L', socket, '-f', '/dev/null', ...command], {
      encoding: 'utf8',
      cwd,
      env: { ...env, TMUX: '' },
    });
  const size = ['-x', String(columns), '-y', String(rows)];
  // the first window only keeps the server; options must be set before the tool's own is made
  run('new-session', '-d', ...size, 'cat');
  run('set-option', '-g', 'remain-on-exit', 'on');
  run('set-option', '-g', 'escape-time', '0');
  const variables = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  run('new-session', '-d', '-s', 'tool', ...size, '-c', cwd, ...variables, process.execPath, program);
  const pid = Number(run('display-message', '-p', '-t', 'tool', '#{pane_pid}').trim());
  const screen = (): string => run('capture-pane', '-p', '-t', 'tool').trimEnd();
  return {
    screen,
    press: (...keys) => {
      run('send-keys', '-t', 'tool', ...keys);
    },
    type: (text) => {
      run('send-keys', '-t', 'tool', '-l', text);
    },
    paste: (text) => {
      run('set-buffer', '--', text);
      run('paste-buffer', '-p', '-t', 'tool');
    },
    resize: (newColumns, newRows) => {
      run('resize-window', '-t', 'tool', '-x', String(newColumns), '-y', String(newRows));
    },
    waitFor: async (pattern) => {
      const patience = AbortSignal.timeout(PATIENCE_MS);
      for (;;) {
        const shown = screen();
        if (pattern.test(shown)) return shown;
        if (patience.aborted) throw new Error(`never seen: ${String(pattern)}; last on the screen:\n${shown}`);
        await wait(LOOK_EVERY_MS);
      }
    },
    kill: () => {
      process.kill(pid, 'SIGKILL');
    },
    closeWindow: () => {
      run('kill-window', '-t', 'tool');
    },
    isRunning: () => isAtWork(pid),
    close: () => {
      try {
        run('kill-server');
      } catch {
        // it has gone already
      }
    },
  };
}
