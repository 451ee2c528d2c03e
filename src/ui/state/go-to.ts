/** From screen to screen, along the steps of the menu entry that was chosen. */
import { entryOf, STEPS_OF_RESUMED_CHANGE } from '../menu.ts';
import type { ScreenName } from '../menu.ts';
import type { JobKind } from '../desk.ts';
import type { AppState } from './app-state.ts';
import { firstLoginFocus, loginValuesOf } from './login-values.ts';
import type { Effect } from './messages.ts';
import { startJob } from './start-job.ts';
import { step } from './step.ts';
import type { Step } from './step.ts';
import { areAllRead, lookAtFiles } from './file-slots.ts';
import { changeUnderWay } from './run-facts.ts';

function stepsOf({ entry, isResuming }: AppState): readonly ScreenName[] {
  if (isResuming) return STEPS_OF_RESUMED_CHANGE;
  return entry === null ? [] : entryOf(entry).steps;
}

/** An unfinished change goes on without another dry run: what it would forecast is under way already. */
function withResuming(state: AppState): AppState {
  const { entry, connection } = state;
  const isUnderWay = changeUnderWay(connection?.facts.runs ?? []) !== null;
  return { ...state, isResuming: entry === 'resume-change' || (entry === 'change' && isUnderWay) };
}

/** What is carried out behind the steps; null before an entry was chosen, and for one that does nothing. */
export function jobOf({ entry }: Pick<AppState, 'entry'>): JobKind | null {
  return entry === null ? null : entryOf(entry).job;
}

/** The steps to count on the screen, and where we are; null outside of any. */
export function whereabouts(state: AppState): { readonly steps: readonly ScreenName[]; readonly at: number } | null {
  const steps = stepsOf(state);
  const at = steps.indexOf(state.screen);
  return at === -1 ? null : { steps, at };
}

export function toMenu(state: AppState): Step {
  return step({
    ...state,
    screen: 'menu',
    entry: null,
    isResuming: false,
    menuIndex: 0,
    job: null,
    rehearsal: null,
    confirm: null,
    runIndex: 0,
    acknowledged: [],
    allowsTriggers: false,
    notice: null,
    scroll: 0,
  });
}

export function nextScreen(state: AppState): Step {
  const steps = stepsOf(state);
  const next = steps[steps.indexOf(state.screen) + 1];
  return next === undefined ? toMenu(state) : enter(state, next);
}

/** The step before the present one that a human fills in. */
export function previousScreen(state: AppState): Step {
  const steps = stepsOf(state);
  const before = steps.slice(0, Math.max(0, steps.indexOf(state.screen))).findLast((name) => isForm(name, state));
  return before === undefined ? toMenu(state) : enter(state, before);
}

function isForm(name: ScreenName, state: AppState): boolean {
  return (
    name === 'files' || name === 'journals' || name === 'rehearsal' || (name === 'login' && state.connection === null)
  );
}

export function enter(state: AppState, screen: ScreenName): Step {
  const entered: AppState = { ...state, screen, scroll: 0, notice: null, showsDetails: false };
  switch (screen) {
    case 'login':
      // whoever is logged in already goes on; `Log in elsewhere` is on the menu
      if (state.connection !== null) return nextScreen(entered);
      return step({ ...entered, login: { ...state.login, problem: null, focus: firstLoginFocus(state.login) } });
    case 'files':
      return lookedAtFiles(withResuming(entered));
    case 'checks':
      return startJob({ ...entered, acknowledged: [], confirm: null }, jobBehindChecks(state));
    case 'confirm':
      // a resumed change is under way since the checks
      return state.isResuming
        ? step({ ...entered, confirm: entered.confirm ?? NOTHING_TYPED })
        : startJob({ ...entered, rehearsal: state.job, confirm: NOTHING_TYPED }, jobOf(state) ?? 'change');
    case 'progress':
      return startsAtOnce(jobOf(state)) ? startJob(entered, jobOf(state) ?? 'census') : step(entered);
    case 'rehearsal':
      // back from the confirmation: the dry run still stands
      return step({ ...entered, job: state.rehearsal ?? state.job, confirm: null });
    case 'runs':
      return step(entered, ...listRuns(state));
    case 'journals':
      return step({ ...entered, job: null, confirm: null }, ...listRuns(state));
    case 'menu':
    case 'result':
    case 'inspect':
      return step(entered);
  }
}

/** What is resumed passes by files that were read before. */
function lookedAtFiles(state: AppState): Step {
  const { files } = state;
  return files.goesOnByItself && areAllRead(files)
    ? nextScreen({ ...state, files: { ...files, goesOnByItself: false } })
    : lookAtFiles(state);
}

/** A change is rehearsed; what is resumed or only prepared waits behind its checks for the word to begin. */
function jobBehindChecks(state: AppState): JobKind {
  if (state.isResuming) return 'change';
  return jobOf(state) === 'stage' ? 'stage' : 'rehearse';
}

/** What only reads needs no question. */
function startsAtOnce(job: JobKind | null): boolean {
  return job === 'census' || job === 'verify';
}

function listRuns(state: AppState): readonly Effect[] {
  return [{ type: 'list-runs', login: state.connection?.login ?? loginValuesOf(state.login) }];
}

const NOTHING_TYPED = { confirmation: null, word: { text: '', cursor: 0 } } as const;
