/**
 * The demo's database without a server: its rows as the check reads them, before and after a change that the product's
 * own rewrap made.
 */
import { createHash } from 'node:crypto';
import { rewrapValue } from '../../src/crypto/rewrap.ts';
import { expectationsOf } from '../../src/demo/check/expectation.ts';
import { findDeviations, type CheckResult } from '../../src/demo/check/find-deviations.ts';
import { readCheckRoot } from '../../src/demo/check/check-root.ts';
import { openValue } from '../../src/demo/check/open-value.ts';
import type { LiveRow, LiveValue } from '../../src/demo/check/snapshot.ts';
import { makeDemoRoots, type DemoRoots } from '../../src/demo/demo-roots.ts';
import { Planter } from '../../src/demo/planter.ts';
import { referenceRows, shareOut, type Row } from '../../src/demo/reference-rows.ts';
import type { ReferenceTable, StoredKeyForm } from '../../src/demo/reference-tables.ts';
import type { ColumnValue } from '../../src/keys/stored-key.ts';
import type { ValueFormat } from '../../src/keys/target.ts';

export interface DemoDatabase {
  readonly roots: DemoRoots;
  readonly planter: Planter;
  readonly before: readonly LiveRow[];
  /** What a faultless change makes of `before`. */
  readonly after: readonly LiveRow[];
}

export async function makeDemoDatabase(keys: number): Promise<DemoDatabase> {
  const roots = await makeDemoRoots(2048, new Date());
  const planter = new Planter(roots.planting);
  const before = referenceRows(shareOut(keys), planter).flatMap(({ table, rows }) =>
    [...rows].map((row, n) => liveRow(table, row, n)),
  );
  return { roots, planter, before, after: before.map((row) => rewrappedRow(row, roots)) };
}

/** Opens in this thread, which starts faster than two others. */
export async function check({ roots, planter, before }: DemoDatabase, after: readonly LiveRow[]): Promise<CheckResult> {
  const pair = { old: readCheckRoot(roots.oldFile), new: readCheckRoot(roots.newFile) };
  const expectations = expectationsOf(before, (value) => planter.recall(value));
  return findDeviations(after, expectations, async (values) => values.map((value) => openValue(value, pair)));
}

/** The same rows, but one of them, or one of its values, otherwise. */
export function withRow(rows: readonly LiveRow[], name: string, change: Partial<LiveRow>): readonly LiveRow[] {
  return rows.map((row) => (row.name === name ? { ...row, ...change } : row));
}

export function withValue(rows: readonly LiveRow[], name: string, value: LiveValue['value']): readonly LiveRow[] {
  const row = rows.find((candidate) => candidate.name === name)!;
  return withRow(rows, name, { values: [{ ...row.values[0]!, value }, ...row.values.slice(1)] });
}

function liveRow(table: ReferenceTable, row: Row, n: number): LiveRow {
  const keyCells = table.isNumbered ? [n + 1] : row.slice(0, table.key.length);
  const rest = table.isNumbered ? row : row.slice(table.key.length);
  const others = JSON.stringify(rest.slice(table.values.length));
  return {
    name: `${table.name} ${keyCells.join(', ')}`,
    values: table.values.map(({ form }, i) => ({ form, value: rest[i] as LiveValue['value'] })),
    others: createHash('sha256').update(others).digest('base64'),
  };
}

function rewrappedRow(row: LiveRow, { planting }: DemoRoots): LiveRow {
  return {
    ...row,
    values: row.values.map(({ form, value }) => {
      const column = { capacity: null, isFixedLength: false };
      const rewrapped = rewrapValue(value, formatOf(form), column, planting, { prove: false });
      return { form, value: rewrapped.kind === 'staged' ? storable(rewrapped.newValue) : value };
    }),
  };
}

function storable(value: Exclude<ColumnValue, null>): Buffer | string {
  return typeof value === 'string' ? value : Buffer.from(value);
}

/** As sql/srkey/key-map.json describes the targets. */
export function formatOf({ envelope, encoding, plaintextBytes }: StoredKeyForm): ValueFormat {
  return {
    envelope,
    encoding,
    plaintextBytes,
    oaepHash: 'sha256',
    mgf1Hash: 'sha1',
    oaepLabel: '',
    padding: 'none',
  };
}
