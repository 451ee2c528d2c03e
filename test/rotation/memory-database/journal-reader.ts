/** Fakes the port `JournalReader`: pages of what differs from the journal, and of what does not. */
import type { Target } from '../../../src/keys/target.ts';
import type { Accounted, JournalPage, JournalReader } from '../../../src/rotation/ports.ts';
import { departedKeys, isAccountedFor, isSame } from './accounting.ts';
import type { MemoryClient } from './client.ts';
import type { TargetRow } from './rows.ts';
import { segmentOf } from './rows.ts';
import { MemorySession } from './session.ts';

export function makeJournalReader(client: MemoryClient, row: TargetRow, target: Target): JournalReader {
  const { db } = client;
  const session = new MemorySession(client, 'reader');
  let range = { from: -Infinity, to: Infinity };
  let cursor = -Infinity;
  let last: { batchNo: number; keys: readonly number[] } = { batchNo: 0, keys: [] };
  let before = last;
  const read = <T>(name: string, effect: () => T): Promise<T> => session.call(name, 'read', effect);
  const page = <T>(
    keys: readonly number[],
    rows: number,
    toRow: (key: number, ordinal: number) => T,
  ): JournalPage<T> => {
    const behind = keys.filter((key) => key >= range.from && key < range.to && key > cursor).sort((a, b) => a - b);
    const taken = behind.slice(0, Math.min(rows, db.pageLimit));
    cursor = taken.at(-1) ?? cursor;
    before = last;
    last = { batchNo: last.batchNo + 1, keys: taken };
    const { batchNo } = last;
    return { batchNo, rows: taken.map((key, i) => toRow(key, i + 1)), isLast: taken.length === behind.length };
  };
  return {
    seek: (segmentNo) =>
      read('journal.seek', () => {
        range = segmentOf(row, segmentNo);
        cursor = -Infinity;
      }),
    readDeviations: (rows, basis, journaledOnly = false) =>
      read('readDeviations', () => {
        const live = db.table(target).rows;
        const moved = [...live.keys()].filter(
          (key) =>
            !isAccountedFor(live.get(key) ?? null, row.journal.get(key), basis) &&
            (!journaledOnly || row.journal.has(key)),
        );
        return page(moved, rows, (key, ordinal) => {
          const journaled = row.journal.get(key);
          const value = live.get(key) ?? null;
          const isOld =
            journaled !== undefined &&
            ['rewrapped', 'staged', 'changed', 'deleted'].includes(journaled.outcome) &&
            isSame(value, journaled.oldValue);
          return { ordinal, value, journaled: journaled === undefined ? 'none' : isOld ? 'old-value' : 'other' };
        });
      }),
    readAccounted: (rows, basis) =>
      read('readAccounted', () => {
        const live = db.table(target).rows;
        const kept = [...row.journal].filter(
          ([key, journaled]) =>
            ['rewrapped', 'staged', 'new'].includes(journaled.outcome) &&
            live.has(key) &&
            isAccountedFor(live.get(key) ?? null, journaled, basis),
        );
        return page(
          kept.map(([key]) => key),
          rows,
          (key, ordinal): Accounted => {
            const { oldValue = null, newValue = null, outcome } = row.journal.get(key) ?? {};
            return outcome === 'new'
              ? { ordinal, kind: 'new', value: oldValue }
              : { ordinal, kind: 'pair', oldValue, newValue };
          },
        );
      }),
    readDeparted: (rows) =>
      read('readDeparted', () => {
        const gone = row.segments.flatMap(({ segmentNo }) => departedKeys(db.table(target), row, segmentNo));
        return page(gone, rows, (_, ordinal) => ({ ordinal }));
      }),
    nameKeys: (batchNo, ordinals) =>
      read('nameKeys', () => {
        const named = [last, before].find((each) => each.batchNo === batchNo);
        if (named === undefined) throw new Error('only the last two pages have names');
        return new Map(ordinals.map((ordinal) => [ordinal, [String(named.keys[ordinal - 1])]]));
      }),
    close: () => client.call('reader.close', 'read', () => undefined),
  };
}
