/** Peak memory of the tool at many keys over that at few: a change, and each step of a staged one. */
import { makeRoots, QUICK, report, reportMissing } from '../figure.ts';
import type { Figure, RootPair } from '../figure.ts';
import type { BenchServer } from '../file-keys.ts';
import { onFilledDatabase, runTool } from '../watched-run.ts';
import type { BenchCommand } from '../watched-run.ts';

const [FEW, MANY] = QUICK ? [500, 1_000] : [10_000, 100_000];
const AIM = { atMost: 1.3 };

export const memory: Figure = async (server) => {
  const roots = makeRoots(2048);
  const small = await peaks(server, roots, FEW, ['change-ca']);
  const large = await peaks(server, roots, MANY, ['change-ca']);
  return compare('memory', small, large);
};

/** `stage` twice (the second only compares) and the swap: the highest peak of the three. */
export const stagedMemory: Figure = async (server) => {
  const roots = makeRoots(2048);
  const commands = ['stage', 'stage', 'change-ca'] as const;
  return compare(
    'staged-memory',
    await peaks(server, roots, FEW, commands),
    await peaks(server, roots, MANY, commands),
  );
};

type Peaks = readonly (number | null)[];

async function peaks(
  server: BenchServer,
  roots: RootPair,
  keys: number,
  commands: readonly BenchCommand[],
): Promise<Peaks> {
  return onFilledDatabase(server, roots, keys, async (filled) => {
    const found: (number | null)[] = [];
    for (const command of commands) found.push((await runTool(filled, command)).peakMiB);
    return found;
  });
}

function compare(name: string, small: Peaks, large: Peaks): boolean {
  const known = (all: Peaks): number[] => all.filter((peak) => peak !== null);
  if (known(small).length < small.length || known(large).length < large.length) {
    return reportMissing(name, 'this system does not tell the peak memory of another process');
  }
  const told = (all: Peaks): string =>
    known(all)
      .map((peak) => peak.toFixed(0))
      .join(', ');
  const ratio = Math.max(...known(large)) / Math.max(...known(small));
  return report(name, ratio, AIM, `${told(large)} MiB at ${MANY} keys, ${told(small)} MiB at ${FEW}`);
}
