/** Every statement of the catalogue, written out for targets of different shapes, by name. */
import * as account from '../../src/db/statements/account.ts';
import * as batch from '../../src/db/statements/batch.ts';
import type { BoundTarget } from '../../src/db/statements/binding.ts';
import { runTables } from '../../src/db/statements/binding.ts';
import * as inspection from '../../src/db/statements/inspection.ts';
import * as journalBatch from '../../src/db/statements/journal-batch.ts';
import * as measures from '../../src/db/statements/measures.ts';
import * as page from '../../src/db/statements/page.ts';
import * as rights from '../../src/db/statements/rights.ts';
import * as run from '../../src/db/statements/run.ts';
import * as traits from '../../src/db/statements/traits.ts';
import type { Work } from '../../src/keys/run.ts';
import type { Basis, Deed } from '../../src/rotation/ports.ts';
import { aTarget } from '../support/port-fixtures.ts';

const TEXT = 'Latin1_General_CI_AS';

export function aBoundTarget(keys: readonly string[], value: Partial<BoundTarget['value']>): BoundTarget {
  const names = ['MachineId', 'Disk Serial', "Odd]Na'me", 'Fourth'];
  const target = aTarget({ key: names.slice(0, keys.length), value: 'Wrapped Key' });
  return {
    target,
    keyColumns: keys.map((ddl, i) => ({
      name: names[i]!,
      ddl,
      maxBytes: 128,
      displayStyle: ddl.includes('BINARY') ? 1 : null,
    })),
    value: {
      name: target.value,
      kind: 'binary',
      maxType: 'VARBINARY(MAX)',
      collation: null,
      isComparable: true,
      ...value,
    },
  };
}

const TWO_KEYS = aBoundTarget(['INT', `NVARCHAR(64) COLLATE ${TEXT}`], {
  kind: 'text',
  maxType: 'VARCHAR(MAX)',
  collation: TEXT,
  isComparable: false,
});
const OTHER_SHAPES: readonly (readonly [string, BoundTarget])[] = [
  ['one key', aBoundTarget(['INT'], {})],
  ['an IMAGE', aBoundTarget(['INT'], { isComparable: false })],
  [
    'four keys',
    aBoundTarget(['UNIQUEIDENTIFIER', 'DECIMAL(38,0)', 'VARBINARY(16)', 'DATETIME2(7)'], {
      kind: 'text',
      maxType: 'NVARCHAR(MAX)',
      collation: TEXT,
      isComparable: false,
    }),
  ],
];

const BASES: readonly Basis[] = ['applied', 'staged', 'half-applied', 'rolled-back'];
const DEEDS: readonly Deed[] = ['swap', 'undo', 'bury'];
const WORKS: readonly Work[] = ['stage', 'apply', 'rollback'];

export function unaccountedPage(
  target: BoundTarget,
  tables: ReturnType<typeof runTables>,
  range: page.PageRange,
  basis: Basis,
): string {
  const join = account.journalJoin(target, tables);
  return page.readPage(target, tables, range, { join, condition: account.unaccountedCondition(target, basis) });
}

function fixedStatements(): [string, string][] {
  return [account, page, batch, run, inspection, measures, rights, traits].flatMap((module) =>
    Object.entries(module as Record<string, unknown>).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && !['LEDGER_COLUMNS', 'COMMIT_BATCH'].includes(entry[0]),
    ),
  );
}

function targetStatements(target: BoundTarget): [string, string][] {
  const tables = runTables(1, 2);
  const starts = ['bound', 'start'] as const;
  const ends = ['bound', 'end'] as const;
  const segments = starts.flatMap((from) => ends.map((to) => ({ from, to })));
  const pages = ([...starts, 'cursor'] as const).flatMap((from) => ends.map((to) => ({ from, to })));
  const statements: [string, string][] = [
    ['createSessionTables', page.createSessionTables(target)],
    ['namePageKeys', page.namePageKeys(target)],
    ['leftBehind', account.leftBehind(target, tables)],
    ['commitBatch, applying', batch.commitBatch(target, tables, 'apply')],
    ['commitBatch, staging', batch.commitBatch(target, tables, 'stage')],
    ...WORKS.map((work): [string, string] => [`claimSegment to ${work}`, batch.claimSegment(work)]),
    ['planTarget', run.planTarget(target, tables)],
    ['dropTargetTables', run.dropTargetTables(tables)],
    ['emptyJournal', run.emptyJournal(tables, 2)],
    ['measureTarget', inspection.measureTarget(target.target, 'Wrapped Key')],
    ['readPage without a run', page.readPage(target, null, { from: 'cursor', to: 'end' })],
  ];
  for (const [i, text] of run.createTargetTables(target, tables).entries())
    statements.push([`createTargetTables ${i}`, text]);
  for (const range of segments) {
    const name = `from ${range.from} to ${range.to}`;
    statements.push([`account ${name}`, account.account(target, tables, range, 'applied')]);
    statements.push([`seekToJournal ${name}`, page.seekToJournal(target, tables, range)]);
  }
  for (const range of pages) {
    const name = `from ${range.from} to ${range.to}`;
    statements.push([`readPage ${name}`, page.readPage(target, tables, range)]);
    statements.push([`readPage ${name}, unaccounted`, unaccountedPage(target, tables, range, 'applied')]);
  }
  return [...statements, ...journalStatements(target, tables, { from: 'cursor', to: 'bound' })];
}

/** Their ranges are those of `readPage`. */
function journalStatements(
  target: BoundTarget,
  tables: ReturnType<typeof runTables>,
  range: page.PageRange,
): [string, string][] {
  const segment = { from: 'bound', to: 'bound' } as const;
  return [
    ...DEEDS.map((deed): [string, string] => [deed, journalBatch.commitFromJournal(deed, target, tables, range)]),
    ...BASES.map((basis): [string, string] => [`account ${basis}`, account.account(target, tables, segment, basis)]),
    ['readDeviations', account.readDeviations(target, tables, range, 'applied', false)],
    ['readDeviations, journaled only', account.readDeviations(target, tables, range, 'half-applied', true)],
    ['readAccounted', account.readAccounted(target, tables, range, 'applied')],
    ['readDeparted', account.readDeparted(target, tables, range)],
  ];
}

/** The shapes differ in key lists and comparisons only, so the longest statements stand for the rest. */
function shapeStatements([shape, target]: readonly [string, BoundTarget]): [string, string][] {
  const tables = runTables(1, 2);
  return [
    [`commitBatch (${shape})`, batch.commitBatch(target, tables, 'apply')],
    [`readPage (${shape})`, unaccountedPage(target, tables, { from: 'cursor', to: 'bound' }, 'applied')],
    [`undo (${shape})`, journalBatch.commitFromJournal('undo', target, tables, { from: 'cursor', to: 'bound' })],
    [`planTarget (${shape})`, run.planTarget(target, tables)],
  ];
}

function measuringStatements(): [string, string][] {
  return [
    ['databaseSettings', measures.databaseSettings(true)],
    ['databaseSettings of SQL Server 2012', measures.databaseSettings(false)],
    [
      'grantedRights',
      rights.grantedRights([
        { permission: 'VIEW DEFINITION', securableClass: 'DATABASE', securable: null, column: null },
        { permission: 'UPDATE', securableClass: 'OBJECT', securable: "[dbo].[O'T]", column: 'V' },
      ]),
    ],
    ['traitStatement of all', traits.traitStatement(traits.TRAIT_QUERIES)],
    ...traits.TRAIT_QUERIES.map((query, i): [string, string] => [
      `traitStatement ${i} (${query.trait})`,
      traits.traitStatement([query]),
    ]),
  ];
}

export function wholeCatalogue(): readonly (readonly [string, string])[] {
  return [
    ...fixedStatements(),
    ...measuringStatements(),
    ...targetStatements(TWO_KEYS),
    ...OTHER_SHAPES.flatMap(shapeStatements),
  ];
}
