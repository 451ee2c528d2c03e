/** `--plan`, `--plan-out` and what goes with them, checked before anything else is begun. */
import { assertCanCreate, writeNewFile } from '../config/new-file.ts';
import { loadPlan, planText } from '../config/plan-file.ts';
import { SrkeyError } from '../errors.ts';
import type { SavedPlan } from '../keys/saved-plan.ts';
import { text } from '../text/message.ts';
import type { Arguments } from './command.ts';

export interface PlanOptions {
  /** To be held to. */
  readonly plan: SavedPlan | null;
  readonly out: PlanOut | null;
}

export interface PlanOut {
  readonly path: string;
  readonly drift: SavedPlan['drift'];
}

const MAX_DRIFT = 1_000_000_000;

export function planOptions(args: Arguments): PlanOptions {
  const { plan, 'plan-out': path, drift = 0, 'drift-reason': reason } = args;
  if (typeof path !== 'string') {
    if (args['drift'] !== undefined || reason !== undefined) {
      throw new SrkeyError(
        'E_USAGE',
        text`--drift and --drift-reason go with --plan-out: the plan says what may differ`,
      );
    }
    return { plan: typeof plan === 'string' ? loadPlan(plan) : null, out: null };
  }
  if (args['dry-run'] !== true) {
    throw new SrkeyError('E_USAGE', text`--plan-out goes with --dry-run: a plan is made before the change`, {
      hint: text`to hold the change to a plan that was made, give --plan`,
    });
  }
  if (typeof drift !== 'number' || !Number.isInteger(drift) || drift < 0 || drift > MAX_DRIFT) {
    throw new SrkeyError('E_USAGE', text`--drift must be a whole number of keys, 0 or more`);
  }
  if (drift > 0 && (typeof reason !== 'string' || reason.trim() === '')) {
    throw new SrkeyError(
      'E_USAGE',
      text`--drift needs --drift-reason: whoever reads the plan must know why keys may differ`,
    );
  }
  assertCanCreate(path, '--plan-out');
  const said = typeof reason === 'string' ? reason : 'no key may differ';
  return {
    plan: typeof plan === 'string' ? loadPlan(plan) : null,
    out: { path, drift: { keys: drift, reason: said } },
  };
}

export function savePlan({ path }: PlanOut, plan: SavedPlan): void {
  writeNewFile(path, planText(plan), '--plan-out');
}
