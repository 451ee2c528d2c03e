/**
 * What this start of the tool has seen committed: every ledger row once, whoever brought the news. It is told to the
 * outside as events and, when the run stops, in the words about the state of the data.
 */
import { SrkeyError } from '../errors.ts';
import type { Emit } from '../progress/events.ts';
import type { BatchRecord } from './ports.ts';
import { lines, type Message, text } from '../text/message.ts';
import { counted } from '../text/quantities.ts';

export interface Tally {
  /** Remembers and emits a batch that was not known yet. */
  batchCommitted(batch: BatchRecord, sqlMs: number): void;
  /** A batch number known without its event: counted by an earlier start, or empty. */
  knownUpTo(targetNo: number, segmentNo: number, batchNo: number): void;
  /** Rows to go through, and those that the ledger has already: what is left then goes down batch by batch. */
  expect(rows: number, doneRows: number): void;
  batches(): number;
  /** Where the data stands, as a clause for messages. */
  state(): Message;
}

export function makeTally(emit: Emit): Tally {
  let batches = 0;
  let rows = 0;
  let rowsLeft: number | null = null;
  const lastKnown = new Map<string, number>();
  const keyOf = (targetNo: number, segmentNo: number): string => `${targetNo}/${segmentNo}`;

  return {
    batchCommitted: (batch, sqlMs) => {
      const key = keyOf(batch.targetNo, batch.segmentNo);
      // A batch whose reply was lost is reported by the next claim, and by the one after that.
      if (batch.batchNo <= (lastKnown.get(key) ?? 0)) return;
      lastKnown.set(key, batch.batchNo);
      batches += 1;
      rows += batch.rows;
      if (rowsLeft !== null && batch.segmentNo > 0) rowsLeft -= batch.rows;
      emit({ type: 'batch', ...batch, sqlMs });
    },
    knownUpTo: (targetNo, segmentNo, batchNo) => {
      const key = keyOf(targetNo, segmentNo);
      if (!lastKnown.has(key)) lastKnown.set(key, batchNo);
    },
    expect: (total, doneRows) => {
      rowsLeft = total - doneRows;
    },
    batches: () => batches,
    state: () => {
      const done =
        batches === 0
          ? text`no batch was committed since this start, and what was rewrapped before stays rewrapped`
          : text`${counted(batches, 'batch', 'batches')} (${counted(rows, 'row')}) committed since this start; keys already rewrapped stay rewrapped`;
      if (rowsLeft === null) return done;
      return rowsLeft > 0
        ? text`${done}; about ${counted(rowsLeft, 'row')} remain`
        : text`${done}; every row was gone through, what remains is the sweep and the check`;
    },
  };
}

const RESUME_HINT = text`keep both roots and run the same command again: it resumes where this stopped`;

/** The same error, saying in what state it leaves the data. Anything but a `SrkeyError` is a bug and keeps its stack. */
export function withState(error: unknown, tally: Tally): unknown {
  return restated(error, tally.state(), RESUME_HINT);
}

/** For what goes wrong before the first write. A refusal by preflight says so itself. */
export function withNothingChanged(error: unknown): unknown {
  return error instanceof SrkeyError && error.exitCode === 4 ? error : restated(error, text`nothing was changed`, null);
}

function restated(error: unknown, state: Message, hint: Message | null): unknown {
  if (!(error instanceof SrkeyError)) return error;
  const hints = [error.advice, hint].filter((line) => line !== undefined && line !== null);
  const options = hints.length === 0 ? {} : { hint: lines(hints) };
  return new SrkeyError(error.code, text`${error.said}; ${state}`, { ...options, cause: error });
}
