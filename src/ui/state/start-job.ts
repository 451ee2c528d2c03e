import type { JobKind } from '../desk.ts';
import type { AppState } from './app-state.ts';
import { loginValuesOf } from './login-values.ts';
import { step } from './step.ts';
import type { Step } from './step.ts';

/** The job's state begins with the desk's first answer. */
export function startJob(state: AppState, kind: JobKind): Step {
  const { slots } = state.files;
  return step(
    { ...state, job: null },
    {
      type: 'start-job',
      request: {
        kind,
        login: state.connection?.login ?? loginValuesOf(state.login),
        files: { old: slots.old.path.text, new: slots.new.path.text, keyMap: slots.keyMap.path.text },
        full: state.files.isFull,
        allowTriggers: state.allowsTriggers,
        runId: kind === 'drop-journal' ? (state.connection?.facts.runs[state.runIndex]?.runId ?? null) : null,
      },
    },
  );
}
