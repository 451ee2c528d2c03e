/** Fakes the port `Inspector`: a healthy server and plain tables, each with what a test wants to be different. */
import { TABLE_TRAITS } from '../../../src/keys/table-traits.ts';
import type { IgnoredColumn, Target } from '../../../src/keys/target.ts';
import { targetColumn } from '../../../src/keys/target.ts';
import type {
  DatabaseSettings,
  FileSpace,
  Inspector,
  ServerFacts,
  TargetFacts,
  TraitFacts,
} from '../../../src/rotation/ports.ts';
import { verbatim } from '../../../src/text/message.ts';
import type { FakeClock } from '../fake-clock.ts';
import type { MemoryClient } from './client.ts';
import type { MemoryDatabase } from './database.ts';
import { makeReader } from './reader.ts';

export function makeInspector(client: MemoryClient): Inspector {
  const { db } = client;
  return {
    server: () => client.call('server', 'read', (): ServerFacts => ({ ...healthyServer(db.clock), ...db.serverFacts })),
    rights: () => client.call('rights', 'read', () => db.rights),
    target: (target) => client.call('target', 'read', () => factsOf(db, target)),
    unmappedColumns: () => client.call('unmappedColumns', 'read', () => db.unmapped),
    staleIgnores: (ignore: readonly IgnoredColumn[]) => client.call('staleIgnores', 'read', () => ignore),
    openReader: (target) => client.call('openReader', 'read', () => makeReader(client, target)),
  };
}

const ROOMY: FileSpace = { sizeBytes: 2e10, freeBytes: 1e10, growthBytes: null };

export const PLAIN_SETTINGS: DatabaseSettings = {
  compatibilityLevel: 160,
  recoveryModel: 'SIMPLE',
  logReuseWait: 'NOTHING',
  isReadCommittedSnapshot: false,
  allowsSnapshot: false,
  access: 'multi-user',
  isInAvailabilityGroup: false,
  isPublished: false,
  hasChangeDataCapture: false,
  isDurabilityDelayed: false,
};

export const PLAIN_VALUE: Extract<TargetFacts, { found: true }>['value'] = {
  typeName: 'VARBINARY(MAX)',
  kind: 'binary',
  capacity: null,
  fixedLength: false,
  nullable: true,
  computed: false,
  ansiPadded: true,
};

/** A table with nothing but rows. */
export const NO_TRAITS = Object.fromEntries(
  TABLE_TRAITS.map((trait) => [trait, { known: true, value: [] }]),
) as unknown as TraitFacts;

export function healthyServer(clock: FakeClock): ServerFacts {
  return {
    kind: 'sql-server',
    banner: 'Microsoft SQL Server 2022',
    productVersion: '16.0.4135.4',
    edition: 'Standard',
    serverName: 'KEYS\\SES',
    database: 'srkey',
    login: 'ses_admin',
    readOnly: false,
    lastFullBackup: { known: true, value: new Date(clock.ms - 3_600_000) },
    isExpress: false,
    space: { known: true, value: { data: ROOMY, log: ROOMY } },
    settings: { known: true, value: PLAIN_SETTINGS },
    lockHolders: { known: true, value: [] },
  };
}

function factsOf(db: MemoryDatabase, target: Target): TargetFacts {
  const table = db.tables.get(targetColumn(target));
  if (table === undefined) return { found: false, missing: verbatim(targetColumn(target)) };
  const lengths = [...table.rows.values()].map((value) => value?.length ?? 0);
  return {
    found: true,
    keyColumns: [{ name: 'Id', type: 'INT', collation: null, nullable: false, usable: true }],
    value: PLAIN_VALUE,
    uniqueKeyIndex: 'PK',
    valueIndexes: [],
    triggers: [],
    traits: NO_TRAITS,
    rows: table.rows.size,
    longestValueBytes: Math.max(0, ...lengths),
    totalValueBytes: lengths.reduce((sum, each) => sum + each, 0),
    ...table.facts,
  };
}
