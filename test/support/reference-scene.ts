/**
 * The reference database under three roots, the product and the built tool on it, and what was planted there; judged by
 * the independent checker. What a test changes and expects is all that is left for the test to say.
 */
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import {
  checkJournalAndLedger,
  checkNothingChanged,
  checkOtherColumns,
  checkStoredKeys,
  takeSnapshot,
} from '../checker/invariants.ts';
import type { Snapshot } from '../checker/invariants.ts';
import type { ProductOptions } from './product.ts';
import { createReferenceSchema, fillReferenceDatabase, fixtureKeyMap, makeRoots } from './reference-database.ts';
import type { FillOptions, PlantedKey, Roots } from './reference-database.ts';
import { serverKinds } from './servers.ts';
import type { TestDatabase, TestServer, TestServerKind } from './servers.ts';
import { makeToolFolder } from './tool.ts';
import type { ToolFolder } from './tool.ts';

interface Opened {
  readonly server: TestServer;
  readonly database: TestDatabase;
  readonly roots: Roots;
  readonly folder: ToolFolder;
}

export class ReferenceScene {
  /** The stored keys that must be there, each with the plaintext that it must open as. */
  planted: readonly PlantedKey[] = [];
  #before: Snapshot = { rows: new Map(), values: new Map() };
  #opened: Opened | null = null;

  get server(): TestServer {
    return this.#there.server;
  }

  /** One for all tests: some engines take seconds to make one. */
  get database(): TestDatabase {
    return this.#there.database;
  }

  get roots(): Roots {
    return this.#there.roots;
  }

  /** The built tool: what can be killed. */
  get folder(): ToolFolder {
    return this.#there.folder;
  }

  /** The product within the test's own process: quicker than the tool, and its results are at hand. */
  get product(): ProductOptions {
    const { database, roots } = this.#there;
    return { database, keyMap: fixtureKeyMap(), oldRoot: roots.old, newRoot: roots.new };
  }

  get #there(): Opened {
    if (this.#opened === null) throw new Error('there is a database within tests only');
    return this.#opened;
  }

  async open(start: TestServerKind['start']): Promise<void> {
    const server = await start();
    const database = await server.createDatabase();
    const roots = makeRoots();
    this.#opened = { server, database, roots, folder: makeToolFolder(database, fixtureKeyMap(), roots) };
  }

  async close(): Promise<void> {
    const { folder, server } = this.#there;
    folder.remove();
    await server.stop();
  }

  /** Makes the reference tables anew, and fills them. */
  async fill(options: FillOptions): Promise<readonly PlantedKey[]> {
    await this.database.clear();
    await createReferenceSchema(this.database);
    this.planted = await fillReferenceDatabase(this.database, this.roots, options);
    await this.look();
    return this.planted;
  }

  /** What is there now is what a job begins with: filling looks by itself. */
  async look(): Promise<void> {
    this.#before = await takeSnapshot(this.database);
  }

  /** Not a byte of the customer's tables differs from the last look. */
  async expectUntouched(): Promise<void> {
    expect(checkNothingChanged(this.#before, await takeSnapshot(this.database))).toEqual([]);
  }

  /** I1, I2 and I7, wherever a job stands; `finished`: no key is under the old root any more. */
  async expectSound({ finished }: { readonly finished: boolean }): Promise<void> {
    expect(checkOtherColumns(this.#before, await takeSnapshot(this.database))).toEqual([]);
    await this.expectKeys({ finished });
  }

  /** I2 and I7 alone: others have written too. */
  async expectKeys({ finished }: { readonly finished: boolean }): Promise<void> {
    expect(await checkStoredKeys(this.database, this.roots, this.planted, { finished })).toEqual([]);
  }

  /** I3 of a run, if any run has begun. */
  async expectJournal(runId = 1): Promise<void> {
    const runs = (await this.database.query("SELECT name FROM sys.tables WHERE name = 'Run'")).length;
    if (runs > 0) expect(await checkJournalAndLedger(this.database, runId)).toEqual([]);
  }
}

/** A scene for the tests of a file or a `describe`, from the first to the last; no tool outlives its test. */
export function useScene<S extends ReferenceScene>(scene: S, start = serverKinds()[0]!.start): S {
  beforeAll(async () => {
    await scene.open(start);
  });
  afterEach(() => {
    scene.folder.killAll();
  });
  afterAll(async () => {
    await scene.close();
  });
  return scene;
}

/** The same tests on every server there is. */
export function onEveryServer(tests: (scene: ReferenceScene) => void): void {
  describe.each(serverKinds())('on $name', ({ start }) => {
    tests(useScene(new ReferenceScene(), start));
  });
}
