import { SrkeyError } from '../../errors.ts';
import { isClosed, RUN_STATE_WORDS } from '../../keys/run.ts';
import type { RunRecord } from '../ports.ts';
import { hasRoots, planRun, type PlanInput, type RunPlan } from '../plan.ts';
import { failed, type Finding, offering, passed, warning } from './finding.ts';
import { type Message, text } from '../../text/message.ts';

/** The plan, or why what earlier runs left behind forbids it. */
export function checkRuns(input: PlanInput): { readonly finding: Finding; readonly plan: RunPlan | null } {
  const [id, title] = ['run', text`earlier runs`] as const;
  try {
    const plan = planRun(input);
    return { finding: describeDecision(id, title, input, plan), plan };
  } catch (error) {
    if (!(error instanceof SrkeyError) || error.code !== 'E_RUN_MISMATCH') throw error;
    const advice = error.advice ?? text`see the list of runs with \`srkey runs\``;
    const finding = failed(error.code, id, title, error.said, advice);
    return { finding: isOpenTheOtherWay(input) ? offering('swap-roots', finding) : finding, plan: null };
  }
}

function isOpenTheOtherWay({ runs, roots }: PlanInput): boolean {
  return runs.some((run) => !isClosed(run.state) && hasRoots(run, { old: roots.new, new: roots.old }));
}

function describeDecision(id: string, title: Message, { job, runs, roots }: PlanInput, { decision }: RunPlan): Finding {
  if (decision.kind === 'resume')
    return passed(
      id,
      title,
      job === 'change' && isStaged(decision.run)
        ? text`run ${decision.run.runId} (${RUN_STATE_WORDS[decision.run.state]}) is swapped from its journal`
        : text`run ${decision.run.runId} (${RUN_STATE_WORDS[decision.run.state]}) is resumed`,
    );
  if (decision.kind === 'revisit')
    return passed(id, title, text`run ${decision.run.runId} is done; what came after it is looked for`);
  const lastDone = runs.find((run) => run.state === 'done');
  // Legitimate as the way back, and what swapped files look like after a change: only a human can tell.
  if (lastDone !== undefined && hasRoots(lastDone, { old: roots.new, new: roots.old })) {
    const found = text`run ${lastDone.runId} made the same change the other way round, on ${lastDone.startedAt.toISOString()}`;
    return warning(
      id,
      title,
      found,
      text`go on only if you mean to change back; otherwise old and new value are swapped`,
    );
  }
  return passed(id, title, text`none in the way`);
}

function isStaged({ state }: RunRecord): boolean {
  return state === 'staging' || state === 'staged';
}
