/** The sections that every report may have. Each answers null when there is nothing to say. */
import type { RootSummary } from '../../keys/root.ts';
import type { CheckStatus } from '../../progress/events.ts';
import { leftBehindCount, type RotationState } from '../../progress/rotation-state.ts';
import { type Message, recalled, type Say, text } from '../../text/message.ts';
import { count, counted, day, duration, time } from '../../text/quantities.ts';
import type { Course } from './course.ts';
import { html, type Content, type Html } from './html.ts';
import { table } from './table.ts';

export interface SettingRow {
  readonly name: string;
  readonly value: string;
  readonly source: string;
}

export function rootsSection(
  roots: { readonly old: RootSummary; readonly new: RootSummary } | null,
  say: Say,
): Html | null {
  if (roots === null) return null;
  const line = (title: Message, of: (root: RootSummary) => Content): Content[] => [
    say(title),
    of(roots.old),
    of(roots.new),
  ];
  const rows = [
    line(text`subject`, ({ subject }) => subject),
    line(text`fingerprint (SHA-256)`, ({ fingerprint }) => html`<span class="mono">${fingerprint}</span>`),
    line(text`serial number`, ({ serial }) => html`<span class="mono">${serial}</span>`),
    line(text`valid`, ({ notBefore, notAfter }) => say`${day(notBefore)} to ${day(notAfter)}`),
    line(text`key`, ({ keyBits, signatureAlgorithm }) => say`RSA, ${keyBits} bits, ${signatureAlgorithm}`),
    line(text`private key`, ({ hasPrivateKey }) => (hasPrivateKey ? say`in the file` : say`not in the file`)),
  ];
  const columns = [{ title: '' }, { title: say`old root (Old value)` }, { title: say`new root (New value)` }];
  return html`<section>
    <h2>${say`Roots`}</h2>
    ${table(columns, rows)}
  </section>`;
}

const STATUS: Readonly<Record<CheckStatus, { readonly word: Message; readonly kind: string }>> = {
  passed: { word: text`✓ passed`, kind: 'good' },
  warning: { word: text`! warning`, kind: 'warning' },
  failed: { word: text`✕ failed`, kind: 'bad' },
  unknown: { word: text`? unknown`, kind: 'warning' },
};

export function checksSection({ checks }: RotationState, say: Say): Html | null {
  if (checks.length === 0) return null;
  const rows = checks.map(({ status, title, found, remedy }) => [
    said(title, say),
    html`<span class="word ${STATUS[status].kind}">${say(STATUS[status].word)}</span>`,
    html`${said(found, say)}${remedy === null || status === 'passed' ? null : html`<div class="soft">→ ${said(remedy, say)}</div>`}`,
  ]);
  const columns = [{ title: say`check` }, { title: say`result` }, { title: say`what was found` }];
  return html`<section>
    <h2>${say`Checks before anything was written`}</h2>
    ${table(columns, rows)}
  </section>`;
}

/** Events carry messages, or their English where they have been stored. */
export function said(value: Message | string, say: Say): string {
  return say(typeof value === 'string' ? recalled(value) : value);
}

export function leftBehindSection(state: RotationState, say: Say): Html | null {
  const { keys } = state.leftBehind;
  const all = leftBehindCount(state);
  if (all === 0) return null;
  const rows = keys.map(({ target, key, class: keyClass, reason }) => [
    target,
    html`<code>${key.join(', ')}</code>`,
    say(keyClass === 'foreign' ? text`foreign` : text`unreadable`),
    said(reason, say),
  ]);
  const more = all - keys.length;
  const columns = [{ title: say`target` }, { title: say`key` }, { title: say`class` }, { title: say`why` }];
  return html`<section>
    <h2>${say`Keys left behind`}</h2>
    <p>${say`${counted(all, 'key')} that neither root opens, or that are damaged. They were left as they are.`}</p>
    ${table(columns, rows)}${more > 0 ? html`<p class="soft">${say`${counted(more, 'more key', 'more keys')}: the log file names up to 1,000 of each target.`}</p>` : null}
  </section>`;
}

export function ledgerSection({ targets }: RotationState, course: Course, say: Say): Html | null {
  const worked = targets.filter(({ done, sweptRows }) => done + sweptRows > 0);
  if (worked.length === 0) return null;
  const number = (value: number): string => say(count(value));
  const sums = worked.map(({ name, outcomes, segments, segmentsDone, done, rows }) => [
    name,
    say`${count(done)} of ${count(rows)}`,
    say`${count(segmentsDone)} of ${count(segments)}`,
    ...[outcomes.rewrapped, outcomes.new, outcomes.foreign, outcomes.unreadable, outcomes.empty].map(number),
    number(outcomes.changed + outcomes.deleted),
  ]);
  const titles = [
    say`rows`,
    say`segments`,
    say`rewrapped`,
    say`already new`,
    say`foreign`,
    say`unreadable`,
    say`empty`,
    say`changed by others`,
  ];
  const columns = [{ title: say`target` }, ...titles.map((title) => ({ title, isNumber: true }))];
  return html`<section>
    <h2>${say`Ledger`}</h2>
    <p>
      ${say`Sums of every batch of this run, those of earlier starts included. A row that was swept up later counts in both of its batches.`}
    </p>
    ${table(columns, sums)}${batches(worked, course, say)}
  </section>`;
}

function batches(targets: RotationState['targets'], { batches: kept, batchesLeftOut }: Course, say: Say): Html | null {
  if (kept.length === 0) return null;
  const nameOf = (targetNo: number): string =>
    targets.find((target) => target.targetNo === targetNo)?.name ?? String(targetNo);
  const rows = kept.map(({ targetNo, segmentNo, batchNo, committedAt, rows: amount, sqlMs }) => [
    say(time(committedAt)),
    nameOf(targetNo),
    segmentNo === 0 ? say`sweep` : say`segment ${segmentNo}`,
    String(batchNo),
    say(count(amount)),
    say`${count(Math.round(sqlMs))} ms`,
  ]);
  const columns = [
    { title: say`committed (server's clock)` },
    { title: say`target` },
    { title: say`part` },
    { title: say`batch`, isNumber: true },
    { title: say`rows`, isNumber: true },
    { title: say`SQL time`, isNumber: true },
  ];
  const gap =
    batchesLeftOut === 0
      ? null
      : html`<p class="soft">
          ${say`${counted(batchesLeftOut, 'batch', 'batches')} in the middle are left out here; the log file and the database have all of them.`}
        </p>`;
  return html`<h3>${say`Batches of this start`}</h3>
    ${gap}${table(columns, rows)}`;
}

export function notesSection({ notes, retries, lastRetry, limits }: RotationState, say: Say): Html | null {
  const lines = [
    ...notes.map(({ text: note }) => said(note, say)),
    ...(limits.maxKeysPerSecond === null
      ? []
      : [say`At most ${count(limits.maxKeysPerSecond)} keys a second were asked for.`]),
    ...(limits.until === null ? [] : [say`A stop at ${time(limits.until)} was asked for.`]),
    ...(lastRetry === null
      ? []
      : [say`${counted(retries, 'retry', 'retries')}, the last one because of: ${said(lastRetry.because, say)}`]),
  ];
  if (lines.length === 0) return null;
  return html`<section>
    <h2>${say`Notes`}</h2>
    <ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
  </section>`;
}

export function settingsSection(settings: readonly SettingRow[], say: Say): Html | null {
  if (settings.length === 0) return null;
  const rows = settings.map(({ name, value, source }) => [html`<code>${name}</code>`, value, source]);
  const columns = [{ title: say`setting` }, { title: say`value` }, { title: say`from` }];
  return html`<section>
    <h2>${say`Settings`}</h2>
    <p class="soft">${say`No secret is a setting, so none is here.`}</p>
    ${table(columns, rows)}
  </section>`;
}

export function seconds(ms: number): Message {
  return duration(ms / 1000);
}
