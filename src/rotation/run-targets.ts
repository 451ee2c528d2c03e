/** The targets of a run that exists, found again in the key map and in the live schema. */
import { SrkeyError } from '../errors.ts';
import { canonicalDefinition, type KeyMap, type Target } from '../keys/target.ts';
import { text } from '../text/message.ts';
import { inspectTarget, reading } from './inspect.ts';
import type { ReadContext } from './pages.ts';
import { describeRun, type InspectedTarget, type PlannedTarget } from './plan.ts';
import type { RunRecord } from './ports.ts';
import { inspected } from './preflight.ts';
import { assertWholeJournal } from './whole-journal.ts';

/** The key map may hold more; targets that were never planned in completely have nothing to find. */
export async function findRunTargets(
  context: ReadContext,
  { targets }: KeyMap,
  run: RunRecord,
): Promise<readonly PlannedTarget[]> {
  const { register } = context.deps;
  const found: PlannedTarget[] = [];
  const stored = await reading(context, text`reading the targets of run ${run.runId}`, () =>
    register.targets(run.runId),
  );
  assertWholeJournal(run, stored);
  for (const { targetNo, name, definition, planned } of stored) {
    const target = targets.find((each) => canonicalDefinition(each) === definition);
    if (target === undefined) {
      throw new SrkeyError(
        'E_RUN_MISMATCH',
        text`${describeRun(run)} worked on ${name}, which the key map does not hold`,
        { hint: text`give the key map that the change was made with` },
      );
    }
    if (planned) found.push({ ...(await lookAtTarget(context, target)), targetNo });
  }
  return found;
}

async function lookAtTarget(context: ReadContext, target: Target): Promise<InspectedTarget> {
  const facts = await inspectTarget(context, target);
  if (facts.found) return inspected({ target, facts });
  throw new SrkeyError('E_SCHEMA', text`${target.name}: ${facts.missing} is not there; nothing was changed`, {
    hint: text`restore it, or give the key map that the change was made with`,
  });
}
