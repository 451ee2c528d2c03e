/** A suite of claims on the database ports, repeated on every server there is. */
import { afterAll, beforeAll, describe } from 'vitest';
import { openKeyDatabase } from '../../src/db/key-database.ts';
import type { KeyDatabase } from '../../src/db/key-database.ts';
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
}
