/** `srkey runs`: the runs that the database knows, newest first. */
import type { Holder, RunState } from '../keys/run.ts';
import { isClosed } from '../keys/run.ts';
import { holderText } from './event-text.ts';
import { shown, time } from './format.ts';
import { tableLines } from './table.ts';

export interface RunRow {
  readonly runId: number;
  readonly state: RunState;
  readonly toolVersion: string;
  readonly oldRoot: string;
  readonly newRoot: string;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly endedAt: Date | null;
  readonly holder: Holder | null;
}

export function runsLines(runs: readonly RunRow[]): string[] {
  if (runs.length === 0) return ['no run yet: this database holds no tables of srkey, or none of its runs'];
  const table = tableLines(
    [{ title: 'run', align: 'right' }, { title: 'state' }, { title: 'started' }, { title: 'by' }, { title: 'ended' }],
    runs.map(({ runId, state, startedAt, startedBy, endedAt }) => [
      String(runId),
      state,
      time(startedAt),
      shown(startedBy),
      endedAt === null ? (isClosed(state) ? '' : 'not yet') : time(endedAt),
    ]),
  );
  const details = runs.flatMap(({ runId, oldRoot, newRoot, toolVersion, holder }) => [
    '',
    `run ${runId} (srkey ${shown(toolVersion)})`,
    `  old root ${shown(oldRoot)}`,
    `  new root ${shown(newRoot)}`,
    ...(holder === null ? [] : [`  held by ${holderText(holder)}`]),
  ]);
  return [...table, ...details];
}
