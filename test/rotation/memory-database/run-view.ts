/** Fakes the port `RunView`: what of a run anybody can read. */
import type { Work } from '../../../src/keys/run.ts';
import { OUTCOMES } from '../../../src/keys/stored-key.ts';
import type { LedgerTotal, RunView, SegmentRecord } from '../../../src/rotation/ports.ts';
import { accountOf } from './accounting.ts';
import type { MemoryClient } from './client.ts';
import { makeJournalReader } from './journal-reader.ts';
import type { RunRow, TargetRow } from './rows.ts';
import { findTarget, noOutcomes, segmentOf } from './rows.ts';

export function makeView(client: MemoryClient, run: RunRow): RunView {
  const { db } = client;
  return {
    runId: run.runId,
    segments: () => client.call('segments', 'read', () => [...run.targets.values()].flatMap(segmentsOf)),
    ledgerTotals: (work) =>
      client.call('ledgerTotals', 'read', () =>
        [...run.targets.values()].flatMap((target) => ledgerTotal(target, work)),
      ),
    account: (targetNo, target, segmentNo, basis) =>
      client.call('account', 'read', () => accountOf(db.table(target), findTarget(run, targetNo), segmentNo, basis)),
    leftBehind: (targetNo, _target, limit) =>
      client.call('leftBehind', 'read', () =>
        [...findTarget(run, targetNo).journal]
          .filter(([, { outcome }]) => outcome === 'foreign' || outcome === 'unreadable')
          .slice(0, limit)
          .map(([key, { outcome, reason }]) => ({ key: [String(key)], outcome, reason })),
      ),
    recordCheck: (segment, sweep) =>
      client.call('recordCheck', 'write', () => {
        const target = findTarget(run, segment.targetNo);
        const row = segmentOf(target, segment.segmentNo);
        if (row.batchNo !== segment.batchNo || target.sweep.batchNo !== sweep.batchNo) return false;
        row.checkedAt = db.clock.now();
        return true;
      }),
    forgetChecks: () =>
      client.call('forgetChecks', 'write', () => {
        for (const { segments } of run.targets.values()) for (const segment of segments) segment.checkedAt = null;
      }),
    openJournal: (targetNo, target) =>
      client.call('openJournal', 'read', () => makeJournalReader(client, findTarget(run, targetNo), target)),
  };
}

function segmentsOf({ targetNo, segments, sweep, ledger }: TargetRow): SegmentRecord[] {
  const sweepRow: SegmentRecord = { targetNo, segmentNo: 0, state: 'open', batchNo: sweep.batchNo, checkedAt: null };
  const isSince = (checkedAt: Date, segmentNo: number): boolean =>
    ledger.some((batch) => [0, segmentNo].includes(batch.segmentNo) && batch.committedAt >= checkedAt);
  return [
    sweepRow,
    ...segments.map(({ segmentNo, state, batchNo, checkedAt }) => ({
      targetNo,
      segmentNo,
      state,
      batchNo,
      checkedAt: checkedAt === null || isSince(checkedAt, segmentNo) ? null : checkedAt,
    })),
  ];
}

function ledgerTotal({ targetNo, ledger }: TargetRow, work: Work): LedgerTotal[] {
  const own = ledger.filter((batch) => batch.work === work);
  if (own.length === 0) return [];
  const outcomes = noOutcomes();
  for (const batch of own) for (const outcome of OUTCOMES) outcomes[outcome] += batch.outcomes[outcome];
  return [{ targetNo, rows: own.reduce((sum, batch) => sum + batch.rows, 0), outcomes }];
}
