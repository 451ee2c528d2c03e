import type { AppState } from './app-state.ts';
import { nextScreen, previousScreen, toMenu } from './go-to.ts';
import type { AppMessage } from './messages.ts';
import { whyKept } from './run-facts.ts';
import { movedWithin, step } from './step.ts';
import type { Step } from './step.ts';

/** The runs to choose one from, whose journal is to go. */
export function updateJournals(state: AppState, message: AppMessage): Step {
  const runs = state.connection?.facts.runs ?? [];
  switch (message.type) {
    case 'move':
    case 'field':
      return step({ ...state, runIndex: movedWithin(state.runIndex, message.by, runs.length) });
    case 'go': {
      const chosen = runs[state.runIndex];
      return chosen === undefined || whyKept(chosen) !== null ? step(state) : nextScreen(state);
    }
    case 'back':
      return previousScreen(state);
    default:
      return updateRuns(state, message);
  }
}

export function updateRuns(state: AppState, message: AppMessage): Step {
  switch (message.type) {
    case 'connect-answered': {
      const { answer, login } = message;
      // a server that is gone: the login form says so
      if (answer.kind === 'refused') {
        const problem = { field: answer.field, problem: answer.problem };
        return step({
          ...state,
          screen: 'login',
          connection: null,
          login: { ...state.login, focus: answer.field, problem },
        });
      }
      return step({ ...state, connection: { login, facts: answer.facts } });
    }
    case 'again':
      return state.connection === null
        ? step(state)
        : step(state, { type: 'list-runs', login: state.connection.login });
    case 'go':
    case 'back':
      return toMenu(state);
    case 'move':
    case 'scroll':
      return step({ ...state, scroll: Math.max(0, state.scroll + message.by) });
    default:
      return step(state);
  }
}
