/**
 * Two clients of the servers insert, update and delete stored keys while the tool stages, swaps and rolls back. They keep
 * books of what they wrote; afterwards the independent checker finds every key of theirs, opening under exactly one root.
 *
 * Their keys go under the old root, as those of servers that were not switched yet: until verify, because a segment that was
 * verified is not looked at again.
 */
import { randomUUID } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { SEED, seededRandom } from '../support/random.ts';
import type { SeededRandom } from '../support/random.ts';
import { fileKeyWhere, freshFileKey, insertFileKey, updateFileKey } from '../support/reference-database.ts';
import type { PlantedKey } from '../support/reference-database.ts';
import { onEveryServer } from '../support/reference-scene.ts';
import { connectSecondClient } from '../support/second-client.ts';
import { longTest } from '../support/servers.ts';
import type { TestDatabase } from '../support/servers.ts';
import type { TestRoot } from '../support/test-roots.ts';
import type { ToolEvent, ToolRun } from '../support/tool.ts';

const ROWS = 24;
const FLAGS = ['--json', '--segment-rows', '10', '--workers', '1'] as const;

vi.setConfig({ testTimeout: longTest(240_000) });

onEveryServer((scene) => {
  /** Lets the writers work beside the tool until `isLast` comes by, or to its end. */
  async function beside(
    tool: ToolRun,
    writers: readonly Writer[],
    isLast: (event: ToolEvent) => boolean = () => false,
  ): Promise<void> {
    await tool.waitFor(({ type }) => type === 'run');
    const isOver = (): boolean => tool.child.exitCode !== null || tool.events.some(isLast);
    await Promise.all(writers.map((writer) => writer.keepBusy(scene.database, isOver)));
    const { code, stderr } = await tool.ended;
    expect(code, stderr).toBe(0);
    expect(writers.every(({ writes }) => writes > 0)).toBe(true);
  }

  it('what others write throughout staging, swap and rollback is there afterwards, and opens', async () => {
    const random = seededRandom(SEED);
    const planted = await scene.fill({ rows: ROWS, others: false });
    const own = planted.filter(({ table }) => table !== 'FileKey');
    const files = planted.filter(({ table }) => table === 'FileKey');
    const half = files.length / 2;
    // Each has rows of its own, so that its books are right whoever comes first.
    const writers = [files.slice(0, half), files.slice(half)].map((keys) => new Writer(keys, scene.roots.old, random));
    const expectNothingLost = async (finished: boolean): Promise<void> => {
      scene.planted = [...own, ...writers.flatMap(({ keys }) => keys)];
      await scene.expectKeys({ finished });
      const [row] = await scene.database.query('SELECT COUNT(*) AS N FROM dbo.FileKey');
      expect(Number(Object.values(row!)[0])).toBe(writers.reduce((sum, { keys }) => sum + keys.length, 0));
    };

    await beside(scene.folder.run('stage', { switches: FLAGS }), writers);
    await expectNothingLost(false);
    const isVerifying = (event: ToolEvent): boolean => event.type === 'state' && event['to'] === 'verifying';
    await beside(
      scene.folder.changeCa(...FLAGS.slice(1)),
      writers,
      (event) => event.type === 'sweep' || isVerifying(event),
    );
    await expectNothingLost(true);
    await beside(scene.folder.run('rollback', { switches: ['--json', '--yes', '--workers', '1'] }), writers);
    await expectNothingLost(false);
  });
});

/** Somebody who inserts, updates and deletes file keys, and knows what each of them must open as. */
class Writer {
  /** Of servers that were not switched yet. */
  readonly #root: TestRoot;
  readonly #random: SeededRandom;
  #keys: readonly PlantedKey[];
  writes = 0;

  constructor(keys: readonly PlantedKey[], root: TestRoot, random: SeededRandom) {
    this.#keys = keys;
    this.#root = root;
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
        const written = freshFileKey(this.#root, chosen.where);
        this.#keys = [...others, written];
        return updateFileKey(written, written.value);
      }
      case 'insert': {
        const id = randomUUID().toUpperCase();
        const added = freshFileKey(this.#root, fileKeyWhere(id));
        this.#keys = [...this.#keys, added];
        return insertFileKey(id, added.value);
      }
    }
  }
}
