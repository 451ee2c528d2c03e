/** What else a target's table has: which features forbid the swap of a value, and which one should know of. */
import { type Target, targetColumn } from '../../keys/target.ts';
import type { TraitFacts } from '../ports.ts';
import { TABLE_TRAITS, type TableTrait } from '../../keys/table-traits.ts';
import { failed, type Finding, passed, unknown, warning } from './finding.ts';
import { type Message, text } from '../../text/message.ts';

interface Judgement {
  readonly status: 'failed' | 'warning' | 'passed';
  readonly title: Message;
  /** What it means, behind the names of what was found. */
  readonly because: Message;
  /** Null where there is nothing to do. */
  readonly remedy: Message | null;
  /** Not to be able to look is as bad as to find it. */
  readonly mustBeKnown?: true;
}

const JUDGEMENTS: Readonly<Record<TableTrait, Judgement>> = {
  'row-level-security': {
    status: 'failed',
    title: text`row-level security`,
    because: text`a security policy may hide rows: keys that nobody counts would be left behind`,
    remedy: text`switch the policy off for the time of the run: ALTER SECURITY POLICY … WITH (STATE = OFF)`,
    mustBeKnown: true,
  },
  masked: {
    status: 'failed',
    title: text`data masking`,
    because: text`the column is masked for this login, which reads the mask instead of the key`,
    remedy: text`GRANT UNMASK to the database user of this login for the time of the run`,
  },
  encrypted: {
    status: 'failed',
    title: text`Always Encrypted`,
    because: text`the server cannot compare what it cannot read`,
    remedy: text`decrypt the column first (Always Encrypted is taken off by the Always Encrypted wizard)`,
  },
  'memory-optimised': {
    status: 'failed',
    title: text`memory-optimised table`,
    because: text`a transaction that spans such a table and the journal follows other rules than the ones this tool relies on`,
    remedy: text`move the keys to a disk-based table first`,
  },
  history: {
    status: 'failed',
    title: text`history table`,
    because: text`the history of another table cannot be changed`,
    remedy: text`name the current table in the key map`,
  },
  'append-only-ledger': {
    status: 'failed',
    title: text`append-only ledger table`,
    because: text`its rows cannot be updated`,
    remedy: text`move the keys to an ordinary table first`,
  },
  filetable: {
    status: 'failed',
    title: text`FileTable`,
    because: text`it holds files, which programs open past SQL Server`,
    remedy: text`move the keys to an ordinary table first`,
  },
  external: {
    status: 'failed',
    title: text`external table`,
    because: text`its rows are in another system, which no transaction of this database covers`,
    remedy: text`run the tool on the database that holds the rows`,
  },
  stretched: {
    status: 'failed',
    title: text`Stretch Database`,
    because: text`rows that were moved away cannot be updated`,
    remedy: text`bring the rows back and switch Stretch off for this table`,
  },
  'read-only-columnstore': {
    status: 'failed',
    title: text`columnstore index`,
    because: text`before SQL Server 2016 such an index makes its table read-only`,
    remedy: text`disable the index for the time of the run, and rebuild it afterwards`,
  },
  'foreign-key': {
    status: 'failed',
    title: text`foreign key on the value`,
    because: text`it ties the value to rows of another table, which would have to change with it`,
    remedy: text`a stored key is no key of a table: correct the key map, or drop the foreign key`,
  },
  temporal: {
    status: 'warning',
    title: text`temporal table`,
    because: text`this history table keeps each old value: it grows by a row for each key, and needs the old root for ever`,
    remedy: text`decide how long that history is kept before the old certificates are purged`,
  },
  ledger: {
    status: 'warning',
    title: text`ledger table`,
    because: text`its ledger keeps each old value for ever: it grows by a row for each key`,
    remedy: text`know that these old values cannot be removed, and are lost with the old root`,
  },
  filestream: {
    status: 'warning',
    title: text`FILESTREAM`,
    because: text`each swap writes a new file beside the database`,
    remedy: text`see that the disk of the FILESTREAM filegroup has room`,
  },
  columnstore: {
    status: 'warning',
    title: text`columnstore index`,
    because: text`it is written with every key: the run takes longer and needs more log`,
    remedy: text`rebuild the index after the run`,
  },
  'indexed-view': {
    status: 'warning',
    title: text`indexed view`,
    because: text`it holds the value and is written with every key: the run takes longer and needs more log`,
    remedy: text`know that the view shows the new values`,
  },
  'computed-column': {
    status: 'warning',
    title: text`computed column`,
    because: text`it is made of the value and changes with it`,
    remedy: text`see that nothing outside the database remembers what it was`,
  },
  check: {
    status: 'warning',
    title: text`check constraint`,
    because: text`a new value that breaks it stops the run, resumable`,
    remedy: text`see that it allows values of the new length`,
  },
  'change-tracking': {
    status: 'warning',
    title: text`change tracking`,
    because: text`every swap counts as a change of its row: readers of the changes will fetch every key`,
    remedy: text`tell whoever reads the changes`,
  },
  'change-data-capture': {
    status: 'warning',
    title: text`change data capture`,
    because: text`the log is kept until the capture job has read it, and the change table keeps old and new values`,
    remedy: text`see that the capture job runs and that the log has room; the change table is cleaned up by its own job`,
  },
  replication: {
    status: 'warning',
    title: text`replication`,
    because: text`every swap is sent to the subscribers, and the log is kept until it is`,
    remedy: text`see that the log reader runs; subscribers that hold keys of their own need a census of their own`,
  },
  partitioned: {
    status: 'passed',
    title: text`partitions`,
    because: text`partitioned; batches cross the partitions as they come`,
    remedy: null,
  },
};

/** One finding for each feature that is there or could not be looked for; one that nothing else is there. */
export function checkTraits(target: Target, traits: TraitFacts): readonly Finding[] {
  const findings = TABLE_TRAITS.flatMap((trait) => checkTrait(target, trait, traits[trait]));
  if (findings.length > 0) return findings;
  return [passed(`features:${target.name}`, text`${target.name}: features of the table`, text`none that matters`)];
}

function checkTrait(target: Target, trait: TableTrait, fact: TraitFacts[TableTrait]): readonly Finding[] {
  const judgement = JUDGEMENTS[trait];
  const [id, title] = [`${trait}:${target.name}`, text`${target.name}: ${judgement.title}`] as const;
  if (!fact.known) {
    const found = text`could not be read, because ${fact.because}`;
    const remedy =
      judgement.remedy === null
        ? text`nothing to do`
        : text`look yourself, in ${target.schema}.${target.table}; if there is one: ${judgement.remedy}`;
    return [
      judgement.mustBeKnown === true
        ? failed(
            'E_PREFLIGHT',
            id,
            title,
            text`${found}; ${judgement.because}`,
            text`grant VIEW DEFINITION on the database`,
          )
        : unknown(id, title, found, remedy),
    ];
  }
  if (fact.value.length === 0) return [];
  const found = text`${fact.value.join(', ')} (${targetColumn(target)}): ${judgement.because}`;
  switch (judgement.status) {
    case 'failed':
      return [failed('E_PREFLIGHT', id, title, found, judgement.remedy ?? text`nothing to do`)];
    case 'warning':
      return [warning(id, title, found, judgement.remedy ?? text`nothing to do`)];
    case 'passed':
      return [passed(id, title, found)];
  }
}
