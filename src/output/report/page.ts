/**
 * The report of a job: one HTML file for the archive. It needs no network and no script, opens in any browser, prints on
 * A4, and holds no secret. It is made of the same state that the screens show.
 */
import { type Message, type Say, text } from '../../text/message.ts';
import { count, time } from '../../text/quantities.ts';
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
import { deviationsSection, standingSection } from './standing-section.ts';
import { tiles } from './tiles.ts';
import { verdict } from './verdict.ts';

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
          ${standingSection(state, say)} ${deviationsSection(state, say)} ${courseSection(data, say)}
          ${leftBehindSection(state, say)} ${rootsSection(data.roots, say)} ${checksSection(state, say)}
          ${ledgerSection(state, course, say)} ${notesSection(state, say)} ${settingsSection(data.settings, say)}
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
    case 'verify':
      return text`Verification of a change of the certificate authority`;
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
