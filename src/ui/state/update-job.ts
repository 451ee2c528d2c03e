/** The screens that show a job: checks, dry run, confirmation, progress, result. */
import type { AppState, JobState } from './app-state.ts';
import { enter, jobOf, nextScreen, previousScreen, toMenu } from './go-to.ts';
import {
  areChecksDone,
  canAllowTriggers,
  checkMark,
  confirmationIn,
  failedChecks,
  hasLevers,
  hasThreads,
  isDone,
  isRunning,
  looksSwapped,
  problemIn,
  unreadWarnings,
} from './job-facts.ts';
import { edit, insert } from './line-edit.ts';
import type { AppMessage, Effect } from './messages.ts';
import { step, followedBy } from './step.ts';
import type { Step } from './step.ts';
import { swapped } from './update-files.ts';

/** The typed word, the same in every language: as in the vendor's scripts. */
export const CONFIRMATION_WORD = 'Yes';

export function updateChecks(state: AppState, message: AppMessage): Step {
  const { job } = state;
  switch (message.type) {
    case 'go':
      return job === null ? step(state) : acknowledge(state, job);
    case 'again':
      return job !== null && job.outcome !== null ? enter(state, 'checks') : step(state);
    case 'swap':
      return job !== null && looksSwapped(job) ? checkAgain(swapped(state).state, job) : step(state);
    case 'allow-triggers':
      return job !== null && canAllowTriggers(job) ? checkAgain({ ...state, allowsTriggers: true }, job) : step(state);
    case 'back':
      return followedBy(previousScreen(state), (after) => step(withoutJob(after), ...stopEffects(job)));
    default:
      return scrolled(state, message);
  }
}

/** With something else than before; a dry run that is under way behind the checks has no use any more. */
function checkAgain(state: AppState, job: JobState): Step {
  return followedBy(step(state, ...stopEffects(job)), (after) => enter(after, 'checks'));
}

/** One warning a key press; the press after the last one goes on. */
function acknowledge(state: AppState, job: JobState): Step {
  if (!areChecksDone(job) && confirmationIn(state) === null) return step(state);
  if (failedChecks(job).length > 0 || problemIn(job) !== null) return step(state);
  const [warning] = unreadWarnings(job, state.acknowledged);
  if (warning === undefined) return pastChecks(state);
  return step({ ...state, acknowledged: [...state.acknowledged, checkMark(warning)] });
}

/** A preparation waits for no typed word: no live key is touched by it. */
function pastChecks(state: AppState): Step {
  if (jobOf(state) !== 'stage') return nextScreen(state);
  return followedBy(nextScreen({ ...state, confirm: null }), (after) => step(after, { type: 'confirm', isYes: true }));
}

export function updateRehearsal(state: AppState, message: AppMessage): Step {
  const { job } = state;
  switch (message.type) {
    case 'go':
      return isDone(job) ? nextScreen(state) : step(state);
    case 'again':
      return job !== null && job.outcome !== null ? enter(state, 'checks') : step(state);
    case 'back':
      return followedBy(previousScreen(state), (after) => step(withoutJob(after), ...stopEffects(job)));
    default:
      return scrolled(state, message);
  }
}

export function updateConfirm(state: AppState, message: AppMessage): Step {
  const { confirm, job } = state;
  const word = confirm?.word ?? { text: '', cursor: 0 };
  const typed = (line: typeof word): Step =>
    step(confirm === null ? state : { ...state, confirm: { ...confirm, word: line } });
  switch (message.type) {
    case 'type':
    case 'paste':
      return confirmationIn(state) === null ? step(state) : typed(insert(word, message.text));
    case 'edit':
      return typed(edit(word, message.key));
    case 'go':
      // a change that was refused at the second look: nothing to confirm
      if (job !== null && !isRunning(job)) return refused(state);
      if (confirmationIn(state) === null) return step(state);
      return word.text.trim() === CONFIRMATION_WORD
        ? followedBy(nextScreen(state), (after) => step(after, { type: 'confirm', isYes: true }))
        : refused(state);
    case 'back':
      return refused(state);
    default:
      return scrolled(state, message);
  }
}

/** Anything but the word goes back, and nothing was changed. */
function refused(state: AppState): Step {
  const effects: Effect[] =
    confirmationIn(state) === null ? [...stopEffects(state.job)] : [{ type: 'confirm', isYes: false }];
  const back = previousScreen(state);
  return step({ ...back.state, confirm: null, notice: 'not-confirmed' }, ...back.effects, ...effects);
}

export function updateProgress(state: AppState, message: AppMessage): Step {
  const { job } = state;
  if (!isRunning(job)) return step(state);
  const { pause, workers } = job.rotation;
  const turns = hasLevers(job) && hasThreads(job);
  switch (message.type) {
    case 'pause':
      return hasLevers(job) ? step(state, { type: 'pause', isOn: pause === null }) : step(state);
    case 'workers':
      return turns && workers !== null
        ? step(state, { type: 'set-workers', workers: workers + message.by })
        : step(state);
    case 'stop':
      return job.stopping === null ? stopJob(state, 'after-batch') : step(state);
    default:
      return scrolled(state, message);
  }
}

export function stopJob(state: AppState, how: 'after-batch' | 'at-once'): Step {
  const { job } = state;
  if (!isRunning(job)) return step(state);
  return step({ ...state, job: { ...job, stopping: how } }, { type: 'stop-job', how });
}

export function updateResult(state: AppState, message: AppMessage): Step {
  switch (message.type) {
    case 'go':
    case 'back':
      return toMenu(state);
    case 'again':
      // what was interrupted goes on with what was chosen
      if (problemIn(state.job) === null) return step(state);
      return jobOf(state) === 'drop-journal'
        ? enter(state, 'journals')
        : enter({ ...state, files: { ...state.files, goesOnByItself: true } }, 'files');
    default:
      return scrolled(state, message);
  }
}

function scrolled(state: AppState, message: AppMessage): Step {
  switch (message.type) {
    case 'scroll':
    case 'move':
      return step({ ...state, scroll: Math.max(0, state.scroll + message.by) });
    case 'details':
      return step({ ...state, showsDetails: !state.showsDetails, scroll: 0 });
    default:
      return step(state);
  }
}

function withoutJob(state: AppState): AppState {
  return { ...state, job: null };
}

function stopEffects(job: JobState | null): readonly Effect[] {
  return isRunning(job) ? [{ type: 'stop-job', how: 'after-batch' }] : [];
}

export function jobProgressed(
  state: AppState,
  { jobNo, rotation, atMs }: Extract<AppMessage, { type: 'job-progress' }>,
): Step {
  if (!isRunning(state.job) || state.job.jobNo !== jobNo) return step(state);
  const { windowStartedMs } = state.job;
  const window = windowStartedMs ?? (rotation.run === null ? null : atMs);
  return step({ ...state, job: { ...state.job, rotation, nowMs: atMs, windowStartedMs: window } });
}

/** The engine waits for a yes. On a resumed change the checks are still to be read. */
export function jobAsked(state: AppState, { jobNo, confirmation }: Extract<AppMessage, { type: 'job-asks' }>): Step {
  if (state.job?.jobNo !== jobNo) return step(state);
  return step({ ...state, confirm: { confirmation, word: { text: '', cursor: 0 } } });
}

export function jobEnded(state: AppState, message: Extract<AppMessage, { type: 'job-ended' }>): Step {
  const { jobNo, outcome, rotation, atMs } = message;
  if (state.job?.jobNo !== jobNo) return step(state);
  const job: JobState = { ...state.job, outcome, rotation, nowMs: atMs };
  const ended: AppState = { ...state, job, question: null, unfinished: outcome.unfinished };
  if (state.screen !== 'progress') return step(ended);
  const result = nextScreen({ ...ended, exitCode: outcome.exitCode });
  // the runs that the login found are history now
  return followedBy(result, (after) =>
    state.connection === null ? step(after) : step(after, { type: 'list-runs', login: state.connection.login }),
  );
}
