/** The main job: change the certificate authority of a key database, from the first look to the last check. */
import { SrkeyError } from '../errors.ts';
import type { RunId } from '../keys/run.ts';
import { addCensus, type Census, EMPTY_CENSUS } from '../keys/stored-key.ts';
import type { SavedPlan } from '../keys/saved-plan.ts';
import type { KeyMap } from '../keys/target.ts';
import type { Check, LeftBehindKey, TargetCensus } from '../progress/events.ts';
import { makeBrakes, unlessAborted } from './brakes.ts';
import { carryOut } from './carry-out.ts';
import { countRows } from './count-target.ts';
import { type EngineDeps, type ProofPolicy, type RootPair, shieldedEmit } from './deps.ts';
import { holdRun } from './hold-run.ts';
import { makeReadContext, reading } from './inspect.ts';
import type { ReadContext } from './pages.ts';
import { DEFAULT_SEGMENT_ROWS, type RunPlan } from './plan.ts';
import type { HolderIdentity, ServerFacts, UnmappedColumn } from './ports.ts';
import { preflight, type PreflightResult } from './preflight.ts';
import { assertAsPlanned } from './saved-plan.ts';
import { makeTally, withNothingChanged, withState } from './tally.ts';

/** What a human is asked to agree to. */
export interface ChangeSummary {
  readonly server: ServerFacts;
  readonly plan: RunPlan;
  /** None of them failed. */
  readonly checks: readonly Check[];
  readonly sample: Census;
  readonly unmapped: readonly UnmappedColumn[];
}

export interface ChangeCaOptions {
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

export interface ChangeCaResult {
  readonly runId: RunId;
  readonly resumed: boolean;
  readonly census: readonly TargetCensus[];
  readonly total: Census;
  /** At most 1,000 per target; the census counts all of them. */
  readonly leftBehind: readonly LeftBehindKey[];
  readonly unmapped: readonly UnmappedColumn[];
  /** Batches that this start committed. */
  readonly batches: number;
  /** From taking the run to done: how long keys were changing under this start. */
  readonly windowMs: number;
  readonly exit: 0 | 3;
}

export async function changeCa(given: EngineDeps, options: ChangeCaOptions): Promise<ChangeCaResult> {
  const deps = { ...given, emit: shieldedEmit(given.emit) };
  const { findings, plan } = await prepareRun(deps, options).catch((error: unknown) => {
    throw withNothingChanged(error);
  });
  return await performRun(deps, options, plan, findings);
}

interface PreparedRun {
  readonly findings: PreflightResult;
  readonly plan: RunPlan;
}

async function prepareRun(deps: EngineDeps, options: ChangeCaOptions): Promise<PreparedRun> {
  const brakes = makeBrakes(options);
  try {
    const context = makeReadContext(deps, brakes.quit);
    const findings = await preflight(context, { ...options, segmentRows: options.segmentRows ?? DEFAULT_SEGMENT_ROWS });
    const plan = assertAllowed(findings);
    await assertSavedPlan(context, options, findings, plan);
    await askToConfirm(context, options, findings, plan);
    return { findings, plan };
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
  { savedPlan, keyMap, roots, toolVersion }: ChangeCaOptions,
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
  { confirm }: ChangeCaOptions,
  { server, checks, sample, unmapped }: PreflightResult,
  plan: RunPlan,
): Promise<void> {
  const isConfirmed = await unlessAborted(quit, confirm({ server, plan, checks, sample, unmapped }));
  if (!isConfirmed) throw new SrkeyError('E_INTERRUPTED', 'not confirmed');
}

async function performRun(
  deps: EngineDeps,
  options: ChangeCaOptions,
  plan: RunPlan,
  { unmapped }: PreflightResult,
): Promise<ChangeCaResult> {
  const { roots, proof, lanes, holder } = options;
  const tally = makeTally(deps.emit);
  try {
    const runId = await openRun(deps, options, plan);
    const startedMs = deps.clock.elapsedMs();
    const outcome = await holdRun(deps, runId, { holder, signals: options, tally }, async (hold) =>
      carryOut({ ...hold, deps, tally, proof, canProve: roots.new.hasPrivateKey }, plan, lanes),
    );
    const windowMs = deps.clock.elapsedMs() - startedMs;
    const total = outcome.census.reduce((sum, { census }) => addCensus(sum, census), EMPTY_CENSUS);
    const exit = total.foreign + total.unreadable > 0 ? 3 : 0;
    return { ...outcome, runId, total, unmapped, batches: tally.batches(), windowMs, exit };
  } catch (error) {
    throw withState(error, tally);
  }
}

/** The run to work on, created when the plan says so. Whether it is still the right one is asked again once it is held. */
async function openRun(
  deps: EngineDeps,
  { roots, toolVersion, stop, abort }: ChangeCaOptions,
  plan: RunPlan,
): Promise<RunId> {
  if (plan.decision.kind !== 'create') return plan.decision.run.runId;
  const brakes = makeBrakes({ stop, abort });
  try {
    const context = makeReadContext(deps, brakes.quit);
    brakes.quit.throwIfAborted();
    // Both are idempotent: a lost reply is answered by asking again.
    await reading(context, "creating the tool's own tables", () => deps.register.prepare());
    const run = await reading(context, 'recording the run', () =>
      deps.register.create({
        toolVersion,
        oldPublicKeyId: roots.old.publicKeyId,
        newPublicKeyId: roots.new.publicKeyId,
        oldRoot: `${roots.old.subject} (${roots.old.fingerprint})`,
        newRoot: `${roots.new.subject} (${roots.new.fingerprint})`,
      }),
    );
    return run.runId;
  } finally {
    brakes.dispose();
  }
}
