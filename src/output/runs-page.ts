/** `srkey runs`: the runs that the database knows, newest first. */
import type { Holder, RunState } from '../keys/run.ts';
import { isClosed } from '../keys/run.ts';
import { holderText } from './event-text.ts';
import { fingerprintLines, shown, time } from './format.ts';
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

/** A recorded root is `subject (fingerprint)`; on one line that is wider than a console. */
function rootLines(title: string, root: string): string[] {
  const [, subject = root, fingerprint] = /^(.*) \(([0-9A-F:]{95})\)$/.exec(root) ?? [];
  const halves = fingerprint === undefined ? [] : fingerprintLines(fingerprint);
  return [`  ${title}  ${shown(subject)}`, ...halves.map((half) => `            ${half}`)];
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
    ...rootLines('old root', oldRoot),
    ...rootLines('new root', newRoot),
    ...(holder === null ? [] : [`  held by ${holderText(holder)}`]),
  ]);
  return [...table, ...details];
}
