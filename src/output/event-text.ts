/** Events as lines for people. Most batches and segments stay in the progress line and the log file. */
import type { Holder } from '../keys/run.ts';
import type { Check, CheckStatus, RotationEvent } from '../progress/events.ts';
import { progressOf } from '../progress/rotation-state.ts';
import type { RotationState } from '../progress/rotation-state.ts';
import { count, counted, duration, durationRange, keysPerSecond, localTime, percent, shown, time } from './format.ts';
import type { Style } from './style.ts';
import { displayWidth } from './table.ts';

/** Words as well as colours: the words alone must do. */
export const STATUS_WORDS: Readonly<Record<CheckStatus, string>> = {
  passed: 'ok     ',
  warning: 'WARNING',
  failed: 'FAILED ',
  unknown: 'unknown',
};

function statusWord(status: CheckStatus, style: Style): string {
  const paint = { passed: style.good, warning: style.warning, failed: style.bad, unknown: style.warning }[status];
  return paint(STATUS_WORDS[status]);
}

export function checkLines({ status, title, found, remedy }: Check, style: Style): string[] {
  const lines = [`${statusWord(status, style)} ${shown(title)}: ${shown(found)}`];
  if (remedy !== null && status !== 'passed')
    lines.push(...remedy.split('\n').map((line) => `        → ${shown(line)}`));
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
  return `${statusWord('passed', style)} ${counted(passed, 'more check')} passed`;
}

/** `ADMIN\PC7 (process 4711), at work since …, last sign of life 3 s ago`. */
export function holderText({ user, host, pid, since, heartbeatAgeSeconds }: Holder): string {
  return `${shown(user)} on ${shown(host)} (process ${pid}), since ${time(since)}, last sign of life ${duration(heartbeatAgeSeconds)} ago`;
}

const PERMANENT_STATES: Readonly<Record<string, string>> = {
  applying: 'rewrapping and applying, batch by batch',
  staging: 'staging',
  staged: 'staged; nothing is live yet',
  verifying: 'verifying: every live key is accounted for',
  done: 'done',
  'rolling-back': 'rolling back',
  'rolled-back': 'rolled back',
  abandoned: 'abandoned',
};

/** Permanent lines for an event; none for what only moves the progress line. `state` already holds the event. */
export function eventLines(event: RotationEvent, state: RotationState, style: Style): string[] {
  switch (event.type) {
    case 'server':
      return [
        `${style.bold(shown(event.server))}, database ${style.bold(shown(event.database))}, login ${shown(event.login)}`,
        style.dim(shown(event.banner)),
        ...(event.embedded ? [style.warning('this is the embedded key database, not SQL Server')] : []),
      ];
    case 'check':
      return isRoutine(event.check) ? [] : checkLines(event.check, style);
    case 'lease-wait':
      // the first second of the countdown; the rest is in the progress line
      return [`waiting for ${holderText(event.holder)}: takes over in ${duration(event.secondsLeft)} unless it moves`];
    case 'run':
      return [
        event.resumed ? `run ${event.runId} goes on (state: ${event.state})` : `run ${event.runId} begins`,
        ...(event.tookOverFrom === null ? [] : [`took over from ${holderText(event.tookOverFrom)}`]),
      ];
    case 'plan':
      return event.targets.map(({ targetNo, name, column, rows, segments }) => {
        const done = state.targets.find((target) => target.targetNo === targetNo)?.done ?? 0;
        const resumed = done === 0 ? '' : `, ${count(done)} already done`;
        return `target ${shown(name)} (${shown(column)}): ${counted(rows, 'row')} in ${counted(segments, 'segment')}${resumed}`;
      });
    case 'state':
      return event.from === event.to ? [] : [`state: ${PERMANENT_STATES[event.to] ?? event.to}`];
    case 'retry':
      return [
        style.warning(
          `trying again in ${duration(event.waitMs / 1000)} (attempt ${event.attempt + 1}): ${shown(event.what)}: ${shown(event.because)}`,
        ),
      ];
    case 'sweep': {
      const name = shown(
        state.targets.find(({ targetNo }) => targetNo === event.targetNo)?.name ?? String(event.targetNo),
      );
      if (event.change === 'started' || event.found === 0) return [];
      return [
        `sweep ${event.pass} of ${name}: ${counted(event.found, 'row')} changed meanwhile, ${count(event.old)} under the old root`,
      ];
    }
    case 'staged': {
      const { name, rows, staged, stale } = event.target;
      const moved = stale === 0 ? '' : `, ${count(stale)} changed since`;
      return [`staged ${shown(name)}: ${counted(rows, 'row')}, ${count(staged)} ready to be swapped${moved}`];
    }
    case 'verified': {
      const name = shown(
        state.targets.find(({ targetNo }) => targetNo === event.targetNo)?.name ?? String(event.targetNo),
      );
      return [
        `verified ${name}: ${counted(event.rows, 'row')}, ${count(event.rewrapped)} rewrapped, ${count(event.unaccounted)} unaccounted for`,
      ];
    }
    case 'limits':
      return limitLines(event);
    case 'pause':
      return [pauseLine(event)];
    case 'note':
      return [event.level === 'warning' ? `${style.warning('WARNING')} ${shown(event.text)}` : shown(event.text)];
    case 'left-behind':
      return leftBehindLines(event.key, state);
    // counted in the progress line, in the plan, or shown on the page at the end
    case 'resumed':
    case 'forecast':
    case 'segment':
    case 'batch':
    case 'census-progress':
    case 'census':
    case 'workers':
      return [];
  }
}

function limitLines({ maxKeysPerSecond, until }: Extract<RotationEvent, { type: 'limits' }>): string[] {
  return [
    ...(maxKeysPerSecond === null ? [] : [`goes through at most ${keysPerSecond(maxKeysPerSecond)}`]),
    ...(until === null ? [] : [`stops at ${localTime(until)} by this computer's clock, resumable`]),
  ];
}

function pauseLine({ change, because }: Extract<RotationEvent, { type: 'pause' }>): string {
  switch (change) {
    case 'asked':
      return `pausing (${shown(because)}): what is in work is finished first`;
    case 'reached':
      return 'paused: nothing is in work, nothing is locked, and the run stays ours';
    case 'ended':
      return 'the pause is over: the work goes on';
  }
}

/** As many as the state names; then one line that there are more. */
function leftBehindLines(
  key: Extract<RotationEvent, { type: 'left-behind' }>['key'],
  { leftBehind }: RotationState,
): string[] {
  if (leftBehind.count > leftBehind.keys.length) {
    return leftBehind.count === leftBehind.keys.length + 1
      ? ['… more keys left behind: the log file names all of them']
      : [];
  }
  return [`left behind (${key.class}): ${shown(key.target)} [${key.key.map(shown).join(', ')}]: ${shown(key.reason)}`];
}

export interface ProgressRoom {
  /** On the clock that the state was reduced with; null leaves out what changes every second. */
  readonly atMs: number | null;
  /** Width to fit; what matters least is left out first. */
  readonly room: number;
}

/** The progress line; null while there is nothing to tell. */
export function progressText(state: RotationState, { atMs, room }: ProgressRoom): string | null {
  if (state.leaseWait !== null) {
    return `waiting for ${shown(state.leaseWait.holder.host)}: ${duration(state.leaseWait.secondsLeft)} left`;
  }
  const { done, rows, share, keysPerSecond: rate, left } = progressOf(state);
  if (state.phase === 'idle' || rows === 0) return pauseText(state) ?? retryText(state, atMs);
  // in reading order; the higher the rank, the sooner it is left out
  const parts: { readonly rank: number; readonly text: string | null }[] = [
    { rank: 0, text: pauseText(state) ?? retryText(state, atMs) ?? silenceText(state, done < rows, atMs) },
    { rank: 0, text: `${state.phase === 'counting' ? 'counting' : 'changing'} ${percent(share)}` },
    { rank: 3, text: `${count(done)} of ${counted(rows, 'row')}` },
    { rank: 5, text: rate === null ? null : keysPerSecond(rate) },
    {
      rank: 1,
      text:
        left === null || done >= rows || state.retryAtMs !== null || state.pause !== null
          ? null
          : `${durationRange(left.secondsLow, left.secondsHigh)} left`,
    },
    { rank: 2, text: state.leftBehind.count === 0 ? null : `${count(state.leftBehind.count)} left behind` },
    { rank: 4, text: state.retries === 0 ? null : counted(state.retries, 'retry', 'retries') },
  ];
  const textUpTo = (rank: number): string =>
    parts.flatMap((part) => (part.text === null || part.rank > rank ? [] : [part.text])).join(' · ');
  const fitting = [5, 4, 3, 2, 1].map(textUpTo).find((text) => displayWidth(text) <= room);
  return fitting ?? textUpTo(0);
}

function pauseText({ pause }: RotationState): string | null {
  if (pause === null) return null;
  return pause.isReached ? 'paused' : 'pausing';
}

function retryText({ retryAtMs, lastRetry }: RotationState, atMs: number | null): string | null {
  if (retryAtMs === null || lastRetry === null) return null;
  const attempt = `attempt ${lastRetry.attempt + 1}`;
  if (atMs === null) return `trying again (${attempt})`;
  const seconds = Math.ceil((retryAtMs - atMs) / 1000);
  return seconds > 0 ? `next try in ${seconds} s (${attempt})` : `trying again now (${attempt})`;
}

/** A batch takes a fraction of a second: after this long without one, somebody should look. */
const SILENCE_MS = 10_000;

function silenceText({ movedAtMs }: RotationState, isUnfinished: boolean, atMs: number | null): string | null {
  if (movedAtMs === null || atMs === null || !isUnfinished || atMs - movedAtMs < SILENCE_MS) return null;
  return `no answer for ${duration((atMs - movedAtMs) / 1000)}`;
}
