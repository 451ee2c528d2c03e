/** Rows a second of the two statements that carry a run: `node test/embedded/engine/throughput.ts [rows]`. */
import { performance } from 'node:perf_hooks';
import { claimSegment, commitBatch } from '../../../src/db/statements/batch.ts';
import type { BoundTarget } from '../../../src/db/statements/binding.ts';
import { runTables } from '../../../src/db/statements/binding.ts';
import { createSessionTables, readPage, FORGET_PAGE } from '../../../src/db/statements/page.ts';
import { createTargetTables, planTarget } from '../../../src/db/statements/run.ts';
import { int, installStateTables, parameter, run, rows, sqlFile, startServer, text } from './support.ts';

const TOTAL = Number(process.argv[2] ?? 20_000);
const VALUE = new Uint8Array(717).fill(0x5a);
const OWNER = '6F9619FF-8B86-D011-B42D-00C04FC964FF';

const bound = {
  target: { name: 'disk', schema: 'dbo', table: 'DiskKey', key: ['MachineId', 'DiskSerial'], value: 'WrappedKey' },
  keyColumns: [
    { name: 'MachineId', ddl: 'INT', displayStyle: null },
    { name: 'DiskSerial', ddl: 'NVARCHAR(64) COLLATE SQL_Latin1_General_CP1_CI_AS', displayStyle: null },
  ],
  value: {
    name: 'WrappedKey',
    kind: 'binary',
    maxType: 'VARBINARY(MAX)',
    collation: null,
    isComparable: true,
  },
} as unknown as BoundTarget;

const server = startServer();
const session = server.connect();
for (const batch of sqlFile('srkey/schema.sql')) await run(session, batch);
await installStateTables(session);

session.beginBulkLoad(
  'insert bulk dbo.DiskKey (MachineId int, DiskSerial nvarchar(64), WrappedKey varbinary(8000), SizeBytes bigint)',
);
await measure('bulk load', TOTAL, () =>
  session.bulkLoad(Array.from({ length: TOTAL }, (_, i) => [Math.floor(i / 3), `Serial-${String(i)}`, VALUE, 500n])),
);

const tables = runTables(1, 1);
for (const statement of createTargetTables(bound, tables)) await run(session, statement);
await run(
  session,
  `INSERT INTO rotation.Run (RunId, LayoutVersion, ToolVersion, State, Epoch, OldPublicKey, NewPublicKey, OldRoot, NewRoot, StartedAt, StartedBy)
   VALUES (1, 1, 't', 'applying', 1, 'a', 'b', 'o', 'n', SYSUTCDATETIME(), 'me')`,
);
const segmentRows = TOTAL * 2;
await run(session, planTarget(bound, tables), [
  int('@run', 1),
  int('@runEpoch', 1),
  int('@target', 1),
  text('@name', 'disk'),
  text('@definition', '{}'),
  int('@segmentRows', segmentRows),
]);
const owner = parameter('@owner', 'uniqueidentifier', OWNER);
await run(session, claimSegment('apply'), [
  int('@run', 1),
  int('@runEpoch', 1),
  int('@target', 1),
  int('@segment', 1),
  owner,
]);
await run(session, createSessionTables(bound));

const first = readPage(bound, tables, { from: 'start', to: 'end' });
const next = readPage(bound, tables, { from: 'cursor', to: 'end' });
const pages = TOTAL / 1000;
await measure('readPage, pages of 1,000', TOTAL, async () => {
  for (let batch = 1; batch <= pages; batch++) {
    const page = await rows(session, batch === 1 ? first : next, [int('@batch', batch), int('@rows', 1000)]);
    if (page.length !== 1000) throw new Error(`page ${batch} has ${page.length} rows`);
    await run(session, FORGET_PAGE, [int('@batch', batch)]);
  }
});
await run(session, 'DELETE FROM #page; DELETE FROM #cursor;');

const commit = commitBatch(bound, tables, 'apply');
let loading = 0;
let committing = 0;
await measure('read + bulk load results + commitBatch, batches of 500', TOTAL, async () => {
  for (let batch = 1; batch <= TOTAL / 500; batch++) {
    await run(session, batch === 1 ? first : next, [int('@batch', batch), int('@rows', 500)]);
    let began = performance.now();
    session.beginBulkLoad(
      'insert bulk [#result]([BatchNo] int, [Ordinal] int, [Outcome] varchar(10), [NewValue] varbinary(max), [Reason] nvarchar(200)) with (KEEP_NULLS)',
    );
    await session.bulkLoad(Array.from({ length: 500 }, (_, i) => [batch, i + 1, 'staged', VALUE, null]));
    loading += performance.now() - began;
    began = performance.now();
    const [ledger] = await rows(session, commit, [
      int('@run', 1),
      int('@runEpoch', 1),
      int('@target', 1),
      int('@fenced', 1),
      owner,
      int('@epoch', 1),
      int('@batch', batch),
      int('@rows', 500),
      text('@state', 'open'),
    ]);
    committing += performance.now() - began;
    if (ledger?.[6] !== 500) throw new Error(`batch ${batch}: ${JSON.stringify(ledger)}`);
  }
});
console.log(`  of which bulk load ${rate(TOTAL, loading)}, commitBatch alone ${rate(TOTAL, committing)}`);
server.close();

async function measure(name: string, count: number, body: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await body();
  console.log(`${name}: ${rate(count, performance.now() - began)}`);
}

function rate(count: number, ms: number): string {
  return `${Math.round((count / ms) * 1000).toLocaleString('en')} rows/s`;
}
