/** How it ended, in one box at the head of the report, and what to do now. */
import { SrkeyError } from '../../errors.ts';
import { type Message, type Say, text } from '../../text/message.ts';
import { leftBehindCount } from '../../progress/rotation-state.ts';
import { counted } from '../../text/quantities.ts';
import { standingAdvice, standingTotals, standingVerdict } from '../standing-text.ts';
import { html, type Html } from './html.ts';
import { isChange, type ReportData } from './report-data.ts';
import { standingsOf } from './standing-section.ts';
import { sumOver } from './tiles.ts';

type Tone = 'good' | 'warning' | 'bad';
const MARKS: Readonly<Record<Tone, string>> = { good: '✓', warning: '!', bad: '✕' };

export function verdict(data: ReportData, say: Say): Html {
  const { error } = data;
  const [tone, message] = judgement(data);
  const why =
    error instanceof SrkeyError
      ? html`<p>${paragraph(error.said, say)}</p>
          ${error.advice === undefined ? null : html`<p>→ ${paragraph(error.advice, say)}</p>`}`
      : null;
  const advice = adviceOf(data).map((each) => html`<p>→ ${paragraph(each, say)}</p>`);
  return html`<div class="verdict ${tone}" role="status">
    <span class="mark" aria-hidden="true">${MARKS[tone]}</span>
    <div><strong>${say(message)}</strong>${why}${advice}</div>
  </div>`;
}

/** Of a verification: what to do about what was found. */
function adviceOf({ state }: ReportData): readonly Message[] {
  return state.verify === null ? [] : standingAdvice(state.verify.basis, standingsOf(state));
}

/** Lines of a message stay lines; everything else that is no plain text is made visible. */
function paragraph(message: Message, say: Say): Html {
  return html`${say(message)
    .split('\n')
    .map((line, index) => html`${index === 0 ? null : html`<br />`}${line}`)}`;
}

function judgement({ command, exitCode, state }: ReportData): readonly [Tone, Message] {
  if (state.verify !== null && (exitCode === 0 || exitCode === 3)) {
    const { runId, basis } = state.verify;
    const said = standingVerdict(runId, basis, standingTotals(standingsOf(state)), exitCode);
    return [exitCode === 0 ? 'good' : 'warning', said];
  }
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
      return ['warning', text`Finished, with ${counted(leftBehindCount(state), 'key')} left behind, untouched.`];
    case 4:
      return ['bad', text`Refused; nothing was changed.`];
    case 7:
      return isChange(command)
        ? ['bad', text`Stopped by a failure. What was committed stands; the same command goes on from there.`]
        : ['bad', text`Stopped by a failure. Nothing was changed.`];
    case 130:
      return isChange(command)
        ? ['warning', text`Interrupted. What was committed stands; the same command goes on from there.`]
        : ['warning', text`Interrupted. Nothing was changed.`];
    default:
      return ['bad', text`Ended with exit code ${exitCode}.`];
  }
}
