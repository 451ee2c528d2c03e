/** What is measured of the server: settings, space, backup, lock holders. */
import type { Target } from '../keys/target.ts';
import type { DatabaseSettings, FileSpace, LockHolder } from '../rotation/ports.ts';
import type { CatalogShape } from './catalog-shape.ts';
import { onlyRow, readDateOrNull, readNumber, readNumberOrNull, readText, readTextOrNull } from './rows.ts';
import { int } from './session.ts';
import type { RawRow, RenewedSession } from './session.ts';
import { databaseSettings, FILE_SPACE, LAST_FULL_BACKUP, LOCK_HOLDERS } from './statements/measures.ts';
import { text } from '../text/message.ts';

const PAGE_BYTES = 8192;
const UNLIMITED_PAGES = -1;
/** sys.databases: user_access. */
const USER_ACCESS = ['multi-user', 'single-user', 'restricted-user'] as const;
/** sys.databases: delayed_durability. */
const FORCED = 2;
/** A transaction open for less is everyday work. */
const OPEN_SECONDS = 5;

export async function readSettings(session: RenewedSession, shape: CatalogShape): Promise<DatabaseSettings> {
  const statement = databaseSettings(await shape.has(['databases.delayed_durability']));
  const row = onlyRow(await session.query(text`read the settings of the database`, statement));
  const is = (name: string): boolean => readNumber(row, name) !== 0;
  return {
    compatibilityLevel: readNumber(row, 'CompatibilityLevel'),
    recoveryModel: readText(row, 'RecoveryModel'),
    logReuseWait: readTextOrNull(row, 'LogReuseWait') ?? 'NOTHING',
    isReadCommittedSnapshot: is('ReadCommittedSnapshot'),
    allowsSnapshot: is('SnapshotState'),
    access: USER_ACCESS[readNumber(row, 'UserAccess')] ?? 'multi-user',
    isInAvailabilityGroup: is('InAvailabilityGroup'),
    isPublished: is('Published'),
    hasChangeDataCapture: is('ChangeDataCapture'),
    isDurabilityDelayed: readNumber(row, 'DelayedDurability') === FORCED,
  };
}

export async function readSpace(session: RenewedSession): Promise<{ data: FileSpace; log: FileSpace }> {
  const [rows = []] = await session.query(text`read the file sizes`, FILE_SPACE);
  const isLog = (row: RawRow): boolean => readNumber(row, 'FileType') === 1;
  return {
    data: rows
      .filter((row) => !isLog(row))
      .map(fileSpace)
      .reduce(addSpace, NO_SPACE),
    log: rows.filter(isLog).map(fileSpace).reduce(addSpace, NO_SPACE),
  };
}

const NO_SPACE: FileSpace = { sizeBytes: 0, freeBytes: 0, growthBytes: 0 };

function fileSpace(row: RawRow): FileSpace {
  const size = readNumber(row, 'SizePages');
  const max = readNumber(row, 'MaxPages');
  const growthPages = readNumber(row, 'Growth') === 0 ? 0 : Math.max(0, max - size);
  return {
    sizeBytes: size * PAGE_BYTES,
    freeBytes: (size - (readNumberOrNull(row, 'UsedPages') ?? size)) * PAGE_BYTES,
    growthBytes: readNumber(row, 'Growth') > 0 && max === UNLIMITED_PAGES ? null : growthPages * PAGE_BYTES,
  };
}

function addSpace(a: FileSpace, b: FileSpace): FileSpace {
  return {
    sizeBytes: a.sizeBytes + b.sizeBytes,
    freeBytes: a.freeBytes + b.freeBytes,
    growthBytes: a.growthBytes === null || b.growthBytes === null ? null : a.growthBytes + b.growthBytes,
  };
}

export async function readLastFullBackup(session: RenewedSession): Promise<Date | null> {
  const row = onlyRow(await session.query(text`read the backup history`, LAST_FULL_BACKUP));
  return readDateOrNull(row, 'FinishedAt');
}

export async function readLockHolders(
  session: RenewedSession,
  targets: readonly Target[],
): Promise<readonly LockHolder[]> {
  const wanted = new Set(targets.map(({ schema, table }) => `${schema}.${table}`.toLowerCase()));
  const [rows = []] = await session.query(text`read who holds locks`, LOCK_HOLDERS, { seconds: int(OPEN_SECONDS) });
  return rows
    .map((row) => ({
      session: readNumber(row, 'SessionId'),
      login: readText(row, 'LoginName'),
      host: readTextOrNull(row, 'HostName'),
      program: readTextOrNull(row, 'ProgramName'),
      table: `${readText(row, 'SchemaName')}.${readText(row, 'TableName')}`,
      mode: readText(row, 'LockMode').trim(),
      openSeconds: readNumber(row, 'OpenSeconds'),
    }))
    .filter(({ table }) => wanted.has(table.toLowerCase()));
}
