/** What `verify` found: how the live values stand to the journal of a run, and what to do about those that do not. */
import { addDeviations, DEVIATION_WORDS, type DeviationCounts, DEVIATIONS, NO_DEVIATIONS } from '../keys/deviation.ts';
import type { Basis } from '../keys/run.ts';
import type { StandingTarget } from '../progress/events.ts';
import { type Message, type Say, text } from '../text/message.ts';
import { count, counted } from '../text/quantities.ts';
import { shown } from './format.ts';
import type { Style } from './style.ts';
import { tableLines } from './table.ts';

export interface VerifyPage {
  readonly run: { readonly runId: number };
  readonly basis: Basis;
  readonly full: boolean;
  readonly targets: readonly StandingTarget[];
  readonly exit: number;
}

interface Totals {
  readonly deviations: DeviationCounts;
  readonly leftBehind: number;
  readonly pending: number;
  readonly opened: number;
}

function totalsOf(targets: readonly StandingTarget[]): Totals {
  return {
    deviations: targets.reduce((sum, target) => addDeviations(sum, target.deviations), NO_DEVIATIONS),
    leftBehind: targets.reduce((sum, target) => sum + target.leftBehind, 0),
    pending: targets.reduce((sum, target) => sum + target.pending, 0),
    opened: targets.reduce((sum, target) => sum + (target.opened ?? 0), 0),
  };
}

export function verifyLines({ run: { runId }, basis, full, targets, exit }: VerifyPage, style: Style): string[] {
  const { say } = style;
  const totals = totalsOf(targets);
  const verdict = verdictText(runId, basis, totals, exit, say);
  return [
    '',
    ...standingTable(targets, style),
    '',
    exit === 0 ? style.good(verdict) : style.warning(verdict),
    full
      ? say`${counted(totals.opened, 'key')} opened under their roots; old and new value hold the same key wherever none is named as damaged.`
      : say`Values were compared byte by byte and no key that stands was opened: srkey verify --full does that.`,
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

function verdictText(runId: number, basis: Basis, { deviations, pending }: Totals, exit: number, say: Say): string {
  switch (basis) {
    case 'applied':
      return exit === 0
        ? say`Run ${runId} stands: no key of the key map needs the old root.`
        : say`Run ${runId} does not stand everywhere: look at the keys named above.`;
    case 'staged': {
      const stale = deviations.changed + deviations.old + deviations.emptied + deviations.unknown + deviations.gone;
      if (exit !== 0) return say`The staging of run ${runId} holds keys that cannot be changed, named above.`;
      if (pending > 0)
        return say`The staging of run ${runId} is not through: ${counted(pending, 'row')} still to come. No key is changed yet.`;
      return stale === 0
        ? say`The staging of run ${runId} is current: change-ca will only swap. No key is changed yet.`
        : say`The staging of run ${runId} is current but for ${counted(stale, 'row')} added, changed or deleted since. No key is changed yet.`;
    }
    case 'half-applied':
      return say`Run ${runId} is not finished: some keys need the new root, others still the old one. Keep both.`;
    case 'rolled-back':
      return exit === 0
        ? say`The rollback of run ${runId} stands: no key of the key map needs the new root.`
        : say`The rollback of run ${runId} does not stand everywhere: look at the keys named above.`;
  }
}

/** What to do about what was found; also for the screens. */
export function standingAdvice(basis: Basis, targets: readonly StandingTarget[]): readonly Message[] {
  const { deviations, leftBehind } = totalsOf(targets);
  const isChange = basis === 'applied' || basis === 'half-applied';
  const advice = [
    isChange && deviations.restored + deviations.old > 0
      ? text`Under the old root again or still: srkey change-ca with the same roots seals them for the new one.`
      : null,
    basis === 'staged' && deviations.old + deviations.changed + deviations.gone > 0
      ? text`srkey stage with the same roots catches up with what was added or changed; change-ca does it too, later.`
      : null,
    basis === 'half-applied'
      ? text`srkey change-ca with the same roots finishes it; srkey rollback takes it back.`
      : null,
    basis === 'rolled-back' && deviations.changed > 0
      ? text`Under the new root, without an old value in the journal: srkey change-ca with the two roots exchanged seals them for the old root.`
      : null,
    deviations.damaged > 0
      ? text`Damaged: the journal may still hold a good value, old or new (rotation.Journal_<run>_<target>, by key); else restore those rows from a backup.`
      : null,
    deviations.foreign > 0 ? text`Foreign: find the root that they were made for.` : null,
    deviations.emptied > 0 && isChange
      ? text`Emptied: if nobody meant to, the journal holds old and new value of those keys.`
      : null,
    deviations.unknown > 0
      ? text`Of those whose root is not known, verify tells it when both root files are given with their private keys.`
      : null,
    leftBehind > 0
      ? text`${counted(leftBehind, 'key')} left behind: neither root opened them when they were read, and they are as they were.`
      : null,
  ];
  return advice.filter((line) => line !== null);
}
