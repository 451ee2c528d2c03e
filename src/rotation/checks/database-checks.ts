/** Settings of the database, and who is at work in it: what an administrator should know before a long night. */
import type { DatabaseSettings, LockHolder, ServerFacts } from '../ports.ts';
import { failed, type Finding, passed, unknown, warning } from './finding.ts';
import { list, type Message, text, verbatim } from '../../text/message.ts';
import { duration } from '../../text/quantities.ts';

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

function unreadSettings(because: Message): Finding {
  return unknown(
    'database-settings',
    text`settings of the database`,
    text`could not be read, because ${because}`,
    text`look at recovery model, availability group, replication and access of the database yourself`,
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
  const [id, title] = ['access', text`access to the database`] as const;
  if (access === 'multi-user') return passed(id, title, verbatim(access));
  if (access === 'restricted-user')
    return warning(
      id,
      title,
      text`restricted to owners (RESTRICTED_USER)`,
      text`agents cannot reach their keys until it is MULTI_USER again`,
    );
  return failed(
    'E_PREFLIGHT',
    id,
    title,
    text`one connection at a time (SINGLE_USER): the tool needs several`,
    text`ALTER DATABASE … SET MULTI_USER, or RESTRICTED_USER to keep others out`,
  );
}

function checkCompatibility({ compatibilityLevel: level }: DatabaseSettings): Finding {
  const [id, title] = ['compatibility', text`compatibility level`] as const;
  if (level >= OWN_LEVEL_OF_2012) return passed(id, title, verbatim(String(level)));
  return warning(
    id,
    title,
    text`${level}, of a version before SQL Server 2012`,
    text`the tool needs nothing of later levels, but it has not been tried on this one: try it on a copy first`,
  );
}

function checkRecovery({ recoveryModel, logReuseWait }: DatabaseSettings): Finding {
  const [id, title] = ['recovery-model', text`recovery model and log`] as const;
  if (!HARMLESS_LOG_WAITS.has(logReuseWait) && !(recoveryModel !== 'SIMPLE' && logReuseWait === 'LOG_BACKUP')) {
    return warning(
      id,
      title,
      text`${recoveryModel}; the log cannot be reused now because of ${logReuseWait}`,
      text`mend that first: the run fills the log, and a full log stops it, resumable`,
    );
  }
  if (recoveryModel === 'SIMPLE') return passed(id, title, text`SIMPLE: the log is reused batch by batch`);
  return passed(id, title, text`${recoveryModel}: the log grows until it is backed up`);
}

function checkSnapshots({ isReadCommittedSnapshot, allowsSnapshot }: DatabaseSettings): Finding {
  const [id, title] = ['snapshots', text`row versions`] as const;
  if (!isReadCommittedSnapshot && !allowsSnapshot) return passed(id, title, text`none are kept`);
  const which = [
    ...(isReadCommittedSnapshot ? ['READ_COMMITTED_SNAPSHOT'] : []),
    ...(allowsSnapshot ? ['ALLOW_SNAPSHOT_ISOLATION'] : []),
  ];
  return passed(id, title, text`${list(which)}: each swapped value leaves a version in tempdb for a while`);
}

/** Whatever else receives each swap. */
function checkCopies({ isInAvailabilityGroup, isPublished, hasChangeDataCapture }: DatabaseSettings): Finding {
  const [id, title] = ['copies', text`other copies of the database`] as const;
  const copies = [
    ...(isInAvailabilityGroup ? [text`availability group: synchronous replicas slow every batch down`] : []),
    ...(isPublished ? [text`replication: the log is kept until the log reader has read it`] : []),
    ...(hasChangeDataCapture ? [text`change data capture: the log is kept until the capture job has read it`] : []),
  ];
  if (copies.length === 0) return passed(id, title, text`none`);
  return warning(id, title, list(copies, '; '), text`see that each of them keeps up, and watch the log during the run`);
}

function checkDurability({ isDurabilityDelayed }: DatabaseSettings): Finding {
  const [id, title] = ['durability', text`durability of commits`] as const;
  if (!isDurabilityDelayed) return passed(id, title, text`as committed`);
  return warning(
    id,
    title,
    text`DELAYED_DURABILITY = FORCED: a crash of the server may take back batches that were answered as committed`,
    text`ALTER DATABASE … SET DELAYED_DURABILITY = DISABLED for the time of the run; else run the command again after a crash`,
  );
}

function checkLocks(lockHolders: ServerFacts['lockHolders']): Finding {
  const [id, title] = ['lock-holders', text`open transactions on the targets`] as const;
  if (!lockHolders.known) {
    return unknown(
      id,
      title,
      text`could not be read, because ${lockHolders.because}`,
      text`a batch that meets a lock waits and is tried again; VIEW SERVER STATE lets the tool name who holds it`,
    );
  }
  const holders = lockHolders.value;
  if (holders.length === 0) return passed(id, title, text`none`);
  const shown = holders.slice(0, SHOWN_HOLDERS).map(describeHolder);
  const more = holders.length > shown.length ? [text`and ${holders.length - shown.length} more`] : [];
  return warning(
    id,
    title,
    list([...shown, ...more], '; '),
    text`let these end first: batches would wait for them and be tried again`,
  );
}

function describeHolder({ session, login, host, program, table, mode, openSeconds }: LockHolder): Message {
  const who = list(
    [login, ...(host === null ? [] : [text`on ${host}`]), ...(program === null ? [] : [`(${program})`])],
    ' ',
  );
  return text`session ${session}, ${who}: ${mode} on ${table} for ${duration(openSeconds)}`;
}
