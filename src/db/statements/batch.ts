/**
 * One batch: journal, live values, segment and ledger in one request and one transaction, so that no lock outlives the
 * request, whatever happens to the workstation.
 */
import { type Work, WORKS } from '../../keys/run.ts';
import { BATCH_SETTINGS, keyList, ROW_BY_ROW, THROWN, REQUEST_SETTINGS } from './binding.ts';
import type { BoundTarget, RunTables } from './binding.ts';
import { pageJoinJournal, swapPage } from './swap.ts';

/** The columns of a ledger row, in the order of `ledgerRow`. */
export const LEDGER_COLUMNS =
  'TargetNo, SegmentNo, BatchNo, CommittedAt, TotalRows, StagedRows, RewrappedRows, ChangedRows, DeletedRows, ' +
  'NewRows, ForeignRows, UnreadableRows, EmptyRows';

function countOf(outcome: string): string {
  return `ISNULL(SUM(CASE WHEN o.Outcome = '${outcome}' THEN o.RowsOf ELSE 0 END), 0)`;
}

/**
 * Opens the transaction of a batch: moves the segment on, and fails when it or the run is no longer ours. @run,
 * @runEpoch, @target, @fenced (the segment), @owner, @epoch, @batch
 *
 * The segment's row is updated first: its lock then covers the whole transaction, and a tool that takes over waits for
 * the end of it. The run's row is read under HOLDLOCK for the same reason, shared between lanes. Rows whose live value
 * is not ≡ NewValue afterwards become `changed` or `deleted`: counts never come from rows affected, which triggers
 * falsify.
 */
export function beginBatch(work: Work, segmentState: string): string {
  return `DECLARE @began DATETIME2(7) = SYSUTCDATETIME();
BEGIN TRANSACTION;
UPDATE rotation.Segment SET BatchNo = @batch, State = ${segmentState}
WHERE RunId = @run AND TargetNo = @target AND SegmentNo = @fenced
  AND Owner = @owner AND Epoch = @epoch AND BatchNo = @batch - 1;
IF @@ROWCOUNT <> 1 THROW ${THROWN.segmentFenced}, N'the segment was taken over by another tool', 1;
IF NOT EXISTS (SELECT 1 FROM rotation.Run WITH (HOLDLOCK)
    WHERE RunId = @run AND Epoch = @runEpoch AND State = '${WORKS[work].runState}')
  THROW ${THROWN.runFenced}, N'the run was taken over by another tool', 1;`;
}

/** Counts the page's rows in the journal into the ledger. */
export function recordBatch(work: Work, pageWithJournal: string): string {
  return `INSERT INTO rotation.Batch (RunId, Phase, ${LEDGER_COLUMNS})
SELECT @run, '${work}', @target, @fenced, @batch, SYSUTCDATETIME(), ISNULL(SUM(o.RowsOf), 0), ${countOf('staged')},
  ${countOf('rewrapped')}, ${countOf('changed')}, ${countOf('deleted')}, ${countOf('new')}, ${countOf('foreign')},
  ${countOf('unreadable')}, ${countOf('empty')}
FROM (SELECT j.Outcome, COUNT(*) AS RowsOf FROM ${pageWithJournal} WHERE p.BatchNo = @batch GROUP BY j.Outcome) o
${ROW_BY_ROW};`;
}

/** Commits, forgets the page and answers the ledger row, with SqlMs: what the transaction took. */
export const COMMIT_BATCH = `COMMIT TRANSACTION;
DECLARE @sqlMs INT = DATEDIFF(MILLISECOND, @began, SYSUTCDATETIME());
DELETE FROM #result;
DELETE FROM #page WHERE BatchNo <= @batch;
DELETE FROM #cursor WHERE BatchNo < @batch;
SELECT ${LEDGER_COLUMNS}, @sqlMs AS SqlMs FROM rotation.Batch
WHERE RunId = @run AND TargetNo = @target AND SegmentNo = @fenced AND BatchNo = @batch;`;

/**
 * Writes a page and its results into the journal and, unless it is only staged, the new values into the target.
 * Besides the parameters of `beginBatch`: @rows (of the page), @state (the segment's state with this batch). #page and
 * #result hold the batch. Answers the ledger row.
 */
export function commitBatch(bound: BoundTarget, tables: RunTables, work: 'stage' | 'apply'): string {
  const { journal } = tables;
  const keys = keyList(bound);
  const pageWithJournal = pageJoinJournal(bound, tables);
  return `${BATCH_SETTINGS}
${beginBatch(work, '@state')}
DELETE j FROM ${pageWithJournal} WHERE p.BatchNo = @batch ${ROW_BY_ROW};
INSERT INTO ${journal} (${keys}, OldValue, NewValue, Outcome, Reason, SegmentNo, BatchNo)
SELECT ${keyList(bound, 'p')}, p.OldValue, r.NewValue, r.Outcome, r.Reason, @fenced, @batch
FROM #page p INNER JOIN #result r ON r.BatchNo = p.BatchNo AND r.Ordinal = p.Ordinal WHERE p.BatchNo = @batch
${ROW_BY_ROW};
IF @@ROWCOUNT <> @rows THROW ${THROWN.incompleteResults}, N'the batch does not hold one result for each row', 1;
${work === 'stage' ? '' : swapPage('swap', bound, tables)}
${recordBatch(work, pageWithJournal)}
${COMMIT_BATCH}`;
}

/**
 * Claims a segment for this tool: raises its epoch, which waits for an unanswered transaction of the claim before or
 * fences it off. Then, and only then, the batch number read here is an answer. HOLDLOCK, also for databases whose readers
 * take no locks: a rival must not take the run over while this statement waits, or it would fence off the rightful
 * holder. @run, @runEpoch, @target, @segment, @owner
 */
export function claimSegment(work: Work): string {
  return `${REQUEST_SETTINGS}
UPDATE rotation.Segment SET Owner = @owner, Epoch = Epoch + 1
WHERE RunId = @run AND TargetNo = @target AND SegmentNo = @segment
  AND EXISTS (SELECT 1 FROM rotation.Run r WITH (HOLDLOCK) WHERE r.RunId = @run AND r.Epoch = @runEpoch
    AND r.State = '${WORKS[work].runState}');
IF @@ROWCOUNT <> 1 THROW ${THROWN.runFenced}, N'the run was taken over by another tool', 1;
SELECT State, Epoch, BatchNo FROM rotation.Segment WHERE RunId = @run AND TargetNo = @target AND SegmentNo = @segment;
SELECT ${LEDGER_COLUMNS.split(', ')
    .map((column) => `b.${column}`)
    .join(', ')} FROM rotation.Batch b INNER JOIN rotation.Segment s
  ON s.RunId = b.RunId AND s.TargetNo = b.TargetNo AND s.SegmentNo = b.SegmentNo AND s.BatchNo = b.BatchNo
WHERE s.RunId = @run AND s.TargetNo = @target AND s.SegmentNo = @segment;`;
}
