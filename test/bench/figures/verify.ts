/**
 * How fast `verify` holds live rows against the journal, at 4096 bits: the one figure that is no ratio, because what it is
 * held to is an absolute speed. Of a staged database and of the same one changed; from the first segment to the last.
 *
 *   verify          thousands of rows a second, the slower of the two                                    aim: >= 20
 */
import { makeRoots, median, QUICK, report } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { onFilledDatabase, runTool } from '../watched-run.ts';
import type { FilledDatabase } from '../watched-run.ts';

const ROUNDS = QUICK ? 1 : 5;

export const verify: Figure = async (server) => {
  // an engine behind the door may take seconds to get to know a connection's statements: enough keys that rows count
  const keys = QUICK ? 1_000 : server.isEmbedded ? 20_000 : 60_000;
  const roots = makeRoots(QUICK ? 2048 : 4096);
  return onFilledDatabase(server, roots, keys, async (filled) => {
    await runTool(filled, 'stage');
    const staged = await rates(filled, keys);
    await runTool(filled, 'change-ca');
    const changed = await rates(filled, keys);
    const slower = Math.min(median(staged), median(changed)) / 1000;
    const shown = (found: readonly number[]): string => found.map((rate) => rate.toFixed(0)).join(' ');
    return report('verify', slower, { atLeast: 20 }, `rows/s staged: ${shown(staged)}; changed: ${shown(changed)}`);
  });
};

async function rates(filled: FilledDatabase, keys: number): Promise<readonly number[]> {
  const found: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { events } = await runTool(filled, 'verify');
    const at = (type: string): number => Date.parse(String(events.find((event) => event.type === type)?.['ts']));
    found.push((keys / (at('standing') - at('verify'))) * 1000);
  }
  return found;
}
