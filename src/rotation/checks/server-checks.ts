/** What the server itself must offer, and what an administrator should know of it before the change. */
import type { FileSpace, ServerFacts } from '../ports.ts';
import { failed, type Finding, passed, unknown, warning } from './finding.ts';
import { type Message, text, verbatim } from '../../text/message.ts';
import { decimal } from '../../text/quantities.ts';

/** SQL Server 2012. */
const OLDEST_MAJOR_VERSION = 11;
const BACKUP_FRESH_MS = 24 * 3_600_000;

export interface SpaceNeed {
  readonly journalBytes: number;
  readonly logBytes: number;
}

export function checkServer(facts: ServerFacts, now: Date): readonly Finding[] {
  return [checkKind(facts), checkVersion(facts), checkWritable(facts), checkBackup(facts, now)];
}

function checkKind({ kind, banner, serverName, database, login }: ServerFacts): Finding {
  const where = text`${database} on ${serverName} as ${login}`;
  if (kind === 'embedded')
    return warning(
      'server',
      text`server`,
      text`EMBEDDED, not SQL Server: ${where}`,
      text`for the demo and the tests only`,
    );
  if (kind === 'unknown')
    return warning(
      'server',
      text`server`,
      text`unknown engine (${banner}): ${where}`,
      text`the tool is made for SQL Server; try it on a copy first`,
    );
  return passed('server', text`server`, text`${banner}: ${where}`);
}

function checkVersion({ kind, productVersion, edition }: ServerFacts): Finding {
  const title = text`server version`;
  if (kind === 'embedded') return passed('version', title, text`the embedded server of this tool`);
  const major = Number.parseInt(productVersion ?? '', 10);
  if (productVersion === null || Number.isNaN(major)) {
    return unknown(
      'version',
      title,
      text`the server does not tell its version`,
      text`SQL Server 2012 or later is needed`,
    );
  }
  const found = edition === null ? productVersion : `${productVersion}, ${edition}`;
  // Babelfish reports the version it imitates, which says nothing about its age.
  if (kind !== 'sql-server' || major >= OLDEST_MAJOR_VERSION) return passed('version', title, verbatim(found));
  return failed(
    'E_PREFLIGHT',
    'version',
    title,
    text`${found} is older than SQL Server 2012`,
    text`attach the database to SQL Server 2012 or later`,
  );
}

function checkWritable({ readOnly, database }: ServerFacts): Finding {
  if (!readOnly) return passed('read-only', text`database can be written`, text`${database} is writable`);
  return failed(
    'E_PREFLIGHT',
    'read-only',
    text`database can be written`,
    text`${database} is read-only`,
    text`make the database writable, or connect to the primary replica`,
  );
}

function checkBackup({ lastFullBackup }: ServerFacts, now: Date): Finding {
  const title = text`last full backup`;
  const remedy = text`make a full backup now, and keep the old root with it: without that root the backup cannot be read`;
  if (!lastFullBackup.known)
    return warning('backup', title, text`could not be read, because ${lastFullBackup.because}`, remedy);
  if (lastFullBackup.value === null) return warning('backup', title, text`there was never one`, remedy);
  const finished = lastFullBackup.value.toISOString();
  const isFresh = now.getTime() - lastFullBackup.value.getTime() <= BACKUP_FRESH_MS;
  return isFresh
    ? passed('backup', title, verbatim(finished))
    : warning('backup', title, text`${finished}, more than a day ago`, remedy);
}

export function checkSpace({ space, isExpress }: ServerFacts, need: SpaceNeed): readonly Finding[] {
  const titles = { data: text`space for the journal`, log: text`space in the transaction log` };
  if (!space.known) {
    const remedy = text`see that ${shownBytes(need.journalBytes)} of data and ${shownBytes(need.logBytes)} of log have room`;
    const because = text`could not be read, because ${space.because}`;
    return [unknown('space-data', titles.data, because, remedy), unknown('space-log', titles.log, because, remedy)];
  }
  const { data, log } = space.value;
  return [
    checkDataSpace(titles.data, isExpress ? withinExpress(data) : data, need.journalBytes, isExpress),
    checkLogSpace(titles.log, log, need.logBytes),
  ];
}

/** "Editions and supported features": Express takes 10 GB of data files a database; the log does not count. */
const EXPRESS_BYTES = 10 * 1024 ** 3;

function withinExpress(data: FileSpace): FileSpace {
  const left = Math.max(0, EXPRESS_BYTES - data.sizeBytes);
  return { ...data, growthBytes: Math.min(data.growthBytes ?? left, left) };
}

function checkDataSpace(
  title: Message,
  { freeBytes, growthBytes }: FileSpace,
  need: number,
  isExpress: boolean,
): Finding {
  const found = text`about ${shownBytes(need)} needed, ${shownBytes(freeBytes)} free`;
  if (freeBytes >= need) return passed('space-data', title, found);
  if (growthBytes === null || freeBytes + growthBytes >= need)
    return warning('space-data', title, text`${found}; ${growth(growthBytes)}`, text`see that the disk has room`);
  const growing = growth(growthBytes);
  return failed(
    'E_PREFLIGHT',
    'space-data',
    title,
    isExpress
      ? text`${found}, and ${growing}, within the 10 GB that Express allows a database`
      : text`${found}, and ${growing}`,
    isExpress
      ? text`drop the journals of earlier runs, or move the database to another edition for the time of the run`
      : text`enlarge the data file, or let it grow further`,
  );
}

/** Under the simple recovery model the log is reused batch by batch, so a small one is no reason to refuse. */
function checkLogSpace(title: Message, { freeBytes, growthBytes }: FileSpace, need: number): Finding {
  const found = text`up to ${shownBytes(need)} needed, ${shownBytes(freeBytes)} free`;
  if (freeBytes >= need) return passed('space-log', title, found);
  return warning(
    'space-log',
    title,
    growthBytes === 0 ? text`${found}, and ${growth(0)}` : text`${found}; ${growth(growthBytes)}`,
    text`back the log up during the run, or see that there is room; a full log stops the run, resumable`,
  );
}

function growth(bytes: number | null): Message {
  if (bytes === 0) return text`the file cannot grow`;
  return bytes === null
    ? text`the file grows by itself`
    : text`the file grows by itself, by ${shownBytes(bytes)} at most`;
}

export function shownBytes(bytes: number): Message {
  const mebibytes = bytes / (1024 * 1024);
  return mebibytes < 1024 ? text`${Math.max(1, Math.ceil(mebibytes))} MiB` : text`${decimal(mebibytes / 1024, 1)} GiB`;
}
