/**
 * One event more: state and event in, the next state out. Pure and total, it keeps these promises whatever order events
 * come in: no target has more done than rows, progress never runs backwards within a run, nothing but the end of the
 * work reads 100 %, and lists are bounded.
 */
import { addOutcomes, NO_OUTCOMES } from '../keys/stored-key.ts';
import type { RotationEvent } from './events.ts';
import { NEW_METER, observe, rest } from './rate.ts';
import { LEFT_BEHIND_SHOWN } from './rotation-state.ts';
import type { NamedKeys, Phase, RotationState, TargetState } from './rotation-state.ts';

const NOTES_KEPT = 200;
const CHECKS_KEPT = 1000;

/** Events that only a server that answers brings about. */
const GOING_ON: ReadonlySet<RotationEvent['type']> = new Set([
  'run',
  'state',
  'segment',
  'batch',
  'sweep',
  'verified',
  'verify-progress',
  'census-progress',
]);

/** @param atMs the caller's monotonic clock when the event arrived */
export function reduce(state: RotationState, event: RotationEvent, atMs: number): RotationState {
  const alive = { ...observeAlive(state, atMs), retryAtMs: GOING_ON.has(event.type) ? null : state.retryAtMs };
  switch (event.type) {
    case 'server':
      return { ...alive, server: event };
    case 'check': {
      // a check that is made again replaces its former answer
      const others = alive.checks.filter(
        ({ id, title }) => id !== event.check.id || String(title) !== String(event.check.title),
      );
      return { ...alive, checks: [...others, event.check].slice(-CHECKS_KEPT) };
    }
    case 'lease-wait':
      return {
        ...alive,
        leaseWait: event.secondsLeft > 0 ? { holder: event.holder, secondsLeft: event.secondsLeft } : null,
      };
    case 'run': {
      const { runId, resumed, tookOverFrom } = event;
      return { ...alive, leaseWait: null, run: { runId, resumed, state: event.state, tookOverFrom } };
    }
    case 'state':
      return alive.run === null ? alive : { ...alive, run: { ...alive.run, state: event.to } };
    case 'pause':
      return reducePause(alive, event, atMs);
    case 'limits':
      return { ...alive, limits: { maxKeysPerSecond: event.maxKeysPerSecond, until: event.until } };
    case 'workers':
      return { ...alive, workers: event.workers };
    case 'plan':
      return event.targets.reduce(
        (sum, plan) =>
          withTarget(sum, plan.targetNo, (target) => ({
            ...target,
            name: plan.name,
            column: plan.column,
            rows: plan.rows,
            segments: plan.segments,
            segmentsDone: plan.segmentsDone ?? 0,
          })),
        alive,
      );
    case 'resumed':
      return withTarget(alive, event.targetNo, (target) => ({
        ...target,
        done: Math.max(target.done, event.rows),
        outcomes: addOutcomes(target.outcomes, event.outcomes),
      }));
    case 'segment':
      return event.change === 'claimed' ? alive : withTarget(alive, event.targetNo, withSegmentDone);
    case 'batch':
      return reduceBatch(alive, event, atMs);
    case 'retry':
      return { ...alive, retries: alive.retries + 1, lastRetry: event, retryAtMs: atMs + event.waitMs };
    case 'sweep':
      return withTarget(alive, event.targetNo, (target) => ({
        ...target,
        sweep: { pass: event.pass, isOpen: event.change === 'started', found: event.found, old: event.old },
      }));
    case 'restored':
      return withFinding(alive, event.target, { restored: event.target });
    case 'verify': {
      const { runId, state: runState, basis, full } = event;
      return { ...alive, verify: { runId, state: runState, basis, full } };
    }
    case 'census-source':
      return alive;
    case 'verify-progress':
      return reduceCount(alive, event, 'verifying', atMs);
    case 'deviation':
      return { ...alive, deviations: withNamed(alive.deviations, event.key) };
    case 'standing':
      return withFinding(alive, event.target, { standing: event.target });
    case 'staged':
      return withFinding(alive, event.target, { staged: event.target });
    case 'verified':
      return withTarget(alive, event.targetNo, (target) => ({
        ...target,
        verified: {
          rows: event.rows,
          rewrapped: event.rewrapped,
          leftBehind: event.leftBehind,
          unaccounted: event.unaccounted,
        },
      }));
    case 'census-progress':
      return reduceCount(alive, event, 'counting', atMs);
    case 'census':
      return withFinding(alive, event.target, { census: event.target });
    case 'left-behind':
      return { ...alive, leftBehind: withNamed(alive.leftBehind, event.key) };
    case 'forecast':
      return { ...alive, forecast: event.forecast };
    case 'note':
      return { ...alive, notes: [...alive.notes, { level: event.level, text: event.text }].slice(-NOTES_KEPT) };
  }
}

function unknownTarget(targetNo: number): TargetState {
  return {
    targetNo,
    name: `target ${targetNo}`,
    column: '',
    rows: 0,
    done: 0,
    outcomes: NO_OUTCOMES,
    segments: 0,
    segmentsDone: 0,
    sweptRows: 0,
    sweep: null,
    staged: null,
    restored: null,
    standing: null,
    verified: null,
    counted: null,
    census: null,
  };
}

/** Changes one target, which is made when it is new, and keeps `done ≤ rows`. */
function withTarget(
  state: RotationState,
  targetNo: number,
  change: (target: TargetState) => TargetState,
): RotationState {
  const old = state.targets.find((target) => target.targetNo === targetNo) ?? unknownTarget(targetNo);
  const changed = change(old);
  const target = { ...changed, rows: Math.max(changed.rows, changed.done) };
  const others = state.targets.filter((other) => other.targetNo !== targetNo);
  return { ...state, targets: [...others, target].sort((a, b) => a.targetNo - b.targetNo) };
}

/** What is known of one target at last: it comes with the target's names, so that no plan has to go before it. */
function withFinding(
  state: RotationState,
  { targetNo, name, column }: Pick<TargetState, 'targetNo' | 'name' | 'column'>,
  found: Partial<Pick<TargetState, 'restored' | 'standing' | 'staged' | 'census'>>,
): RotationState {
  return withTarget(state, targetNo, (target) => ({ ...target, name, column, ...found }));
}

/** Every key counts, the first of them are named. */
function withNamed<T>({ count, keys }: NamedKeys<T>, key: T): NamedKeys<T> {
  return { count: count + 1, keys: keys.length < LEFT_BEHIND_SHOWN ? [...keys, key] : keys };
}

/** Behind the last segment every row was gone through: those that are missing went away, or had nothing to be done. */
function withSegmentDone(target: TargetState): TargetState {
  const segmentsDone = target.segmentsDone + 1;
  const segments = Math.max(target.segments, segmentsDone);
  return { ...target, segmentsDone, segments, done: segmentsDone === segments ? target.rows : target.done };
}

/** No event, but a sign of life: call it about once a second, so that waiting counts and sleeping does not. */
export function observeAlive(state: RotationState, atMs: number): RotationState {
  const { pause, meter } = state;
  return { ...state, meter: pause?.isReached === true ? rest(meter, atMs) : observe(meter, 0, atMs) };
}

/** Batches still in work when a pause is asked for count as work, the rest of the pause does not. */
function reducePause(
  state: RotationState,
  { change, because }: Extract<RotationEvent, { type: 'pause' }>,
  atMs: number,
): RotationState {
  if (change === 'ended') return { ...state, pause: null, movedAtMs: state.movedAtMs === null ? null : atMs };
  const sinceMs = state.pause?.sinceMs ?? atMs;
  return { ...state, pause: { because, isReached: change === 'reached', sinceMs } };
}

/** A phase has a speed of its own: opening keys for a census says nothing about changing them. */
function inPhase(state: RotationState, phase: Phase): RotationState {
  return state.phase === phase ? state : { ...state, phase, meter: NEW_METER };
}

function reduceBatch(
  state: RotationState,
  event: Extract<RotationEvent, { type: 'batch' }>,
  atMs: number,
): RotationState {
  const { targetNo, segmentNo, batchNo, committedAt, rows } = event;
  const isSweep = segmentNo === 0;
  const counted = withTarget(inPhase(state, 'changing'), targetNo, (target) => ({
    ...target,
    done: isSweep ? target.done : target.done + rows,
    sweptRows: isSweep ? target.sweptRows + rows : target.sweptRows,
    outcomes: addOutcomes(target.outcomes, event.outcomes),
  }));
  return {
    ...counted,
    lastBatch: { targetNo, segmentNo, batchNo, committedAt, rows },
    movedAtMs: atMs,
    meter: observe(counted.meter, isSweep ? 0 : rows, atMs),
  };
}

function reduceCount(
  state: RotationState,
  event: Extract<RotationEvent, { type: 'census-progress' | 'verify-progress' }>,
  phase: 'counting' | 'verifying',
  atMs: number,
): RotationState {
  const known = state.targets.find(({ targetNo }) => targetNo === event.targetNo)?.counted?.rows ?? 0;
  // a count that starts again (the census after the change) starts at its own beginning
  const isNew = state.phase !== phase || event.rows < known;
  const before = isNew ? 0 : known;
  const counted = withTarget(inPhase(state, phase), event.targetNo, (target) => ({
    ...target,
    name: event.name,
    counted: { rows: event.rows, of: Math.max(event.of, event.rows) },
  }));
  return { ...counted, movedAtMs: atMs, meter: observe(counted.meter, event.rows - before, atMs) };
}
