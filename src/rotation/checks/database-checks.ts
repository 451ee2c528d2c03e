/** Settings of the database, and who is at work in it: what an administrator should know before a long night. */
import type { DatabaseSettings, LockHolder, ServerFacts } from '../ports.ts';
import { failed, type Finding, passed, unknown, warning } from './finding.ts';

/** SQL Server 2012's own level; 90 is the oldest that it takes. */
const OWN_LEVEL_OF_2012 = 110;
/** Waits for log reuse that end by themselves, at the next checkpoint or when an active transaction ends. */
const HARMLESS_LOG_WAITS = new Set(['NOTHING', 'CHECKPOINT', 'ACTIVE_TRANSACTION', 'OLDEST_PAGE', 'XTP_CHECKPOINT']);
const SHOWN_HOLDERS = 5;

export function checkDatabase({ settings, lockHolders }: ServerFacts): readonly Finding[] {
  return [
    ...(settings.known ? checkSettings(settings.value) : [unreadSettings(settings.because)]),
    checkLocks(lockHolders),
  ];
}

function unreadSettings(because: string): Finding {
  return unknown(
    'database-settings',
    'settings of the database',
    `could not be read, because ${because}`,
    'look at recovery model, availability group, replication and access of the database yourself',
  );
}

function checkSettings(settings: DatabaseSettings): readonly Finding[] {
  return [
    checkAccess(settings),
    checkCompatibility(settings),
    checkRecovery(settings),
    checkSnapshots(settings),
    checkCopies(settings),
    checkDurability(settings),
  ];
}

function checkAccess({ access }: DatabaseSettings): Finding {
  const [id, title] = ['access', 'access to the database'];
  if (access === 'multi-user') return passed(id, title, access);
  if (access === 'restricted-user')
    return warning(
      id,
      title,
      'restricted to owners (RESTRICTED_USER)',
      'agents cannot reach their keys until it is MULTI_USER again',
    );
  return failed(
    'E_PREFLIGHT',
    id,
    title,
    'one connection at a time (SINGLE_USER): the tool needs several',
    'ALTER DATABASE … SET MULTI_USER, or RESTRICTED_USER to keep others out',
  );
}

function checkCompatibility({ compatibilityLevel: level }: DatabaseSettings): Finding {
  const [id, title] = ['compatibility', 'compatibility level'];
  if (level >= OWN_LEVEL_OF_2012) return passed(id, title, String(level));
  return warning(
    id,
    title,
    `${level}, of a version before SQL Server 2012`,
    'the tool needs nothing of later levels, but it has not been tried on this one: try it on a copy first',
  );
}

function checkRecovery({ recoveryModel, logReuseWait }: DatabaseSettings): Finding {
  const [id, title] = ['recovery-model', 'recovery model and log'];
  if (!HARMLESS_LOG_WAITS.has(logReuseWait) && !(recoveryModel !== 'SIMPLE' && logReuseWait === 'LOG_BACKUP')) {
    return warning(
      id,
      title,
      `${recoveryModel}; the log cannot be reused now because of ${logReuseWait}`,
      'mend that first: the run fills the log, and a full log stops it, resumable',
    );
  }
  if (recoveryModel === 'SIMPLE') return passed(id, title, 'SIMPLE: the log is reused batch by batch');
  return passed(id, title, `${recoveryModel}: the log grows until it is backed up`);
}

function checkSnapshots({ isReadCommittedSnapshot, allowsSnapshot }: DatabaseSettings): Finding {
  const [id, title] = ['snapshots', 'row versions'];
  if (!isReadCommittedSnapshot && !allowsSnapshot) return passed(id, title, 'none are kept');
  const which = [
    ...(isReadCommittedSnapshot ? ['READ_COMMITTED_SNAPSHOT'] : []),
    ...(allowsSnapshot ? ['ALLOW_SNAPSHOT_ISOLATION'] : []),
  ].join(' and ');
  return passed(id, title, `${which}: each swapped value leaves a version in tempdb for a while`);
}

/** Whatever else receives each swap. */
function checkCopies({ isInAvailabilityGroup, isPublished, hasChangeDataCapture }: DatabaseSettings): Finding {
  const [id, title] = ['copies', 'other copies of the database'];
  const copies = [
    ...(isInAvailabilityGroup ? ['availability group: synchronous replicas slow every batch down'] : []),
    ...(isPublished ? ['replication: the log is kept until the log reader has read it'] : []),
    ...(hasChangeDataCapture ? ['change data capture: the log is kept until the capture job has read it'] : []),
  ];
  if (copies.length === 0) return passed(id, title, 'none');
  return warning(id, title, copies.join('; '), 'see that each of them keeps up, and watch the log during the run');
}

function checkDurability({ isDurabilityDelayed }: DatabaseSettings): Finding {
  const [id, title] = ['durability', 'durability of commits'];
  if (!isDurabilityDelayed) return passed(id, title, 'as committed');
  return warning(
    id,
    title,
    'DELAYED_DURABILITY = FORCED: a crash of the server may take back batches that were answered as committed',
    'ALTER DATABASE … SET DELAYED_DURABILITY = DISABLED for the time of the run; else run the command again after a crash',
  );
}

function checkLocks(lockHolders: ServerFacts['lockHolders']): Finding {
  const [id, title] = ['lock-holders', 'open transactions on the targets'];
  if (!lockHolders.known) {
    return unknown(
      id,
      title,
      `could not be read, because ${lockHolders.because}`,
      'a batch that meets a lock waits and is tried again; VIEW SERVER STATE lets the tool name who holds it',
    );
  }
  const holders = lockHolders.value;
  if (holders.length === 0) return passed(id, title, 'none');
  const shown = holders.slice(0, SHOWN_HOLDERS).map(describeHolder);
  const more = holders.length > shown.length ? [`and ${holders.length - shown.length} more`] : [];
  return warning(
    id,
    title,
    [...shown, ...more].join('; '),
    'let these end first: batches would wait for them and be tried again',
  );
}

function describeHolder({ session, login, host, program, table, mode, openSeconds }: LockHolder): string {
  const who = [login, ...(host === null ? [] : [`on ${host}`]), ...(program === null ? [] : [`(${program})`])].join(
    ' ',
  );
  return `session ${session}, ${who}: ${mode} on ${table} for ${openSeconds} s`;
}
