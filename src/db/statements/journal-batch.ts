/**
 * Batches whose rows come from the journal, not from the crypto: swap, undo, bury. No value travels to the client; the
 * rows are picked in key order from where the session stands, and live values and journal meet in joins of one request.
 */
import type { Work } from '../../keys/run.ts';
import type { Deed } from '../../rotation/ports.ts';
import { hasDeparted } from './account.ts';
import { beginBatch, COMMIT_BATCH, recordBatch } from './batch.ts';
import { BATCH_SETTINGS, ROW_BY_ROW } from './binding.ts';
import type { BoundTarget, RunTables } from './binding.ts';
import { fillPage, journalRows } from './page.ts';
import type { PageRange } from './page.ts';
import { isToSwap, pageJoinJournal, swapPage } from './swap.ts';

interface DeedStatements {
  readonly work: Work;
  /** Which journal rows (j) of the range it takes. */
  readonly picks: string;
  readonly perform: string;
}

function statementsOf(deed: Deed, bound: BoundTarget, tables: RunTables): DeedStatements {
  const page = pageJoinJournal(bound, tables);
  switch (deed) {
    case 'swap':
    case 'undo':
      return {
        work: deed === 'swap' ? 'apply' : 'rollback',
        picks: isToSwap(deed),
        perform: swapPage(deed, bound, tables),
      };
    case 'bury':
      return {
        work: 'stage',
        picks: hasDeparted(bound),
        perform: `UPDATE j SET SegmentNo = @fenced, BatchNo = @batch, Outcome = 'deleted'
FROM ${page} WHERE p.BatchNo = @batch
${ROW_BY_ROW};`,
      };
  }
}

/**
 * Takes up to @rows journal rows behind the session's cursor through the deed, in one transaction. With none left it
 * commits an empty batch and gives the segment the state @state. @fenced is the claimed segment, @segment the one whose
 * range is walked (a sweep claims segment 0 for all of them). Answers the ledger row.
 */
export function commitFromJournal(deed: Deed, bound: BoundTarget, tables: RunTables, range: PageRange): string {
  const { work, picks, perform } = statementsOf(deed, bound, tables);
  return `${BATCH_SETTINGS}
${fillPage(bound, tables, range, journalRows(tables), { condition: picks })}
${beginBatch(work, 'CASE WHEN @got = 0 THEN @state ELSE State END')}
${perform}
${recordBatch(work, pageJoinJournal(bound, tables))}
${COMMIT_BATCH}`;
}
