/** Each right that the run needs and the login lacks, named before anything is written. */
import type { Fact, RightsFacts } from '../ports.ts';
import { failed, type Finding, passed, unknown } from './finding.ts';
import { lines, text } from '../../text/message.ts';

export function checkRights(login: string, rights: Fact<RightsFacts>): readonly Finding[] {
  const unfit = rights.known ? rights.value.unfitTables : [];
  if (unfit.length === 0) return [checkMissing(login, rights)];
  const found = text`${unfit.join(', ')}: made beforehand, and not for the target as it is now`;
  const remedy = text`let a DBA drop them, and make them again as \`srkey ddl --next-run\` prints them`;
  return [
    checkMissing(login, rights),
    failed('E_PREFLIGHT', 'run-tables', text`tables made for the run`, found, remedy),
  ];
}

function checkMissing(login: string, rights: Fact<RightsFacts>): Finding {
  const [id, title] = ['rights', text`rights of the login`] as const;
  if (!rights.known) {
    return unknown(
      id,
      title,
      text`could not be read, because ${rights.because}`,
      text`a missing right would stop the run where it is needed, resumable; nothing is lost then`,
    );
  }
  const { missing, tablesToMake } = rights.value;
  if (missing.length === 0) return passed(id, title, text`${login} has every right the run needs`);
  const found = text`${login} lacks ${missing.map(({ permission, on }) => `${permission} on ${on}`).join(', ')}`;
  const grant = text`let a DBA grant them: sql/rotation/rights.sql and \`srkey ddl\` hold the statements`;
  if (!missing.some(({ purpose }) => purpose === 'create')) return failed('E_PREFLIGHT', id, title, found, grant);
  // Without the right to make tables the tool works with tables that are there.
  const make =
    tablesToMake.length === 0
      ? text`or let a DBA make the state tables, or bring older ones up to date: \`srkey ddl\` prints the script that does both`
      : text`or let a DBA make the tables (${tablesToMake.join(', ')}): \`srkey ddl\` and \`srkey ddl --next-run\` print them`;
  return failed('E_PREFLIGHT', id, title, found, lines([grant, make]));
}
