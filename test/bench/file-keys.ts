/** One table of cms keys, on an embedded server in a thread of its own or on the server of SRKEY_TEST_SERVER. */
import { randomBytes, randomUUID } from 'node:crypto';
import sql from 'mssql';
import { startEmbeddedDatabase } from '../../src/embedded/host.ts';
import { sealCms } from '../checker/envelopes.ts';
import { adminOf, serverKinds } from '../support/servers.ts';
import type { TestDatabase, TestServer } from '../support/servers.ts';
import type { TestRoot } from '../support/test-roots.ts';

export const FILE_KEYS_MAP = {
  version: 1,
  targets: [
    {
      name: 'file keys',
      schema: 'dbo',
      table: 'FileKey',
      key: ['FileKeyId'],
      value: 'WrappedKey',
      envelope: 'cms',
      encoding: 'binary',
      plaintextBytes: 32,
    },
  ],
};

export interface BenchServer {
  readonly name: string;
  readonly isEmbedded: boolean;
  readonly createDatabase: TestServer['createDatabase'];
  close(): Promise<void>;
}

export async function startBenchServer(): Promise<BenchServer> {
  const [, external] = serverKinds();
  if (external !== undefined) {
    const { createDatabase, stop } = await external.start();
    return { name: external.name, isEmbedded: false, createDatabase, close: stop };
  }
  const embedded = await startEmbeddedDatabase();
  const { port, user, password, caPem } = embedded;
  const admin = await adminOf({ server: 'localhost', port, user, password, ca: caPem });
  return {
    name: 'the embedded key database',
    isEmbedded: true,
    createDatabase: admin.createDatabase,
    close: async () => {
      await admin.stop();
      await embedded.close();
    },
  };
}

const LOAD_ROWS = 5_000;

export async function fillFileKeys(database: TestDatabase, root: TestRoot, keys: number): Promise<void> {
  await database.query(
    'CREATE TABLE dbo.FileKey (FileKeyId UNIQUEIDENTIFIER NOT NULL PRIMARY KEY, WrappedKey VARBINARY(MAX) NULL)',
  );
  for (let start = 0; start < keys; start += LOAD_ROWS) {
    const table = new sql.Table('FileKey');
    table.create = false;
    table.columns.add('FileKeyId', sql.UniqueIdentifier(), { nullable: false });
    table.columns.add('WrappedKey', sql.VarBinary(sql.MAX), { nullable: true });
    for (let i = start; i < Math.min(keys, start + LOAD_ROWS); i++) {
      table.rows.add(randomUUID(), sealCms(root, randomBytes(32)));
    }
    await database.bulk(table);
  }
}
