/** What is refused before anything is written, and with which words. Each line: one fact changed on a healthy database. */
import { describe, expect, it } from 'vitest';
import type { SrkeyError } from '../../src/errors.ts';
import type { Check } from '../../src/progress/events.ts';
import type { RootPair } from '../../src/rotation/deps.ts';
import { dryRun } from '../../src/rotation/dry-run.ts';
import type {
  DatabaseSettings,
  Fact,
  FileSpace,
  LockHolder,
  MissingRight,
  RightsFacts,
  ServerFacts,
  TargetFacts,
} from '../../src/rotation/ports.ts';
import { TABLE_TRAITS, type TableTrait } from '../../src/keys/table-traits.ts';
import type { Target } from '../../src/keys/target.ts';
import { NO_TRAITS, PLAIN_SETTINGS } from './memory-database/inspector.ts';
import { DISKS, KEY_MAP, makeScenario, prepareStart, ROOTS, rootOf, run, targetOf } from './scenario.ts';
import { verbatim } from '../../src/text/message.ts';

type FoundFacts = Extract<TargetFacts, { found: true }>;

interface Variation {
  readonly server?: Partial<ServerFacts>;
  readonly rights?: Fact<RightsFacts>;
  readonly facts?: Partial<FoundFacts>;
  readonly value?: Partial<FoundFacts['value']>;
  readonly target?: Target;
  readonly roots?: RootPair;
  readonly allowTriggers?: boolean;
}

const VALUE: FoundFacts['value'] = {
  typeName: 'VARBINARY(MAX)',
  kind: 'binary',
  capacity: null,
  fixedLength: false,
  nullable: true,
  computed: false,
  ansiPadded: true,
};

async function look(variation: Variation): Promise<{ checks: readonly Check[]; refusal: SrkeyError | null }> {
  const { server, rights, facts, value, target = DISKS, roots = ROOTS, allowTriggers = false } = variation;
  const scenario = makeScenario();
  scenario.db.serverFacts = server ?? {};
  scenario.db.rights = rights ?? scenario.db.rights;
  if (target !== DISKS) scenario.db.addTable(target, ['A:1', 'A:2']);
  scenario.db.table(target).facts = { ...facts, value: { ...VALUE, ...value } };
  const { deps } = prepareStart(scenario, { client: { readOnly: true } });
  const keyMap = { ...KEY_MAP, targets: [target] };
  return await dryRun(deps, { keyMap, roots, allowTriggers, proof: 'sample', full: false, privateOpsPerSecond: 1_000 });
}

const lacking = (right: MissingRight): Fact<RightsFacts> => ({
  known: true,
  value: { missing: [right], tablesToMake: [], unfitTables: [] },
});
const unknownFact = { known: false, because: verbatim('the login may not see it') } as const;
const full = { sizeBytes: 2e10, freeBytes: 1, growthBytes: null };
const withSpace = (data: Partial<FileSpace>, log: Partial<FileSpace> = {}): Partial<ServerFacts> => ({
  space: { known: true, value: { data: { ...full, ...data }, log: { ...full, ...log } } },
});
const withSettings = (settings: Partial<DatabaseSettings>): Variation => ({
  server: { settings: { known: true, value: { ...PLAIN_SETTINGS, ...settings } } },
});
const holder: LockHolder = {
  session: 61,
  login: 'ses_agent',
  host: 'PC7',
  program: null,
  table: 'dbo.disks',
  mode: 'X',
  openSeconds: 90,
};
const trigger = { name: 'trg', insteadOf: false };
const hoursAgo = (hours: number): Date => new Date(Date.UTC(2026, 10, 20, 22) - hours * 3_600_000);
const keyColumn = { name: 'Id', type: 'INT', collation: null, nullable: false, usable: true };

const withTrait = (trait: TableTrait, names: readonly string[]): Partial<FoundFacts> => ({
  traits: { ...NO_TRAITS, [trait]: { known: true, value: names } },
});

/** Written out, not taken from the product: each is a decision. */
const TRAIT_STATUS: readonly (readonly [TableTrait, Check['status']])[] = [
  ['row-level-security', 'failed'],
  ['masked', 'failed'],
  ['encrypted', 'failed'],
  ['memory-optimised', 'failed'],
  ['history', 'failed'],
  ['append-only-ledger', 'failed'],
  ['filetable', 'failed'],
  ['external', 'failed'],
  ['stretched', 'failed'],
  ['read-only-columnstore', 'failed'],
  ['foreign-key', 'failed'],
  ['temporal', 'warning'],
  ['ledger', 'warning'],
  ['filestream', 'warning'],
  ['columnstore', 'warning'],
  ['indexed-view', 'warning'],
  ['computed-column', 'warning'],
  ['check', 'warning'],
  ['change-tracking', 'warning'],
  ['change-data-capture', 'warning'],
  ['replication', 'warning'],
  ['partitioned', 'passed'],
];

const CASES: readonly (readonly [string, string, Check['status'], Variation])[] = [
  ['a healthy server', 'server', 'passed', {}],
  ['the embedded server', 'server', 'warning', { server: { kind: 'embedded' } }],
  ['SQL Server 2012', 'version', 'passed', { server: { productVersion: '11.0.7001.0' } }],
  ['SQL Server 2008 R2', 'version', 'failed', { server: { productVersion: '10.50.6000.34' } }],
  ['a server that keeps its version to itself', 'version', 'unknown', { server: { productVersion: null } }],
  ['Babelfish', 'version', 'passed', { server: { kind: 'babelfish', productVersion: '12.0.2000.8' } }],
  ['a read-only database', 'read-only', 'failed', { server: { readOnly: true } }],
  [
    'a missing right',
    'rights',
    'failed',
    { rights: lacking({ purpose: 'write', permission: 'UPDATE', on: 'dbo.disks (Wrapped)' }) },
  ],
  [
    'a missing right to make tables',
    'rights',
    'failed',
    { rights: lacking({ purpose: 'create', permission: 'CREATE TABLE', on: 'the database' }) },
  ],
  ['rights not known', 'rights', 'unknown', { rights: unknownFact }],
  ['a fresh backup', 'backup', 'passed', { server: { lastFullBackup: { known: true, value: hoursAgo(23) } } }],
  [
    'a backup of the day before yesterday',
    'backup',
    'warning',
    { server: { lastFullBackup: { known: true, value: hoursAgo(25) } } },
  ],
  ['no backup ever', 'backup', 'warning', { server: { lastFullBackup: { known: true, value: null } } }],
  ['a backup history that is not known', 'backup', 'warning', { server: { lastFullBackup: unknownFact } }],
  ['a full data file that grows', 'space-data', 'warning', { server: withSpace({}) }],
  ['a full data file that may grow far enough', 'space-data', 'warning', { server: withSpace({ growthBytes: 1e9 }) }],
  ['a full data file that cannot grow', 'space-data', 'failed', { server: withSpace({ growthBytes: 0 }) }],
  ['a small log that cannot grow', 'space-log', 'warning', { server: withSpace({}, { growthBytes: 0 }) }],
  ['a data file that may grow by a few bytes', 'space-data', 'failed', { server: withSpace({ growthBytes: 8 }) }],
  [
    'a full data file at the limit of Express',
    'space-data',
    'failed',
    { server: { ...withSpace({ sizeBytes: 10 * 1024 ** 3 }), isExpress: true } },
  ],
  [
    'a full data file below the limit of Express',
    'space-data',
    'warning',
    { server: { ...withSpace({ sizeBytes: 5e9 }), isExpress: true } },
  ],
  ['space not known', 'space-data', 'unknown', { server: { space: unknownFact } }],
  ['settings not known', 'database-settings', 'unknown', { server: { settings: unknownFact } }],
  ['a database for a single user', 'access', 'failed', withSettings({ access: 'single-user' })],
  ['a database for its owners', 'access', 'warning', withSettings({ access: 'restricted-user' })],
  ['compatibility level 100', 'compatibility', 'warning', withSettings({ compatibilityLevel: 100 })],
  ['compatibility level 110', 'compatibility', 'passed', withSettings({ compatibilityLevel: 110 })],
  [
    'the full recovery model, waiting for its next log backup',
    'recovery-model',
    'passed',
    withSettings({ recoveryModel: 'FULL', logReuseWait: 'LOG_BACKUP' }),
  ],
  [
    'a log that replication holds',
    'recovery-model',
    'warning',
    withSettings({ recoveryModel: 'FULL', logReuseWait: 'REPLICATION' }),
  ],
  ['row versions', 'snapshots', 'passed', withSettings({ isReadCommittedSnapshot: true, allowsSnapshot: true })],
  ['an availability group', 'copies', 'warning', withSettings({ isInAvailabilityGroup: true })],
  ['a published database', 'copies', 'warning', withSettings({ isPublished: true })],
  ['change data capture', 'copies', 'warning', withSettings({ hasChangeDataCapture: true })],
  ['forced delayed durability', 'durability', 'warning', withSettings({ isDurabilityDelayed: true })],
  [
    'an open transaction on a target',
    'lock-holders',
    'warning',
    { server: { lockHolders: { known: true, value: [holder] } } },
  ],
  ['lock holders not known', 'lock-holders', 'unknown', { server: { lockHolders: unknownFact } }],
  ...TRAIT_STATUS.map(
    ([trait, status]) =>
      [`${trait} on the table`, `${trait}:disks`, status, { facts: withTrait(trait, ['it']) }] as const,
  ),
  [
    'security policies that nobody may look for',
    'row-level-security:disks',
    'failed',
    { facts: { traits: { ...NO_TRAITS, 'row-level-security': unknownFact } } },
  ],
  [
    'indexed views that nobody may look for',
    'indexed-view:disks',
    'unknown',
    { facts: { traits: { ...NO_TRAITS, 'indexed-view': unknownFact } } },
  ],
  [
    'a nullable key column',
    'key-columns:disks',
    'failed',
    { facts: { keyColumns: [{ ...keyColumn, nullable: true }] } },
  ],
  [
    'a ROWVERSION key',
    'key-columns:disks',
    'failed',
    { facts: { keyColumns: [{ ...keyColumn, type: 'ROWVERSION', usable: false }] } },
  ],
  ['no unique index on the key', 'key-index:disks', 'failed', { facts: { uniqueKeyIndex: null } }],
  [
    'binary encoding in a text column',
    'value-column:disks',
    'failed',
    { value: { kind: 'text', typeName: 'VARCHAR(MAX)' } },
  ],
  [
    'base64 in a text column',
    'value-column:b64',
    'passed',
    { target: targetOf('b64', { encoding: 'base64' }), value: { kind: 'text', typeName: 'VARCHAR(MAX)' } },
  ],
  ['base64 in a binary column', 'value-column:b64', 'passed', { target: targetOf('b64', { encoding: 'base64' }) }],
  ['a computed column', 'value-column:disks', 'failed', { value: { computed: true } }],
  ['ANSI padding off', 'value-column:disks', 'failed', { value: { ansiPadded: false } }],
  ['BINARY(n) without its padding', 'padding:disks', 'failed', { value: { fixedLength: true, capacity: 900 } }],
  [
    'BINARY(n) with blanks',
    'padding:bin',
    'failed',
    { target: targetOf('bin', { padding: 'blanks' }), value: { fixedLength: true, capacity: 900 } },
  ],
  [
    'BINARY(n) with zeros',
    'padding:bin',
    'passed',
    { target: targetOf('bin', { padding: 'zeros' }), value: { fixedLength: true, capacity: 900 } },
  ],
  [
    'NCHAR(n) with zeros',
    'padding:chars',
    'failed',
    {
      target: targetOf('chars', { encoding: 'hex', padding: 'zeros' }),
      value: { fixedLength: true, kind: 'text', typeName: 'NCHAR(900)', capacity: 900 },
    },
  ],
  [
    'NCHAR(n) with blanks',
    'padding:chars',
    'passed',
    {
      target: targetOf('chars', { encoding: 'hex', padding: 'blanks' }),
      value: { fixedLength: true, kind: 'text', typeName: 'NCHAR(900)', capacity: 900 },
    },
  ],
  [
    'a column with just enough room',
    'room:disks',
    'passed',
    { value: { capacity: 717 }, facts: { longestValueBytes: 717 } },
  ],
  [
    'a longer new root in a full column',
    'room:disks',
    'failed',
    {
      value: { capacity: 717 },
      facts: { longestValueBytes: 717 },
      roots: { ...ROOTS, old: { ...ROOTS.old, keyBits: 2048 } },
    },
  ],
  [
    'a longer new root with room',
    'room:disks',
    'passed',
    {
      value: { capacity: 973 },
      facts: { longestValueBytes: 717 },
      roots: { ...ROOTS, old: { ...ROOTS.old, keyBits: 2048 } },
    },
  ],
  [
    'an RSA block of 512 bytes in 511',
    'room:oaep',
    'failed',
    { target: targetOf('oaep', { envelope: 'rsa-oaep' }), value: { capacity: 511 }, facts: { longestValueBytes: 256 } },
  ],
  [
    'an RSA block of 512 bytes in 512',
    'room:oaep',
    'passed',
    { target: targetOf('oaep', { envelope: 'rsa-oaep' }), value: { capacity: 512 }, facts: { longestValueBytes: 256 } },
  ],
  [
    'an RSA block as hex in NVARCHAR(1024)',
    'room:oaep',
    'passed',
    {
      target: targetOf('oaep', { envelope: 'rsa-oaep', encoding: 'hex' }),
      value: { capacity: 1024, kind: 'text', typeName: 'NVARCHAR(1024)' },
      facts: { longestValueBytes: 1024 },
    },
  ],
  [
    'two bytes a character',
    'room:b64',
    'passed',
    {
      target: targetOf('b64', { encoding: 'base64' }),
      value: { capacity: 1000, kind: 'text', typeName: 'NVARCHAR(1000)' },
      facts: { longestValueBytes: 2000 },
    },
  ],
  ['an index on the value', 'value-indexes:disks', 'warning', { facts: { valueIndexes: ['IX_value'] } }],
  ['a trigger', 'triggers:disks', 'failed', { facts: { triggers: [trigger] } }],
  ['a trigger that is allowed', 'triggers:disks', 'warning', { facts: { triggers: [trigger] }, allowTriggers: true }],
  [
    'an INSTEAD OF trigger, allowed or not',
    'triggers:disks',
    'failed',
    { facts: { triggers: [{ ...trigger, insteadOf: true }] }, allowTriggers: true },
  ],
  [
    'one root twice',
    'roots-differ',
    'failed',
    { roots: { ...ROOTS, new: { ...ROOTS.new, publicKeyId: ROOTS.old.publicKeyId } } },
  ],
  ['a server certificate as root', 'roots-ca', 'failed', { roots: { ...ROOTS, new: rootOf('B', { isCa: false }) } }],
  [
    'an old root without private key',
    'roots-private-keys',
    'failed',
    { roots: { ...ROOTS, old: { ...ROOTS.old, hasPrivateKey: false } } },
  ],
  [
    'a new root that is a certificate alone',
    'roots-private-keys',
    'warning',
    { roots: { ...ROOTS, new: rootOf('B', { hasPrivateKey: false }) } },
  ],
  [
    'the same with rsa-pkcs1',
    'roots-private-keys',
    'failed',
    {
      roots: { ...ROOTS, new: rootOf('B', { hasPrivateKey: false }) },
      target: targetOf('v15', { envelope: 'rsa-pkcs1', plaintextBytes: 32 }),
    },
  ],
  ['a new root of 1024 bits', 'new-root-key', 'failed', { roots: { ...ROOTS, new: rootOf('B', { keyBits: 1024 }) } }],
  [
    'an old root of 1024 bits',
    'roots-old-key',
    'passed',
    { roots: { ...ROOTS, old: { ...ROOTS.old, keyBits: 1024 } } },
  ],
  [
    'an expired new root',
    'roots-validity',
    'failed',
    { roots: { ...ROOTS, new: rootOf('B', { notAfter: new Date('2026-11-01') }) } },
  ],
  [
    'a new root not valid yet',
    'roots-validity',
    'failed',
    { roots: { ...ROOTS, new: rootOf('B', { notBefore: new Date('2027-01-01') }) } },
  ],
  [
    'an old root valid for long',
    'roots-validity',
    'warning',
    { roots: { ...ROOTS, old: { ...ROOTS.old, notAfter: new Date('2027-06-01') } } },
  ],
  [
    'an expired old root',
    'roots-validity',
    'passed',
    { roots: { ...ROOTS, old: { ...ROOTS.old, notAfter: new Date('2026-11-01') } } },
  ],
  [
    'a new root older than the old one',
    'roots-validity',
    'warning',
    { roots: { ...ROOTS, new: rootOf('B', { notBefore: new Date('2015-01-01') }) } },
  ],
];

describe('a preflight check', () => {
  it.each(CASES)('%s: %s is %s', async (_title, id, status, variation) => {
    const { checks, refusal } = await look(variation);
    const check = checks.find((each) => each.id === id);
    expect(check?.status, String(check?.found)).toBe(status);
    if (status !== 'passed') expect(String(check?.remedy)).not.toBe('');
    if (status === 'failed') {
      expect(refusal?.exitCode).toBe(4);
      expect(refusal?.message).toMatch(/nothing was changed/);
      expect(refusal?.hint).toContain(String(check?.remedy));
    } else {
      expect(refusal).toBeNull();
    }
  });

  it('is decided for every feature of a table', () => {
    expect(TRAIT_STATUS.map(([trait]) => trait).sort()).toEqual([...TABLE_TRAITS].sort());
  });

  it('a healthy database passes every one of them', async () => {
    const { checks } = await look({});
    expect(checks.filter((check) => check.status !== 'passed')).toEqual([]);
    expect(new Set(checks.map((check) => check.id)).size).toBe(checks.length);
  });

  it('refuses a target that is not in the schema, and says what is missing', async () => {
    const start = prepareStart(makeScenario(), { keyMap: { ...KEY_MAP, targets: [DISKS, targetOf('gone')] } });
    await expect(run(start)).rejects.toMatchObject({ code: 'E_SCHEMA', exitCode: 4 });
    await expect(run(start)).rejects.toThrow(/dbo\.gone\.Wrapped is not there/);
  });

  it('names every failure at once, not only the first', async () => {
    const { refusal } = await look({
      server: { readOnly: true, productVersion: '10.0' },
      facts: { uniqueKeyIndex: null },
    });
    expect(refusal?.message).toMatch(/read-only/);
    expect(refusal?.message).toMatch(/older than SQL Server 2012/);
    expect(refusal?.message).toMatch(/no unique/);
  });

  it('names unmapped columns and stale ignores as warnings', async () => {
    const scenario = makeScenario();
    scenario.db.unmapped = [{ schema: 'dbo', table: 'Other', column: 'Blob', type: 'IMAGE' }];
    const ignore = [{ schema: 'dbo', table: 'Agnet', column: 'Photo', reason: 'not a key' }];
    const start = prepareStart(scenario, { keyMap: { ...KEY_MAP, ignore } });
    await run(start);
    const checks = start.events.flatMap((event) => (event.type === 'check' ? [event.check] : []));
    const [unmapped, stale] = ['unmapped-columns', 'stale-ignores'].map((id) =>
      checks.find((check) => check.id === id),
    );
    expect([unmapped?.status, stale?.status]).toEqual(['warning', 'warning']);
    expect(String(unmapped?.found)).toContain('dbo.Other.Blob IMAGE');
    expect(String(stale?.found)).toContain('dbo.Agnet.Photo');
  });

  it('refuses a value column that two targets name', async () => {
    const twice = { ...DISKS, name: 'again', table: 'DISKS' };
    const scenario = makeScenario();
    scenario.db.addTable(twice, ['A:1']);
    const start = run(prepareStart(scenario, { keyMap: { ...KEY_MAP, targets: [DISKS, twice] } }));
    await expect(start).rejects.toMatchObject({ code: 'E_SCHEMA' });
  });
});
