/** A suite of claims on the database ports, repeated on every server there is. */
import { afterAll, beforeAll, describe } from 'vitest';
import { openKeyDatabase } from '../../src/db/key-database.ts';
import type { KeyDatabase } from '../../src/db/key-database.ts';
import type { Target } from '../../src/keys/target.ts';
import type { Lane, Ownership } from '../../src/rotation/ports.ts';
import { aTarget, startRun } from './port-fixtures.ts';
import { serverKinds } from './servers.ts';
import type { TestDatabase, TestServer } from './servers.ts';

export interface PortSuite {
  /** There while tests run. */
  readonly server: TestServer;
  /** One for the whole suite: some engines take seconds to make one. */
  readonly database: TestDatabase;
  /** Runs the schema's statements, opens the ports, and drops every table at the end. */
  withDatabase(
    schema: readonly string[],
    work: (database: TestDatabase, product: KeyDatabase) => Promise<void>,
  ): Promise<void>;
  /** The same with a run in state applying, and a lane of it that has claimed nothing yet. */
  withRun(setup: RunSetup, work: (there: RunningRun) => Promise<void>): Promise<void>;
}

export interface RunSetup {
  readonly schema: readonly string[];
  /** Default: `aTarget()`. */
  readonly target?: Target;
  readonly segmentRows?: number;
}

export interface RunningRun {
  readonly database: TestDatabase;
  readonly product: KeyDatabase;
  readonly run: Ownership;
  readonly lane: Lane;
}

export function onEveryServer(tests: (suite: PortSuite) => void): void {
  describe.each(serverKinds())('on $name', ({ start }) => {
    const suite = new RunningSuite();
    beforeAll(async () => {
      await suite.start(start);
    });
    afterAll(async () => {
      await suite.server.stop();
    });
    tests(suite);
  });
}

class RunningSuite implements PortSuite {
  #server: TestServer | null = null;
  #database: TestDatabase | null = null;

  get server(): TestServer {
    if (this.#server === null) throw new Error('there is a server within tests only');
    return this.#server;
  }

  get database(): TestDatabase {
    if (this.#database === null) throw new Error('there is a database within tests only');
    return this.#database;
  }

  async start(start: () => Promise<TestServer>): Promise<void> {
    this.#server = await start();
    this.#database = await this.#server.createDatabase();
  }

  async withDatabase(...[schema, work]: Parameters<PortSuite['withDatabase']>): Promise<void> {
    const { database } = this;
    try {
      for (const statement of schema) await database.query(statement);
      const product = await openKeyDatabase(database.connection);
      try {
        await work(database, product);
      } finally {
        await product.close();
      }
    } finally {
      await database.clear();
    }
  }

  async withRun(
    { schema, target = aTarget(), segmentRows }: RunSetup,
    work: (there: RunningRun) => Promise<void>,
  ): Promise<void> {
    await this.withDatabase(schema, async (database, product) => {
      const run = await startRun(product, [target], segmentRows);
      const lane = await run.openLane(1, target, 'apply');
      await work({ database, product, run, lane });
      await lane.close();
      await run.release();
    });
  }
}
