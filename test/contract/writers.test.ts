/**
 * Two clients of the servers insert, update and delete stored keys while the tool stages, swaps and rolls back. They keep
 * books of what they wrote; afterwards the independent checker finds every key of theirs, opening under exactly one root.
 *
 * Their keys go under the old root, as those of servers that were not switched yet: until verify, because a segment that was
 * verified is not looked at again.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkStoredKeys } from '../checker/invariants.ts';
import { SEED, seededRandom } from '../support/random.ts';
import type { SeededRandom } from '../support/random.ts';
import {
  createReferenceSchema,
  fillReferenceDatabase,
  fixtureKeyMap,
  TARGET_FORMS,
} from '../support/reference-database.ts';
import type { PlantedKey, Roots } from '../support/reference-database.ts';
import { connectSecondClient } from '../support/second-client.ts';
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import { makeTestRoot } from '../support/test-roots.ts';
import { makeToolFolder } from '../support/tool.ts';
import type { ToolEvent, ToolFolder, ToolRun } from '../support/tool.ts';

const ROWS = 24;
const FLAGS = ['--json', '--segment-rows', '10', '--workers', '1'] as const;

describe.each(serverKinds())('on $name', { timeout: 240_000 }, ({ start }) => {
  let server: TestServer;
  let database: TestDatabase;
  let folder: ToolFolder;
  const roots: Roots = {
    old: makeTestRoot({ commonName: 'Old root' }),
    new: makeTestRoot({ commonName: 'New root', serial: '02b8' }),
    foreign: makeTestRoot({ commonName: 'Foreign root', serial: '03c9' }),
  };

  beforeAll(async () => {
    server = await start();
    database = await server.createDatabase();
    folder = makeToolFolder(database, fixtureKeyMap(), roots);
  });
  beforeEach(async () => {
    await database.clear();
    await createReferenceSchema(database);
  });
  afterAll(async () => {
    folder.remove();
    await server.stop();
  });

  /** Lets the writers work beside the tool until `isLast` comes by, or to its end. */
  async function beside(
    tool: ToolRun,
    writers: readonly Writer[],
    isLast: (event: ToolEvent) => boolean = () => false,
  ): Promise<void> {
    await tool.waitFor(({ type }) => type === 'run');
    const isOver = (): boolean => tool.child.exitCode !== null || tool.events.some(isLast);
    await Promise.all(writers.map((writer) => writer.keepBusy(database, isOver)));
    const { code, stderr } = await tool.ended;
    expect(code, stderr).toBe(0);
    expect(writers.every(({ writes }) => writes > 0)).toBe(true);
  }

  it('what others write throughout staging, swap and rollback is there afterwards, and opens', async () => {
    const random = seededRandom(SEED);
    const planted = await fillReferenceDatabase(database, roots, { rows: ROWS, others: false });
    const own = planted.filter(({ table }) => table !== 'FileKey');
    const files = planted.filter(({ table }) => table === 'FileKey');
    const half = files.length / 2;
    // Each has rows of its own, so that its books are right whoever comes first.
    const writers = [files.slice(0, half), files.slice(half)].map((keys) => new Writer(keys, roots, random));
    const books = (): PlantedKey[] => [...own, ...writers.flatMap(({ keys }) => keys)];
    const expectNothingLost = async (finished: boolean): Promise<void> => {
      expect(await checkStoredKeys(database, roots, books(), { finished })).toEqual([]);
      const [row] = await database.query('SELECT COUNT(*) AS N FROM dbo.FileKey');
      expect(Number(Object.values(row!)[0])).toBe(writers.reduce((sum, { keys }) => sum + keys.length, 0));
    };

    await beside(folder.run('stage', { switches: FLAGS }), writers);
    await expectNothingLost(false);
    const isVerifying = (event: ToolEvent): boolean => event.type === 'state' && event['to'] === 'verifying';
    await beside(folder.changeCa(...FLAGS.slice(1)), writers, (event) => event.type === 'sweep' || isVerifying(event));
    await expectNothingLost(true);
    await beside(folder.run('rollback', { switches: ['--json', '--yes', '--workers', '1'] }), writers);
    await expectNothingLost(false);
  });
});

/** Somebody who inserts, updates and deletes file keys, and knows what each of them must open as. */
class Writer {
  readonly #roots: Roots;
  readonly #random: SeededRandom;
  #keys: readonly PlantedKey[];
  writes = 0;

  constructor(keys: readonly PlantedKey[], roots: Roots, random: SeededRandom) {
    this.#keys = keys;
    this.#roots = roots;
    this.#random = random;
  }

  get keys(): readonly PlantedKey[] {
    return this.#keys;
  }

  async keepBusy(database: TestDatabase, isOver: () => boolean): Promise<void> {
    const client = await connectSecondClient(database);
    try {
      do await client.query(this.#nextWrite());
      while (!isOver());
    } finally {
      await client.close();
    }
  }

  #nextWrite(): string {
    this.writes += 1;
    // The last key stays, so that there is always one to choose.
    const deeds = this.#keys.length > 1 ? (['insert', 'update', 'update', 'delete'] as const) : (['insert'] as const);
    const deed = this.#random.pick<'insert' | 'update' | 'delete'>(deeds);
    const chosen = this.#random.pick(this.#keys);
    const others = this.#keys.filter((key) => key !== chosen);
    switch (deed) {
      case 'delete':
        this.#keys = others;
        return `DELETE FROM dbo.FileKey WHERE ${chosen.where}`;
      case 'update': {
        const written = this.#fresh(chosen.where);
        this.#keys = [...others, written];
        return `UPDATE dbo.FileKey SET WrappedKey = ${literal(written)} WHERE ${written.where}`;
      }
      case 'insert': {
        const id = randomUUID().toUpperCase();
        const added = this.#fresh(`FileKeyId = '${id}'`);
        this.#keys = [...this.#keys, added];
        return `INSERT INTO dbo.FileKey (FileKeyId, OwnerName, Label, WrappedKey, CreatedAt) VALUES ('${id}', N'late', NULL, ${literal(added)}, '2026-11-11')`;
      }
    }
  }

  #fresh(where: string): PlantedKey {
    const form = TARGET_FORMS[0]!;
    const plaintext = randomBytes(form.plaintextBytes);
    const value = form.encode(form.seal(this.#roots.old, plaintext));
    return { target: form.name, table: form.table, column: form.column, where, planting: 'old', plaintext, value };
  }
}

function literal({ value }: PlantedKey): string {
  return `0x${(value as Buffer).toString('hex')}`;
}
