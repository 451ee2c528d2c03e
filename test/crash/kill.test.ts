/**
 * The built tool, killed at any moment: run again, it ends in the same state as if nothing had happened. Moments are
 * statements of the server (so that the tool dies before or after one took effect) and events of the tool.
 *
 * `npm run campaign:kills` kills 10,000 times here, and 12,500 times in kill-staged.test.ts.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { rounds, SEED, seededRandom } from '../support/random.ts';
import { FLAGS, useCrashScene } from './scene.ts';
import type { Moment } from './scene.ts';

const KILLS = rounds(8);
const ROWS = 60;

const MOMENTS: readonly Moment[] = [
  ['COMMIT TRANSACTION', 12],
  ['insert bulk', 12],
  ['INSERT INTO #page', 12],
  ['UPDATE rotation.Segment SET Owner', 12],
  ['rotation.Run', 12],
  ['a.Account', 12],
];

describe('a killed tool', () => {
  const scene = useCrashScene();

  beforeEach(async () => {
    await scene.fill({ rows: ROWS });
  });

  async function expectConsistent(finished: boolean): Promise<void> {
    await scene.expectSound({ finished });
    await scene.expectJournal();
  }

  async function expectFinishes(): Promise<void> {
    const { code, stderr } = await scene.folder.changeCa(...FLAGS).ended;
    expect(code, stderr).toBe(3); // the planted foreign and damaged keys are left behind
    await expectConsistent(true);
  }

  it(`loses nothing at ${KILLS} random moments`, { timeout: 60_000 + KILLS * 20_000 }, async () => {
    const random = seededRandom(SEED);
    for (let kill = 0; kill < KILLS; kill++) {
      await scene.killAtRandom(random, MOMENTS, () => scene.folder.changeCa(...FLAGS));
      await expectConsistent(false);
    }
    await expectFinishes();
  });

  it.each(['batch', 'state', 'segment', 'plan', 'run', 'check'])(
    'right after its first %s event is taken over at once',
    async (type) => {
      const tool = scene.folder.changeCa(...FLAGS);
      await tool.waitFor((event) => event.type === type);
      tool.child.kill('SIGKILL');
      expect((await tool.ended).signal).toBe('SIGKILL');
      await expectConsistent(false);
      await expectFinishes();
    },
  );

  it('by Ctrl-C ends with 130 after its batch, and is resumed', async () => {
    const tool = scene.folder.changeCa(...FLAGS);
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
    scene.server.faults!.set([
      { match: 'UPDATE rotation.Segment SET BatchNo', nth: 2, action: { kind: 'hang-before' } },
    ]);
    const first = scene.folder.changeCa(...FLAGS);
    await scene.server.faults!.fired();
    const second = scene.folder.changeCa(...FLAGS);
    const { code, stderr } = await second.ended;
    expect(code, stderr).toBe(6);
    expect(stderr).toContain(String(first.child.pid));
    first.child.kill('SIGKILL');
    await first.ended;
    scene.server.faults!.set([]);
    await expectFinishes();
  });

  it(
    'frozen in mid-batch is waited for, fenced off after its lease, and ends with 6 when it wakes up',
    { timeout: 120_000 },
    async () => {
      await scene.fill({ rows: 400 }); // long enough not to be over before the signal comes
      // A lease that outlives the next tool's start, so that its countdown is seen.
      const lease = [...FLAGS.slice(0, -1), '20'];
      const frozen = scene.folder.changeCa(...lease);
      await frozen.waitFor((event) => event.type === 'batch');
      frozen.child.kill('SIGSTOP');
      // Nobody else waits for the frozen tool's locks: a second client writes every row of the tables.
      await scene.database.query(
        "UPDATE dbo.FileKey SET Label = N'written'; UPDATE dbo.DiskKey SET SizeBytes = SizeBytes + 1",
      );
      await scene.look();
      const next = scene.folder.changeCa(...lease);
      await next.waitFor((event) => event.type === 'lease-wait');
      const { code, stderr } = await next.ended;
      expect(code, stderr).toBe(3);
      frozen.child.kill('SIGCONT');
      expect((await frozen.ended).code).toBe(6);
      await expectConsistent(true);
    },
  );
});
