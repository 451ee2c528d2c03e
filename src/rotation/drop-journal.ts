/**
 * Drop-journal: throws away what a run keeps of old and new values. Allowed for a run that never wrote a live value (a
 * staging for a root that was generated again, say), that is rolled back, or that is done and stands: every live row is
 * as the journal left it, so no key is under the old root.
 */
import { list, type Message, text } from '../text/message.ts';
import { SrkeyError } from '../errors.ts';
import { isUnapplied, mayDropJournal, RUN_STATE_WORDS, type RunId } from '../keys/run.ts';
import { definedTarget } from '../keys/target.ts';
import { makeBrakes, unlessAborted } from './brakes.ts';
import { changeState } from './change-state.ts';
import { type HoldDeps, shieldedEmit } from './deps.ts';
import { holdRun, type Hold } from './hold-run.ts';
import { assertKnownLayout, describeRun } from './plan.ts';
import type { HolderIdentity, RunRecord, RunTarget } from './ports.ts';
import { makePatience, persisting } from './retry.ts';
import { SWEEP_SEGMENT } from './sweep.ts';
import { makeTally, withJournalPartlyGone, withNothingChanged } from './tally.ts';

export interface DropJournalOptions {
  readonly runId: RunId;
  readonly holder: HolderIdentity;
  /** Asked once; nothing is written before it answers true. */
  readonly confirm: (run: RunRecord) => Promise<boolean>;
  readonly stop?: AbortSignal;
  readonly abort?: AbortSignal;
}

export interface DropJournalResult {
  readonly run: RunRecord;
  /** Tables that are empty now but still there: the login may not drop them. For a DBA. */
  readonly leftTables: readonly string[];
}

export async function dropJournal(given: HoldDeps, options: DropJournalOptions): Promise<DropJournalResult> {
  const deps = { ...given, emit: shieldedEmit(given.emit) };
  const { runId, holder } = options;
  const run = await askFirst(deps, options);
  // No batch is ever counted: the journal goes by itself, the stored keys stay as they are.
  const tally = makeTally(deps.emit, 'apply');
  const progress = { isDropping: false };
  try {
    const leftTables = await holdRun(deps, runId, { holder, signals: options, tally }, async (hold) => {
      await assertMayDrop(deps, hold, runId);
      progress.isDropping = true;
      return await dropHeld(deps, hold, runId);
    });
    return { run, leftTables };
  } catch (error) {
    throw progress.isDropping ? withJournalPartlyGone(error, runId) : withNothingChanged(error);
  }
}

async function askFirst(deps: HoldDeps, options: DropJournalOptions): Promise<RunRecord> {
  const { runId, confirm } = options;
  const brakes = makeBrakes(options);
  try {
    const patience = makePatience({ ...deps, quit: brakes.quit });
    const asking = <T>(what: Message, call: () => Promise<T>): Promise<T> =>
      persisting(patience, brakes.quit, what, call);
    const run = findDroppable(await asking(text`listing the runs`, () => deps.register.list()), runId);
    if (!(await unlessAborted(brakes.quit, confirm(run)))) throw new SrkeyError('E_INTERRUPTED', text`not confirmed`);
    await asking(text`bringing the tool's own tables up to date`, () => deps.register.prepare());
    return run;
  } catch (error) {
    throw withNothingChanged(error);
  } finally {
    brakes.dispose();
  }
}

/** Looked at again under the hold: nobody else moves the run now. */
async function assertMayDrop(deps: HoldDeps, hold: Hold, runId: RunId): Promise<void> {
  const { ownership } = hold;
  const asking = askingUnder(hold);
  const runs = await asking(text`listing the runs`, () => deps.register.list());
  const run = findDroppable(runs, runId);
  deps.emit({ type: 'run', runId, resumed: true, state: run.state, tookOverFrom: ownership.tookOverFrom });
  if (run.journalDroppedAt !== null) {
    // Decided by an earlier start, and what is left of the journal proves nothing any more.
    const when = run.journalDroppedAt.toISOString();
    const said = text`the journal of run ${runId} was dropped on ${when}; what may be left of it goes now`;
    deps.emit({ type: 'note', level: 'info', text: said });
    return;
  }
  const applied = await asking(text`reading the ledger`, () => ownership.ledgerTotals('apply'));
  if (isUnapplied(run.state) && applied.some(({ outcomes }) => outcomes.rewrapped > 0)) throw stillNeeded(run);
  // A later change has replaced what this one wrote; there is nothing left to hold its journal against.
  const isNewestDone = runs.find(({ state }) => state === 'done')?.runId === runId;
  if (run.state === 'done' && isNewestDone) await assertStands(deps, hold, run);
}

/**
 * Recorded first, dropped then: a run of which a part of the journal is missing must not be gone on with, rolled back or
 * held against its live rows, and a tool that is killed in between leaves no such run. Run again, it drops what is left.
 */
async function dropHeld(deps: HoldDeps, hold: Hold, runId: RunId): Promise<readonly string[]> {
  const { ownership } = hold;
  const asking = askingUnder(hold);
  const run = findDroppable(await asking(text`listing the runs`, () => deps.register.list()), runId);
  if (isUnapplied(run.state) && run.state !== 'abandoned') await changeState({ ...hold, deps }, run.state, 'abandoned');
  await asking(text`recording that the journal is gone`, () => ownership.recordJournalDropped());

  const leftTables: string[] = [];
  for (const { targetNo } of await asking(text`reading the targets`, () => deps.register.targets(runId))) {
    leftTables.push(...(await asking(text`dropping the journal`, () => ownership.dropJournal(targetNo))));
  }
  return leftTables;
}

type Asking = <T>(what: Message, call: () => Promise<T>) => Promise<T>;

function askingUnder({ brakes, makePatience }: Hold): Asking {
  return (what, call) => persisting(makePatience(), brakes.quit, what, call);
}

/** Every live row is as the journal left it. */
async function assertStands(
  { register, emit }: Pick<HoldDeps, 'register' | 'emit'>,
  hold: Hold,
  run: RunRecord,
): Promise<void> {
  const { ownership } = hold;
  const asking = <T>(call: () => Promise<T>): Promise<T> => askingUnder(hold)(text`verifying the run`, call);
  const segments = await asking(() => ownership.segments());
  for (const stored of await asking(() => register.targets(run.runId))) {
    if (!isThereToHoldAgainst(emit, run.runId, stored)) continue;
    const target = definedTarget(stored.name, stored.definition);
    for (const { targetNo, segmentNo } of segments) {
      if (targetNo !== stored.targetNo || segmentNo === SWEEP_SEGMENT) continue;
      const account = await asking(() => ownership.account(targetNo, target, segmentNo, 'applied'));
      if (account.unaccounted === 0) continue;
      throw new SrkeyError(
        'E_PREFLIGHT',
        text`${account.unaccounted} rows of ${stored.name} are not as the run left them: whether a key is under the old root is not known`,
        { hint: text`run srkey change-ca with the roots of that run once more, then drop the journal` },
      );
    }
  }
}

/**
 * False when the journal of the target is gone already: then there is nothing of it to throw away. Throws when it is there
 * without its bounds: its old values may be needed, and nothing tells.
 */
function isThereToHoldAgainst(emit: HoldDeps['emit'], runId: RunId, { name, missingTables }: RunTarget): boolean {
  if (missingTables.length === 0) return true;
  const missing = list(missingTables.map((table) => table.name));
  if (missingTables.some(({ part }) => part === 'journal')) {
    const said = text`${missing} of run ${runId} is not there any more: whether the keys of ${name} stand, srkey census --full tells`;
    emit({ type: 'note', level: 'warning', text: said });
    return false;
  }
  throw new SrkeyError(
    'E_PREFLIGHT',
    text`${missing} of run ${runId} is not there any more: the journal of ${name} is, but it cannot be held against the live rows`,
    {
      hint: text`srkey census --full tells whether a key needs the old root; when none does, let a DBA drop that journal too, and run the same command again`,
    },
  );
}

function findDroppable(runs: readonly RunRecord[], runId: RunId): RunRecord {
  runs.forEach(assertKnownLayout);
  const run = runs.find((each) => each.runId === runId);
  if (run === undefined) {
    throw new SrkeyError('E_USAGE', text`there is no run ${runId} in this database`, {
      hint: text`srkey runs lists them`,
    });
  }
  if (mayDropJournal(run.state)) return run;
  throw stillNeeded(run);
}

function stillNeeded(run: RunRecord): SrkeyError {
  return new SrkeyError(
    'E_RUN_MISMATCH',
    text`${describeRun(run)} is ${RUN_STATE_WORDS[run.state]}: its journal is all there is to finish it or to roll it back`,
    {
      hint: text`finish it first, with srkey ${run.state === 'rolling-back' ? 'rollback' : 'change-ca or srkey rollback'}`,
    },
  );
}
