/**
 * What a server means that refuses a login: the one table of its numbers. Its texts are in its own language.
 *
 * Sources: "MSSQLSERVER_18456", "Database engine events and errors" (SQL Server documentation), "Troubleshoot
 * connectivity issues and other errors" (Azure SQL documentation).
 */
import { text } from '../text/message.ts';
import type { Message } from '../text/message.ts';
import type { ConnectionOptions } from './connection.ts';

export interface Explanation {
  readonly problem: Message;
  readonly remedy: Message;
  /** A second choice, on a line of its own. */
  readonly otherwise?: Message;
  /** True when the same attempt may succeed in a minute: a server that restarts, a network that comes back. */
  readonly mayPass?: boolean;
  /** True where the text of server or driver says more than the explanation. */
  readonly isVague?: boolean;
}

/** 18456 closes every refusal; these say only that the database is not to be had: any other number tells more. */
const UNSPECIFIC: readonly number[] = [4060, 4064, 916];
const REFUSED = 18456;

/** The explanation of the number that says most, or null when none is known. */
export function explainRefusal(numbers: readonly number[], options: ConnectionOptions): Explanation | null {
  const known = numbers.filter((number) => number in REFUSALS);
  const telling =
    known.find((number) => number !== REFUSED && !UNSPECIFIC.includes(number)) ??
    known.find((number) => number !== REFUSED) ??
    known[0];
  return telling === undefined ? null : (REFUSALS[telling]?.(options) ?? null);
}

type Refusal = (options: ConnectionOptions) => Explanation;

const refused: Refusal = ({ auth }) =>
  auth === 'ntlm'
    ? {
        problem: text`the Windows account was refused: its name or password is wrong, or it is no login of this server`,
        remedy: text`check --user DOMAIN\\USER and the password, and that a DBA made the account or one of its groups a login; the server writes the exact reason to its own error log`,
      }
    : {
        problem: text`the login was refused: user name or password is wrong, or the server takes Windows logins only`,
        remedy: text`check --user and the password (both count letter case), and that the server takes SQL Server logins (mixed mode); the server writes the exact reason to its own error log, as the state of error 18456`,
      };

const untrusted: Refusal = () => ({
  problem: text`the server does not trust the Windows account: its password or domain is wrong, or the domain is foreign`,
  remedy: text`check --user DOMAIN\\USER and the password; from outside the domain use a SQL Server login (--auth sql)`,
});

const always =
  (problem: Message, remedy: Message): Refusal =>
  () => ({ problem, remedy });
const passing =
  (problem: Message, remedy: Message): Refusal =>
  () => ({ problem, remedy, mayPass: true });

const noDatabase: Refusal = ({ database }) => ({
  problem: text`the database ${database} cannot be opened: it does not exist, or this login may not use it`,
  remedy: text`check --database; let a DBA map the login to a user of that database`,
  mayPass: true,
});

const starting = passing(
  text`the server is starting, stopping or paused and takes no logins`,
  text`try again when it is up`,
);
const recovering = passing(text`the database is in recovery or being restored`, text`try again when it is online`);
const secondary = passing(
  text`the database is an Always On secondary here, which takes no changes`,
  text`give the name of the availability group listener, or of the primary replica, as --server`,
);
const busy = passing(text`the service is busy or moves the database`, text`try again in a minute`);

const REFUSALS: Readonly<Record<number, Refusal>> = {
  916: noDatabase,
  921: recovering,
  922: recovering,
  924: passing(
    text`the database is in single-user mode and somebody else holds it`,
    text`end the maintenance first, or let a DBA set it back: ALTER DATABASE … SET MULTI_USER`,
  ),
  927: recovering,
  942: passing(text`the database is offline`, text`let a DBA bring it online: ALTER DATABASE … SET ONLINE`),
  945: passing(
    text`the database cannot be opened: files, memory or disk space are missing`,
    text`let a DBA look at it`,
  ),
  948: always(
    text`the database was made by a newer SQL Server and cannot be opened by this one`,
    text`give the server that holds it as --server`,
  ),
  976: secondary,
  978: secondary,
  982: secondary,
  983: passing(
    text`the availability replica is changing its role, and its database cannot be reached`,
    text`try again in a minute; give the name of the availability group listener as --server`,
  ),
  4060: noDatabase,
  4064: always(
    text`the default database of the login cannot be opened`,
    text`let a DBA change it: ALTER LOGIN … WITH DEFAULT_DATABASE = master`,
  ),
  6005: starting,
  10928: busy,
  10929: busy,
  17142: starting,
  17187: starting,
  17197: passing(
    text`the login took the server too long`,
    text`try again; the server or its domain controller is overloaded`,
  ),
  17806: always(
    text`Windows refused the account during the handshake`,
    text`check --user DOMAIN\\USER and the password; the Windows event log of the server tells the reason`,
  ),
  17809: passing(text`the server has as many connections as it may have`, text`try again when others have left`),
  18401: starting,
  18451: starting,
  18452: untrusted,
  [REFUSED]: refused,
  18461: passing(
    text`the server is in single-user mode and somebody else holds the one connection`,
    text`end the maintenance on the server first`,
  ),
  18470: always(text`the login is disabled`, text`let a DBA enable it: ALTER LOGIN … ENABLE`),
  18486: always(
    text`the login is locked after too many wrong passwords`,
    text`let a DBA unlock it: ALTER LOGIN … WITH PASSWORD = … UNLOCK`,
  ),
  18487: always(text`the password has expired`, text`change the password with another client, then try again`),
  18488: always(
    text`the password must be changed before the first use`,
    text`change the password with another client, then try again`,
  ),
  40197: busy,
  40501: busy,
  40532: always(
    text`the service knows no such server`,
    text`give the full name as --server, such as NAME.database.windows.net, and the login as --user LOGIN@NAME`,
  ),
  40613: busy,
  40615: always(
    text`the firewall of the service does not let this workstation in`,
    text`let its administrator add the address in the message to the firewall rules of the server`,
  ),
  40914: always(
    text`the service does not let the network of this workstation in`,
    text`let its administrator add a virtual network rule`,
  ),
  47073: always(
    text`the service takes no connections from the public network`,
    text`connect over its private endpoint, or let its administrator allow public access`,
  ),
  49918: busy,
  49919: busy,
  49920: busy,
};
