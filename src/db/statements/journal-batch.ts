/**
 * Batches whose rows come from the journal, not from the crypto: swap, undo, bury. No value travels to the client; the
 * rows are picked in key order from where the session stands, and live values and journal meet in joins of one request.
 */
import type { Work } from '../../keys/run.ts';
import type { Deed } from '../../rotation/ports.ts';
import { hasDeparted } from './account.ts';
import { COMMIT_BATCH, applyPage, beginBatch, pageJoinJournal, recordBatch } from './batch.ts';
import { liveKeyEquals, quoteName, BATCH_SETTINGS, ROW_BY_ROW, same, tableOf } from './binding.ts';
import type { BoundTarget, RunTables } from './binding.ts';
import { fillPage, journalRows } from './page.ts';
import type { PageRange } from './page.ts';

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
      return { work: 'apply', picks: "j.Outcome = 'staged'", perform: applyPage(bound, tables) };
    case 'undo':
      return { work: 'rollback', picks: "j.Outcome = 'rewrapped'", perform: undoPage(bound, tables) };
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

/** Gives the old values back where the new one is still live, then looks what is live. */
function undoPage(bound: BoundTarget, tables: RunTables): string {
  const live = `t.${quoteName(bound.value.name)}`;
  const firstLiveKey = `t.${quoteName(bound.keyColumns[0]?.name ?? '')}`;
  const page = pageJoinJournal(bound, tables);
  return `UPDATE t SET ${quoteName(bound.value.name)} = j.OldValue
FROM ${page} INNER JOIN ${tableOf(bound)} t ON ${liveKeyEquals(bound, 't', 'p')}
WHERE p.BatchNo = @batch AND j.Outcome = 'rewrapped' AND ${same(bound, live, 'j.NewValue')} = 1
${ROW_BY_ROW};
UPDATE j SET SegmentNo = @fenced, BatchNo = @batch, Outcome = CASE WHEN ${firstLiveKey} IS NULL THEN 'deleted'
  WHEN ${same(bound, live, 'j.OldValue')} = 1 THEN 'staged' ELSE 'changed' END
FROM ${page} LEFT JOIN ${tableOf(bound)} t ON ${liveKeyEquals(bound, 't', 'p')}
WHERE p.BatchNo = @batch AND j.Outcome = 'rewrapped'
${ROW_BY_ROW};`;
}
