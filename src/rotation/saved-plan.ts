/**
 * A plan that outlives its dry run: made from what was found, and compared with what is found later. Pure; every
 * difference is named, because whoever reads them decides whether the plan or the database is wrong.
 */
import { SrkeyError } from '../errors.ts';
import type { PlannedCensus, PlannedRoot, SavedPlan, TargetInPlan } from '../keys/saved-plan.ts';
import type { RootSummary } from '../keys/root.ts';
import { canonicalDefinition, type KeyMap, targetColumn } from '../keys/target.ts';
import type { TargetCensus } from '../progress/events.ts';
import { lines, type Message, text } from '../text/message.ts';
import { count, counted } from '../text/quantities.ts';
import { differenceOf } from './definition-difference.ts';
import type { RootPair } from './deps.ts';

/** What a plan speaks of, as it stands now. */
export interface PlanSubject {
  readonly toolVersion: string;
  readonly server: string;
  readonly database: string;
  readonly roots: RootPair;
  readonly keyMap: KeyMap;
  /** Of every target of the key map. */
  readonly census: readonly TargetCensus[];
}

export interface PlanTerms {
  readonly createdAt: Date;
  readonly isFull: boolean;
  readonly drift: SavedPlan['drift'];
}

export function makePlan(subject: PlanSubject, { createdAt, isFull, drift }: PlanTerms): SavedPlan {
  const { toolVersion, server, database, roots, keyMap } = subject;
  return {
    version: 1,
    toolVersion,
    createdAt: createdAt.toISOString(),
    server,
    database,
    oldRoot: plannedRoot(roots.old),
    newRoot: plannedRoot(roots.new),
    isFull,
    drift,
    targets: targetsOf(subject),
    ignore: ignoredColumns(keyMap),
  };
}

/**
 * Throws E_PLAN when anything differs. `isUnderWay`: a run of these roots has begun, so keys may have moved from the old
 * root to the new one, and only their sum is compared.
 */
export function assertAsPlanned(plan: SavedPlan, subject: PlanSubject, isUnderWay: boolean): void {
  const differences = differencesFrom(plan, subject, isUnderWay);
  if (differences.length === 0) return;
  throw new SrkeyError(
    'E_PLAN',
    lines([text`refused, nothing was changed: the plan of ${plan.createdAt} no longer holds`, ...differences]),
    {
      hint: text`find out what changed; if it is right, make a new plan with --dry-run --plan-out and look at it again`,
    },
  );
}

export function differencesFrom(plan: SavedPlan, subject: PlanSubject, isUnderWay: boolean): readonly Message[] {
  const { toolVersion, server, database, roots } = subject;
  return [
    ...(plan.toolVersion === toolVersion ? [] : [text`tool: planned with ${plan.toolVersion}, this is ${toolVersion}`]),
    ...(sameName(plan.server, server) ? [] : [text`server: planned ${plan.server}, found ${server}`]),
    ...(sameName(plan.database, database) ? [] : [text`database: planned ${plan.database}, found ${database}`]),
    // By certificate, not by key: another certificate of the same key has another name in the envelopes.
    ...(plan.oldRoot.fingerprint === roots.old.fingerprint
      ? []
      : [text`old root: planned ${rootText(plan.oldRoot)}, given ${rootText(roots.old)}`]),
    ...(plan.newRoot.fingerprint === roots.new.fingerprint
      ? []
      : [text`new root: planned ${rootText(plan.newRoot)}, given ${rootText(roots.new)}`]),
    ...keyMapDifferences(plan, subject),
    ...censusDifferences(plan, subject, isUnderWay),
  ];
}

function keyMapDifferences(plan: SavedPlan, subject: PlanSubject): readonly Message[] {
  const now = targetsOf(subject).map(definitionOf);
  const planned = plan.targets.map(definitionOf);
  const ignored = ignoredColumns(subject.keyMap);
  return [
    ...plan.targets
      .filter((target) => !now.includes(definitionOf(target)))
      .map((target) => text`key map: target ${target.name} ${differenceOf(definitionOf(target), now)}`),
    ...targetsOf(subject)
      .filter((target) => !planned.includes(definitionOf(target)) && !isRedefined(target, plan.targets))
      .map(({ name }) => text`key map: target ${name} is not in the plan`),
    ...plan.ignore.filter((column) => !ignored.includes(column)).map((column) => text`key map: ${column} was ignored`),
    ...ignored
      .filter((column) => !plan.ignore.includes(column))
      .map((column) => text`key map: ${column} is ignored now`),
  ];
}

/** The same column as a planned target's: told once, as a changed definition. */
function isRedefined({ definition }: TargetInPlan, planned: readonly TargetInPlan[]): boolean {
  const columnOf = (fields: TargetInPlan['definition']): string =>
    JSON.stringify([fields['schema'], fields['table'], fields['value']]);
  return planned.some((each) => columnOf(each.definition) === columnOf(definition));
}

function censusDifferences(plan: SavedPlan, subject: PlanSubject, isUnderWay: boolean): readonly Message[] {
  return targetsOf(subject).flatMap((found) => {
    const planned = plan.targets.find((target) => definitionOf(target) === definitionOf(found));
    if (planned === undefined) return [];
    const [before, after] = [countsOf(planned.census, isUnderWay), countsOf(found.census, isUnderWay)];
    return Object.keys(before)
      .filter((kind) => Math.abs((after[kind] ?? 0) - (before[kind] ?? 0)) > plan.drift.keys)
      .map((kind) => differentCount(found.name, kind, before[kind] ?? 0, after[kind] ?? 0, plan.drift));
  });
}

function differentCount(
  name: string,
  kind: string,
  planned: number,
  found: number,
  drift: SavedPlan['drift'],
): Message {
  const numbers = text`${name}: ${kind}: planned ${count(planned)}, found ${count(found)}`;
  return drift.keys === 0
    ? numbers
    : text`${numbers}; at most ${counted(drift.keys, 'key')} may differ (${drift.reason})`;
}

function countsOf({ old, new: fresh, unopened, ...rest }: PlannedCensus, isUnderWay: boolean): Record<string, number> {
  return isUnderWay ? { 'old or new': old + fresh + unopened, ...rest } : { old, new: fresh, unopened, ...rest };
}

function targetsOf({ keyMap, census }: PlanSubject): readonly TargetInPlan[] {
  return keyMap.targets.map((target) => {
    const found = census.find(({ name }) => name === target.name);
    if (found === undefined) throw new Error(`no census of ${target.name}`);
    const definition = JSON.parse(canonicalDefinition(target)) as Record<string, unknown>;
    return { name: target.name, definition, census: { ...found.census, unopened: found.unopened } };
  });
}

function definitionOf({ definition }: TargetInPlan): string {
  return JSON.stringify(definition);
}

function ignoredColumns({ ignore }: KeyMap): readonly string[] {
  return ignore.map(({ schema, table, column }) => targetColumn({ schema, table, value: column })).sort();
}

function plannedRoot({ subject, fingerprint, publicKeyId }: RootSummary): PlannedRoot {
  return { subject, fingerprint, publicKeyId };
}

function rootText({ subject, fingerprint }: PlannedRoot): string {
  return `${subject} (${fingerprint})`;
}

/** Names of servers and databases, as SQL Server compares them by default. */
function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
