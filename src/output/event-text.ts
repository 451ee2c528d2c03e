/** Events as lines for people. Most batches and segments stay in the progress line and the log file. */
import type { Holder, RunState } from '../keys/run.ts';
import type { Check, CheckStatus, DeviatingKey, RotationEvent } from '../progress/events.ts';
import { leftBehindCount, progressOf } from '../progress/rotation-state.ts';
import type { Phase, RotationState } from '../progress/rotation-state.ts';
import { KEY_CLASS_WORDS } from '../keys/stored-key.ts';
import { RUN_STATE_WORDS } from '../keys/run.ts';
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';
import { count, counted, duration, durationRange, keysPerSecond, percent, time } from '../text/quantities.ts';
import { localTime, shown } from './format.ts';
import { basisText, deviationWords } from './standing-text.ts';
import type { Style } from './style.ts';
import { displayWidth } from './table.ts';

/** Words as well as colours: the words alone must do. */
const STATUS_WORDS: Readonly<Record<CheckStatus, Message>> = {
  passed: text`ok`,
  warning: text`WARNING`,
  failed: text`FAILED`,
  unknown: text`unknown`,
};
const STATUS_WIDTH = 7;

function statusWord(status: CheckStatus, style: Style): string {
  const paint = { passed: style.good, warning: style.warning, failed: style.bad, unknown: style.warning }[status];
  return paint(style.say(STATUS_WORDS[status]).padEnd(STATUS_WIDTH));
}

export function checkLines({ status, title, found, remedy }: Check, style: Style): string[] {
  const { say } = style;
  const lines = [`${statusWord(status, style)} ${say`${shown(say(title))}: ${shown(say(found))}`}`];
  if (remedy !== null && status !== 'passed') {
    lines.push(
      ...say(remedy)
        .split('\n')
        .map((line) => `        → ${shown(line)}`),
    );
  }
  return lines;
}

/** Passed checks worth a line of their own: they tell what the stored keys are, not only that nothing is wrong. */
function isTelling({ id }: Check): boolean {
  return id === 'roots-open' || id.startsWith('sample:');
}

/** Whether a check is only counted on the screen: dozens of lines of `ok` would hide the one that matters. */
export function isRoutine(check: Check): boolean {
  return check.status === 'passed' && !isTelling(check);
}

export function routineChecksLine(passed: number, style: Style): string {
  return `${statusWord('passed', style)} ${style.say`${counted(passed, 'more check')} passed`}`;
}

/** `ADMIN\PC7 (process 4711), at work since …, last sign of life 3 s ago`. */
export function holderText({ user, host, pid, since, heartbeatAgeSeconds }: Holder): Message {
  return text`${shown(user)} on ${shown(host)} (process ${pid}), since ${time(since)}, last sign of life ${duration(heartbeatAgeSeconds)} ago`;
}

const PERMANENT_STATES: Readonly<Partial<Record<RunState, Message>>> = {
  applying: text`rewrapping and applying, batch by batch`,
  staged: text`staged; nothing is live yet`,
  verifying: text`verifying: every live key is accounted for`,
  'rolling-back': text`rolling back`,
  'rolled-back': text`rolled back`,
};

/** Permanent lines for an event; none for what only moves the progress line. `state` already holds the event. */
export function eventLines(event: RotationEvent, state: RotationState, style: Style): string[] {
  const { say } = style;
  switch (event.type) {
    case 'server':
      return [
        say`${style.bold(shown(event.server))}, database ${style.bold(shown(event.database))}, login ${shown(event.login)}`,
        style.dim(shown(event.banner)),
        ...(event.embedded ? [style.warning(say`this is the embedded key database, not SQL Server`)] : []),
      ];
    case 'check':
      return isRoutine(event.check) ? [] : checkLines(event.check, style);
    case 'lease-wait':
      // the first second of the countdown; the rest is in the progress line
      return [
        say`waiting for ${holderText(event.holder)}: takes over in ${duration(event.secondsLeft)} unless it moves`,
      ];
    case 'run':
      return [
        event.resumed
          ? say`run ${event.runId} goes on (state: ${RUN_STATE_WORDS[event.state]})`
          : say`run ${event.runId} begins`,
        ...(event.tookOverFrom === null ? [] : [say`took over from ${holderText(event.tookOverFrom)}`]),
      ];
    case 'plan':
      return event.targets.map(({ targetNo, name, column, rows, segments }) => {
        const done = state.targets.find((target) => target.targetNo === targetNo)?.done ?? 0;
        const where = text`target ${shown(name)} (${shown(column)}): ${counted(rows, 'row')} in ${counted(segments, 'segment')}`;
        return done === 0 ? say(where) : say`${where}, ${count(done)} already done`;
      });
    case 'state':
      return event.from === event.to ? [] : [say`state: ${PERMANENT_STATES[event.to] ?? RUN_STATE_WORDS[event.to]}`];
    case 'retry':
      return [
        style.warning(
          say`trying again in ${duration(event.waitMs / 1000)} (attempt ${event.attempt + 1}): ${shown(say(event.what))}: ${shown(say(event.because))}`,
        ),
      ];
    case 'sweep': {
      const name = shown(
        state.targets.find(({ targetNo }) => targetNo === event.targetNo)?.name ?? String(event.targetNo),
      );
      if (event.change === 'started' || event.found === 0) return [];
      return [
        say`sweep ${event.pass} of ${name}: ${counted(event.found, 'row')} changed meanwhile, ${count(event.old)} under the old root`,
      ];
    }
    case 'restored': {
      const { name, rows, restored, underNew } = event.target;
      const all = text`rolled back ${shown(name)}: ${counted(rows, 'row')}, ${count(restored)} as before the change`;
      return [underNew === 0 ? say(all) : say`${all}, ${count(underNew)} under the new root without an old value`];
    }
    case 'staged': {
      const { name, rows, staged, stale } = event.target;
      const all = text`staged ${shown(name)}: ${counted(rows, 'row')}, ${count(staged)} ready to be swapped`;
      return [stale === 0 ? say(all) : say`${all}, ${count(stale)} changed since`];
    }
    case 'verified': {
      const name = shown(
        state.targets.find(({ targetNo }) => targetNo === event.targetNo)?.name ?? String(event.targetNo),
      );
      return [
        say`verified ${name}: ${counted(event.rows, 'row')}, ${count(event.rewrapped)} rewrapped, ${count(event.unaccounted)} unaccounted for`,
      ];
    }
    case 'limits':
      return limitLines(event, style);
    case 'pause':
      return [pauseLine(event, style)];
    case 'note':
      return [
        event.level === 'warning'
          ? `${style.warning(say(STATUS_WORDS.warning))} ${shown(say(event.text))}`
          : shown(say(event.text)),
      ];
    case 'verify':
      return [say`verifying run ${event.runId} (${RUN_STATE_WORDS[event.state]}): ${basisText(event.basis)}`];
    case 'deviation':
      return deviationLines(event.key, state, style);
    case 'standing': {
      const { name, rows, standing } = event.target;
      return [say`verified ${shown(name)}: ${counted(rows, 'row')}, ${count(standing)} as the journal says`];
    }
    case 'left-behind':
      return leftBehindLines(event.key, state, style);
    // counted in the progress line, in the plan, or shown on the page at the end
    case 'resumed':
    case 'forecast':
    case 'segment':
    case 'batch':
    case 'census-progress':
    case 'verify-progress':
    case 'census':
    case 'census-source':
    case 'workers':
      return [];
  }
}

function limitLines({ maxKeysPerSecond, until }: Extract<RotationEvent, { type: 'limits' }>, { say }: Style): string[] {
  return [
    ...(maxKeysPerSecond === null ? [] : [say`goes through at most ${keysPerSecond(maxKeysPerSecond)}`]),
    ...(until === null ? [] : [say`stops at ${localTime(until)} by this computer's clock, resumable`]),
  ];
}

function pauseLine({ change, because }: Extract<RotationEvent, { type: 'pause' }>, { say }: Style): string {
  switch (change) {
    case 'asked':
      return say`pausing (${shown(say(because))}): what is in work is finished first`;
    case 'reached':
      return say`paused: nothing is in work, nothing is locked, and the run stays ours`;
    case 'ended':
      return say`the pause is over: the work goes on`;
  }
}

/** As many as the state names; then one line that there are more. */
function deviationLines(key: DeviatingKey, { deviations }: RotationState, { say }: Style): string[] {
  if (deviations.count > deviations.keys.length) {
    return deviations.count === deviations.keys.length + 1
      ? [say`… more deviations: the log file names more of them`]
      : [];
  }
  const named = `${shown(key.target)} [${key.key.map(shown).join(', ')}]`;
  const line = text`${deviationWords(key)}: ${named}`;
  return [key.reason === null ? say(line) : say`${line}: ${shown(say(key.reason))}`];
}

/** As many as the state names; then one line that there are more. */
function leftBehindLines(
  key: Extract<RotationEvent, { type: 'left-behind' }>['key'],
  { leftBehind }: RotationState,
  { say }: Style,
): string[] {
  if (leftBehind.count > leftBehind.keys.length) {
    return leftBehind.count === leftBehind.keys.length + 1
      ? [say`… more keys left behind: the log file names more of them`]
      : [];
  }
  return [
    say`left behind (${KEY_CLASS_WORDS[key.class]}): ${shown(key.target)} [${key.key.map(shown).join(', ')}]: ${shown(say(key.reason))}`,
  ];
}

export interface ProgressRoom {
  /** On the clock that the state was reduced with; null leaves out what changes every second. */
  readonly atMs: number | null;
  /** Width to fit; what matters least is left out first. */
  readonly room: number;
}

/** The progress line; null while there is nothing to tell. */
export function progressText(
  state: RotationState,
  { atMs, room }: ProgressRoom,
  { say }: Pick<Style, 'say'>,
): string | null {
  if (state.leaseWait !== null) {
    return say`waiting for ${shown(state.leaseWait.holder.host)}: ${duration(state.leaseWait.secondsLeft)} left`;
  }
  const { done, rows, share, keysPerSecond: rate, left } = progressOf(state);
  const leftBehind = leftBehindCount(state);
  if (state.phase === 'idle' || rows === 0) {
    const told = pauseText(state) ?? retryText(state, atMs);
    return told === null ? null : say(told);
  }
  // in reading order; the higher the rank, the sooner it is left out
  const parts: { readonly rank: number; readonly told: Message | null }[] = [
    { rank: 0, told: pauseText(state) ?? retryText(state, atMs) ?? silenceText(state, done < rows, atMs) },
    { rank: 0, told: phaseText(state.phase, share) },
    { rank: 3, told: text`${count(done)} of ${counted(rows, 'row')}` },
    { rank: 5, told: rate === null ? null : keysPerSecond(rate) },
    {
      rank: 1,
      told:
        left === null || done >= rows || state.retryAtMs !== null || state.pause !== null
          ? null
          : text`${durationRange(left.secondsLow, left.secondsHigh)} left`,
    },
    { rank: 2, told: leftBehind === 0 ? null : text`${count(leftBehind)} left behind` },
    { rank: 4, told: state.retries === 0 ? null : counted(state.retries, 'retry', 'retries') },
  ];
  const textUpTo = (rank: number): string =>
    parts.flatMap((part) => (part.told === null || part.rank > rank ? [] : [say(part.told)])).join(' · ');
  const fitting = [5, 4, 3, 2, 1].map(textUpTo).find((line) => displayWidth(line) <= room);
  return fitting ?? textUpTo(0);
}

function phaseText(phase: Phase, share: number): Message {
  switch (phase) {
    case 'counting':
      return text`counting ${percent(share)}`;
    case 'verifying':
      return text`verifying ${percent(share)}`;
    case 'idle':
    case 'changing':
      return text`changing ${percent(share)}`;
  }
}

function pauseText({ pause }: RotationState): Message | null {
  if (pause === null) return null;
  return pause.isReached ? text`paused` : text`pausing`;
}

function retryText({ retryAtMs, lastRetry }: RotationState, atMs: number | null): Message | null {
  if (retryAtMs === null || lastRetry === null) return null;
  const attempt = text`attempt ${lastRetry.attempt + 1}`;
  if (atMs === null) return text`trying again (${attempt})`;
  const seconds = Math.ceil((retryAtMs - atMs) / 1000);
  return seconds > 0 ? text`next try in ${duration(seconds)} (${attempt})` : text`trying again now (${attempt})`;
}

/** A batch takes a fraction of a second: after this long without one, somebody should look. */
const SILENCE_MS = 10_000;

function silenceText({ movedAtMs }: RotationState, isUnfinished: boolean, atMs: number | null): Message | null {
  if (movedAtMs === null || atMs === null || !isUnfinished || atMs - movedAtMs < SILENCE_MS) return null;
  return text`no answer for ${duration((atMs - movedAtMs) / 1000)}`;
}
