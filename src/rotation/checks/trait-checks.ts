/** What else a target's table has: which features forbid the swap of a value, and which one should know of. */
import { type Target, targetColumn } from '../../keys/target.ts';
import type { TraitFacts } from '../ports.ts';
import { TABLE_TRAITS, type TableTrait } from '../../keys/table-traits.ts';
import { failed, type Finding, passed, unknown, warning } from './finding.ts';

interface Judgement {
  readonly status: 'failed' | 'warning' | 'passed';
  readonly title: string;
  /** What it means, behind the names of what was found. */
  readonly because: string;
  readonly remedy: string;
  /** Not to be able to look is as bad as to find it. */
  readonly mustBeKnown?: true;
}

const JUDGEMENTS: Readonly<Record<TableTrait, Judgement>> = {
  'row-level-security': {
    status: 'failed',
    title: 'row-level security',
    because: 'a security policy may hide rows: keys that nobody counts would be left behind',
    remedy: 'switch the policy off for the time of the run: ALTER SECURITY POLICY … WITH (STATE = OFF)',
    mustBeKnown: true,
  },
  masked: {
    status: 'failed',
    title: 'data masking',
    because: 'the column is masked for this login, which reads the mask instead of the key',
    remedy: 'GRANT UNMASK to the database user of this login for the time of the run',
  },
  encrypted: {
    status: 'failed',
    title: 'Always Encrypted',
    because: 'the server cannot compare what it cannot read',
    remedy: 'decrypt the column first (Always Encrypted is taken off by the Always Encrypted wizard)',
  },
  'memory-optimised': {
    status: 'failed',
    title: 'memory-optimised table',
    because:
      'a transaction that spans such a table and the journal follows other rules than the ones this tool relies on',
    remedy: 'move the keys to a disk-based table first',
  },
  history: {
    status: 'failed',
    title: 'history table',
    because: 'the history of another table cannot be changed',
    remedy: 'name the current table in the key map',
  },
  'append-only-ledger': {
    status: 'failed',
    title: 'append-only ledger table',
    because: 'its rows cannot be updated',
    remedy: 'move the keys to an ordinary table first',
  },
  filetable: {
    status: 'failed',
    title: 'FileTable',
    because: 'it holds files, which programs open past SQL Server',
    remedy: 'move the keys to an ordinary table first',
  },
  external: {
    status: 'failed',
    title: 'external table',
    because: 'its rows are in another system, which no transaction of this database covers',
    remedy: 'run the tool on the database that holds the rows',
  },
  stretched: {
    status: 'failed',
    title: 'Stretch Database',
    because: 'rows that were moved away cannot be updated',
    remedy: 'bring the rows back and switch Stretch off for this table',
  },
  'read-only-columnstore': {
    status: 'failed',
    title: 'columnstore index',
    because: 'before SQL Server 2016 such an index makes its table read-only',
    remedy: 'disable the index for the time of the run, and rebuild it afterwards',
  },
  'foreign-key': {
    status: 'failed',
    title: 'foreign key on the value',
    because: 'it ties the value to rows of another table, which would have to change with it',
    remedy: 'a stored key is no key of a table: correct the key map, or drop the foreign key',
  },
  temporal: {
    status: 'warning',
    title: 'temporal table',
    because: 'this history table keeps each old value: it grows by a row for each key, and needs the old root for ever',
    remedy: 'decide how long that history is kept before the old certificates are purged',
  },
  ledger: {
    status: 'warning',
    title: 'ledger table',
    because: 'its ledger keeps each old value for ever: it grows by a row for each key',
    remedy: 'know that these old values cannot be removed, and are lost with the old root',
  },
  filestream: {
    status: 'warning',
    title: 'FILESTREAM',
    because: 'each swap writes a new file beside the database',
    remedy: 'see that the disk of the FILESTREAM filegroup has room',
  },
  columnstore: {
    status: 'warning',
    title: 'columnstore index',
    because: 'it is written with every key: the run takes longer and needs more log',
    remedy: 'rebuild the index after the run',
  },
  'indexed-view': {
    status: 'warning',
    title: 'indexed view',
    because: 'it holds the value and is written with every key: the run takes longer and needs more log',
    remedy: 'know that the view shows the new values',
  },
  'computed-column': {
    status: 'warning',
    title: 'computed column',
    because: 'it is made of the value and changes with it',
    remedy: 'see that nothing outside the database remembers what it was',
  },
  check: {
    status: 'warning',
    title: 'check constraint',
    because: 'a new value that breaks it stops the run, resumable',
    remedy: 'see that it allows values of the new length',
  },
  'change-tracking': {
    status: 'warning',
    title: 'change tracking',
    because: 'every swap counts as a change of its row: readers of the changes will fetch every key',
    remedy: 'tell whoever reads the changes',
  },
  'change-data-capture': {
    status: 'warning',
    title: 'change data capture',
    because: 'the log is kept until the capture job has read it, and the change table keeps old and new values',
    remedy: 'see that the capture job runs and that the log has room; the change table is cleaned up by its own job',
  },
  replication: {
    status: 'warning',
    title: 'replication',
    because: 'every swap is sent to the subscribers, and the log is kept until it is',
    remedy: 'see that the log reader runs; subscribers that hold keys of their own need a census of their own',
  },
  partitioned: {
    status: 'passed',
    title: 'partitions',
    because: 'partitioned; batches cross the partitions as they come',
    remedy: '',
  },
};

/** One finding for each feature that is there or could not be looked for; one that nothing else is there. */
export function checkTraits(target: Target, traits: TraitFacts): readonly Finding[] {
  const findings = TABLE_TRAITS.flatMap((trait) => checkTrait(target, trait, traits[trait]));
  if (findings.length > 0) return findings;
  return [passed(`features:${target.name}`, `${target.name}: features of the table`, 'none that matters')];
}

function checkTrait(target: Target, trait: TableTrait, fact: TraitFacts[TableTrait]): readonly Finding[] {
  const judgement = JUDGEMENTS[trait];
  const [id, title] = [`${trait}:${target.name}`, `${target.name}: ${judgement.title}`];
  if (!fact.known) {
    const found = `could not be read, because ${fact.because}`;
    const remedy = `look yourself, in ${target.schema}.${target.table}; if there is one: ${judgement.remedy}`;
    return [
      judgement.mustBeKnown === true
        ? failed('E_PREFLIGHT', id, title, `${found}; ${judgement.because}`, 'grant VIEW DEFINITION on the database')
        : unknown(id, title, found, judgement.remedy === '' ? 'nothing to do' : remedy),
    ];
  }
  if (fact.value.length === 0) return [];
  const found = `${fact.value.join(', ')} (${targetColumn(target)}): ${judgement.because}`;
  switch (judgement.status) {
    case 'failed':
      return [failed('E_PREFLIGHT', id, title, found, judgement.remedy)];
    case 'warning':
      return [warning(id, title, found, judgement.remedy)];
    case 'passed':
      return [passed(id, title, found)];
  }
}
