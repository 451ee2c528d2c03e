/** Dry run: what `change-ca` would meet and cost. It has no way to write: of the run register it calls reads only. */
import type { SrkeyError } from '../errors.ts';
import type { Check, Forecast, LeftBehindKey, TargetCensus } from '../progress/events.ts';
import { makeBrakes } from './brakes.ts';
import { countTarget } from './count-target.ts';
import { type EngineDeps, type ProofPolicy, type RootPair, shieldedEmit } from './deps.ts';
import { forecastRun, spaceNeed } from './forecast.ts';
import { makeReadContext } from './inspect.ts';
import type { ReadContext } from './pages.ts';
import { DEFAULT_SEGMENT_ROWS, type RunPlan, targetPlans } from './plan.ts';
import type { KeyMap } from '../keys/target.ts';
import type { ServerFacts, UnmappedColumn } from './ports.ts';
import { hasJournal, preflight } from './preflight.ts';
import { judgePurge, type PurgeVerdict } from './purge.ts';

export interface DryRunOptions {
  readonly keyMap: KeyMap;
  readonly roots: RootPair;
  readonly allowTriggers: boolean;
  readonly proof: ProofPolicy;
  /** Open every key, not a sample. */
  readonly full: boolean;
  /** Private operations a second with the old root on this machine, all workers together. */
  readonly privateOpsPerSecond: number;
  /** The limit that these rows go by, and the change after them; null for none. */
  readonly maxKeysPerSecond: number | null;
  readonly segmentRows?: number;
  readonly stop?: AbortSignal;
  readonly abort?: AbortSignal;
}

export interface DryRunResult {
  readonly server: ServerFacts;
  readonly checks: readonly Check[];
  readonly plan: RunPlan | null;
  readonly targets: readonly TargetCensus[];
  readonly leftBehind: readonly LeftBehindKey[];
  readonly unmapped: readonly UnmappedColumn[];
  readonly purge: PurgeVerdict;
  readonly forecast: Forecast;
  /** Why `change-ca` would refuse; null when it would not. The caller throws it after showing the rest. */
  readonly refusal: SrkeyError | null;
}

export async function dryRun(given: EngineDeps, options: DryRunOptions): Promise<DryRunResult> {
  const deps = { ...given, emit: shieldedEmit(given.emit) };
  const brakes = makeBrakes(options);
  try {
    return await lookAndForecast(makeReadContext(deps, brakes.quit), options);
  } finally {
    brakes.dispose();
  }
}

async function lookAndForecast(context: ReadContext, options: DryRunOptions): Promise<DryRunResult> {
  const { emit } = context.deps;
  const { roots, full, proof, privateOpsPerSecond, maxKeysPerSecond, segmentRows = DEFAULT_SEGMENT_ROWS } = options;
  const {
    checks,
    server,
    targets: found,
    unmapped,
    rights,
    plan,
    staging,
    comparedRowsPerSecond,
    refusal,
  } = await preflight(context, { ...options, job: 'change', segmentRows });
  if (plan !== null) emit({ type: 'plan', targets: targetPlans(plan) });

  const targets: TargetCensus[] = [];
  const leftBehind: LeftBehindKey[] = [];
  // Refused: the numbers would speak of a database that the tool may not even be able to read as declared.
  for (const [index, { target, facts }] of refusal === null ? found.entries() : []) {
    const targetNo = plan?.targets.find((each) => each.target === target)?.targetNo ?? index + 1;
    const counted = await countTarget(context, {
      target,
      targetNo,
      rows: facts.rows,
      policy: full ? 'full' : 'dry-run',
    });
    targets.push(counted.census);
    leftBehind.push(...counted.leftBehind);
  }
  const purge = judgePurge({ targets, unmapped, rights, roots });
  const need = spaceNeed(found, roots, plan !== null && hasJournal(plan));
  const forecast = forecastRun({
    census: targets,
    staging,
    need,
    proof,
    privateOpsPerSecond,
    comparedRowsPerSecond,
    maxKeysPerSecond,
  });
  if (refusal === null) emit({ type: 'forecast', forecast });
  return { server, checks, plan, targets, leftBehind, unmapped, purge, forecast, refusal };
}
