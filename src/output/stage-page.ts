/** The words around `stage`: what the journal holds now, and what comes next. */
import type { StagedTarget } from '../progress/events.ts';
import { count, counted } from '../text/quantities.ts';
import { shown } from './format.ts';
import type { Style } from './style.ts';
import { tableLines } from './table.ts';

export interface StagePage {
  readonly runId: number;
  readonly targets: readonly StagedTarget[];
  /** Batches that this start committed. */
  readonly batches: number;
  readonly exit: number;
}

export function stageLines({ runId, targets, batches, exit }: StagePage, style: Style): string[] {
  const { say } = style;
  const stale = targets.reduce((sum, target) => sum + target.stale, 0);
  const left = targets.reduce((sum, { foreign, unreadable }) => sum + foreign + unreadable, 0);
  return [
    '',
    ...stagingTable(targets, style),
    '',
    style.bold(
      batches === 0
        ? say`Staged before, and still current: nothing was written.`
        : say`Staged in run ${runId}. No live key was touched.`,
    ),
    ...(stale === 0
      ? []
      : [say`${counted(stale, 'row')} moved while this ran: the next stage, or change-ca itself, takes them up.`]),
    ...(exit === 3
      ? [style.warning(say`${counted(left, 'key')} cannot be staged: neither root opens them, or they are damaged.`)]
      : []),
    say`Next:`,
    say`  - Until the switch, run the same command again now and then: it works only on what was added or changed.`,
    say`  - After switch_cert.bat give the same two files under their new names: srkey change-ca --old-value old_root.pem --new-value root.pem. It only swaps then.`,
    say`  - A new root generated again makes this staging worthless: srkey drop-journal --run ${runId}.`,
  ];
}

/** One line a target: live rows, and how the staging stands to them. */
export function stagingTable(targets: readonly StagedTarget[], { say }: Style): string[] {
  const titles = [
    say`keys`,
    say`staged`,
    say`new already`,
    say`foreign`,
    say`unreadable`,
    say`empty`,
    say`added or changed since`,
  ];
  return tableLines(
    [{ title: say`target` }, ...titles.map((title) => ({ title, align: 'right' as const }))],
    targets.map((target) => [
      shown(target.name),
      ...[target.rows, target.staged, target.new, target.foreign, target.unreadable, target.empty, target.stale].map(
        (number) => say(count(number)),
      ),
    ]),
  );
}
