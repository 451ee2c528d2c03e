import { SrkeyError } from '../errors.ts';
import { type RunState, RUN_STATE_WORDS } from '../keys/run.ts';
import type { HoldDeps } from './deps.ts';
import type { Hold } from './hold-run.ts';
import { isReconnect, persisting, retrying } from './retry.ts';
import { text } from '../text/message.ts';

interface Holding extends Hold {
  readonly deps: Pick<HoldDeps, 'register' | 'emit'>;
}

/**
 * Moves the run's state by compare-and-set. When the reply is lost, the state itself is the answer: while the epoch is
 * ours nobody else can have moved it. An unanswered change may also land after we looked, and then makes the second
 * attempt look like a takeover; hence the second look.
 */
export async function changeState(shift: Holding, from: RunState, to: RunState): Promise<void> {
  const { ownership, brakes, deps } = shift;
  const patience = shift.makePatience();
  const what = text`moving the run from ${RUN_STATE_WORDS[from]} to ${RUN_STATE_WORDS[to]}`;
  for (let isUncertain = false; ;) {
    try {
      await retrying(patience, brakes.cut, what, () => ownership.setState(from, to));
      break;
    } catch (error) {
      const mayHaveHappened = isReconnect(error) || (isUncertain && isFenced(error));
      if (!mayHaveHappened) throw error;
      isUncertain = true;
      if (await isOurState(shift, to)) break;
      if (isFenced(error)) throw error;
      await patience.afterFailure(what, error);
    }
  }
  deps.emit({ type: 'state', from, to });
}

async function isOurState({ deps, ownership, brakes, makePatience }: Holding, state: RunState): Promise<boolean> {
  const runs = await persisting(makePatience(), brakes.cut, text`looking at the run`, () => deps.register.list());
  return runs.some((run) => run.runId === ownership.runId && run.epoch === ownership.epoch && run.state === state);
}

function isFenced(error: unknown): boolean {
  return error instanceof SrkeyError && error.code === 'E_FENCED';
}
