/**
 * The built tool, killed at any moment: run again, it ends in the same state as if nothing had happened. Moments are
 * statements of the server (so that the tool dies before or after one took effect) and events of the tool.
 *
 * `npm run campaign:kills` kills 10,000 times.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rounds, SEED, seededRandom } from '../support/random.ts';
import { checkJournalAndLedger, checkOtherColumns, checkStoredKeys, takeSnapshot } from '../checker/invariants.ts';
import type { Snapshot } from '../checker/invariants.ts';
import { createReferenceSchema, fillReferenceDatabase, fixtureKeyMap } from '../support/reference-database.ts';
import type { PlantedKey, Roots } from '../support/reference-database.ts';
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import { makeTestRoot } from '../support/test-roots.ts';
import { makeToolFolder } from '../support/tool.ts';
import type { ToolFolder } from '../support/tool.ts';

const KILLS = rounds(8);
const ROWS = 60;
const FLAGS = ['--segment-rows', '25', '--workers', '1', '--lease-seconds', '5'] as const;

describe('a killed tool', () => {
  let server: TestServer;
  let database: TestDatabase;
  let folder: ToolFolder;
  let planted: readonly PlantedKey[];
  let before: Snapshot;
  const roots: Roots = {
    old: makeTestRoot({ commonName: 'Old root' }),
    new: makeTestRoot({ commonName: 'New root', serial: '02b8' }),
    foreign: makeTestRoot({ commonName: 'Foreign root', serial: '03c9' }),
  };

  beforeAll(async () => {
    server = await serverKinds()[0]!.start();
    database = await server.createDatabase();
    folder = makeToolFolder(database, fixtureKeyMap(), roots);
  });
  async function fill(rows: number): Promise<void> {
    await database.clear();
    await createReferenceSchema(database);
    planted = await fillReferenceDatabase(database, roots, { rows });
    before = await takeSnapshot(database);
  }
  beforeEach(async () => {
    await fill(ROWS);
  });
  afterEach(() => {
    folder.killAll();
    server.faults?.set([]);
  });
  afterAll(async () => {
    folder.remove();
    await server.stop();
  });

  async function expectConsistent(finished: boolean): Promise<void> {
    const runs = (await database.query("SELECT name FROM sys.tables WHERE name = 'Run'")).length;
    expect(checkOtherColumns(before, await takeSnapshot(database))).toEqual([]);
    expect(await checkStoredKeys(database, roots, planted, { finished })).toEqual([]);
    if (runs > 0) expect(await checkJournalAndLedger(database, 1)).toEqual([]);
  }

  async function expectFinishes(): Promise<void> {
    const { code, stderr } = await folder.changeCa(...FLAGS).ended;
    expect(code, stderr).toBe(3); // the planted foreign and damaged keys are left behind
    await expectConsistent(true);
  }

  it(`loses nothing at ${KILLS} random moments`, { timeout: 60_000 + KILLS * 20_000 }, async () => {
    const random = seededRandom(SEED);
    for (let kill = 0; kill < KILLS; kill++) {
      const statement = random.pick([
        'COMMIT TRANSACTION',
        'insert bulk',
        'INSERT INTO #page',
        'UPDATE rotation.Segment SET Owner',
        'rotation.Run',
        'a.Account',
      ]);
      const nth = 1 + random.below(12);
      const kind = random.pick(['hang-before', 'hang-after'] as const);
      server.faults!.set([{ match: statement, nth, action: { kind } }]);
      const tool = folder.changeCa(...FLAGS);
      // The server answers no more: the moment has come. Or the tool was done before.
      await Promise.race([server.faults!.fired(), tool.ended]);
      tool.child.kill('SIGKILL');
      await tool.ended;
      server.faults!.set([]);
      await expectConsistent(false);
    }
    await expectFinishes();
  });

  it.each(['batch', 'state', 'segment', 'plan', 'run', 'check'])(
    'right after its first %s event is taken over at once',
    async (type) => {
      const tool = folder.changeCa(...FLAGS);
      await tool.waitFor((event) => event.type === type);
      tool.child.kill('SIGKILL');
      expect((await tool.ended).signal).toBe('SIGKILL');
      await expectConsistent(false);
      await expectFinishes();
    },
  );

  it('by Ctrl-C ends with 130 after its batch, and is resumed', async () => {
    const tool = folder.changeCa(...FLAGS);
    await tool.waitFor((event) => event.type === 'batch');
    tool.child.kill('SIGINT');
    const { code } = await tool.ended;
    // The run may have been over before the signal came.
    expect([130, 3]).toContain(code);
    expect(tool.events.at(-1)).toMatchObject({ type: 'result', exitCode: code });
    await expectConsistent(false);
    await expectFinishes();
  });

  it('refuses with 6 while another tool is at work, and says who', { timeout: 120_000 }, async () => {
    // The first tool's next batch waits for an answer; its heartbeat goes on.
    server.faults!.set([{ match: 'UPDATE rotation.Segment SET BatchNo', nth: 2, action: { kind: 'hang-before' } }]);
    const first = folder.changeCa(...FLAGS);
    await server.faults!.fired();
    const second = folder.changeCa(...FLAGS);
    const { code, stderr } = await second.ended;
    expect(code, stderr).toBe(6);
    expect(stderr).toContain(String(first.child.pid));
    first.child.kill('SIGKILL');
    await first.ended;
    server.faults!.set([]);
    await expectFinishes();
  });

  it(
    'frozen in mid-batch is waited for, fenced off after its lease, and ends with 6 when it wakes up',
    { timeout: 120_000 },
    async () => {
      await fill(400); // long enough not to be over before the signal comes
      // A lease that outlives the next tool's start, so that its countdown is seen.
      const lease = [...FLAGS.slice(0, -1), '20'];
      const frozen = folder.changeCa(...lease);
      await frozen.waitFor((event) => event.type === 'batch');
      frozen.child.kill('SIGSTOP');
      // Nobody else waits for the frozen tool's locks: a second client writes every row of the tables.
      await database.query(
        "UPDATE dbo.FileKey SET Label = N'written'; UPDATE dbo.DiskKey SET SizeBytes = SizeBytes + 1",
      );
      before = await takeSnapshot(database);
      const next = folder.changeCa(...lease);
      await next.waitFor((event) => event.type === 'lease-wait');
      const { code, stderr } = await next.ended;
      expect(code, stderr).toBe(3);
      frozen.child.kill('SIGCONT');
      expect((await frozen.ended).code).toBe(6);
      await expectConsistent(true);
    },
  );
});
