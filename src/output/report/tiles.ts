/** The few figures at the head of the report, by command. */
import { DEVIATIONS } from '../../keys/deviation.ts';
import { censusTotal } from '../../keys/stored-key.ts';
import { leftBehindCount, type RotationState } from '../../progress/rotation-state.ts';
import { type Message, type Say, text } from '../../text/message.ts';
import { bytes, count, durationRange, keysPerSecond } from '../../text/quantities.ts';
import { standingTotals } from '../standing-text.ts';
import { html, type Html } from './html.ts';
import { isChange, type ReportData } from './report-data.ts';
import { seconds } from './sections.ts';
import { standingsOf } from './standing-section.ts';

export function sumOver(
  { targets }: RotationState,
  numberOf: (target: RotationState['targets'][number]) => number,
): number {
  return targets.reduce((total, target) => total + numberOf(target), 0);
}

/** The figures of a command that writes: of live rows where they are known, for the ledger counts a swept row twice. */
function workTiles(data: ReportData): [Message, Message][] {
  const { state, command, course } = data;
  const sum = (numberOf: Parameters<typeof sumOver>[1]): Message => count(sumOver(state, numberOf));
  const windowMs = windowOf(data);
  const rows = course.moments.reduce((total, moment) => total + moment, 0);
  const speed: [Message, Message][] = [
    [text`window of this start`, seconds(windowMs)],
    [text`on average`, keysPerSecond(windowMs <= 0 ? 0 : (rows * 1000) / windowMs)],
  ];
  const left: [Message, Message] = [text`left behind`, count(leftBehindCount(state))];
  switch (command) {
    case 'stage':
      return [[text`keys staged`, sum(({ staged, outcomes }) => staged?.staged ?? outcomes.staged)], left, ...speed];
    case 'rollback':
      return [
        [text`as before the change`, sum(({ restored }) => restored?.restored ?? 0)],
        [text`still under the new root`, sum(({ restored }) => restored?.underNew ?? 0)],
        ...speed,
      ];
    default:
      return [
        [text`keys rewrapped`, sum(({ verified, outcomes }) => verified?.rewrapped ?? outcomes.rewrapped)],
        left,
        ...speed,
      ];
  }
}

/** How the live values stand, and how many keys were looked into. */
function standingTiles(state: RotationState, full: boolean): [Message, Message][] {
  const { rows, standing, deviations, leftBehind, pending, opened } = standingTotals(standingsOf(state));
  const deviating = DEVIATIONS.reduce((sum, kind) => sum + deviations[kind], 0);
  return [
    [text`keys`, count(rows)],
    [text`as in the journal`, count(standing)],
    [text`not as in the journal`, count(deviating)],
    ...(pending === 0 ? [] : ([[text`still to come`, count(pending)]] as [Message, Message][])),
    [text`left behind`, count(leftBehind)],
    ...(full ? ([[text`keys opened`, count(opened)]] as [Message, Message][]) : []),
  ];
}

/** The figures of a count: what was found, and on a dry run what the change would take. */
function countTiles(state: RotationState): [Message, Message][] {
  const counted = sumOver(state, ({ census }) => (census === null ? 0 : censusTotal(census.census) + census.unopened));
  const { forecast } = state;
  return [
    [text`keys counted`, count(counted)],
    [text`foreign or unreadable`, count(leftBehindCount(state))],
    ...(forecast === null
      ? []
      : ([
          [text`the change would take`, durationRange(forecast.secondsLow, forecast.secondsHigh)],
          [text`journal`, bytes(forecast.journalBytes)],
          [text`transaction log`, bytes(forecast.logBytes)],
        ] as [Message, Message][])),
  ];
}

function figuresOf(data: ReportData): [Message, Message][] {
  const { state, command } = data;
  if (state.verify !== null) return standingTiles(state, state.verify.full);
  return isChange(command) ? workTiles(data) : countTiles(state);
}

/** The numbers that a reader looks for first. */
export function tiles(data: ReportData, say: Say): Html | null {
  if (data.state.targets.length === 0) return null;
  return html`<dl class="tiles">
    ${figuresOf(data).map(
      ([title, value]) =>
        html`<div>
          <dt>${say(title)}</dt>
          <dd>${say(value)}</dd>
        </div>`,
    )}
  </dl>`;
}

/** From taking the run to its end: how long keys were on the move. */
function windowOf({ course, endedAt }: ReportData): number {
  const begun = course.stages.find(({ stage }) => stage === 'changing')?.atMs;
  const ended = course.stages.find(({ stage }) => stage === 'done')?.atMs ?? endedAt.getTime();
  return begun === undefined ? 0 : ended - begun;
}
