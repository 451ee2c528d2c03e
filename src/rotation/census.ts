/** Census: how many stored keys are of each class, and what that says about deleting the old root for ever. */
import { SrkeyError } from '../errors.ts';
import type { KeyMap, Target } from '../keys/target.ts';
import { censusTotal } from '../keys/stored-key.ts';
import type { CensusSource, LeftBehindKey, StagedTarget, TargetCensus } from '../progress/events.ts';
import { makeBrakes } from './brakes.ts';
import { accountByJournal, countFromJournal } from './count-from-journal.ts';
import { type CountedTarget, type CountOptions, countRows } from './count-target.ts';
import { type EngineDeps, type RootPair, shieldedEmit } from './deps.ts';
import { inspectServer, inspectTarget, makeReadContext, reading } from './inspect.ts';
import { type CensusJournal, findCensusJournal, orWithoutJournal } from './journal-of-census.ts';
import type { ReadContext } from './pages.ts';
import type { ServerFacts, UnmappedColumn } from './ports.ts';
import { judgePurge, type PurgeVerdict } from './purge.ts';
import { stagingOf } from './stage-run.ts';
import { list, type Message, text } from '../text/message.ts';

export interface CensusOptions {
  readonly keyMap: KeyMap;
  readonly roots: RootPair;
  /** Open every key, not a sample. */
  readonly full: boolean;
  readonly stop?: AbortSignal;
  readonly abort?: AbortSignal;
}

export interface CensusResult {
  readonly server: ServerFacts;
  readonly targets: readonly TargetCensus[];
  /** What the counts are concluded from, one for each target. */
  readonly sources: readonly CensusSource[];
  /** How far a staging is current; empty when there is none with these roots. */
  readonly staging: readonly StagedTarget[];
  /** At most 1,000 per target; the counts are complete. */
  readonly leftBehind: readonly LeftBehindKey[];
  readonly unmapped: readonly UnmappedColumn[];
  readonly purge: PurgeVerdict;
  readonly exit: 0 | 3;
}

export async function runCensus(given: EngineDeps, options: CensusOptions): Promise<CensusResult> {
  const deps = { ...given, emit: shieldedEmit(given.emit) };
  const brakes = makeBrakes(options);
  try {
    return await countAll(makeReadContext(deps, brakes.quit), options);
  } finally {
    brakes.dispose();
  }
}

async function countAll(context: ReadContext, { keyMap, roots, full }: CensusOptions): Promise<CensusResult> {
  const server = await inspectServer(context, keyMap);
  const rowsOf = await assertTargetsExist(context, keyMap);
  const unmapped = await reading(context, text`listing columns`, () => context.deps.inspector.unmappedColumns(keyMap));

  const rights = await reading(context, text`asking for the rights of the login`, () =>
    context.deps.inspector.rights(keyMap.targets, null),
  );

  const journal = await orWithoutJournal(context, () => findCensusJournal(context, roots));
  const counted: CountedFrom[] = [];
  for (const [index, target] of keyMap.targets.entries()) {
    const found = await countFrom(context, journal, {
      target,
      targetNo: index + 1,
      rows: rowsOf.get(target) ?? 0,
      policy: full ? 'full' : 'sample',
    });
    for (const key of found.leftBehind) context.deps.emit({ type: 'left-behind', key });
    context.deps.emit({ type: 'census', target: found.census });
    context.deps.emit({ type: 'census-source', source: found.source });
    if (found.staging !== null) context.deps.emit({ type: 'staged', target: found.staging });
    counted.push(found);
  }
  const targets = counted.map(({ census }) => census);
  const purge = judgePurge({ targets, unmapped, rights, roots });
  return {
    server,
    targets,
    sources: counted.map(({ source }) => source),
    staging: counted.flatMap(({ staging }) => staging ?? []),
    leftBehind: counted.flatMap(({ leftBehind }) => leftBehind),
    unmapped,
    purge,
    exit: purge.verdict === 'safe' ? 0 : 3,
  };
}

interface CountedFrom extends CountedTarget {
  readonly source: CensusSource;
  readonly staging: StagedTarget | null;
}

/** By the journal where it speaks of the target; `full` reads and opens every key all the same. */
async function countFrom(
  context: ReadContext,
  journal: CensusJournal | null,
  options: CountOptions,
): Promise<CountedFrom> {
  const { target, targetNo, rows, policy } = options;
  const runTargetNo = journal?.numberOf(target) ?? null;
  if (journal === null || runTargetNo === null) return { ...(await readAll(context, options)), staging: null };
  const { run, basis, view, segments } = journal;
  const byJournal = { view, basis, target, runTargetNo, targetNo, segments, rows };
  const isStaging = run.state === 'staging' || run.state === 'staged';
  if (policy === 'full') {
    const account = isStaging ? await orWithoutJournal(context, () => accountByJournal(context, byJournal)) : null;
    const staging = account === null ? null : stagingOf(targetNo, target, account);
    return { ...(await readAll(context, options)), staging };
  }
  const found = await orWithoutJournal(context, () => countFromJournal(context, byJournal));
  if (found === null) return { ...(await readAll(context, options)), staging: null };
  const { census, leftBehind, account } = found;
  const { liveRows, unaccounted } = account;
  const source: CensusSource = {
    targetNo,
    name: target.name,
    from: 'journal',
    runId: run.runId,
    state: run.state,
    concluded: liveRows - unaccounted,
    read: unaccounted,
  };
  return { census, leftBehind, source, staging: isStaging ? stagingOf(targetNo, target, account) : null };
}

async function readAll(context: ReadContext, options: CountOptions): Promise<CountedTarget & { source: CensusSource }> {
  const { targetNo, target, policy } = options;
  const counted = await countRows(context, options);
  const from = policy === 'full' ? 'opening' : 'reading';
  const { opened, census } = counted.census;
  const source: CensusSource = { targetNo, name: target.name, from, read: censusTotal(census), opened };
  return { ...counted, source };
}

/** Before a single row is read: a census that leaves out what it cannot find would be worse than none. */
async function assertTargetsExist(context: ReadContext, { targets }: KeyMap): Promise<ReadonlyMap<Target, number>> {
  const rowsOf = new Map<Target, number>();
  const missing: Message[] = [];
  for (const target of targets) {
    const facts = await inspectTarget(context, target);
    if (facts.found) rowsOf.set(target, facts.rows);
    else missing.push(text`${target.name}: ${facts.missing} is not there`);
  }
  if (missing.length === 0) return rowsOf;
  throw new SrkeyError('E_SCHEMA', text`the key map does not fit the database: ${list(missing, '; ')}`, {
    hint: text`correct the key map: it must name tables and columns as they are in the database`,
  });
}
