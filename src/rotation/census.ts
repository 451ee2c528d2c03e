/** Census: how many stored keys are of each class, and what that says about deleting the old root for ever. */
import { SrkeyError } from '../errors.ts';
import type { KeyMap, Target } from '../keys/target.ts';
import type { LeftBehindKey, TargetCensus } from '../progress/events.ts';
import { makeBrakes } from './brakes.ts';
import { countTarget } from './count-target.ts';
import { type EngineDeps, type RootPair, shieldedEmit } from './deps.ts';
import { inspectServer, inspectTarget, makeReadContext, reading } from './inspect.ts';
import type { ReadContext } from './pages.ts';
import type { ServerFacts, UnmappedColumn } from './ports.ts';
import { judgePurge, type PurgeVerdict } from './purge.ts';
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

  const targets: TargetCensus[] = [];
  const leftBehind: LeftBehindKey[] = [];
  for (const [index, target] of keyMap.targets.entries()) {
    const rows = rowsOf.get(target) ?? 0;
    const counted = await countTarget(context, { target, targetNo: index + 1, rows, policy: full ? 'full' : 'sample' });
    targets.push(counted.census);
    leftBehind.push(...counted.leftBehind);
  }
  const purge = judgePurge({ targets, unmapped, rights, roots });
  return { server, targets, leftBehind, unmapped, purge, exit: purge.verdict === 'safe' ? 0 : 3 };
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
