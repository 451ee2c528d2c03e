/**
 * The report of a job: one HTML file for the archive. It needs no network and no script, opens in any browser, prints on
 * A4, and holds no secret. It is made of the same state that the screens show.
 */
import { SrkeyError, type ExitCode } from '../../errors.ts';
import type { RotationState } from '../../progress/rotation-state.ts';
import { type Message, type Say, text } from '../../text/message.ts';
import { count, counted, time } from '../../text/quantities.ts';
import type { Style } from '../style.ts';
import { censusSection } from './census-section.ts';
import { stageChart, throughputChart } from './charts.ts';
import type { Stage } from './course.ts';
import { html, type Html } from './html.ts';
import {
  checksSection,
  leftBehindSection,
  ledgerSection,
  notesSection,
  rootsSection,
  seconds,
  settingsSection,
} from './sections.ts';
import { isChange, type ReportData } from './report-data.ts';
import { SHEET } from './sheet.ts';
import { sumOver, tiles } from './tiles.ts';

export function reportPage(data: ReportData, { say, language }: Pick<Style, 'say' | 'language'>): string {
  const { state, course, command } = data;
  const title = say(titleOf(command));
  const page = html`<!doctype html>
    <html lang="${language.code}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="generator" content="srkey ${data.toolVersion}" />
        <title>${title}${state.server === null ? '' : ` · ${state.server.database}`}</title>
        <style>
          ${SHEET}
        </style>
      </head>
      <body>
        <main>
          <header>
            <h1>${title}</h1>
            ${whereAndWhen(data, say)}
          </header>
          ${verdict(data, say)} ${tiles(data, say)} ${remarksSection(data, say)} ${keysSection(data, say)}
          ${courseSection(data, say)} ${leftBehindSection(state, say)} ${rootsSection(data.roots, say)}
          ${checksSection(state, say)} ${ledgerSection(state, course, say)} ${notesSection(state, say)}
          ${settingsSection(data.settings, say)}
          <footer>${say`Made by srkey ${data.toolVersion}. It speaks of the columns of the key map only.`}</footer>
        </main>
      </body>
    </html> `;
  return page.markup;
}

/** A rollback counts no keys by root: what it left is in the figures above. */
function keysSection({ state, command }: ReportData, say: Say): Html | null {
  return command === 'rollback' ? null : censusSection(state, isChange(command), say);
}

function titleOf(command: string): Message {
  switch (command) {
    case 'change-ca':
      return text`Change of the certificate authority`;
    case 'stage':
      return text`Staging of a change of the certificate authority`;
    case 'rollback':
      return text`Rollback of a change of the certificate authority`;
    case 'dry-run':
      return text`Dry run of a change of the certificate authority`;
    case 'census':
      return text`Census of the stored keys`;
    default:
      return text`srkey ${command}`;
  }
}

function whereAndWhen({ state: { server }, startedAt, endedAt }: ReportData, say: Say): Html {
  const where =
    server === null
      ? null
      : html`<p>${say`Server ${server.server}, database ${server.database}, login ${server.login}`}</p>
          <p class="small">${server.banner}</p>`;
  return html`${where}
    <p>${say`${time(startedAt)} to ${time(endedAt)}`}</p>`;
}

type Tone = 'good' | 'warning' | 'bad';
const MARKS: Readonly<Record<Tone, string>> = { good: '✓', warning: '!', bad: '✕' };

function verdict({ command, exitCode, error, state }: ReportData, say: Say): Html {
  const [tone, message] = judgement(command, exitCode, state);
  const why =
    error instanceof SrkeyError
      ? html`<p>${paragraph(error.said, say)}</p>
          ${error.advice === undefined ? null : html`<p>→ ${paragraph(error.advice, say)}</p>`}`
      : null;
  return html`<div class="verdict ${tone}" role="status">
    <span class="mark" aria-hidden="true">${MARKS[tone]}</span>
    <div><strong>${say(message)}</strong>${why}</div>
  </div>`;
}

/** Lines of a message stay lines; everything else that is no plain text is made visible. */
function paragraph(message: Message, say: Say): Html {
  return html`${say(message)
    .split('\n')
    .map((line, index) => html`${index === 0 ? null : html`<br />`}${line}`)}`;
}

function judgement(command: string, exitCode: ExitCode, state: RotationState): readonly [Tone, Message] {
  switch (exitCode) {
    case 0:
      if (command === 'census')
        return ['good', text`As far as the columns of the key map go, the purge loses nothing.`];
      if (command === 'dry-run') return ['good', text`Nothing was written, and no check speaks against the change.`];
      if (command === 'stage')
        return ['good', text`Staged: every key is sealed for the new root in the journal, none is live yet.`];
      if (command === 'rollback')
        return ['good', text`Rolled back: what the run had changed is as it was, to the bit.`];
      return ['good', text`Done: every key in the columns of the key map now needs the new root.`];
    case 3:
      if (command === 'census') return ['warning', text`Not proven safe: do not run the purge now.`];
      if (command === 'rollback') {
        const left = counted(
          sumOver(state, ({ restored }) => restored?.underNew ?? 0),
          'key',
        );
        return [
          'warning',
          text`Rolled back, but for ${left} under the new root for which the journal has no old value.`,
        ];
      }
      return ['warning', text`Finished, with ${counted(state.leftBehind.count, 'key')} left behind, untouched.`];
    case 4:
      return ['bad', text`Refused; nothing was changed.`];
    case 7:
      return ['bad', text`Stopped by a failure. What was committed stands; the same command goes on from there.`];
    case 130:
      return ['warning', text`Interrupted. What was committed stands; the same command goes on from there.`];
    default:
      return ['bad', text`Ended with exit code ${exitCode}.`];
  }
}

function remarksSection({ remarks }: ReportData, say: Say): Html | null {
  if (remarks.length === 0) return null;
  return html`<section>
    <h2>${say`The purge of the old certificates (phase 3)`}</h2>
    ${remarks.map(remark)}
  </section>`;
}

/** Lines as the screen has them: those with a dash are items of a list. */
function remark(line: string): Html {
  const item = /^\s*- (.*)$/.exec(line)?.[1];
  return item === undefined ? html`<p>${line}</p>` : html`<p class="item">${item}</p>`;
}

const STAGES: Readonly<Record<Stage, Message>> = {
  checking: text`checks and questions`,
  counting: text`counting keys`,
  changing: text`changing keys`,
  verifying: text`verifying`,
  done: text`done`,
};

function courseSection({ course, endedAt }: ReportData, say: Say): Html | null {
  const endMs = endedAt.getTime();
  if (course.moments.length === 0) return null;
  const time = (s: number): string => say(seconds(s * 1000));
  const stages = course.stages.filter(({ stage }) => stage !== 'done');
  const legend = stages.map(({ stage, atMs }, index) => {
    const ended = course.stages[index + 1]?.atMs ?? endMs;
    return html`<li>
      <svg viewBox="0 0 10 10" aria-hidden="true"><rect class="stage-${stage}" width="10" height="10" /></svg
      >${say`${STAGES[stage]}: ${seconds(ended - atMs)}`}
    </li>`;
  });
  const pausedMs = course.pauses.reduce((sum, { fromMs, toMs }) => sum + (toMs ?? endMs) - fromMs, 0);
  return html`<section>
    <h2>${say`Course of the work`}</h2>
    ${stageChart(course, endMs, {
      title: say`What it was busy with`,
      description: stages.map(({ stage }) => say(STAGES[stage])).join(', '),
      stage: (stage) => say(STAGES[stage]),
      time,
    })}
    <ul class="legend">
      ${legend}
    </ul>
    <h3>${say`Keys a second`}</h3>
    ${throughputChart(course, endMs, {
      title: say`Keys a second over time`,
      description: say`${count(course.moments.reduce((sum, rows) => sum + rows, 0))} rows were gone through`,
      rate: (rate) => say(count(Math.round(rate))),
      time,
      pause: say`paused`,
    })}${course.pauses.length === 0 ? null : html`<p class="soft">${say`Paused for ${seconds(pausedMs)}: the shaded time.`}</p>`}
  </section>`;
}
