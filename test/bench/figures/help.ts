/** Time of `srkey --help` over that of `node -e 0`. */
import { spawnSync } from 'node:child_process';
import { median, QUICK, report } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { MAIN } from '../../support/tool.ts';

const RUNS = QUICK ? 5 : 21;

export const help: Figure = () => {
  const bare = medianMs(['-e', '0']);
  const tool = medianMs([MAIN, '--help']);
  return report(
    'help',
    tool / bare,
    { atMost: 4 },
    `${tool.toFixed(0)} ms of ${bare.toFixed(0)} ms, medians of ${RUNS}`,
  );
};

function medianMs(command: readonly string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    spawnSync(process.execPath, command, { stdio: 'ignore' });
    return performance.now() - started;
  });
  return median(times);
}
