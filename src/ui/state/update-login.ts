import { AUTH_CHOICES, TLS_CHOICES } from '../desk.ts';
import type { AppState, LoginState } from './app-state.ts';
import { loginFields } from './app-state.ts';
import { nextScreen, previousScreen } from './go-to.ts';
import { edit, insert, lineOf } from './line-edit.ts';
import { firstMissing, isTextField, loginStops, loginValuesOf } from './login-values.ts';
import type { LoginStop } from './login-values.ts';
import type { AppMessage } from './messages.ts';
import { movedWithin, step } from './step.ts';
import type { Step } from './step.ts';
import { text } from '../../text/message.ts';

export function updateLogin(state: AppState, message: AppMessage): Step {
  const { login } = state;
  const change = (changes: Partial<LoginState>): Step => step({ ...state, login: { ...login, ...changes } });
  // while the server is asked, only leaving is possible; Esc gives the form back
  if (login.isBusy && message.type !== 'connect-answered' && message.type !== 'back') return step(state);
  switch (message.type) {
    case 'move':
    case 'field':
      return change({ focus: moved(login, message.by) });
    case 'complete':
      // Tab: there is nothing to complete here
      return change({ focus: moved(login, 1) });
    case 'choose':
      return chosen(state, message.by);
    case 'type':
    case 'paste':
      if (message.text === ' ' && !isTextField(login.focus)) return chosen(state, 1);
      if (!isTextField(login.focus)) return step(state);
      return change({ lines: { ...login.lines, [login.focus]: insert(login.lines[login.focus], message.text) } });
    case 'edit': {
      if (isTextField(login.focus)) {
        return change({ lines: { ...login.lines, [login.focus]: edit(login.lines[login.focus], message.key) } });
      }
      if (message.key === 'left') return chosen(state, -1);
      return message.key === 'right' ? chosen(state, 1) : step(state);
    }
    case 'go':
      return login.focus === 'go' || login.focus === 'password' ? submit(state) : change({ focus: moved(login, 1) });
    case 'back':
      return login.isBusy ? change({ isBusy: false }) : previousScreen(state);
    case 'connect-answered':
      return connected(state, message);
    default:
      return step(state);
  }
}

function moved(login: LoginState, by: number): LoginStop {
  const stops = loginStops(login);
  return stops[movedWithin(stops.indexOf(login.focus), by, stops.length)] ?? 'server';
}

function next<T>(values: readonly T[], value: T, by: number): T {
  return values[(values.indexOf(value) + by + values.length) % values.length] ?? value;
}

function chosen(state: AppState, by: number): Step {
  const { login } = state;
  const change = (changes: Partial<LoginState>): Step => step({ ...state, login: { ...login, ...changes } });
  switch (login.focus) {
    case 'auth':
      return change({ auth: next(AUTH_CHOICES, login.auth, by) });
    case 'tls':
      return change({ tls: next(TLS_CHOICES, login.tls, by) });
    case 'tlsLegacy':
      return change({ tlsLegacy: !login.tlsLegacy });
    default:
      return step(state);
  }
}

function submit(state: AppState): Step {
  const { login } = state;
  const missing = firstMissing(login);
  if (missing !== null) {
    const problem = { message: text`this field is needed`, remedy: null };
    return step({ ...state, login: { ...login, focus: missing, problem: { field: missing, problem } } });
  }
  return step(
    { ...state, login: { ...login, isBusy: true, problem: null } },
    { type: 'connect', login: loginValuesOf(login), password: login.lines.password.text },
  );
}

function connected(
  state: AppState,
  { login: values, answer }: Extract<AppMessage, { type: 'connect-answered' }>,
): Step {
  // the form was given back meanwhile
  if (!state.login.isBusy) return step(state);
  if (answer.kind === 'refused') {
    const { field, problem } = answer;
    return step({ ...state, login: { ...state.login, isBusy: false, focus: field, problem: { field, problem } } });
  }
  const login: LoginState = { ...state.login, ...loginFields(values), isBusy: false, problem: null };
  return nextScreen({ ...state, login, connection: { login: values, facts: answer.facts } });
}

/** The demo has a server, roots and a key map of its own: straight to the files. */
export function demoAnswered(state: AppState, { answer }: Extract<AppMessage, { type: 'demo-answered' }>): Step {
  if (state.demo === null) return step(state);
  if (answer.kind === 'refused') {
    const problem = { field: 'server', problem: answer.problem } as const;
    return step({ ...state, demo: null, screen: 'login', login: { ...state.login, focus: 'server', problem } });
  }
  const { login, facts, files } = answer;
  const { slots } = state.files;
  const begun: AppState = {
    ...state,
    screen: 'login',
    demo: { step: null, isReady: true },
    entry: state.entry ?? 'change',
    connection: { login, facts },
    files: {
      ...state.files,
      slots: {
        old: { ...slots.old, path: lineOf(files.old) },
        new: { ...slots.new, path: lineOf(files.new) },
        keyMap: { ...slots.keyMap, path: lineOf(files.keyMap) },
      },
    },
  };
  return nextScreen(begun);
}
