/** The built tool on a reference database, killed at any moment and started again. */
import { afterEach } from 'vitest';
import type { SeededRandom } from '../support/random.ts';
import { ReferenceScene, useScene } from '../support/reference-scene.ts';
import type { ToolRun } from '../support/tool.ts';

export const SEGMENT_ROWS = 25;
export const FLAGS = ['--segment-rows', String(SEGMENT_ROWS), '--workers', '1', '--lease-seconds', '5'] as const;

/** Part of a statement's text, and how many of them may be waited for. */
export type Moment = readonly [statement: string, times: number];

export class CrashScene extends ReferenceScene {
  /**
   * Starts the tool and kills it before or after one of the statements took effect. False: it was done before.
   */
  async killAtRandom(random: SeededRandom, moments: readonly Moment[], start: () => ToolRun): Promise<boolean> {
    const faults = this.server.faults!;
    const kind = random.pick(['hang-before', 'hang-after'] as const);
    const [match, times] = random.pick(moments);
    faults.set([{ match, nth: 1 + random.below(times), action: { kind } }]);
    const tool = start();
    // The server answers no more: the moment has come.
    await Promise.race([faults.fired(), tool.ended]);
    tool.child.kill('SIGKILL');
    const { signal } = await tool.ended;
    faults.set([]);
    return signal === 'SIGKILL';
  }
}

/** One scene for the tests of a `describe`, cleared of faults after each. */
export function useCrashScene(): CrashScene {
  const scene = useScene(new CrashScene());
  afterEach(() => {
    scene.server.faults?.set([]);
  });
  return scene;
}
