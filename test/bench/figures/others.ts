/** The longest wait of a second client that reads and writes the same table all the time, beside that without the tool. */
import { makeRoots, QUICK, WORKERS } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { connectSecondClient } from '../../support/second-client.ts';
import type { SecondClient } from '../../support/second-client.ts';
import { onFilledDatabase } from '../watched-run.ts';
import type { FilledDatabase } from '../watched-run.ts';

/** Ids that the client touches: spread over the table, as nobody's keys come in order. */
const TOUCHED = 500;
const CALM_MS = QUICK ? 200 : 2_000;

export const others: Figure = async (server) =>
  onFilledDatabase(server, makeRoots(2048), QUICK ? 500 : 10_000, async (filled) => {
    const client = await connectSecondClient(filled.database);
    try {
      await compareWaits(client, filled);
      return true;
    } finally {
      await client.close();
    }
  });

async function compareWaits(client: SecondClient, { folder }: FilledDatabase): Promise<void> {
  const ids = (await client.query(`SELECT TOP (${TOUCHED}) FileKeyId AS Id FROM dbo.FileKey`)).map(({ Id }) =>
    String(Id),
  );
  const calmUntil = performance.now() + CALM_MS;
  const calm = await waitsOf(client, ids, () => performance.now() > calmUntil);
  const tool = folder.changeCa('--workers', String(WORKERS));
  let isOver = false;
  const ended = tool.ended.finally(() => (isOver = true));
  await tool.waitFor(({ type }) => type === 'run');
  const busy = await waitsOf(client, ids, () => isOver);
  const { code, stderr } = await ended;
  if (code !== 0) throw new Error(`the tool ended with ${String(code)}: ${stderr}`);
  const told = (waits: readonly number[]): string =>
    `longest ${waits.at(-1)!.toFixed(0)} ms, median ${waits[waits.length >> 1]!.toFixed(1)} ms of ${waits.length} calls`;
  console.log(`${'others'.padEnd(13)} a second client waits: ${told(busy)}; without the tool: ${told(calm)}`);
}

/** What a client of the same table waits for, in one call after the other. */
async function waitsOf(client: SecondClient, ids: readonly string[], isOver: () => boolean): Promise<number[]> {
  const before = client.waits.length;
  let call = 0;
  const nextCall = (): string => {
    const where = `WHERE FileKeyId = '${ids[call % ids.length]!}'`;
    call += 1;
    return call % 2 === 0
      ? `SELECT WrappedKey FROM dbo.FileKey ${where}`
      : `UPDATE dbo.FileKey SET WrappedKey = WrappedKey ${where}`;
  };
  await client.keepBusy(nextCall, isOver);
  return client.waits.slice(before).sort((a, b) => a - b);
}
