/** What `verify` found: how the live values stand to the journal of a run, and what to do about those that do not. */
import { DEVIATION_WORDS, DEVIATIONS } from '../keys/deviation.ts';
import type { Basis } from '../keys/run.ts';
import type { StandingTarget } from '../progress/events.ts';
import { count } from '../text/quantities.ts';
import { shown } from './format.ts';
import { openedText, standingAdvice, standingTotals, standingVerdict } from './standing-text.ts';
import type { Style } from './style.ts';
import { tableLines } from './table.ts';

export interface VerifyPage {
  readonly run: { readonly runId: number };
  readonly basis: Basis;
  readonly full: boolean;
  readonly targets: readonly StandingTarget[];
  readonly exit: number;
}

export function verifyLines({ run: { runId }, basis, full, targets, exit }: VerifyPage, style: Style): string[] {
  const { say } = style;
  const totals = standingTotals(targets);
  const verdict = say(standingVerdict(runId, basis, totals, exit));
  return [
    '',
    ...standingTable(targets, style),
    '',
    exit === 0 ? style.good(verdict) : style.warning(verdict),
    say(openedText(full, totals)),
    ...standingAdvice(basis, targets).map((advice) => `  - ${say(advice)}`),
  ];
}

/** One line a target: what stands, and of the kinds of deviation those that occur. */
export function standingTable(targets: readonly StandingTarget[], { say }: Style): string[] {
  const kinds = DEVIATIONS.filter((kind) => targets.some(({ deviations }) => deviations[kind] > 0));
  const hasPending = targets.some(({ pending }) => pending > 0);
  const hasLeft = targets.some(({ leftBehind }) => leftBehind > 0);
  const titles = [
    say`keys`,
    say`as in the journal`,
    ...(hasLeft ? [say`of these left behind`] : []),
    ...(hasPending ? [say`still to come`] : []),
    ...kinds.map((kind) => say(DEVIATION_WORDS[kind])),
  ];
  return tableLines(
    [{ title: say`target` }, ...titles.map((title) => ({ title, align: 'right' as const }))],
    targets.map(({ name, rows, standing, leftBehind, pending, deviations }) => [
      shown(name),
      ...[
        rows,
        standing,
        ...(hasLeft ? [leftBehind] : []),
        ...(hasPending ? [pending] : []),
        ...kinds.map((kind) => deviations[kind]),
      ].map((number) => say(count(number))),
    ]),
  );
}
