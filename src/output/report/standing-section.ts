/** Of a verification: how the live values stand to the journal of the run, and which do not stand, by name. */
import { DEVIATION_WORDS, type DeviationKind, DEVIATIONS } from '../../keys/deviation.ts';
import { RUN_STATE_WORDS } from '../../keys/run.ts';
import type { StandingTarget } from '../../progress/events.ts';
import type { RotationState } from '../../progress/rotation-state.ts';
import { type Message, type Say, text } from '../../text/message.ts';
import { count, counted } from '../../text/quantities.ts';
import { basisText, deviationWords, openedText, standingTotals } from '../standing-text.ts';
import { html, type Content, type Html } from './html.ts';
import { said } from './sections.ts';
import { table } from './table.ts';

const MEANINGS: Readonly<Record<DeviationKind, Message>> = {
  changed: text`under the new root: added or changed by somebody else since`,
  restored: text`its old value again: from a backup, or written back from a cache`,
  old: text`another value under the old root`,
  damaged: text`unreadable, or not the key that the old value holds`,
  foreign: text`under neither of the two roots`,
  emptied: text`NULL or empty`,
  unknown: text`changed, and both private keys would tell its root`,
  gone: text`the row is not there any more`,
};

/** Of the targets that are through. */
export function standingsOf({ targets }: RotationState): readonly StandingTarget[] {
  return targets.flatMap(({ standing }) => (standing === null ? [] : [standing]));
}

export function standingSection(state: RotationState, say: Say): Html | null {
  if (state.verify === null) return null;
  const { runId, state: runState, basis, full } = state.verify;
  const targets = standingsOf(state);
  return html`<section>
    <h2>${say`Live values beside the journal`}</h2>
    <p>${say`Run ${runId} (${RUN_STATE_WORDS[runState]}): ${basisText(basis)}.`}</p>
    ${targets.length === 0 ? null : html`<p>${say(openedText(full, standingTotals(targets)))}</p>`}
    ${targets.length === 0 ? null : html`${targetTable(targets, full, say)}${kindTable(targets, say)}`}
  </section>`;
}

/** Of the kinds of deviation those that occur: each has a line of its own in the table of kinds. */
function targetTable(targets: readonly StandingTarget[], full: boolean, say: Say): Html {
  const totals = standingTotals(targets);
  const kinds = DEVIATIONS.filter((kind) => totals.deviations[kind] > 0);
  const numbers: readonly { readonly title: string; readonly of: (target: typeof totals) => number }[] = [
    { title: say`keys`, of: ({ rows }) => rows },
    { title: say`as in the journal`, of: ({ standing }) => standing },
    { title: say`of these left behind`, of: ({ leftBehind }) => leftBehind },
    { title: say`still to come`, of: ({ pending }) => pending },
    ...kinds.map((kind) => ({
      title: say(DEVIATION_WORDS[kind]),
      of: ({ deviations }: typeof totals) => deviations[kind],
    })),
    ...(full ? [{ title: say`keys opened`, of: ({ opened }: typeof totals) => opened }] : []),
  ];
  const row = (heading: Content, sums: typeof totals): readonly Content[] => [
    heading,
    ...numbers.map(({ of }) => say(count(of(sums)))),
  ];
  const rows = targets.map((target) =>
    row(
      html`${target.name}
        <div class="soft small">${target.column}</div>`,
      standingTotals([target]),
    ),
  );
  return table(
    [{ title: say`target` }, ...numbers.map(({ title }) => ({ title, isNumber: true }))],
    targets.length > 1 ? [...rows, row(say`all`, totals)] : rows,
  );
}

/** Every kind, those too that were not found: that is what a verification is kept for. */
function kindTable(targets: readonly StandingTarget[], say: Say): Html {
  const { deviations } = standingTotals(targets);
  const rows = DEVIATIONS.map((kind) => [
    say(DEVIATION_WORDS[kind]),
    say(MEANINGS[kind]),
    say(count(deviations[kind])),
  ]);
  return html`<h3>${say`What may differ`}</h3>
    ${table([{ title: say`kind` }, { title: say`meaning` }, { title: say`keys`, isNumber: true }], rows)}`;
}

export function deviationsSection(state: RotationState, say: Say): Html | null {
  const { keys, count: told } = state.deviations;
  if (told === 0) return null;
  const { deviations } = standingTotals(standingsOf(state));
  // of a target that was not gone through to its end only those are known that were told by name
  const all = Math.max(
    told,
    DEVIATIONS.reduce((sum, kind) => sum + deviations[kind], 0),
  );
  const hasReasons = keys.some(({ reason }) => reason !== null);
  const rows = keys.map(({ target, key, kind, isAdded, reason }) => [
    target,
    html`<code>${key.join(', ')}</code>`,
    say(deviationWords({ kind, isAdded })),
    ...(hasReasons ? [reason === null ? '' : said(reason, say)] : []),
  ]);
  const columns = [
    { title: say`target` },
    { title: say`key` },
    { title: say`kind` },
    ...(hasReasons ? [{ title: say`why` }] : []),
  ];
  return html`<section>
    <h2>${say`Keys that are not as the journal says`}</h2>
    <p>${say`${counted(all, 'key')} in all; ${count(keys.length)} of them are named here.`}</p>
    ${table(columns, rows)}${all > keys.length ? html`<p class="soft">${say`The log file names more of them: of each kind and target 1,000 at most.`}</p>` : null}
  </section>`;
}
