/**
 * The customer's servers go on reading and writing the same tables: they always get through, also while the tool is
 * frozen. The embedded server has one lock for all writers of a database instead of row locks: it shows that nothing is
 * held between requests, and that the tool waits its turn. Who waits for whose rows is shown by engines that have them.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SEED, seededRandom } from '../support/random.ts';
import { onEveryServer } from '../support/reference-scene.ts';
import { connectSecondClient } from '../support/second-client.ts';
import type { SecondClient } from '../support/second-client.ts';
import { longTest } from '../support/servers.ts';
import type { ToolEvent } from '../support/tool.ts';

const ROWS = 45;
const SEGMENT_ROWS = 30;
const FLAGS = ['--segment-rows', String(SEGMENT_ROWS), '--workers', '1'] as const;
const FREEZES = 3;

vi.setConfig({ testTimeout: longTest(240_000) });

onEveryServer((scene) => {
  let clients: SecondClient[];

  beforeEach(async () => {
    await scene.fill({ rows: ROWS, others: false });
    clients = [await connectSecondClient(scene.database), await connectSecondClient(scene.database)];
  });
  afterEach(async () => {
    scene.folder.killAll();
    for (const client of clients) await client.close();
  });

  const rowsOf = (table: string, column = 'WrappedKey'): string[] =>
    scene.planted.filter((key) => key.table === table && key.column === column).map(({ where }) => where);

  async function expectAllChanged(): Promise<void> {
    await scene.expectKeys({ finished: true });
    await scene.expectJournal();
  }

  it('a client that reads and writes the same rows all the time always gets through, and so does the tool', async () => {
    const random = seededRandom(SEED);
    const [reader, writer] = clients as [SecondClient, SecondClient];
    const written = new Map<string, string>();
    let writes = 0;
    const tool = scene.folder.changeCa(...FLAGS);
    let isOver = false;
    const ended = tool.ended.finally(() => (isOver = true));

    const read = (): string =>
      random.pick([
        'SELECT FileKeyId, WrappedKey FROM dbo.FileKey',
        'SELECT MachineId, DiskSerial, WrappedKey, RecoveryBlob FROM dbo.DiskKey',
        `SELECT WrappedKey FROM dbo.FileKey WHERE ${random.pick(rowsOf('FileKey'))}`,
      ]);
    // Rows in an order of their own, in one transaction, the value column too: what deadlocks are made of.
    const write = (): string => {
      const label = `write ${++writes}`;
      const rows = [1, 2, 3].map(() => random.pick(rowsOf('FileKey')));
      for (const where of rows) written.set(where, label);
      const updates = rows.map(
        (where) => `UPDATE dbo.FileKey SET Label = N'${label}', WrappedKey = WrappedKey WHERE ${where};`,
      );
      return `SET XACT_ABORT ON; BEGIN TRANSACTION; ${updates.join(' ')} COMMIT TRANSACTION;`;
    };
    await Promise.all([reader.keepBusy(read, () => isOver), writer.keepBusy(write, () => isOver)]);

    const { code, stderr } = await ended;
    expect(code, stderr).toBe(0);
    for (const [where, label] of written) {
      expect(await scene.database.query(`SELECT Label FROM dbo.FileKey WHERE ${where}`)).toEqual([{ Label: label }]);
    }
    expect(Math.min(reader.waits.length, writer.waits.length)).toBeGreaterThan(0);
    await expectAllChanged();
  });

  it(`nobody waits for a tool that is frozen, at ${FREEZES} moments of a run`, async () => {
    const random = seededRandom(SEED);
    const [client] = clients as [SecondClient];
    const tool = scene.folder.changeCa(...FLAGS);
    let frozen = 0;
    for (let freeze = 1; freeze <= FREEZES; freeze++) {
      const event = await tool.waitFor(nthBatchOrEnd(tool.events, freeze * 2));
      if (event.type === 'result') break;
      // some moments later, wherever the tool is then
      for (let n = random.below(4); n > 0; n--) await client.query('SELECT COUNT(*) AS N FROM dbo.Machine');
      tool.child.kill('SIGSTOP');
      frozen += 1;
      for (const table of ['FileKey', 'DiskKey', 'DeviceKey', 'RecoverySecret']) {
        expect(await client.query(`SELECT * FROM dbo.${table}`)).toHaveLength(ROWS);
      }
      await client.query(
        `UPDATE dbo.FileKey SET Label = N'freeze ${freeze}', WrappedKey = WrappedKey; UPDATE dbo.DiskKey SET SizeBytes = SizeBytes + 1; UPDATE dbo.RecoverySecret SET SecretHex = SecretHex`,
      );
      tool.child.kill('SIGCONT');
    }
    expect(frozen).toBeGreaterThan(0);
    const { code, stderr } = await tool.ended;
    expect(code, stderr).toBe(0);
    await expectAllChanged();
  });

  it('a transaction of somebody else that keeps a row is waited for in short tries, each of which lets go', async () => {
    const [holder, other] = clients as [SecondClient, SecondClient];
    const secrets = rowsOf('RecoverySecret', 'SecretHex');
    const tool = scene.folder.changeCa(...FLAGS);
    await tool.waitFor(({ type }) => type === 'batch');
    // the last row of a batch of the last target: the tool holds all the others when it comes to wait for this one
    await holder.query(
      `BEGIN TRANSACTION; UPDATE dbo.RecoverySecret SET Attempts = 7 WHERE ${secrets[SEGMENT_ROWS - 1]!}`,
    );
    const retry = await tool.waitFor(({ type }) => type === 'retry' || type === 'result');
    expect(retry).toMatchObject({ type: 'retry' });
    if (scene.server.capabilities.rowLocks) {
      for (const where of secrets.slice(0, SEGMENT_ROWS - 1)) {
        await other.query(`UPDATE dbo.RecoverySecret SET Attempts = 8 WHERE ${where}`);
      }
    }
    await holder.query('COMMIT TRANSACTION');
    const { code, stderr } = await tool.ended;
    expect(code, stderr).toBe(0);
    await expectAllChanged();
  });
});

function nthBatchOrEnd(events: readonly ToolEvent[], n: number): (event: ToolEvent) => boolean {
  return ({ type }) => type === 'result' || events.filter((event) => event.type === 'batch').length >= n;
}
