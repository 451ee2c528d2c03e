/**
 * What the report keeps of a job while it goes on: how many rows in which moment, what it was busy with, when it was
 * paused, and its batches. Bounded, however long the job: moments become wider, and of many batches the first and the
 * last are kept.
 */
import type { RotationEvent } from '../../progress/events.ts';

export type Stage = 'checking' | 'counting' | 'changing' | 'verifying' | 'done';

export interface BatchLine {
  readonly targetNo: number;
  readonly segmentNo: number;
  readonly batchNo: number;
  readonly committedAt: Date;
  readonly rows: number;
  readonly sqlMs: number;
}

export interface Span {
  readonly fromMs: number;
  /** Null: to the end. */
  readonly toMs: number | null;
}

export interface Course {
  readonly startMs: number;
  /** Width of a moment. */
  readonly momentMs: number;
  /** Rows gone through in each moment since the start. */
  readonly moments: readonly number[];
  readonly stages: readonly { readonly stage: Stage; readonly atMs: number }[];
  readonly pauses: readonly Span[];
  readonly batches: readonly BatchLine[];
  /** In the middle of `batches`, between the first and the last. */
  readonly batchesLeftOut: number;
}

const MOST_MOMENTS = 240;
const FIRST_MOMENT_MS = 500;
const BATCHES_KEPT = { first: 50, last: 200 } as const;

export interface CourseRecorder {
  record(event: RotationEvent): void;
  course(): Course;
}

export function recordCourse(nowMs: () => number): CourseRecorder {
  const startMs = nowMs();
  let momentMs = FIRST_MOMENT_MS;
  let moments: number[] = [];
  const stages: { stage: Stage; atMs: number }[] = [{ stage: 'checking', atMs: startMs }];
  const pauses: { fromMs: number; toMs: number | null }[] = [];
  const first: BatchLine[] = [];
  let last: BatchLine[] = [];
  let batchesLeftOut = 0;
  const counted = new Map<number, number>();

  function addRows(rows: number): void {
    const sinceMs = Math.max(0, nowMs() - startMs);
    while (sinceMs >= momentMs * MOST_MOMENTS) {
      moments = Array.from({ length: Math.ceil(moments.length / 2) }, (_, i) => rowsOf(2 * i) + rowsOf(2 * i + 1));
      momentMs *= 2;
    }
    const at = Math.floor(sinceMs / momentMs);
    while (moments.length <= at) moments.push(0);
    moments[at] = rowsOf(at) + rows;
  }
  const rowsOf = (at: number): number => moments[at] ?? 0;

  function enter(stage: Stage): void {
    if (stages.at(-1)?.stage !== stage) stages.push({ stage, atMs: nowMs() });
  }

  function keep(batch: BatchLine): void {
    if (first.length < BATCHES_KEPT.first) first.push(batch);
    else last.push(batch);
    if (last.length < 2 * BATCHES_KEPT.last) return;
    batchesLeftOut += last.length - BATCHES_KEPT.last;
    last = last.slice(-BATCHES_KEPT.last);
  }

  return {
    record: (event) => {
      switch (event.type) {
        case 'batch': {
          const { targetNo, segmentNo, batchNo, committedAt, rows, sqlMs } = event;
          // the batch that closes a segment is empty: no line worth reading
          if (rows > 0) keep({ targetNo, segmentNo, batchNo, committedAt, rows, sqlMs });
          if (segmentNo > 0) addRows(rows);
          break;
        }
        case 'census-progress':
          if (stages.at(-1)?.stage === 'checking') enter('counting');
          addRows(Math.max(0, event.rows - (counted.get(event.targetNo) ?? 0)));
          counted.set(event.targetNo, event.rows);
          break;
        case 'verify':
          enter('verifying');
          break;
        case 'verify-progress':
          addRows(Math.max(0, event.rows - (counted.get(event.targetNo) ?? 0)));
          counted.set(event.targetNo, event.rows);
          break;
        case 'run':
          enter('changing');
          break;
        case 'state':
          if (event.to === 'applying') enter('changing');
          else if (event.to === 'verifying' || event.to === 'done') enter(event.to);
          break;
        case 'pause':
          if (event.change === 'reached') pauses.push({ fromMs: nowMs(), toMs: null });
          else if (event.change === 'ended') {
            const open = pauses.at(-1);
            if (open?.toMs === null) open.toMs = nowMs();
          }
          break;
        default:
      }
    },
    course: () => {
      const surplus = Math.max(0, last.length - BATCHES_KEPT.last);
      return {
        startMs,
        momentMs,
        moments: [...moments],
        stages: [...stages],
        pauses: pauses.map((pause) => ({ ...pause })),
        batches: [...first, ...last.slice(surplus)],
        batchesLeftOut: batchesLeftOut + surplus,
      };
    },
  };
}
