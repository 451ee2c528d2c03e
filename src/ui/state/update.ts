/** The whole of the terminal UI's behaviour: a message in, the next state and what is to be done out. Pure. */
import { entriesOf } from './menu-facts.ts';
import type { AppState } from './app-state.ts';
import { newJob } from './app-state.ts';
import { enter } from './go-to.ts';
import { isRunning, isWriting } from './job-facts.ts';
import type { AppMessage } from './messages.ts';
import { movedWithin, step, followedBy } from './step.ts';
import type { Step } from './step.ts';
import { keyMapLooked, rootLooked, updateFiles } from './update-files.ts';
import { updateInspect } from './update-inspect.ts';
import {
  jobAsked,
  jobEnded,
  jobProgressed,
  stopJob,
  updateChecks,
  updateConfirm,
  updateProgress,
  updateRehearsal,
  updateResult,
} from './update-job.ts';
import { demoAnswered, updateLogin } from './update-login.ts';
import { updateJournals, updateRuns } from './update-runs.ts';

export function update(state: AppState, message: AppMessage): Step {
  if (message.type === 'interrupt') return interrupted(state);
  if (state.question !== null && isKey(message)) return answered(state, message);
  switch (message.type) {
    case 'demo-step':
      return step(state.demo === null ? state : { ...state, demo: { ...state.demo, step: message.step } });
    case 'demo-answered':
      return demoAnswered(state, message);
    case 'demo':
      return startDemo(state);
    case 'root-looked':
      return message.place === 'inspect' ? updateInspect(state, message) : rootLooked(state, message.place, message);
    case 'key-map-looked':
      return keyMapLooked(state, message);
    case 'connect-answered':
      return connectAnswered(state, message);
    case 'folder-listed':
      return step({
        ...state,
        files: { ...state.files, listing: message.listing },
        inspect: { ...state.inspect, listing: message.listing },
      });
    case 'job-started': {
      const { jobNo, kind, atMs } = message;
      return step({ ...state, job: newJob(jobNo, kind, atMs) });
    }
    case 'job-progress':
      return jobProgressed(state, message);
    case 'job-asks':
      return jobAsked(state, message);
    case 'job-ended': {
      const ended = jobEnded(state, message);
      return state.isLeaving ? followedBy(ended, leave) : ended;
    }
    case 'hang-up':
      return isRunning(state.job) ? stopJob({ ...state, isLeaving: true }, 'after-batch') : leave(state);
    default:
      return onScreen(state, message);
  }
}

function onScreen(state: AppState, message: AppMessage): Step {
  // while the demo is being made there is nothing to type
  if (state.demo !== null && !state.demo.isReady) {
    return message.type === 'back' ? step({ ...state, demo: null }) : step(state);
  }
  switch (state.screen) {
    case 'menu':
      return updateMenu(state, message);
    case 'login':
      return updateLogin(state, message);
    case 'files':
      return updateFiles(state, message);
    case 'checks':
      return updateChecks(state, message);
    case 'rehearsal':
      return updateRehearsal(state, message);
    case 'confirm':
      return updateConfirm(state, message);
    case 'progress':
      return updateProgress(state, message);
    case 'result':
      return updateResult(state, message);
    case 'runs':
      return updateRuns(state, message);
    case 'journals':
      return updateJournals(state, message);
    case 'inspect':
      return updateInspect(state, message);
  }
}

/** Asked for by the login form, or by a screen that shows the runs; at any time after a change has ended. */
function connectAnswered(state: AppState, message: Extract<AppMessage, { type: 'connect-answered' }>): Step {
  if (state.screen === 'login') return updateLogin(state, message);
  if (state.screen === 'runs' || state.screen === 'journals') return updateRuns(state, message);
  const { answer, login } = message;
  return step(answer.kind === 'connected' ? { ...state, connection: { login, facts: answer.facts } } : state);
}

function updateMenu(state: AppState, message: AppMessage): Step {
  const entries = entriesOf(state);
  switch (message.type) {
    case 'move':
    case 'field':
      return step({ ...state, menuIndex: movedWithin(state.menuIndex, message.by, entries.length) });
    case 'go': {
      const chosen = entries[state.menuIndex];
      if (chosen?.disabled !== null) return step(state);
      if (chosen.id === 'quit') return leave(state);
      const files = { ...state.files, goesOnByItself: chosen.resumes !== null };
      const [first = 'menu'] = chosen.steps;
      return enter({ ...state, entry: chosen.id, files }, first);
    }
    case 'again':
      // log in elsewhere
      return step({ ...state, connection: null, demo: null });
    case 'back':
      return interrupted(state);
    default:
      return step(state);
  }
}

function startDemo(state: AppState): Step {
  if (state.screen !== 'menu' && state.screen !== 'login') return step(state);
  if (state.demo !== null || state.login.isBusy) return step(state);
  return step({ ...state, demo: { step: null, isReady: false } }, { type: 'start-demo' });
}

/** What a key means; everything else is news from the desk and is never held back by a question. */
function isKey({ type }: AppMessage): boolean {
  return !/-(?:answered|step|listed|looked|started|progress|asks|ended|up)$/.test(type);
}

/** Ctrl-C. First a question, as it is also how people copy; again, while a job runs: at once; again: leave. */
function interrupted(state: AppState): Step {
  const { question, job } = state;
  if (isRunning(job)) {
    if (job.stopping === 'at-once') return leave(state);
    if (question === 'stop' || job.stopping !== null) return stopJob({ ...state, question: null }, 'at-once');
    return step({ ...state, question: 'stop' });
  }
  return question === 'leave' ? leave(state) : step({ ...state, question: 'leave' });
}

function answered(state: AppState, message: AppMessage): Step {
  const closed: AppState = { ...state, question: null };
  const isYes = message.type === 'answer' ? message.isYes : message.type === 'go';
  if (!isYes) return step(closed);
  if (state.question === 'leave') return leave(closed);
  return isWriting(closed) ? stopJob(closed, 'after-batch') : stopJob(closed, 'at-once');
}

function leave(state: AppState): Step {
  const { job } = state;
  const exitCode = isRunning(job) ? 130 : state.exitCode;
  return step(state, { type: 'leave', exitCode });
}
