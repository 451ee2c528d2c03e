/** The built tool beside a small reference database under the old root: where most end-to-end tests begin. */
import { afterAll, beforeAll } from 'vitest';
import { createReferenceSchema, fillReferenceDatabase, fixtureKeyMap } from './reference-database.ts';
import { serverKinds } from './servers.ts';
import type { TestDatabase } from './servers.ts';
import { makeTestRoot } from './test-roots.ts';
import { makeToolFolder } from './tool.ts';
import type { ToolFolder } from './tool.ts';

export interface ToolOnDatabase {
  readonly database: TestDatabase;
  readonly folder: ToolFolder;
}

/** Makes them before the first test of the file, on the embedded server, and removes them after the last. */
export function useToolOnReferenceDatabase(): () => ToolOnDatabase {
  let made: ToolOnDatabase | undefined;
  let close = (): Promise<void> => Promise.resolve();
  beforeAll(async () => {
    const server = await serverKinds()[0]!.start();
    close = () => server.stop();
    const database = await server.createDatabase();
    const roots = {
      old: makeTestRoot({ commonName: 'Old root' }),
      new: makeTestRoot({ commonName: 'New root', serial: '02b8' }),
      foreign: makeTestRoot({ commonName: 'Foreign root', serial: '03c9' }),
    };
    await createReferenceSchema(database);
    await fillReferenceDatabase(database, roots, { rows: 12, others: false });
    made = { database, folder: makeToolFolder(database, fixtureKeyMap(), roots) };
  });
  afterAll(async () => {
    made?.folder.remove();
    await close();
  });
  return () => made!;
}
