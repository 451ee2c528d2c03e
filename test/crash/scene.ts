/** The built tool on a reference database, killed at any moment and started again; judged by the independent checker. */
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { checkJournalAndLedger, checkOtherColumns, checkStoredKeys, takeSnapshot } from '../checker/invariants.ts';
import type { Snapshot } from '../checker/invariants.ts';
import type { ProductOptions } from '../support/product.ts';
import type { SeededRandom } from '../support/random.ts';
import { createReferenceSchema, fillReferenceDatabase, fixtureKeyMap } from '../support/reference-database.ts';
import type { PlantedKey, Roots } from '../support/reference-database.ts';
import { serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import { makeTestRoot } from '../support/test-roots.ts';
import { makeToolFolder } from '../support/tool.ts';
import type { ToolFolder, ToolRun } from '../support/tool.ts';

export const SEGMENT_ROWS = 25;
export const FLAGS = ['--segment-rows', String(SEGMENT_ROWS), '--workers', '1', '--lease-seconds', '5'] as const;

/** Part of a statement's text, and how many of them may be waited for. */
export type Moment = readonly [statement: string, times: number];

/** What a test works on; filled anew by `fill`. */
export class Scene {
  readonly roots: Roots = {
    old: makeTestRoot({ commonName: 'Old root' }),
    new: makeTestRoot({ commonName: 'New root', serial: '02b8' }),
    foreign: makeTestRoot({ commonName: 'Foreign root', serial: '03c9' }),
  };
  readonly server: TestServer;
  readonly database: TestDatabase;
  readonly folder: ToolFolder;
  planted: readonly PlantedKey[] = [];
  before: Snapshot = { rows: new Map(), values: new Map() };

  private constructor(server: TestServer, database: TestDatabase) {
    this.server = server;
    this.database = database;
    this.folder = makeToolFolder(database, fixtureKeyMap(), this.roots);
  }

  static async open(): Promise<Scene> {
    const server = await serverKinds()[0]!.start();
    return new Scene(server, await server.createDatabase());
  }

  /** The product within the test's own process: quicker than the tool, for what is not to be killed. */
  get product(): ProductOptions {
    return { database: this.database, keyMap: fixtureKeyMap(), oldRoot: this.roots.old, newRoot: this.roots.new };
  }

  /** @param rows in each of the four tables */
  async fill(rows: number): Promise<void> {
    await this.database.clear();
    await createReferenceSchema(this.database);
    this.planted = await fillReferenceDatabase(this.database, this.roots, { rows });
    await this.look();
  }

  /** What is there now is what a job begins with. */
  async look(): Promise<void> {
    this.before = await takeSnapshot(this.database);
  }

  /** I1, I2 and I7, wherever a job stands. */
  async expectKeysSound(finished: boolean): Promise<void> {
    expect(checkOtherColumns(this.before, await takeSnapshot(this.database))).toEqual([]);
    expect(await checkStoredKeys(this.database, this.roots, this.planted, { finished })).toEqual([]);
  }

  /** I3 of run 1, if it has begun. */
  async expectJournalSound(): Promise<void> {
    const runs = (await this.database.query("SELECT name FROM sys.tables WHERE name = 'Run'")).length;
    if (runs > 0) expect(await checkJournalAndLedger(this.database, 1)).toEqual([]);
  }

  /**
   * Starts the tool and kills it before or after one of the statements took effect. False: it was done before.
   */
  async killAtRandom(random: SeededRandom, moments: readonly Moment[], start: () => ToolRun): Promise<boolean> {
    const faults = this.server.faults!;
    const kind = random.pick(['hang-before', 'hang-after'] as const);
    const [match, times] = random.pick(moments);
    faults.set([{ match, nth: 1 + random.below(times), action: { kind } }]);
    const tool = start();
    // The server answers no more: the moment has come.
    await Promise.race([faults.fired(), tool.ended]);
    tool.child.kill('SIGKILL');
    const { signal } = await tool.ended;
    faults.set([]);
    return signal === 'SIGKILL';
  }

  async close(): Promise<void> {
    this.folder.remove();
    await this.server.stop();
  }
}

/** One scene for the tests of a `describe`: opened before the first, cleared of tools and faults after each. */
export function onScene(take: (scene: Scene) => void): void {
  let scene: Scene;
  beforeAll(async () => {
    scene = await Scene.open();
    take(scene);
  });
  afterEach(() => {
    scene.folder.killAll();
    scene.server.faults?.set([]);
  });
  afterAll(async () => {
    await scene.close();
  });
}
