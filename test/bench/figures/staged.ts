/**
 * What staging is worth: a staged database against a direct change, at 4096 bits and with the same workers. In each round
 * the staged database is swapped between two direct changes, because a shared machine changes its speed by a third within
 * a minute; the medians of the rounds count.
 *
 *   staged-apply   rows a second while segments are worked on, of the swap over the direct change        aim: >= 20
 *   staged-all     the same with sweep and verify, so the whole window in which keys change              aim: >= 12
 *   stage-again    time of the whole command `stage` on an unchanged database over that of the first     aim: <= 0.05
 */
import { makeRoots, median, QUICK, report } from '../figure.ts';
import type { Figure, RootPair } from '../figure.ts';
import type { BenchServer } from '../file-keys.ts';
import { changeTimes, onFilledDatabase, runTool } from '../watched-run.ts';
import type { ChangeTimes } from '../watched-run.ts';

interface Sizes {
  readonly rounds: number;
  readonly directKeys: number;
  readonly stagedKeys: number;
}

function sizesOn({ isEmbedded }: BenchServer): Sizes {
  if (QUICK) return { rounds: 1, directKeys: 1_000, stagedKeys: 1_000 };
  // an engine behind the door may take seconds to get to know a connection's statements: enough keys that rows count
  return isEmbedded
    ? { rounds: 3, directKeys: 4_000, stagedKeys: 20_000 }
    : { rounds: 2, directKeys: 8_000, stagedKeys: 150_000 };
}

interface Round {
  readonly direct: ChangeTimes;
  readonly swap: ChangeTimes;
  readonly stageMs: number;
  readonly againMs: number;
}

export const staged: Figure = async (server) => {
  const roots = makeRoots(QUICK ? 2048 : 4096);
  const sizes = sizesOn(server);
  const rounds: Round[] = [];
  for (let round = 0; round < sizes.rounds; round += 1) rounds.push(await measureRound(server, roots, sizes));
  const { directKeys, stagedKeys } = sizes;
  const speedUp = (phase: keyof ChangeTimes): readonly number[] =>
    rounds.map(({ direct, swap }) => stagedKeys / swap[phase] / (directKeys / direct[phase]));
  const rates = (phase: keyof ChangeTimes): string =>
    rounds
      .map(({ direct, swap }) =>
        [stagedKeys / swap[phase], directKeys / direct[phase]].map((perMs) => (perMs * 1000).toFixed(0)).join('/'),
      )
      .join(' ');
  const again = rounds.map(({ againMs, stageMs }) => againMs / stageMs);
  const times = rounds.map(({ againMs, stageMs }) => `${againMs.toFixed(0)}/${stageMs.toFixed(0)}`).join(' ');
  return [
    report('staged-apply', median(speedUp('applyMs')), { atLeast: 20 }, `keys/s swapped/direct: ${rates('applyMs')}`),
    report('staged-all', median(speedUp('windowMs')), { atLeast: 12 }, `the same to done: ${rates('windowMs')}`),
    report('stage-again', median(again), { atMost: 0.05 }, `ms of ${stagedKeys} keys, again/first: ${times}`),
  ].every(Boolean);
};

async function measureRound(server: BenchServer, roots: RootPair, { directKeys, stagedKeys }: Sizes): Promise<Round> {
  const direct = async (): Promise<ChangeTimes> =>
    onFilledDatabase(server, roots, directKeys, async (filled) => changeTimes(await runTool(filled, 'change-ca')));
  return onFilledDatabase(server, roots, stagedKeys, async (filled) => {
    const { wholeMs: stageMs } = await runTool(filled, 'stage');
    const { wholeMs: againMs } = await runTool(filled, 'stage');
    const before = await direct();
    const swap = changeTimes(await runTool(filled, 'change-ca'));
    const after = await direct();
    const mean = (phase: keyof ChangeTimes): number => (before[phase] + after[phase]) / 2;
    return { direct: { applyMs: mean('applyMs'), windowMs: mean('windowMs') }, swap, stageMs, againMs };
  });
}
