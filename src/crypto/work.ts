/** What a key worker does: plain data in, plain data out. The same code runs in a worker thread and in this one. */
import { SrkeyError, type ErrorCode } from '../errors.ts';
import type { Classified, ColumnShape, ColumnValue, Compared, Rewrapped, ValuePair } from '../keys/stored-key.ts';
import type { ValueFormat } from '../keys/target.ts';
import { recalled } from '../text/message.ts';
import { classifyValue } from './classify.ts';
import { comparePair } from './compare.ts';
import { measurePrivateRate } from './private-rate.ts';
import { rewrapValue } from './rewrap.ts';
import type { RootPair } from './root.ts';

interface RewrapWork {
  readonly kind: 'rewrap';
  readonly format: ValueFormat;
  readonly column: ColumnShape;
  readonly values: readonly ColumnValue[];
  /** One for each value. */
  readonly prove: readonly boolean[];
}

interface ClassifyWork {
  readonly kind: 'classify';
  readonly format: ValueFormat;
  readonly values: readonly ColumnValue[];
  /** One for each value. */
  readonly open: readonly boolean[];
}

interface CompareWork {
  readonly kind: 'compare';
  readonly format: ValueFormat;
  readonly pairs: readonly ValuePair[];
}

interface MeasureWork {
  readonly kind: 'measure';
  readonly durationMs: number;
}

export type Work = RewrapWork | ClassifyWork | CompareWork | MeasureWork;

export type WorkResult =
  | { readonly kind: 'rewrap'; readonly rewrapped: readonly Rewrapped[] }
  | { readonly kind: 'classify'; readonly classified: readonly Classified[] }
  | { readonly kind: 'compare'; readonly compared: readonly Compared[] }
  | { readonly kind: 'measure'; readonly operationsPerSecond: number };

export function performWork(work: Work, roots: RootPair): WorkResult {
  switch (work.kind) {
    case 'rewrap': {
      const { format, column, values, prove } = work;
      const rewrapped = values.map((value, i) =>
        rewrapValue(value, format, column, roots, { prove: prove[i] ?? false }),
      );
      return { kind: 'rewrap', rewrapped };
    }
    case 'classify': {
      const { format, values, open } = work;
      const classified = values.map((value, i) => classifyValue(value, format, roots, { open: open[i] ?? false }));
      return { kind: 'classify', classified };
    }
    case 'compare':
      return { kind: 'compare', compared: work.pairs.map((pair) => comparePair(pair, work.format, roots)) };
    case 'measure':
      return { kind: 'measure', operationsPerSecond: measurePrivateRate(roots.old, work.durationMs) };
  }
}

/** What a worker answers. Errors lose their class on the way between threads, so the fields of ours travel by name. */
export type Reply =
  | { readonly kind: 'done'; readonly result: WorkResult }
  | { readonly kind: 'refused'; readonly code: ErrorCode; readonly message: string; readonly hint: string | undefined }
  | { readonly kind: 'failed'; readonly error: unknown };

export function replyTo(work: Work, roots: RootPair): Reply {
  try {
    return { kind: 'done', result: performWork(work, roots) };
  } catch (error) {
    return error instanceof SrkeyError
      ? { kind: 'refused', code: error.code, message: error.message, hint: error.hint }
      : { kind: 'failed', error };
  }
}

/** The inverse of `replyTo`, on the other side: the result, or the error thrown again. */
export function resultOf(reply: Reply): WorkResult {
  switch (reply.kind) {
    case 'done':
      return reply.result;
    case 'refused':
      throw new SrkeyError(
        reply.code,
        recalled(reply.message),
        reply.hint === undefined ? {} : { hint: recalled(reply.hint) },
      );
    case 'failed':
      throw reply.error;
  }
}
