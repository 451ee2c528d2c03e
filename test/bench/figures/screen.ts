/** Time until the first screen is seen in a real terminal over that until a bare Ink frame, measured in turns. */
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { findProgram } from '../../support/programs.ts';
import { openRealTerminal } from '../../support/real-terminal.ts';
import { MAIN } from '../../support/tool.ts';
import { median, QUICK, report, reportMissing } from '../figure.ts';
import type { Figure } from '../figure.ts';

const BARE = fileURLToPath(new URL('../bare-ink.ts', import.meta.url));
const RUNS = QUICK ? 3 : 11;

export const screen: Figure = async () => {
  const tmux = findProgram('tmux');
  if (tmux === null) return reportMissing('screen', 'tmux is not installed');
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
  for (let run = 0; run < RUNS; run++) {
    bare.push(await once(BARE, /bare frame/));
    tool.push(await once(MAIN, /Change certificate authority/));
  }
  const [bareMs, toolMs] = [median(bare), median(tool)];
  return report('screen', toolMs / bareMs, { atMost: 1.3 }, `${toolMs.toFixed(0)} ms of ${bareMs.toFixed(0)} ms`);
};
