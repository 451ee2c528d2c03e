/**
 * A whole run over the bare operation. Each run stands between two measurements of the bare operation, and the median of
 * the rounds counts: a shared machine changes its speed by a third within a minute, which one pair would take for the tool's.
 */
import { bareRate } from '../bare-rate.ts';
import { makeRoots, median, QUICK, report } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { changeTimes, onFilledDatabase, runTool } from '../watched-run.ts';

export const throughput: Figure = async (server) => {
  const roots = makeRoots(QUICK ? 2048 : 4096);
  const [rounds, keys] = QUICK ? [1, 1_000] : [7, 4_000];
  const measured: { readonly whole: number; readonly applying: number; readonly told: string }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { before, run } = await onFilledDatabase(server, roots, keys, async (filled) => ({
      before: await bareRate(roots),
      run: changeTimes(await runTool(filled, 'change-ca')),
    }));
    const bare = (before + (await bareRate(roots))) / 2;
    const rate = (ms: number): number => (keys * 1000) / ms;
    measured.push({
      whole: rate(run.windowMs) / bare,
      applying: rate(run.applyMs) / bare,
      told: `${rate(run.windowMs).toFixed(0)}/${bare.toFixed(0)}`,
    });
  }
  const ratio = median(measured.map(({ whole }) => whole));
  const details =
    `keys/s of operations/s in ${rounds} rounds: ${measured.map(({ told }) => told).join(' ')}; ` +
    `applying alone ${median(measured.map(({ applying }) => applying)).toFixed(2)}`;
  return report('throughput', ratio, { atLeast: 0.8 }, details);
};
