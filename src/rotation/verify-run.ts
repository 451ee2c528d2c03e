/**
 * Verify: whether what a run did, or prepared, still stands. Every live row is held against the journal, and with `full`
 * every key is opened under its roots and compared. Needs no hold on the run: a tool at work meanwhile is no harm, and
 * the only thing written is which segments were opened, so that a start that was stopped is gone on with.
 */
import { SrkeyError } from '../errors.ts';
import { LAYOUT_VERSION } from '../keys/run.ts';
import type { KeyMap } from '../keys/target.ts';
import type { LeftBehindKey, StandingTarget } from '../progress/events.ts';
import { recalled, text } from '../text/message.ts';
import { makeBrakes } from './brakes.ts';
import { NAMED_KEYS_LIMIT } from './count-target.ts';
import { type EngineDeps, type RootPair, shieldedEmit } from './deps.ts';
import { inspectServer, makeReadContext, reading } from './inspect.ts';
import type { ReadContext } from './pages.ts';
import { assertKnownLayout, assertSameRecipient, describeRun, type PlannedTarget } from './plan.ts';
import type { Basis, RunRecord, RunView, SegmentRecord, ServerFacts } from './ports.ts';
import { findRunTargets } from './run-targets.ts';
import { findStandingRun } from './standing-run.ts';
import { withNothingChanged } from './tally.ts';
import { unlessRefused, verifyTarget, type VerifyScope } from './verify-target.ts';

export interface VerifyOptions {
  readonly keyMap: KeyMap;
  readonly roots: RootPair;
  /** Open every key, under both roots where there are two values. Needs both private keys. */
  readonly full: boolean;
  readonly stop?: AbortSignal;
  readonly abort?: AbortSignal;
}

const AGAIN_HINT = text`run the same command again: segments in which every key was opened are not opened again`;

export interface VerifyResult {
  readonly server: ServerFacts;
  readonly run: RunRecord;
  readonly basis: Basis;
  readonly full: boolean;
  readonly targets: readonly StandingTarget[];
  /** At most 1,000 per target; the counts are complete. */
  readonly leftBehind: readonly LeftBehindKey[];
  /** 3: somebody should look at what was found, or the run is not finished. */
  readonly exit: 0 | 3;
}

export async function verify(given: EngineDeps, options: VerifyOptions): Promise<VerifyResult> {
  const deps = { ...given, emit: shieldedEmit(given.emit) };
  const brakes = makeBrakes(options);
  try {
    return await verifyWith(makeReadContext(deps, brakes.quit), options);
  } catch (error) {
    throw withNothingChanged(error, options.full ? AGAIN_HINT : null);
  } finally {
    brakes.dispose();
  }
}

async function verifyWith(context: ReadContext, options: VerifyOptions): Promise<VerifyResult> {
  const { deps } = context;
  const { keyMap, roots, full } = options;
  if (full) assertPrivateKeys(roots);
  const server = await inspectServer(context, keyMap);
  const { run, basis } = await chooseRun(context, roots);
  const { runId, state } = run;
  if (run.layoutVersion < LAYOUT_VERSION)
    await reading(context, text`bringing the tool's own tables up to date`, () => deps.register.prepare());
  const targets = await findRunTargets(context, keyMap, run);
  assertSameRecipient(run, roots, targets);
  deps.emit({ type: 'verify', runId, state, basis, full });
  if (run.holder !== null) noteHolder(context, run);

  const view = deps.register.view(runId);
  const segments = await reading(context, text`reading the segments`, () => view.segments());
  if (full) noteOpenedBefore(context, segments);
  const scope: VerifyScope = {
    context,
    view,
    basis,
    roots,
    full,
    isPending: (segment) => isPending(run, basis, segment),
    record: { isRefused: false },
  };
  const standings: StandingTarget[] = [];
  let attention = basis === 'half-applied' ? 1 : 0;
  for (const planned of targets) {
    const verified = await verifyTarget(scope, planned, segments);
    standings.push(verified.standing);
    attention += verified.attention;
  }
  const leftBehind = await nameLeftBehind(context, view, targets, standings);
  // Through: the next one begins anew.
  if (full) {
    const what = text`forgetting which segments were opened`;
    await unlessRefused(context, scope.record, () => reading(context, what, () => view.forgetChecks()));
  }
  return { server, run, basis, full, targets: standings, leftBehind, exit: attention > 0 ? 3 : 0 };
}

function assertPrivateKeys(roots: RootPair): void {
  for (const side of ['old', 'new'] as const) {
    if (roots[side].hasPrivateKey) continue;
    throw new SrkeyError(
      'E_ROOT_REFUSED',
      side === 'old'
        ? text`verify --full opens every key under both roots, and the old root (${roots.old.subject}) was given without its private key`
        : text`verify --full opens every key under both roots, and the new root (${roots.new.subject}) was given without its private key`,
      {
        hint: text`give both root files with their private keys, or leave --full out: live values are then compared with the journal byte by byte`,
      },
    );
  }
}

interface ChosenRun {
  readonly run: RunRecord;
  readonly basis: Basis;
}

async function chooseRun(context: ReadContext, roots: RootPair): Promise<ChosenRun> {
  const { register } = context.deps;
  const runs = await reading(context, text`listing the runs`, () => register.list());
  runs.forEach(assertKnownLayout);
  const found = findStandingRun(runs, roots);
  switch (found.kind) {
    case 'found':
      return found;
    case 'none':
      throw new SrkeyError(
        'E_RUN_MISMATCH',
        text`there is nothing to verify: no run of this database has these roots`,
        { hint: text`srkey runs lists the runs and their roots; srkey census counts the keys without a journal` },
      );
    case 'replaced':
      throw new SrkeyError(
        'E_RUN_MISMATCH',
        text`a later change has replaced what run ${found.run.runId} wrote: ${describeRun(found.later)}`,
        { hint: text`give the roots of that run, or count the keys with srkey census` },
      );
    case 'dropped':
      throw new SrkeyError(
        'E_RUN_MISMATCH',
        text`the journal of ${describeRun(found.run)} was dropped on ${found.droppedAt.toISOString()}: there is nothing left to hold the live values against`,
        { hint: text`srkey census --full opens every key and tells which root it needs` },
      );
  }
}

/** What a run has not come to, it has no journal row for. A rollback goes through what the change came to. */
function isPending({ state }: RunRecord, basis: Basis, segment: SegmentRecord): boolean {
  if (basis === 'staged' || basis === 'half-applied') return segment.state === 'open' || state === 'rolling-back';
  return false;
}

function noteHolder({ deps }: ReadContext, { holder }: RunRecord): void {
  if (holder === null) return;
  const { user, host } = holder;
  const note = text`the run is held by ${user} on ${host}: what is changed while this runs may be told as changed by others`;
  deps.emit({ type: 'note', level: 'warning', text: note });
}

function noteOpenedBefore({ deps }: ReadContext, segments: readonly SegmentRecord[]): void {
  const times = segments.flatMap(({ checkedAt }) => (checkedAt === null ? [] : [checkedAt.getTime()]));
  if (times.length === 0) return;
  const since = new Date(Math.min(...times)).toISOString();
  const note = text`an earlier verify --full was stopped: ${times.length} of its segments, opened since ${since}, are not opened again`;
  deps.emit({ type: 'note', level: 'info', text: note });
}

async function nameLeftBehind(
  context: ReadContext,
  view: RunView,
  targets: readonly PlannedTarget[],
  standings: readonly StandingTarget[],
): Promise<readonly LeftBehindKey[]> {
  const keys: LeftBehindKey[] = [];
  for (const { targetNo, target } of targets) {
    if (standings.every((each) => each.targetNo !== targetNo || each.leftBehind === 0)) continue;
    const named = await reading(context, text`naming the keys left behind in ${target.name}`, () =>
      view.leftBehind(targetNo, target, NAMED_KEYS_LIMIT),
    );
    for (const { key, outcome, reason } of named) {
      if (outcome !== 'foreign' && outcome !== 'unreadable') continue;
      keys.push({ target: target.name, key, class: outcome, reason: recalled(reason ?? '') });
    }
  }
  for (const key of keys) context.deps.emit({ type: 'left-behind', key });
  return keys;
}
