/**
 * Rollback: the old values back from the journal, bit by bit, wherever the new ones are still live; also half-way through
 * a change. Rows that others wrote under the new root since have no old value: they are left alone and named.
 */
import { text } from '../text/message.ts';
import { SrkeyError } from '../errors.ts';
import { hasTouchedKeys, RUN_STATE_WORDS, type RunId } from '../keys/run.ts';
import type { KeyMap } from '../keys/target.ts';
import type { RestoredTarget } from '../progress/events.ts';
import { makeBrakes, unlessAborted } from './brakes.ts';
import { changeState } from './change-state.ts';
import { type EngineDeps, type RootPair, shieldedEmit } from './deps.ts';
import { emitLedger, notTheOneAnyMore, reading } from './enter-run.ts';
import { holdRun } from './hold-run.ts';
import { inspectServer, makeReadContext, reading as readingFirst } from './inspect.ts';
import type { Shift } from './lane.ts';
import { assertKnownLayout, describeRun, hasRoots, type PlannedTarget } from './plan.ts';
import type { HolderIdentity, RunRecord, SegmentRecord, ServerFacts } from './ports.ts';
import { lookAtRestored } from './restored.ts';
import { emitPlan, readSegments, workThrough } from './run-segments.ts';
import { findRunTargets } from './run-targets.ts';
import { undoSegment } from './segment.ts';
import { makeTally, withNothingChanged, withState } from './tally.ts';

export interface RollbackSummary {
  readonly server: ServerFacts;
  readonly run: RunRecord;
  readonly rows: number;
}

export interface RollbackOptions {
  readonly keyMap: KeyMap;
  readonly roots: RootPair;
  readonly holder: HolderIdentity;
  readonly lanes: number;
  /** Asked once; nothing is written before it answers true. */
  readonly confirm: (summary: RollbackSummary) => Promise<boolean>;
  readonly stop?: AbortSignal;
  readonly abort?: AbortSignal;
}

export interface RollbackResult {
  readonly runId: RunId;
  readonly targets: readonly RestoredTarget[];
  /** Batches that this start committed. */
  readonly batches: number;
  /** 3: keys stay under the new root, because the journal has no old value for them. */
  readonly exit: 0 | 3;
}

export async function rollback(given: EngineDeps, options: RollbackOptions): Promise<RollbackResult> {
  const deps = { ...given, emit: shieldedEmit(given.emit) };
  const { run, targets } = await prepareRollback(deps, options);
  const tally = makeTally(deps.emit, 'rollback');
  const { runId } = run;
  try {
    const { holder, lanes } = options;
    const restored = await holdRun(deps, runId, { holder, signals: options, tally }, (hold) =>
      undoRun(
        { ...hold, deps, tally, work: 'rollback', proof: 'sample', canProve: false },
        options.roots,
        targets,
        lanes,
      ),
    );
    const exit = restored.some(({ underNew }) => underNew > 0) ? 3 : 0;
    return { runId, targets: restored, batches: tally.batches(), exit };
  } catch (error) {
    throw withState(error, tally);
  }
}

interface PreparedRollback {
  readonly run: RunRecord;
  readonly targets: readonly PlannedTarget[];
}

async function prepareRollback(deps: EngineDeps, options: RollbackOptions): Promise<PreparedRollback> {
  const brakes = makeBrakes(options);
  try {
    const context = makeReadContext(deps, brakes.quit);
    const server = await inspectServer(context, options.keyMap);
    const runs = await readingFirst(context, text`listing the runs`, () => deps.register.list());
    const run = chooseRun(runs, options.roots);
    const targets = await findRunTargets(context, options.keyMap, run);
    const rows = targets.reduce((sum, target) => sum + target.rows, 0);
    const isConfirmed = await unlessAborted(brakes.quit, options.confirm({ server, run, rows }));
    if (!isConfirmed) throw new SrkeyError('E_INTERRUPTED', text`not confirmed`);
    await readingFirst(context, text`bringing the tool's own tables up to date`, () => deps.register.prepare());
    return { run, targets };
  } catch (error) {
    throw withNothingChanged(error);
  } finally {
    brakes.dispose();
  }
}

/** The newest run that changed keys. An older one is not rolled back under it: its new values are not live any more. */
function chooseRun(runs: readonly RunRecord[], roots: RootPair): RunRecord {
  runs.forEach(assertKnownLayout);
  const newest = runs.find(({ state }) => state !== 'abandoned' && state !== 'rolled-back');
  if (newest === undefined) {
    throw new SrkeyError(
      'E_RUN_MISMATCH',
      text`there is nothing to roll back: no run of this database has changed a key`,
      {
        hint: text`srkey runs lists the runs and their states`,
      },
    );
  }
  if (!hasRoots(newest, roots)) {
    throw new SrkeyError('E_RUN_MISMATCH', text`the newest change is another one: ${describeRun(newest)}`, {
      hint: hasTouchedKeys(newest.state)
        ? text`give the roots of that run as --old-value and --new-value, as they were given for the change`
        : text`it has changed no stored key; throw it away first, then roll back: srkey drop-journal --run ${newest.runId}`,
    });
  }
  if (newest.journalDroppedAt !== null) {
    throw new SrkeyError(
      'E_RUN_MISMATCH',
      text`the journal of ${describeRun(newest)} was dropped: no old value is left`,
      {
        hint: text`srkey change-ca with the two roots exchanged seals every key for the old root again`,
      },
    );
  }
  const { state } = newest;
  if (hasTouchedKeys(state)) return newest;
  throw new SrkeyError(
    'E_RUN_MISMATCH',
    text`${describeRun(newest)} is ${RUN_STATE_WORDS[state]}: it has changed no stored key`,
    {
      hint: text`to throw it away: srkey drop-journal --run ${newest.runId}`,
    },
  );
}

async function undoRun(
  shift: Shift,
  roots: RootPair,
  targets: readonly PlannedTarget[],
  lanes: number,
): Promise<readonly RestoredTarget[]> {
  const { runId, tookOverFrom } = shift.ownership;
  const runs = await reading(shift, text`listing the runs`, () => shift.deps.register.list());
  // Done by this very start, before the server went away.
  const isOver = runs.some((each) => each.runId === runId && each.state === 'rolled-back');
  if (isOver) return await lookAtAll(shift, targets, await readSegments(shift, { targets }));
  const run = chooseRun(runs, roots);
  if (run.runId !== runId) throw notTheOneAnyMore(runId);
  const resumed = run.state === 'rolling-back';
  shift.deps.emit({ type: 'run', runId, resumed, state: run.state, tookOverFrom });
  const changed = await changedRows(shift, targets);
  await emitLedger(
    shift,
    changed.reduce((sum, { rows }) => sum + rows, 0),
  );
  // The first write: from here on no tool applies another batch of this run.
  if (!resumed) await changeState(shift, run.state, 'rolling-back');
  const segments = await readSegments(shift, { targets });
  emitPlan(shift, changed, segments);
  const open = segments.filter(
    ({ state, targetNo }) => state !== 'undone' && targets.some((planned) => planned.targetNo === targetNo),
  );
  await workThrough(shift, targets, open, lanes, (lane, segment) => undoSegment(shift, lane, segment));
  const restored = await lookAtAll(shift, targets, segments);
  await changeState(shift, 'rolling-back', 'rolled-back');
  return restored;
}

/** The targets with the rows that a rollback goes through: those that the run has rewrapped. */
async function changedRows(shift: Shift, targets: readonly PlannedTarget[]): Promise<readonly PlannedTarget[]> {
  const totals = await reading(shift, text`reading the ledger`, () => shift.ownership.ledgerTotals('apply'));
  const rewrapped = new Map(totals.map(({ targetNo, outcomes }) => [targetNo, outcomes.rewrapped]));
  return targets.map((planned) => ({
    ...planned,
    rows: Math.min(planned.rows, rewrapped.get(planned.targetNo) ?? 0),
  }));
}

async function lookAtAll(
  shift: Shift,
  targets: readonly PlannedTarget[],
  segments: readonly SegmentRecord[],
): Promise<readonly RestoredTarget[]> {
  const restored: RestoredTarget[] = [];
  for (const planned of targets) restored.push(await lookAtRestored(shift, planned, segments));
  for (const target of restored) shift.deps.emit({ type: 'restored', target });
  return restored;
}
