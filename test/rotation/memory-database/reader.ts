/** Fakes the port `Reader`: pages of live rows in key order. */
import type { Target } from '../../../src/keys/target.ts';
import type { Page, Reader } from '../../../src/rotation/ports.ts';
import type { MemoryClient } from './client.ts';
import type { MemoryTable } from './rows.ts';
import { sortedKeys } from './rows.ts';
import { MemorySession } from './session.ts';

export function makeReader(client: MemoryClient, target: Target): Reader {
  const { db } = client;
  const session = new MemorySession(client, 'reader');
  let cursor = -Infinity;
  let last: { batchNo: number; keys: number[] } = { batchNo: 0, keys: [] };
  return {
    readPage: (rows) =>
      session.call('reader.readPage', 'read', () => {
        const behind = sortedKeys(db.table(target)).filter((key) => key > cursor);
        const keys = behind.slice(0, Math.min(rows, db.pageLimit));
        cursor = keys.at(-1) ?? cursor;
        last = { batchNo: last.batchNo + 1, keys };
        return pageOf(db.table(target), last.batchNo, keys, keys.length === behind.length);
      }),
    nameKeys: (batchNo, ordinals) =>
      session.call('nameKeys', 'read', () => {
        if (batchNo !== last.batchNo) throw new Error('only the page read last has names');
        return new Map(ordinals.map((ordinal) => [ordinal, [String(last.keys[ordinal - 1])]]));
      }),
    close: () => client.call('reader.close', 'read', () => undefined),
  };
}

export function pageOf(table: MemoryTable, batchNo: number, keys: readonly number[], isLast: boolean): Page {
  const rows = keys.map((key, index) => ({ ordinal: index + 1, value: table.rows.get(key) ?? null }));
  return { batchNo, rows, isLast, bytes: rows.reduce((sum, row) => sum + (row.value?.length ?? 0), 0) };
}
