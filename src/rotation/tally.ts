/**
 * What this start of the tool has seen committed: every ledger row once, whoever brought the news. It is told to the
 * outside as events and, when the run stops, in the words about the state of the data.
 */
import { SrkeyError } from '../errors.ts';
import type { RunId, Work } from '../keys/run.ts';
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

interface StateWords {
  /** What stands while this start has committed nothing. */
  readonly before: Message;
  readonly after: Message;
}

/** What stopping half-way leaves live, by what was being done: a message must not speak of keys that nobody changed. */
const STATE_WORDS: Readonly<Record<Work, StateWords>> = {
  apply: {
    before: text`what was rewrapped before stays rewrapped`,
    after: text`keys already rewrapped stay rewrapped`,
  },
  stage: {
    before: text`no stored key was changed; what was staged before stays in the journal`,
    after: text`no stored key was changed; what is staged stays in the journal`,
  },
  rollback: {
    before: text`keys that already have their old value back keep it`,
    after: text`keys that have their old value back keep it`,
  },
};

/** @param work what the batches do */
export function makeTally(emit: Emit, work: Work): Tally {
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
          ? text`no batch was committed since this start; ${STATE_WORDS[work].before}`
          : text`${counted(batches, 'batch', 'batches')} (${counted(rows, 'row')}) committed since this start; ${STATE_WORDS[work].after}`;
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

/** The same for what ends in the middle of dropping the journal of a run. */
export function withJournalPartlyGone(error: unknown, runId: RunId): unknown {
  return restated(
    error,
    text`no stored key was changed; of the journal of run ${runId} a part may be gone already`,
    text`run the same command again: it goes on with what is left`,
  );
}

/** For what goes wrong before the first write. A refusal by preflight says so itself. */
export function withNothingChanged(error: unknown, hint: Message | null = null): unknown {
  return error instanceof SrkeyError && error.exitCode === 4 ? error : restated(error, text`nothing was changed`, hint);
}

function restated(error: unknown, state: Message, hint: Message | null): unknown {
  if (!(error instanceof SrkeyError)) return error;
  const hints = [error.advice, hint].filter((line) => line !== undefined && line !== null);
  const options = hints.length === 0 ? {} : { hint: lines(hints) };
  return new SrkeyError(error.code, text`${error.said}; ${state}`, { ...options, cause: error });
}
