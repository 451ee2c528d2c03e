/** Which tables the next start of `change-ca` will want, for a DBA who makes them beforehand. Reads only. */
import { isClosed, type RunId } from '../keys/run.ts';
import type { Target } from '../keys/target.ts';
import { nextRunId, numberTargets } from './plan.ts';
import type { RunRegister } from './ports.ts';

export interface NextRun {
  readonly runId: RunId;
  /** Without those that the run has planned already. */
  readonly targets: readonly { readonly targetNo: number; readonly target: Target }[];
}

/** An unfinished run goes on, perhaps with targets that were added to the key map; else a new one begins. */
export async function foreseeRun(
  register: Pick<RunRegister, 'list' | 'targets'>,
  targets: readonly Target[],
): Promise<NextRun> {
  const runs = await register.list();
  const open = runs.find(({ state }) => !isClosed(state));
  const stored = open === undefined ? [] : await register.targets(open.runId);
  const planned = new Set(stored.filter((each) => each.planned).map(({ targetNo }) => targetNo));
  return {
    runId: open?.runId ?? nextRunId(runs),
    targets: numberTargets(
      targets.map((target) => ({ target })),
      stored,
    ).filter(({ targetNo }) => !planned.has(targetNo)),
  };
}
