/**
 * What a start of `change-ca` or `stage` is going to do, as a value: which run it continues or creates, and which targets it works
 * on. Pure: it is given what the database holds, and a dry run shows the same value that the engine carries out.
 */
import { SrkeyError } from '../errors.ts';
import { isClosed, isUnapplied, LAYOUT_VERSION, RUN_STATE_WORDS, type RunId, type RunState } from '../keys/run.ts';
import type { ColumnShape } from '../keys/stored-key.ts';
import { canonicalDefinition, type Target, targetColumn } from '../keys/target.ts';
import type { TargetPlan } from '../progress/events.ts';
import { differenceOf } from './definition-difference.ts';
import type { RootPair } from './deps.ts';
import type { RunRecord, RunTableNeed, RunTarget } from './ports.ts';
import { lines, type Message, text } from '../text/message.ts';
import { assertWholeJournal } from './whole-journal.ts';

/**
 * Sweep and verify read a segment in one statement, and the locks on (MAX) values are kept to its end: below 5,000, where
 * SQL Server would take the whole table instead.
 */
export const DEFAULT_SEGMENT_ROWS = 4_000;

/** A target of the key map that is in the live schema, with what the schema says of it. */
export interface InspectedTarget {
  readonly target: Target;
  readonly column: ColumnShape;
  readonly rows: number;
  /** In bytes of the column, when it was looked at. */
  readonly longestValueBytes: number;
}

export interface PlannedTarget extends InspectedTarget {
  readonly targetNo: number;
}

/** `change` ends with every key live under the new root, `stage` with the journal full and nothing live. */
export type PlannedJob = 'change' | 'stage';

export type RunDecision =
  | { readonly kind: 'create' }
  /** Go on with an open run. */
  | { readonly kind: 'resume'; readonly run: RunRecord }
  /** A run that is done: look whether its result still stands, and sweep what came after it. */
  | { readonly kind: 'revisit'; readonly run: RunRecord };

export interface RunPlan {
  readonly job: PlannedJob;
  readonly decision: RunDecision;
  readonly roots: RootPair;
  readonly targets: readonly PlannedTarget[];
  readonly rows: number;
  readonly segmentRows: number;
}

export interface PlanInput {
  readonly job: PlannedJob;
  readonly roots: RootPair;
  readonly targets: readonly InspectedTarget[];
  /** Newest first. */
  readonly runs: readonly RunRecord[];
  /** Stored targets of the runs, by run. */
  readonly runTargets: ReadonlyMap<number, readonly RunTarget[]>;
  readonly segmentRows: number;
}

/** Throws E_RUN_MISMATCH when what the database holds forbids this job. */
export function planRun(input: PlanInput): RunPlan {
  const { job, roots, targets, runs, runTargets, segmentRows } = input;
  runs.forEach(assertKnownLayout);
  const decision = decideRun(input);
  const stored = decision.kind === 'create' ? [] : (runTargets.get(decision.run.runId) ?? []);
  const planned = numberTargets(targets, stored);
  const rows = planned.reduce((sum, target) => sum + target.rows, 0);
  return { job, decision, roots, targets: planned, rows, segmentRows };
}

/** Which runs' stored targets `planRun` needs: the ones it may go on with. */
export function runsToCompare(roots: RootPair, runs: readonly RunRecord[]): readonly RunRecord[] {
  return runs.filter((run) => hasRoots(run, roots) && run.state !== 'abandoned' && run.state !== 'rolled-back');
}

/** As the plan event shows it; segments are estimated, as long as the database has not cut them at real keys. */
export function targetPlans({ targets, segmentRows }: RunPlan): readonly TargetPlan[] {
  return targets.map((planned) => ({
    ...targetPlan(planned),
    segments: Math.max(1, Math.ceil(planned.rows / segmentRows)),
  }));
}

export function targetPlan({ targetNo, target, rows }: PlannedTarget): Omit<TargetPlan, 'segments'> {
  return { targetNo, name: target.name, column: targetColumn(target), rows };
}

/** The run's own tables that planning will make, where they are not there yet. */
export function tablesToPlan(
  { decision, targets }: RunPlan,
  runs: readonly RunRecord[],
  runTargets: ReadonlyMap<number, readonly RunTarget[]>,
): readonly RunTableNeed[] {
  const runId = decision.kind === 'create' ? nextRunId(runs) : decision.run.runId;
  const stored = decision.kind === 'create' ? [] : (runTargets.get(runId) ?? []);
  const planned = new Set(stored.filter((target) => target.planned).map(({ targetNo }) => targetNo));
  return targets
    .filter(({ targetNo }) => !planned.has(targetNo))
    .map(({ targetNo, target }) => ({ runId, targetNo, target }));
}

/** Run numbers follow each other. */
export function nextRunId(runs: readonly Pick<RunRecord, 'runId'>[]): RunId {
  return runs.reduce((last, { runId }) => Math.max(last, runId), 0) + 1;
}

export function hasRoots(run: RunRecord, roots: RootPair): boolean {
  return run.oldPublicKeyId === roots.old.publicKeyId && run.newPublicKeyId === roots.new.publicKeyId;
}

function decideRun({ job, roots, targets, runs, runTargets }: PlanInput): RunDecision {
  const open = runs.find((run) => !isClosed(run.state));
  if (open !== undefined) {
    assertSameRoots(open, roots);
    assertSameRecipient(open, roots, targets);
    assertResumableState(open, job);
    assertSameTargets(open, runTargets.get(open.runId) ?? [], targets);
    assertWholeJournal(open, runTargets.get(open.runId) ?? []);
    return { kind: 'resume', run: open };
  }
  // Only the newest: after A to B and then B to A, the journal of the first run says nothing about today's values.
  const lastDone = runs.find((run) => run.state === 'done');
  if (lastDone === undefined || !hasRoots(lastDone, roots)) return { kind: 'create' };
  if (job === 'stage') throw nothingToStage(lastDone);
  // Without its journal nothing tells what of the live data is its doing.
  if (lastDone.journalDroppedAt !== null) return { kind: 'create' };
  assertSameRecipient(lastDone, roots, targets);
  // A finished run holds nobody to its key map: a corrected map gets a run, and a journal, of its own.
  const mismatch = targetMismatch(runTargets.get(lastDone.runId) ?? [], targets);
  if (mismatch !== null) return { kind: 'create' };
  assertWholeJournal(lastDone, runTargets.get(lastDone.runId) ?? []);
  return { kind: 'revisit', run: lastDone };
}

export function assertKnownLayout(run: RunRecord): void {
  if (run.layoutVersion <= LAYOUT_VERSION) return;
  throw new SrkeyError(
    'E_RUN_MISMATCH',
    text`run ${run.runId} was written by srkey ${run.toolVersion} in layout ${run.layoutVersion}; this tool knows layouts up to ${LAYOUT_VERSION}`,
    { hint: text`use srkey ${run.toolVersion} or newer on this database` },
  );
}

function assertSameRoots(run: RunRecord, roots: RootPair): void {
  if (hasRoots(run, roots)) return;
  const isReversed = run.oldPublicKeyId === roots.new.publicKeyId && run.newPublicKeyId === roots.old.publicKeyId;
  throw new SrkeyError(
    'E_RUN_MISMATCH',
    isReversed
      ? text`${describeRun(run)} is unfinished and has the same roots the other way round`
      : text`${describeRun(run)} is unfinished and has other roots`,
    {
      hint: isReversed
        ? text`old and new value look swapped: exchange --old-value and --new-value to finish that run`
        : orAbandon(
            run,
            text`finish that run first, with the roots it was started with: old ${run.oldRoot}, new ${run.newRoot}`,
          ),
    },
  );
}

/**
 * Two certificates may share one key. What a run has sealed in cms envelopes names the one that it was begun with, and
 * a reader that holds the other does not find itself in them; direct RSA blocks name nobody.
 */
export function assertSameRecipient(
  run: RunRecord,
  { new: renewed }: RootPair,
  targets: readonly Pick<InspectedTarget, 'target'>[],
): void {
  if (run.newRecipientId === null || run.newRecipientId === renewed.recipientId) return;
  if (targets.every(({ target }) => target.format.envelope !== 'cms')) return;
  throw new SrkeyError(
    'E_RUN_MISMATCH',
    text`${describeRun(run)} seals keys for another certificate of the same new key: the one given (serial ${renewed.serial}, ${renewed.fingerprint}) would not be named in them`,
    {
      hint: isUnapplied(run.state)
        ? orAbandon(run, text`give the certificate that the run was begun with`)
        : text`give the certificate that the run was begun with; if the servers hold the other one, srkey rollback, then srkey change-ca with that`,
    },
  );
}

/** A staged run is never applied for another root than its own. */
function orAbandon(run: RunRecord, advice: Message): Message {
  if (!isUnapplied(run.state)) return advice;
  return lines([
    advice,
    text`or, when its new root is not the one in use, throw it away: it has changed no stored key (srkey drop-journal --run ${run.runId})`,
  ]);
}

const RESUMABLE: Readonly<Record<PlannedJob, ReadonlySet<RunState>>> = {
  change: new Set<RunState>(['planned', 'staging', 'staged', 'applying', 'verifying']),
  stage: new Set<RunState>(['planned', 'staging', 'staged']),
};

function assertResumableState(run: RunRecord, job: PlannedJob): void {
  if (RESUMABLE[job].has(run.state)) return;
  const command = run.state === 'rolling-back' ? 'rollback' : 'change-ca';
  throw new SrkeyError(
    'E_RUN_MISMATCH',
    text`${describeRun(run)} is in state ${RUN_STATE_WORDS[run.state]}, which ${job === 'stage' ? 'stage' : 'change-ca'} cannot go on with`,
    { hint: text`finish it with srkey ${command} and the same roots` },
  );
}

function nothingToStage(run: RunRecord): SrkeyError {
  return new SrkeyError('E_RUN_MISMATCH', text`${describeRun(run)} is done: there is nothing left to stage`, {
    hint: text`srkey change-ca with the same roots finds what was written under the old root since`,
  });
}

function assertSameTargets(run: RunRecord, stored: readonly RunTarget[], targets: readonly InspectedTarget[]): void {
  const mismatch = targetMismatch(stored, targets);
  if (mismatch === null) return;
  throw new SrkeyError('E_RUN_MISMATCH', text`${describeRun(run)} is unfinished and ${mismatch}`, {
    hint: orAbandon(
      run,
      text`run the same command again with the key map that the run was started with; targets may be added to it`,
    ),
  });
}

/** Null when every stored target is in the key map, unchanged. Added targets are planned in. */
function targetMismatch(stored: readonly RunTarget[], targets: readonly InspectedTarget[]): Message | null {
  const definitions = targets.map(({ target }) => canonicalDefinition(target));
  for (const { name, definition } of stored) {
    if (!definitions.includes(definition)) return text`its target ${name} ${differenceOf(definition, definitions)}`;
  }
  return null;
}

/** Stored numbers stay; added targets follow. A run's tables carry the number in their names. */
export function numberTargets<T extends { readonly target: Target }>(
  targets: readonly T[],
  stored: readonly RunTarget[],
): readonly (T & { readonly targetNo: number })[] {
  const numberOf = new Map(stored.map((each) => [each.definition, each.targetNo]));
  let last = Math.max(0, ...numberOf.values());
  return targets
    .map((each) => ({ ...each, targetNo: numberOf.get(canonicalDefinition(each.target)) ?? (last += 1) }))
    .sort((a, b) => a.targetNo - b.targetNo);
}

export function describeRun(run: RunRecord): Message {
  return text`run ${run.runId} (old root ${run.oldRoot}, new root ${run.newRoot}, started ${run.startedAt.toISOString()} by ${run.startedBy})`;
}
