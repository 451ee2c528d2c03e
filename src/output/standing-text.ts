/** What is said of a verified run, whoever shows it: the lines of the command, the report, the screens. */
import { addDeviations, DEVIATION_WORDS, type DeviationCounts, isHarmless, NO_DEVIATIONS } from '../keys/deviation.ts';
import type { Basis } from '../keys/run.ts';
import type { DeviatingKey, StandingTarget } from '../progress/events.ts';
import { type Message, text } from '../text/message.ts';
import { counted } from '../text/quantities.ts';

/** All targets together. */
export interface StandingTotals {
  readonly rows: number;
  readonly standing: number;
  readonly deviations: DeviationCounts;
  readonly leftBehind: number;
  readonly pending: number;
  readonly opened: number;
}

export function standingTotals(targets: readonly StandingTarget[]): StandingTotals {
  const sum = (numberOf: (target: StandingTarget) => number): number =>
    targets.reduce((total, target) => total + numberOf(target), 0);
  return {
    rows: sum(({ rows }) => rows),
    standing: sum(({ standing }) => standing),
    deviations: targets.reduce((total, target) => addDeviations(total, target.deviations), NO_DEVIATIONS),
    leftBehind: sum(({ leftBehind }) => leftBehind),
    pending: sum(({ pending }) => pending),
    opened: sum(({ opened }) => opened ?? 0),
  };
}

/** What every live row must be, which the state of the run decides. */
export function basisText(basis: Basis): Message {
  switch (basis) {
    case 'applied':
      return text`every live value must be the one that the change left`;
    case 'staged':
      return text`every live value must be the one that was staged, and no key is changed yet`;
    case 'half-applied':
      return text`it is not finished, and every live value must be the one that its batch left`;
    case 'rolled-back':
      return text`every live value must be the one from before the change`;
  }
}

/** The kind of a deviating key, and whether the journal knows the key at all. */
export function deviationWords({ kind, isAdded }: Pick<DeviatingKey, 'kind' | 'isAdded'>): Message {
  if (!isAdded) return DEVIATION_WORDS[kind];
  return kind === 'changed' ? text`added since` : text`added since, ${DEVIATION_WORDS[kind]}`;
}

export function standingVerdict(runId: number, basis: Basis, totals: StandingTotals, exit: number): Message {
  const { deviations, leftBehind, pending } = totals;
  switch (basis) {
    case 'applied':
      if (exit === 0) return text`Run ${runId} stands: no key of the key map needs the old root.`;
      return leftBehind > 0 && isHarmless(deviations)
        ? text`Run ${runId} stands. ${counted(leftBehind, 'key')} that neither root opens are where it left them.`
        : text`Run ${runId} does not stand everywhere: look at the keys that are named.`;
    case 'staged': {
      const stale = deviations.changed + deviations.old + deviations.emptied + deviations.unknown + deviations.gone;
      if (exit !== 0) return text`The staging of run ${runId} holds keys that cannot be changed; they are named.`;
      if (pending > 0)
        return text`The staging of run ${runId} is not through: ${counted(pending, 'row')} still to come. No key is changed yet.`;
      return stale === 0
        ? text`The staging of run ${runId} is current: change-ca will only swap. No key is changed yet.`
        : text`The staging of run ${runId} is current but for ${counted(stale, 'row')} added, changed or deleted since. No key is changed yet.`;
    }
    case 'half-applied':
      return text`Run ${runId} is not finished: some keys need the new root, others still the old one. Keep both.`;
    case 'rolled-back':
      return exit === 0
        ? text`The rollback of run ${runId} stands: no key of the key map needs the new root.`
        : text`The rollback of run ${runId} does not stand everywhere: look at the keys that are named.`;
  }
}

/** How far the keys themselves were looked into. */
export function openedText(full: boolean, { opened }: StandingTotals): Message {
  return full
    ? text`${counted(opened, 'key')} opened under their roots; old and new value hold the same key wherever none is named as damaged.`
    : text`Values were compared byte by byte and no key that stands was opened: srkey verify --full does that.`;
}

/** What to do about what was found. */
export function standingAdvice(basis: Basis, targets: readonly StandingTarget[]): readonly Message[] {
  const { deviations, leftBehind } = standingTotals(targets);
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
