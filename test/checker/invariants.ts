/**
 * The independent checker of the invariants I1–I7 (README, "Safety model"), as of a moment when no batch is in work. It
 * reads the database with plain queries and opens envelopes with its own code; it shares nothing with src.
 */
import { TARGET_FORMS } from '../support/reference-database.ts';
import type { PlantedKey, Roots } from '../support/reference-database.ts';
import type { TestDatabase } from '../support/servers.ts';
import { digestOf } from './envelopes.ts';

/** All rows of the customer's tables, value columns apart, as comparable text; and the values by place. */
export interface Snapshot {
  readonly rows: ReadonlyMap<string, string>;
  readonly values: ReadonlyMap<string, string | null>;
}

const TABLES: Readonly<Record<string, { readonly key: readonly string[]; readonly values: readonly string[] }>> = {
  Machine: { key: ['MachineId'], values: [] },
  FileKey: { key: ['FileKeyId'], values: ['WrappedKey'] },
  DiskKey: { key: ['MachineId', 'DiskSerial'], values: ['WrappedKey', 'RecoveryBlob'] },
  DeviceKey: { key: ['DeviceKeyId'], values: ['WrappedKey'] },
  RecoverySecret: { key: ['SecretId'], values: ['SecretHex'] },
};

function plain(value: unknown): unknown {
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return value instanceof Date ? value.toISOString() : value;
}

/** Column names come back as the engine likes to write them. */
function column(row: Record<string, unknown>, name: string): unknown {
  const found = Object.keys(row).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : row[found];
}

export async function takeSnapshot(database: TestDatabase): Promise<Snapshot> {
  const rows = new Map<string, string>();
  const values = new Map<string, string | null>();
  for (const [table, { key, values: valueColumns }] of Object.entries(TABLES)) {
    for (const row of await database.query(`SELECT * FROM dbo.${table}`)) {
      const id = JSON.stringify([table, ...key.map((name) => plain(column(row, name)))]);
      const others = Object.entries(row)
        .filter(([name]) => !valueColumns.some((value) => value.toLowerCase() === name.toLowerCase()))
        .map(([name, value]) => [name.toLowerCase(), plain(value)]);
      rows.set(id, JSON.stringify(others));
      for (const name of valueColumns) {
        const value = column(row, name) as Buffer | string | null;
        values.set(`${id}.${name}`, value === null ? null : digestOf(value));
      }
    }
  }
  return { rows, values };
}

function differences<T>(name: string, before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): string[] {
  const found: string[] = [];
  for (const [id, value] of before) {
    if (!after.has(id)) found.push(`${name}: ${id} is gone`);
    else if (after.get(id) !== value) found.push(`${name}: ${id} changed`);
  }
  for (const id of after.keys()) if (!before.has(id)) found.push(`${name}: ${id} appeared`);
  return found;
}

/** I1: row count and other columns as they were. */
export function checkOtherColumns(before: Snapshot, after: Snapshot): string[] {
  return differences('I1', before.rows, after.rows);
}

/** I5, I6: no stored key changed at all. */
export function checkNothingChanged(before: Snapshot, after: Snapshot): string[] {
  return [...checkOtherColumns(before, after), ...differences('value', before.values, after.values)];
}

async function liveValue(database: TestDatabase, key: PlantedKey): Promise<Buffer | string | null> {
  const [row] = await database.query(`SELECT ${key.column} AS Live FROM dbo.${key.table} WHERE ${key.where}`);
  if (row === undefined) throw new Error(`${key.table} ${key.where} is gone`);
  return column(row, 'Live') as Buffer | string | null;
}

/**
 * I2 and I7 in the middle or at the end of a run: a key that opened before opens under exactly one root with its own
 * plaintext (under the new one when `finished`); an unreadable, foreign or empty value is what it was.
 */
export async function checkStoredKeys(
  database: TestDatabase,
  roots: Roots,
  planted: readonly PlantedKey[],
  { finished }: { readonly finished: boolean },
): Promise<string[]> {
  const found: string[] = [];
  for (const key of planted) {
    const place = `${key.target}: ${key.where} (${key.planting})`;
    const live = await liveValue(database, key);
    if (key.planting !== 'old' && key.planting !== 'new') {
      const same = live === null || key.value === null ? live === key.value : digestOf(live) === digestOf(key.value);
      if (!same) found.push(`I7: ${place} was modified`);
      continue;
    }
    const form = TARGET_FORMS.find(({ name }) => name === key.target)!;
    const envelope = live === null ? Buffer.alloc(0) : form.decode(live);
    const under = { old: form.open(roots.old, envelope), new: form.open(roots.new, envelope) };
    const plaintext = under.new ?? under.old;
    if (under.old !== null && under.new !== null) found.push(`I2: ${place} opens under both roots`);
    else if (plaintext === null) found.push(`I2: ${place} opens under no root`);
    else if (!plaintext.equals(key.plaintext!)) found.push(`I2: ${place} opens as another key`);
    else if (finished && under.new === null) found.push(`I2: ${place} is still under the old root`);
  }
  return found;
}

/**
 * What a staging holds: for each key that was planted under the old root a new value that opens under the new root, and
 * only there, with its plaintext; for any other key none.
 */
export async function checkStagedValues(
  database: TestDatabase,
  roots: Roots,
  planted: readonly PlantedKey[],
  runId: number,
): Promise<string[]> {
  const found: string[] = [];
  const targets = await database.query(`SELECT TargetNo, Name FROM rotation.Target WHERE RunId = ${runId}`);
  for (const key of planted) {
    const place = `${key.target}: ${key.where} (${key.planting})`;
    const form = TARGET_FORMS.find(({ name }) => name === key.target)!;
    const targetNo = column(targets.find((row) => column(row, 'Name') === key.target) ?? {}, 'TargetNo');
    const on = TABLES[form.table]!.key.map((name, i) => `t.${name} = j.Key${i + 1}`).join(' AND ');
    const [row = {}] = await database.query(
      `SELECT j.NewValue, j.Outcome FROM rotation.Journal_${runId}_${String(targetNo)} j INNER JOIN dbo.${form.table} t ON ${on} WHERE ${key.where}`,
    );
    const value = column(row, 'NewValue') as Buffer | string | null | undefined;
    if (value === undefined) found.push(`staged: ${place} is not in the journal`);
    else if (key.planting !== 'old') {
      if (value !== null) found.push(`staged: ${place} has a new value`);
    } else if (value === null) found.push(`staged: ${place} has no new value`);
    else if (form.open(roots.old, form.decode(value)) !== null) found.push(`staged: ${place} opens under the old root`);
    else if (form.open(roots.new, form.decode(value))?.equals(key.plaintext!) !== true) {
      found.push(`staged: ${place} does not open under the new root as it was`);
    }
  }
  return found;
}

/** I3: what the journal calls rewrapped is live, and the ledger's counts are the journal's. No sweep may have run. */
export async function checkJournalAndLedger(database: TestDatabase, runId: number): Promise<string[]> {
  const found: string[] = [];
  const targets = await database.query(`SELECT TargetNo, Name FROM rotation.Target WHERE RunId = ${runId}`);
  for (const target of targets) {
    const targetNo = Number(column(target, 'TargetNo'));
    const form = TARGET_FORMS.find(({ name }) => name === column(target, 'Name'))!;
    const { key } = TABLES[form.table]!;
    const on = key.map((name, i) => `t.${name} = j.Key${i + 1}`).join(' AND ');
    const journal = await database.query(
      `SELECT j.Outcome, j.OldValue, j.NewValue, j.SegmentNo, j.BatchNo, t.${form.column} AS Live
       FROM rotation.Journal_${runId}_${targetNo} j LEFT JOIN dbo.${form.table} t ON ${on}`,
    );
    const counted = new Map<string, number>();
    for (const row of journal) {
      const outcome = String(column(row, 'Outcome')).trim();
      const expected = column(row, outcome === 'rewrapped' ? 'NewValue' : 'OldValue') as Buffer | string | null;
      const live = column(row, 'Live') as Buffer | string | null;
      const same = expected === null || live === null ? expected === live : digestOf(expected) === digestOf(live);
      if (!same) found.push(`I3: ${form.name}: a row journaled as ${outcome} is not live as journaled`);
      const batch = `${String(column(row, 'SegmentNo'))}/${String(column(row, 'BatchNo'))}/${outcome}`;
      counted.set(batch, (counted.get(batch) ?? 0) + 1);
    }
    const ledger = await database.query(
      `SELECT * FROM rotation.Batch WHERE RunId = ${runId} AND TargetNo = ${targetNo}`,
    );
    for (const row of ledger) {
      const batch = `${String(column(row, 'SegmentNo'))}/${String(column(row, 'BatchNo'))}`;
      let total = 0;
      const isStaging = String(column(row, 'Phase')).trim() === 'stage';
      for (const outcome of ['staged', 'rewrapped', 'changed', 'deleted', 'new', 'foreign', 'unreadable', 'empty']) {
        const inLedger = Number(column(row, `${outcome}Rows`));
        const inJournal = counted.get(`${batch}/${outcome}`) ?? 0;
        counted.delete(`${batch}/${outcome}`);
        total += inLedger;
        // What was staged is in a later batch once more, as what became of it.
        if (isStaging && outcome === 'staged' && inJournal <= inLedger) continue;
        if (inLedger !== inJournal) {
          found.push(
            `I3: ${form.name}: batch ${batch} has ${inLedger} ${outcome} in the ledger, ${inJournal} in the journal`,
          );
        }
      }
      if (total !== Number(column(row, 'TotalRows'))) found.push(`I3: ${form.name}: batch ${batch} does not add up`);
    }
    for (const batch of counted.keys()) found.push(`I3: ${form.name}: batch ${batch} is in no ledger row`);
  }
  return found;
}

/** I5: the journal, byte for byte. */
export async function digestOfJournals(database: TestDatabase, runId: number): Promise<string> {
  const targets = await database.query(
    `SELECT TargetNo, Name FROM rotation.Target WHERE RunId = ${runId} ORDER BY TargetNo`,
  );
  const parts: string[] = [];
  for (const target of targets) {
    const rows = await database.query(`SELECT * FROM rotation.Journal_${runId}_${String(column(target, 'TargetNo'))}`);
    parts.push(
      ...rows.map((row) => JSON.stringify(Object.entries(row).map(([name, value]) => [name, plain(value)]))).sort(),
    );
  }
  return digestOf(parts.join('\n'));
}
