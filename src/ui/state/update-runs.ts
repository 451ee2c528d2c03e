import type { AppState } from './app-state.ts';
import { toMenu } from './go-to.ts';
import type { AppMessage } from './messages.ts';
import { step } from './step.ts';
import type { Step } from './step.ts';

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
