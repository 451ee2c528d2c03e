/** How long until the first screen is seen in a real terminal, beside a bare Ink frame in the same run. */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../support/programs.ts';
import { openRealTerminal } from '../support/real-terminal.ts';
import { MAIN } from '../support/tool.ts';

const BARE = fileURLToPath(new URL('./bare-ink.ts', import.meta.url));

export interface FirstScreen {
  readonly bareMs: number;
  readonly toolMs: number;
}

/** Medians, measured in turns; null where tmux is missing. */
export async function measureFirstScreen(runs: number): Promise<FirstScreen | null> {
  const tmux = findProgram('tmux');
  if (tmux === null) return null;
  const once = async (program: string, seen: RegExp): Promise<number> => {
    const env = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', XDG_STATE_HOME: tmpdir() };
    const terminal = openRealTerminal({ tmux, columns: 80, rows: 24, cwd: tmpdir(), env, program });
    try {
      const started = performance.now();
      await terminal.waitFor(seen);
      return performance.now() - started;
    } finally {
      terminal.close();
    }
  };
  const [bare, tool]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    bare.push(await once(BARE, /bare frame/));
    tool.push(await once(MAIN, /Change certificate authority/));
  }
  const median = (times: number[]): number => times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
  return { bareMs: median(bare), toolMs: median(tool) };
}
