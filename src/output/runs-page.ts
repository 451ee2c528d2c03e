/** `srkey runs`: the runs that the database knows, newest first. */
import type { Holder, RunState } from '../keys/run.ts';
import { isClosed, RUN_STATE_WORDS } from '../keys/run.ts';
import { holderText } from './event-text.ts';
import { list } from '../text/message.ts';
import { time } from '../text/quantities.ts';
import { fingerprintLines, shown } from './format.ts';
import { labelled, labelledLines } from './labelled.ts';
import type { LabelledRow } from './labelled.ts';
import type { Style } from './style.ts';
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
  /** Of its own tables, dropped by somebody else. */
  readonly missingTables?: readonly string[];
}

/** A recorded root is `subject (fingerprint)`; on one line that is wider than a console. */
function rootRows(title: string, root: string): LabelledRow[] {
  const [, subject = root, fingerprint] = /^(.*) \(([0-9A-F:]{95})\)$/.exec(root) ?? [];
  return labelledLines(title, [shown(subject), ...(fingerprint === undefined ? [] : fingerprintLines(fingerprint))]);
}

export function runsLines(runs: readonly RunRow[], { say }: Pick<Style, 'say'>): string[] {
  if (runs.length === 0) return [say`no run yet: this database holds no tables of srkey, or none of its runs`];
  const table = tableLines(
    [
      { title: say`run`, align: 'right' },
      { title: say`state` },
      { title: say`started` },
      { title: say`by` },
      { title: say`ended` },
    ],
    runs.map(({ runId, state, startedAt, startedBy, endedAt }) => [
      String(runId),
      say(RUN_STATE_WORDS[state]),
      say(time(startedAt)),
      shown(startedBy),
      endedAt === null ? (isClosed(state) ? '' : say`not yet`) : say(time(endedAt)),
    ]),
  );
  const details = runs.flatMap(({ runId, oldRoot, newRoot, toolVersion, holder, missingTables = [] }) => [
    '',
    say`run ${runId} (srkey ${shown(toolVersion)})`,
    ...labelled([...rootRows(say`old root`, oldRoot), ...rootRows(say`new root`, newRoot)], 8),
    ...(holder === null ? [] : [say`  held by ${holderText(holder)}`]),
    ...(missingTables.length === 0
      ? []
      : [say`  its journal is not whole: dropped by somebody else, or hidden from this login: ${list(missingTables)}`]),
  ]);
  return [...table, ...details];
}
