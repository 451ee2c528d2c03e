import type { AppState } from './app-state.ts';
import type { Effect } from './messages.ts';

/** What a message makes of the state, and what is to be done about it. */
export interface Step {
  readonly state: AppState;
  readonly effects: readonly Effect[];
}

export function step(state: AppState, ...effects: readonly Effect[]): Step {
  return { state, effects };
}

/** Both, one after the other. */
export function followedBy({ state, effects }: Step, next: (state: AppState) => Step): Step {
  const following = next(state);
  return { state: following.state, effects: [...effects, ...following.effects] };
}

/** `index` moved within a list, stopping at its ends. */
export function movedWithin(index: number, by: number, length: number): number {
  return Math.max(0, Math.min(length - 1, index + by));
}
