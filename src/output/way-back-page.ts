/** The words around `rollback` and `drop-journal`. */
import type { RestoredTarget } from '../progress/events.ts';
import type { RunState } from '../keys/run.ts';
import { count, counted, time } from '../text/quantities.ts';
import { shown } from './format.ts';
import type { Style } from './style.ts';

export interface KnownRun {
  readonly runId: number;
  readonly state: RunState;
  readonly oldRoot: string;
  readonly newRoot: string;
  readonly startedAt: Date;
}

function runLines({ runId, state, oldRoot, newRoot, startedAt }: KnownRun, { say }: Style): string[] {
  return [
    say`  run          ${runId}, ${state}, of ${time(startedAt)}`,
    say`  old root     ${shown(oldRoot)}`,
    say`  new root     ${shown(newRoot)}`,
  ];
}

export function rollbackQuestion(
  { run, rows }: { readonly run: KnownRun; readonly rows: number },
  style: Style,
): string[] {
  const { say } = style;
  return [
    '',
    style.bold(say`About to roll the change back`),
    ...runLines(run, style),
    say`Every one of ${counted(rows, 'row')} whose new value is still live gets its old value back. It will need the old root again.`,
  ];
}

export function restoredLines(
  { runId, targets }: { readonly runId: number; readonly targets: readonly RestoredTarget[] },
  style: Style,
): string[] {
  const { say } = style;
  const left = targets.reduce((sum, { underNew }) => sum + underNew, 0);
  const named = targets.flatMap(({ name, underNewKeys }) =>
    underNewKeys.map((key) => `  ${shown(name)} [${key.map(shown).join(', ')}]`),
  );
  return [
    '',
    style.bold(say`Run ${runId} is rolled back: what it had changed is as it was, to the bit.`),
    ...(left === 0
      ? []
      : [
          ...named,
          style.warning(
            say`${count(left)} under the new root, without an old value in the journal (named above). Keep both roots; srkey change-ca with the two roots exchanged seals them for the old root.`,
          ),
        ]),
    say`The change can be made again at any time: srkey change-ca with the same roots begins a new run.`,
  ];
}

export function dropQuestion(run: KnownRun, style: Style): string[] {
  const { say } = style;
  return [
    '',
    style.bold(say`About to throw the journal of a run away`),
    ...runLines(run, style),
    say`Its old and new values are deleted for good: this run can then be neither applied nor rolled back.`,
  ];
}

export function droppedLines(runId: number, leftTables: readonly string[], style: Style): string[] {
  const { say } = style;
  if (leftTables.length === 0) return ['', style.bold(say`The journal of run ${runId} is gone.`)];
  return [
    '',
    style.bold(
      say`The journal of run ${runId} is empty, but the server did not let its tables be dropped (as a rule for want of the right). For a DBA:`,
    ),
    ...leftTables.map((table) => `DROP TABLE ${table};`),
  ];
}
