/** The first moments under a hold on a run: is it still the right one, where does it stand, what is done already. */
import { SrkeyError } from '../errors.ts';
import type { RunState, Work } from '../keys/run.ts';
import { addOutcomes } from '../keys/stored-key.ts';
import type { Shift } from './lane.ts';
import { planRun, type RunPlan } from './plan.ts';
import type { LedgerTotal, RunTarget } from './ports.ts';
import { persisting } from './retry.ts';
import { type Message, text } from '../text/message.ts';

export interface EnteredRun {
  readonly plan: RunPlan;
  readonly state: RunState;
  readonly stored: readonly RunTarget[];
  readonly resumed: boolean;
}

/** Plans anew, tells run and ledger. */
export async function enterRun(shift: Shift, confirmed: RunPlan): Promise<EnteredRun> {
  const { plan, state, stored } = await planAgain(shift, confirmed);
  const { runId, tookOverFrom } = shift.ownership;
  const resumed = confirmed.decision.kind !== 'create' || tookOverFrom !== null;
  shift.deps.emit({ type: 'run', runId, resumed, state, tookOverFrom });
  await emitLedger(shift, plan.rows);
  return { plan, state, stored, resumed };
}

/**
 * The plan anew, now that nobody else can change the run: between preflight and taking it lie a question to a human and
 * perhaps a wait for a lease, and another tool may have finished, abandoned or created a run meanwhile.
 */
async function planAgain(shift: Shift, confirmed: RunPlan): Promise<Omit<EnteredRun, 'resumed'>> {
  const { register } = shift.deps;
  const { runId } = shift.ownership;
  const runs = await reading(shift, text`listing the runs`, () => register.list());
  const stored = await reading(shift, text`reading the targets of the run`, () => register.targets(runId));
  const { job, roots, targets, segmentRows } = confirmed;
  const plan = planRun({ job, roots, targets, runs, runTargets: new Map([[runId, stored]]), segmentRows });
  if (plan.decision.kind === 'create' || plan.decision.run.runId !== runId) throw notTheOneAnyMore(runId);
  return { plan, state: plan.decision.run.state, stored };
}

export function notTheOneAnyMore(runId: number): SrkeyError {
  return new SrkeyError(
    'E_RUN_MISMATCH',
    text`run ${runId} is not the one to go on with any more: another tool changed the runs meanwhile`,
    { hint: text`look at ${'srkey runs'}, then run the same command again` },
  );
}

/** Tells what earlier starts did of this work, and what of the `rows` to go through is left. */
export async function emitLedger(shift: Shift, rows: number): Promise<void> {
  const asking = async (work: Work): Promise<readonly LedgerTotal[]> =>
    reading(shift, text`reading the ledger`, () => shift.ownership.ledgerTotals(work));
  const passed = shift.work === 'apply' ? (await asking('stage')).map(passedByStaging) : [];
  const totals = sumByTarget([...(await asking(shift.work)), ...passed]);
  for (const total of totals) shift.deps.emit({ type: 'resumed', ...total });
  shift.tally.expect(
    rows,
    totals.reduce((sum, total) => sum + total.rows, 0),
  );
}

/** A swap takes up staged keys only: with whatever else it met, a staging is through for good. */
function passedByStaging({ targetNo, outcomes }: LedgerTotal): LedgerTotal {
  const passed = { ...outcomes, staged: 0, rewrapped: 0, changed: 0, deleted: 0 };
  return { targetNo, rows: passed.new + passed.foreign + passed.unreadable + passed.empty, outcomes: passed };
}

function sumByTarget(totals: readonly LedgerTotal[]): readonly LedgerTotal[] {
  const sums = new Map<number, LedgerTotal>();
  for (const { targetNo, rows, outcomes } of totals) {
    const before = sums.get(targetNo);
    const sum = before === undefined ? outcomes : addOutcomes(before.outcomes, outcomes);
    sums.set(targetNo, { targetNo, rows: rows + (before?.rows ?? 0), outcomes: sum });
  }
  return [...sums.values()].filter(({ rows }) => rows > 0);
}

/** Whether every target of the plan was planned in completely by an earlier start. */
export function isFullyPlanned({ plan, stored }: Pick<EnteredRun, 'plan' | 'stored'>): boolean {
  return stored.length >= plan.targets.length && stored.every(({ planned }) => planned);
}

export async function reading<T>(shift: Shift, what: Message, call: () => Promise<T>): Promise<T> {
  return await persisting(shift.makePatience(), shift.brakes.quit, what, call);
}
