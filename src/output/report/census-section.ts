/** The census in the report: one table, and a picture of the same numbers. */
import type { Census } from '../../keys/stored-key.ts';
import type { RotationState, TargetState } from '../../progress/rotation-state.ts';
import { type Message, type Say, text } from '../../text/message.ts';
import { count } from '../../text/quantities.ts';
import { shareBar } from './charts.ts';
import { html, type Html } from './html.ts';

export type Counts = Census & { readonly unopened: number };

/** A target at one time: as it was found, or after the change. */
interface CountedLine {
  /** Null when there is but one time. */
  readonly when: Message | null;
  readonly counts: Counts;
}

interface CountedTarget {
  readonly name: string;
  readonly column: string;
  readonly lines: readonly CountedLine[];
}

const KINDS = ['old', 'new', 'foreign', 'unreadable', 'empty', 'unopened'] as const satisfies readonly (keyof Counts)[];

const TITLES: Readonly<Record<(typeof KINDS)[number], Message>> = {
  old: text`old root`,
  new: text`new root`,
  foreign: text`foreign`,
  unreadable: text`unreadable`,
  empty: text`empty`,
  unopened: text`not opened`,
};

const total = (counts: Counts): number => KINDS.reduce((sum, kind) => sum + counts[kind], 0);

/** `isChange`: what was found and what is there after it; else what was counted. */
export function censusSection({ targets }: RotationState, isChange: boolean, say: Say): Html | null {
  const counted = targets
    .map((target): CountedTarget => ({ ...target, lines: isChange ? linesOfChange(target) : linesOfCount(target) }))
    .filter(({ lines }) => lines.length > 0);
  if (counted.length === 0) return null;
  const kinds = KINDS.filter(
    (kind) => kind !== 'unopened' || linesOf(counted).some(({ counts }) => counts.unopened > 0),
  );
  return html`<section>
    <h2>${say`Stored keys by root`}</h2>
    ${legend(kinds, say)}${counted.map((target) => bars(target, say))}${table(counted, kinds, say)}
  </section>`;
}

function linesOfCount({ census }: TargetState): readonly CountedLine[] {
  return census === null ? [] : [{ when: null, counts: { ...census.census, unopened: census.unopened } }];
}

function linesOfChange(target: TargetState): readonly CountedLine[] {
  const { census } = target;
  const found = foundByChange(target);
  return [
    ...(total(found) === 0 ? [] : [{ when: text`found`, counts: found }]),
    ...(census === null ? [] : [{ when: text`after`, counts: { ...census.census, unopened: census.unopened } }]),
  ];
}

/**
 * Live rows, each once: by the account of a run that is through, else as the staging stood to them. The ledger, which all
 * others have, counts a row in each of its batches: empty when it was staged, say, and rewrapped when it had a key later.
 */
function foundByChange({ outcomes, census, verified, staged }: TargetState): Counts {
  if (verified !== null && census !== null) {
    const { new: after, foreign, unreadable, empty } = census.census;
    return { old: verified.rewrapped, new: after - verified.rewrapped, foreign, unreadable, empty, unopened: 0 };
  }
  if (staged !== null) {
    const { staged: old, new: renewed, foreign, unreadable, empty, stale } = staged;
    return { old, new: renewed, foreign, unreadable, empty, unopened: stale };
  }
  const { rewrapped, staged: sealed, changed, deleted, new: fresh, foreign, unreadable, empty } = outcomes;
  // a key that was staged first and swapped later is in the ledger twice
  const old = Math.max(sealed, rewrapped + changed + deleted);
  return { old, new: fresh, foreign, unreadable, empty, unopened: 0 };
}

type Kinds = readonly (typeof KINDS)[number][];

const linesOf = (targets: readonly CountedTarget[]): readonly CountedLine[] => targets.flatMap(({ lines }) => lines);

function legend(kinds: Kinds, say: Say): Html {
  const items = kinds.map(
    (kind) =>
      html`<li>
        <svg viewBox="0 0 10 10" aria-hidden="true"><rect class="fill-${kind}" width="10" height="10" /></svg
        >${say(TITLES[kind])}
      </li>`,
  );
  return html`<ul class="legend">
    ${items}
  </ul>`;
}

function bars({ name, lines }: CountedTarget, say: Say): Html {
  const rows = lines.map(({ when, counts }) => {
    const parts = KINDS.map((kind) => ({
      kind,
      amount: counts[kind],
      label: say`${TITLES[kind]}: ${count(counts[kind])}`,
    }));
    const described = parts
      .filter(({ amount }) => amount > 0)
      .map(({ label }) => label)
      .join(', ');
    const title = when === null ? name : `${name}, ${say(when)}`;
    const bar = shareBar(parts, `${title}: ${described}`);
    return html`<div class="bar${when === null ? '' : ' timed'}">
      ${when === null ? null : html`<span class="soft small">${say(when)}</span>`}${bar}<span class="soft small number"
        >${say(count(total(counts)))}</span
      >
    </div>`;
  });
  return html`<div class="bars">
    <div class="small">${name}</div>
    ${rows}
  </div>`;
}

function table(targets: readonly CountedTarget[], kinds: Kinds, say: Say): Html {
  const hasTimes = linesOf(targets).some(({ when }) => when !== null);
  const cells = ({ when, counts }: CountedLine): Html =>
    html`${hasTimes ? html`<td>${when === null ? '' : say(when)}</td>` : null}
      <td class="number">${say(count(total(counts)))}</td>
      ${kinds.map((kind) => html`<td class="number">${say(count(counts[kind]))}</td>`)}`;
  const rowsOf = (heading: Html, lines: readonly CountedLine[]): Html[] =>
    lines.map(
      (line, index) =>
        html`<tr>
          ${index > 0 ? null : html`<th scope="rowgroup" rowspan="${lines.length}">${heading}</th>`}${cells(line)}
        </tr>`,
    );
  const body = targets.map(
    ({ name, column, lines }) =>
      html`<tbody>
        ${rowsOf(
          html`${name}
            <div class="soft small">${column}</div>`,
          lines,
        )}
      </tbody>`,
  );
  const heads = kinds.map((kind) => html`<th scope="col" class="number">${say(TITLES[kind])}</th>`);
  const foot =
    targets.length > 1
      ? html`<tbody class="total">
          ${rowsOf(html`${say`all`}`, sums(targets))}
        </tbody>`
      : null;
  return html`<div class="scroll">
    <table class="grouped">
      <thead>
        <tr>
          <th scope="col">${say`target`}</th>
          ${hasTimes ? html`<th scope="col">${say`when`}</th>` : null}
          <th scope="col" class="number">${say`keys`}</th>
          ${heads}
        </tr>
      </thead>
      ${body}${foot}
    </table>
  </div>`;
}

/** Over all targets, one line for each time. */
function sums(targets: readonly CountedTarget[]): readonly CountedLine[] {
  const most = Math.max(...targets.map(({ lines }) => lines.length));
  const complete = targets.find(({ lines }) => lines.length === most)?.lines ?? [];
  return complete.map(({ when }) => {
    const same = linesOf(targets).filter((line) => String(line.when) === String(when));
    const sum = (kind: (typeof KINDS)[number]): number => same.reduce((all, { counts }) => all + counts[kind], 0);
    const counts = Object.fromEntries(KINDS.map((kind) => [kind, sum(kind)])) as unknown as Counts;
    return { when, counts };
  });
}
