/** Small targets and runs for tests of the database ports: values are plain bytes or text, no envelopes. */
import { onTestFinished } from 'vitest';
import type { KeyDatabase } from '../../src/db/key-database.ts';
import type { Target } from '../../src/keys/target.ts';
import type { Claim, Lane, Ownership, Page, StagedRow } from '../../src/rotation/ports.ts';

export function aTarget(overrides: Partial<Target> = {}): Target {
  return {
    name: 'keys',
    schema: 'dbo',
    table: 'T',
    key: ['Id'],
    value: 'V',
    format: {
      envelope: 'cms',
      encoding: 'binary',
      plaintextBytes: null,
      oaepHash: 'sha1',
      mgf1Hash: 'sha1',
      oaepLabel: '',
      padding: 'none',
    },
    ...overrides,
  };
}

export const WHO = { host: 'TEST', user: 'tester', pid: 4711, leaseSeconds: 30 };

/** A run in state applying, with its targets planned. */
export async function startRun(
  database: KeyDatabase,
  targets: readonly Target[],
  segmentRows = 1000,
): Promise<Ownership> {
  await database.register.prepare();
  const run = await database.register.create({
    toolVersion: '0.0.0',
    oldPublicKeyId: 'a'.repeat(64),
    newPublicKeyId: 'b'.repeat(64),
    newRecipientId: 'c'.repeat(64),
    oldRoot: 'CN=old',
    newRoot: 'CN=new',
  });
  const taken = await database.register.take(run.runId, WHO, false);
  if (taken.kind !== 'taken') throw new Error('the run of a new database is held by somebody');
  // Also when the test fails: the lock would meet the next test's run of the same number.
  onTestFinished(() => taken.ownership.release());
  for (const [i, target] of targets.entries()) await taken.ownership.planTarget(i + 1, target, segmentRows);
  await taken.ownership.setState('planned', 'applying');
  return taken.ownership;
}

/** The new value a fixture writes for an old one: the same with a mark behind it. */
function marked(value: Uint8Array | string | null, kind: 'bytes' | 'text'): Uint8Array | string {
  if (kind === 'text') return `${(value as string | null) ?? ''}#`;
  return Buffer.concat([(value as Uint8Array | null) ?? Buffer.alloc(0), Buffer.from([0xee])]);
}

export function stageAll(page: Page, kind: 'bytes' | 'text' = 'bytes'): readonly StagedRow[] {
  return page.rows.map(({ ordinal, value }) => ({
    ordinal,
    result: { kind: 'staged', newValue: marked(value, kind), proven: false },
  }));
}

/** Claims a segment and goes to where its pages go on. */
export async function claim(lane: Lane, segmentNo: number): Promise<Claim | null> {
  const claimed = await lane.claimSegment(segmentNo);
  if (claimed !== null) await lane.seekToJournal();
  return claimed;
}

/** Reads and commits a segment to its end; answers how many rows it held. */
export async function finishSegment(lane: Lane, pageRows: number): Promise<number> {
  let rows = 0;
  for (;;) {
    const page = await lane.readPage(pageRows);
    await lane.commitBatch(page, stageAll(page), page.isLast);
    rows += page.rows.length;
    if (page.isLast) return rows;
  }
}

/** The plainest target: `aTarget()` fits it. */
export const INT_TABLE =
  'CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V VARBINARY(MAX) NULL, Other NVARCHAR(20) NULL)';

/** Rows 1 … count of `INT_TABLE`, each with its number as value. */
export function fillInts(count: number): string {
  const row = (n: number): string => `(${n}, 0x${n.toString(16).padStart(8, '0')}, N'other ${n}')`;
  return `INSERT INTO dbo.T (Id, V, Other) VALUES ${Array.from({ length: count }, (_, i) => row(i + 1)).join(', ')}`;
}

export const toHex = (value: unknown): string | null =>
  value === null ? null : Buffer.from(value as Buffer).toString('hex');
