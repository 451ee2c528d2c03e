/** What `change-ca` and `stage` do before they take the run: preflight, the question, the run recorded. */
import { SrkeyError } from '../errors.ts';
import type { RunId } from '../keys/run.ts';
import type { Census } from '../keys/stored-key.ts';
import type { KeyMap } from '../keys/target.ts';
import type { SavedPlan } from '../keys/saved-plan.ts';
import type { Check, TargetCensus } from '../progress/events.ts';
import { text } from '../text/message.ts';
import { makeBrakes, unlessAborted } from './brakes.ts';
import { countRows } from './count-target.ts';
import type { EngineDeps, ProofPolicy, RootPair } from './deps.ts';
import { makeReadContext, reading } from './inspect.ts';
import type { ReadContext } from './pages.ts';
import { DEFAULT_SEGMENT_ROWS, type PlannedJob, type RunPlan } from './plan.ts';
import type { HolderIdentity, ServerFacts, UnmappedColumn } from './ports.ts';
import { preflight, type PreflightResult } from './preflight.ts';
import { assertAsPlanned } from './saved-plan.ts';
import { withNothingChanged } from './tally.ts';

/** What a human is asked to agree to. */
export interface ChangeSummary {
  readonly server: ServerFacts;
  readonly plan: RunPlan;
  /** None of them failed. */
  readonly checks: readonly Check[];
  readonly sample: Census;
  readonly unmapped: readonly UnmappedColumn[];
}

export interface JobOptions {
  readonly keyMap: KeyMap;
  readonly roots: RootPair;
  readonly holder: HolderIdentity;
  readonly toolVersion: string;
  /** Segments worked on at once, each on a connection of its own. */
  readonly lanes: number;
  readonly proof: ProofPolicy;
  readonly allowTriggers: boolean;
  readonly segmentRows?: number;
  /** Refuse anything but this. */
  readonly savedPlan?: SavedPlan;
  /** Asked once, after preflight; nothing is written before it answers true. */
  readonly confirm: (summary: ChangeSummary) => Promise<boolean>;
  /** First Ctrl-C: the batch in flight is finished or rolled back. A `SrkeyError` as its reason is what is thrown. */
  readonly stop?: AbortSignal;
  /** Second Ctrl-C: at once; a commit in flight then ends on the server, and the next start finds out how. */
  readonly abort?: AbortSignal;
}

export interface PreparedJob {
  readonly findings: PreflightResult;
  readonly plan: RunPlan;
}

/** Reads only. Whatever goes wrong in here says that nothing was changed. */
export async function prepareJob(deps: EngineDeps, job: PlannedJob, options: JobOptions): Promise<PreparedJob> {
  const brakes = makeBrakes(options);
  try {
    const context = makeReadContext(deps, brakes.quit);
    const segmentRows = options.segmentRows ?? DEFAULT_SEGMENT_ROWS;
    const findings = await preflight(context, { ...options, job, segmentRows });
    const plan = assertAllowed(findings);
    await assertSavedPlan(context, options, findings, plan);
    await askToConfirm(context, options, findings, plan);
    return { findings, plan };
  } catch (error) {
    throw withNothingChanged(error);
  } finally {
    brakes.dispose();
  }
}

function assertAllowed({ refusal, plan }: PreflightResult): RunPlan {
  if (refusal !== null) throw refusal;
  if (plan === null) throw new Error('preflight passed without a plan');
  return plan;
}

/** Counts anew, as the plan's dry run did. */
async function assertSavedPlan(
  context: ReadContext,
  { savedPlan, keyMap, roots, toolVersion }: JobOptions,
  { server, targets }: PreflightResult,
  { decision }: RunPlan,
): Promise<void> {
  if (savedPlan === undefined) return;
  const census: TargetCensus[] = [];
  for (const [index, { target, facts }] of targets.entries()) {
    const policy = savedPlan.isFull ? 'full' : 'dry-run';
    census.push((await countRows(context, { target, targetNo: index + 1, rows: facts.rows, policy })).census);
  }
  const { serverName, database } = server;
  const subject = { toolVersion, server: serverName, database, roots, keyMap, census };
  assertAsPlanned(savedPlan, subject, decision.kind !== 'create');
}

async function askToConfirm(
  { quit }: ReadContext,
  { confirm }: JobOptions,
  { server, checks, sample, unmapped }: PreflightResult,
  plan: RunPlan,
): Promise<void> {
  const isConfirmed = await unlessAborted(quit, confirm({ server, plan, checks, sample, unmapped }));
  if (!isConfirmed) throw new SrkeyError('E_INTERRUPTED', text`not confirmed`);
}

/**
 * The run to work on, created when the plan says so, in tables of this tool's layout. Whether it is still the right one
 * is asked again once it is held.
 */
export async function openRun(
  deps: EngineDeps,
  { roots, toolVersion, stop, abort }: JobOptions,
  plan: RunPlan,
): Promise<RunId> {
  const brakes = makeBrakes({ stop, abort });
  try {
    const context = makeReadContext(deps, brakes.quit);
    brakes.quit.throwIfAborted();
    // Both are idempotent: a lost reply is answered by asking again.
    await reading(context, text`creating the tool's own tables`, () => deps.register.prepare());
    if (plan.decision.kind !== 'create') return plan.decision.run.runId;
    const run = await reading(context, text`recording the run`, () =>
      deps.register.create({
        toolVersion,
        oldPublicKeyId: roots.old.publicKeyId,
        newPublicKeyId: roots.new.publicKeyId,
        newRecipientId: roots.new.recipientId,
        oldRoot: `${roots.old.subject} (${roots.old.fingerprint})`,
        newRoot: `${roots.new.subject} (${roots.new.fingerprint})`,
      }),
    );
    return run.runId;
  } finally {
    brakes.dispose();
  }
}
