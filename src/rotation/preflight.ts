/** Preflight: everything that is looked at before anything is written. Reads only; each check is told as it is known. */
import { SrkeyError } from '../errors.ts';
import { addCensus, type Census, EMPTY_CENSUS } from '../keys/stored-key.ts';
import type { KeyMap, Target } from '../keys/target.ts';
import type { Check, StagedTarget } from '../progress/events.ts';
import { checkDatabase } from './checks/database-checks.ts';
import type { Finding } from './checks/finding.ts';
import { checkDistinctTargets, checkStaleIgnores, checkUnmapped } from './checks/map-checks.ts';
import { checkRights } from './checks/rights-check.ts';
import { checkRoots } from './checks/root-checks.ts';
import { checkRuns } from './checks/run-check.ts';
import { checkServer, checkSpace } from './checks/server-checks.ts';
import { lookAtStaging } from './checks/staging-check.ts';
import { checkTarget } from './checks/target-checks.ts';
import type { RootPair } from './deps.ts';
import { spaceNeed } from './forecast.ts';
import { inspectServer, inspectTarget, reading } from './inspect.ts';
import type { ReadContext } from './pages.ts';
import { type InspectedTarget, type PlannedJob, type RunPlan, runsToCompare, tablesToPlan } from './plan.ts';
import type { Fact, RightsFacts, RunRecord, RunTarget, ServerFacts, TargetFacts, UnmappedColumn } from './ports.ts';
import { checkRootsOpen, checkSample, sampleTarget } from './root-evidence.ts';
import { lines, text } from '../text/message.ts';

export interface PreflightOptions {
  readonly job: PlannedJob;
  readonly keyMap: KeyMap;
  readonly roots: RootPair;
  readonly allowTriggers: boolean;
  readonly segmentRows: number;
}

/** The facts of a target that is in the schema, beside the target itself. */
export interface TargetWithFacts {
  readonly target: Target;
  readonly facts: Extract<TargetFacts, { found: true }>;
}

export interface PreflightResult {
  readonly checks: readonly Check[];
  readonly server: ServerFacts;
  readonly targets: readonly TargetWithFacts[];
  readonly unmapped: readonly UnmappedColumn[];
  readonly rights: Fact<RightsFacts>;
  /** Null when earlier runs forbid one. */
  readonly plan: RunPlan | null;
  /** What a change would go on from, by target; empty when nothing is staged for it. */
  readonly staging: readonly StagedTarget[];
  /** How fast that was found out; null when nothing is staged. */
  readonly comparedRowsPerSecond: number | null;
  /** What the opened sample held, over all targets. */
  readonly sample: Census;
  /** Null when every check allows the run; otherwise why it is refused. */
  readonly refusal: SrkeyError | null;
}

export async function preflight(context: ReadContext, options: PreflightOptions): Promise<PreflightResult> {
  const { deps } = context;
  const { job, keyMap, roots, segmentRows } = options;
  const findings: Finding[] = [];
  const note = (...found: readonly Finding[]): void => {
    for (const finding of found) {
      findings.push(finding);
      deps.emit({ type: 'check', check: finding.check });
    }
  };

  const server = await inspectServer(context, keyMap);
  note(
    ...checkServer(server, deps.clock.now()),
    ...checkDatabase(server),
    checkDistinctTargets(keyMap),
    ...checkRoots(roots, keyMap, deps.clock.now()),
  );

  const { found, fit } = await inspectTargets(context, options, note);
  const unmapped = await reading(context, text`listing columns`, () => deps.inspector.unmappedColumns(keyMap));
  const stale = await reading(context, text`checking ignored columns`, () =>
    deps.inspector.staleIgnores(keyMap.ignore),
  );
  note(checkUnmapped(unmapped), checkStaleIgnores(stale));

  const { runs, runTargets } = await readRuns(context, roots);
  const { finding, plan } = checkRuns({ job, roots, targets: found.map(inspected), runs, runTargets, segmentRows });
  note(finding, ...checkSpace(server, spaceNeed(found, roots, plan !== null && hasJournal(plan))));
  const newTables = plan === null ? [] : tablesToPlan(plan, runs, runTargets);
  const rights = await reading(context, text`asking for the rights of the login`, () =>
    deps.inspector.rights(keyMap.targets, newTables),
  );
  note(...checkRights(server.login, rights));
  const look = plan === null ? null : await lookAtStaging(context, plan);
  note(...(look?.findings ?? []));

  const sample = findings.some(({ code }) => code === 'E_ROOT_REFUSED')
    ? EMPTY_CENSUS
    : await openSample(context, options, fit, runs, findings, note);
  return {
    checks: findings.map(({ check }) => check),
    server,
    targets: found,
    unmapped,
    rights,
    plan,
    staging: look?.staging ?? [],
    comparedRowsPerSecond: look?.comparedRowsPerSecond ?? null,
    sample,
    refusal: refusalOf(findings),
  };
}

/** `fit` are the targets without a failed check: only their values are worth opening. */
async function inspectTargets(
  context: ReadContext,
  options: PreflightOptions,
  note: (...found: readonly Finding[]) => void,
): Promise<{ readonly found: readonly TargetWithFacts[]; readonly fit: readonly Target[] }> {
  const found: TargetWithFacts[] = [];
  const fit: Target[] = [];
  for (const target of options.keyMap.targets) {
    const facts = await inspectTarget(context, target);
    const findings = checkTarget(target, facts, options);
    note(...findings);
    if (facts.found) found.push({ target, facts });
    if (findings.every(({ check }) => check.status !== 'failed')) fit.push(target);
  }
  return { found, fit };
}

async function readRuns(
  context: ReadContext,
  roots: RootPair,
): Promise<{ readonly runs: readonly RunRecord[]; readonly runTargets: ReadonlyMap<number, readonly RunTarget[]> }> {
  const { register } = context.deps;
  const runTargets = new Map<number, readonly RunTarget[]>();
  if (!(await reading(context, text`looking for earlier runs`, () => register.exists())))
    return { runs: [], runTargets };
  const runs = await reading(context, text`listing earlier runs`, () => register.list());
  for (const { runId } of runsToCompare(roots, runs)) {
    runTargets.set(
      runId,
      await reading(context, text`reading the targets of run ${runId}`, () => register.targets(runId)),
    );
  }
  return { runs, runTargets };
}

async function openSample(
  context: ReadContext,
  { roots }: PreflightOptions,
  targets: readonly Target[],
  runs: readonly RunRecord[],
  soFar: readonly Finding[],
  note: (...found: readonly Finding[]) => void,
): Promise<Census> {
  let total = EMPTY_CENSUS;
  for (const target of targets) {
    const sample = await sampleTarget(context, target);
    note(checkSample(target, sample));
    total = addCensus(total, sample);
  }
  const mayRead = soFar.every(({ check }) => check.status !== 'failed');
  note(await checkRootsOpen(context, targets, total, roots, runs, mayRead));
  return total;
}

/** A run that was begun has most of its journal; what it still takes nobody can tell, and it must not be refused for it. */
export function hasJournal({ decision }: RunPlan): boolean {
  return decision.kind === 'revisit' || (decision.kind === 'resume' && decision.run.state !== 'planned');
}

export function inspected({ target, facts }: TargetWithFacts): InspectedTarget {
  const { capacity, fixedLength } = facts.value;
  const { rows, longestValueBytes } = facts;
  return { target, column: { capacity, isFixedLength: fixedLength }, rows, longestValueBytes };
}

function refusalOf(findings: readonly Finding[]): SrkeyError | null {
  const failures = findings.filter(({ check }) => check.status === 'failed');
  const [first] = failures;
  if (first === undefined) return null;
  const message = lines(failures.map(({ check }) => text`${check.title}: ${check.found}`));
  const hint = failures.map(({ check }) => check.remedy).filter((remedy) => remedy !== null);
  return new SrkeyError(first.code ?? 'E_PREFLIGHT', text`refused by preflight, nothing was changed: ${message}`, {
    hint: lines(hint),
  });
}
