/**
 * The benchmark: `npm run bench` (or `npm run bench -- --quick`, a short run that only shows that it works). Every figure
 * is a ratio of two measurements of this one run, because machines are shared and noisy:
 *
 *   help            time of `srkey --help` over that of `node -e 0`                                       aim: <= 4.00
 *   screen          time to the first screen in a terminal over that to a bare Ink frame                  aim: <= 1.30
 *   throughput      a whole cms run at 4096 bits over the bare RSA private operation of as many workers   aim: >= 0.80
 *   staged          three figures of a staged change over a direct one, see figures/staged.ts
 *   verify          thousands of rows that `verify` compares in a second                                 aim: >= 20
 *   memory          peak memory of the tool at 100,000 keys over that at 10,000                           aim: <= 1.30
 *   staged-memory   the same of staging, staging again and the swap                                       aim: <= 1.30
 *   others          the longest wait of a second client that reads and writes the same table all the time; no aim
 *
 * `npm run bench -- others help` measures only these.
 *
 * The server is the embedded one, in a thread of this process, on the same cores as the tool: what it costs counts
 * against the tool. Or it is that of SRKEY_TEST_SERVER, as for the contract suite.
 */
import { cpus } from 'node:os';
import { QUICK, WORKERS } from './figure.ts';
import type { Figure } from './figure.ts';
import { help } from './figures/help.ts';
import { memory, stagedMemory } from './figures/memory.ts';
import { others } from './figures/others.ts';
import { screen } from './figures/screen.ts';
import { staged } from './figures/staged.ts';
import { throughput } from './figures/throughput.ts';
import { verify } from './figures/verify.ts';
import { startBenchServer } from './file-keys.ts';

const FIGURES: Readonly<Record<string, Figure>> = {
  help,
  screen,
  throughput,
  staged,
  verify,
  memory,
  'staged-memory': stagedMemory,
  others,
};

function isAskedFor(name: string): boolean {
  const names = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  return names.length === 0 || names.includes(name);
}

const server = await startBenchServer();
try {
  console.log(
    `${WORKERS} workers on ${cpus().length} cores, Node ${process.version}, ${server.name}` +
      (QUICK ? '; quick: figures mean little' : ''),
  );
  const met: boolean[] = [];
  for (const [name, measure] of Object.entries(FIGURES)) if (isAskedFor(name)) met.push(await measure(server));
  if (!QUICK && met.includes(false)) process.exitCode = 1;
} finally {
  await server.close();
}
