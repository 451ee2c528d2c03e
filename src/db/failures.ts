/**
 * What a failed call means: the one table of server error numbers, and the words for people.
 *
 * Sources: "Database engine events and errors" (SQL Server documentation), "Troubleshoot transient connection errors"
 * (Azure SQL documentation).
 */
import { DatabaseError } from '../errors.ts';
import type { Disposition, ErrorCode } from '../errors.ts';
import { THROWN } from './statements/binding.ts';
import { text, verbatim } from '../text/message.ts';
import type { Message } from '../text/message.ts';

/** The server rolled the transaction back and the session lives. */
const ROLLED_BACK: Readonly<Record<number, Message>> = {
  601: text`the rows moved under a reader that takes no locks`,
  701: text`the server is short of memory`,
  1204: text`the server is short of memory for locks`,
  1205: text`chosen as deadlock victim`,
  1222: text`a lock was not granted in time`,
  3960: text`snapshot update conflict`,
  8628: text`the server was too busy to plan the statement in time`,
  8645: text`the server was too busy to give the statement memory in time`,
  41302: text`update conflict on a memory-optimised table`,
};

/** The session is over, or the server cannot answer for a while: look again over a new connection. */
const SESSION_OVER: Readonly<Record<number, Message>> = {
  233: text`the server closed the connection`,
  596: text`the session was killed`,
  617: text`the database is shutting down`,
  921: text`the database is in recovery`,
  922: text`the database is in recovery`,
  924: text`the database is in single-user mode, and somebody else holds it`,
  927: text`the database is being restored`,
  942: text`the database is offline`,
  945: text`the database cannot be opened`,
  952: text`the database is changing its state`,
  976: text`the database is a secondary replica now`,
  978: text`the database is a secondary replica now`,
  982: text`the database is a secondary replica now`,
  983: text`the availability replica is not ready`,
  3906: text`the database is read-only`,
  3908: text`the database is in emergency mode`,
  4060: text`the database cannot be opened`,
  4221: text`the availability replica is not ready`,
  6005: text`the server is shutting down`,
  6006: text`the server is shutting down`,
  10928: text`a resource limit of the server was reached`,
  10929: text`the server is too busy`,
  40197: text`the service failed over`,
  40501: text`the service is busy`,
  40613: text`the database is unavailable for the moment`,
  49918: text`the service is out of resources`,
  49919: text`the service is out of resources`,
  49920: text`the service is out of resources`,
};

const LISTENER = text`give the name of the availability group listener, or of the primary replica, as --server`;

/** What to do, where waiting alone does not help. */
const REMEDIES: Readonly<Record<number, Message>> = {
  229: text`grant the right named above to this login, then run the same command again to resume`,
  230: text`grant the right named above to this login, then run the same command again to resume`,
  262: text`let a DBA create the tables printed by \`srkey ddl\`, then run the same command again`,
  1105: text`make room in the data file or let it grow, then run the same command again to resume`,
  9002: text`back up the transaction log or let it grow, then run the same command again to resume`,
  924: text`end the maintenance first, or let a DBA set it back: ALTER DATABASE … SET MULTI_USER`,
  942: text`let a DBA bring it online: ALTER DATABASE … SET ONLINE`,
  976: LISTENER,
  978: LISTENER,
  982: LISTENER,
  983: LISTENER,
  4221: LISTENER,
  3906: text`let a DBA make it writable: ALTER DATABASE … SET READ_WRITE; on a secondary replica give the primary one as --server`,
  1101: text`make room on the disk of the data file, then run the same command again to resume`,
};

const FENCED: ReadonlySet<number> = new Set([THROWN.segmentFenced, THROWN.runFenced]);

/** Babelfish hands over whatever PostgreSQL has no SQL Server number for under this one, with PostgreSQL's text. */
const BABELFISH_UNMAPPED = 33557097;
const BABELFISH_ROLLED_BACK = /lock timeout|deadlock detected|could not serialize access/i;
/**
 * It reads a bulk load up to the first byte of its DONE token: where a packet ends within those 13 bytes, the next one is
 * taken for a load of its own, and the answer to that for the answer to whatever was asked next. Measured with packets of
 * 16,000 bytes: 12 of 15,992 lengths.
 */
const BABELFISH_OUT_OF_STEP = 'Bulk Load Request (BulkLoadBCP) protocol stream is incorrect';

/**
 * Codes with which the drivers refuse a call before anything is sent. Any other error without a server's number leaves
 * open whether the statement took effect: the operating systems' network codes arrive as they are, and a lost
 * connection also as the drivers' all-purpose EREQUEST.
 */
const NEVER_SENT = new Set(['EARGS', 'EDUPEPARAM', 'EINJECT', 'ENAME', 'EPARAM']);

interface DriverError {
  readonly message: string;
  readonly code: string | null;
  readonly number: number | null;
  readonly severity: number;
}

/** The one place where a driver error's loose fields become typed. */
function read(error: unknown): DriverError {
  if (!(error instanceof Error)) return { message: String(error), code: null, number: null, severity: 0 };
  const loose = error as Error & { code?: unknown; number?: unknown; class?: unknown; precedingErrors?: unknown };
  const preceding = Array.isArray(loose.precedingErrors) ? loose.precedingErrors.map(read) : [];
  const first = preceding.find(({ number }) => number !== null && known(number));
  if (first !== undefined) return first;
  return {
    message: error.message,
    code: typeof loose.code === 'string' ? loose.code : null,
    number: typeof loose.number === 'number' ? loose.number : null,
    severity: typeof loose.class === 'number' ? loose.class : 0,
  };
}

function known(number: number): boolean {
  return number in ROLLED_BACK || number in SESSION_OVER || number in REMEDIES || FENCED.has(number);
}

function dispositionOf({ message, code, number, severity }: DriverError): Disposition {
  if (number !== null) {
    if (number in ROLLED_BACK) return 'retry';
    if (number === BABELFISH_UNMAPPED && BABELFISH_ROLLED_BACK.test(message)) return 'retry';
    if (number === BABELFISH_UNMAPPED && message.includes(BABELFISH_OUT_OF_STEP)) return 'reconnect';
    if (number in SESSION_OVER || severity >= 20) return 'reconnect';
    return 'stop';
  }
  return code !== null && NEVER_SENT.has(code) ? 'stop' : 'reconnect';
}

/**
 * Wraps a driver error. `what` completes "could not …", e.g. `commit batch 12 of dbo.DiskKey.WrappedKey`.
 */
export function databaseError(error: unknown, what: Message): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const driver = read(error);
  if (driver.number !== null && FENCED.has(driver.number)) {
    return new DatabaseError('stop', text`could not ${what}: ${driver.message}`, {
      code: 'E_FENCED',
      number: driver.number,
      hint: text`nothing of this batch was written; look who is at work with \`srkey runs\``,
      cause: error,
    });
  }
  const disposition = dispositionOf(driver);
  const said = driver.number === null ? verbatim(driver.message) : text`${driver.message} (error ${driver.number})`;
  const meaning = driver.number === null ? undefined : (ROLLED_BACK[driver.number] ?? SESSION_OVER[driver.number]);
  const hint = driver.number === null ? undefined : REMEDIES[driver.number];
  const code: ErrorCode = disposition === 'stop' ? 'E_DB_REFUSED' : 'E_DB_UNAVAILABLE';
  return new DatabaseError(
    disposition,
    meaning === undefined ? text`could not ${what}: ${said}` : text`could not ${what}: ${meaning}: ${said}`,
    {
      code,
      number: driver.number,
      reason: said,
      ...(hint === undefined ? {} : { hint }),
      cause: error,
    },
  );
}
