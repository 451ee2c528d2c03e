import { describe, expect, it } from 'vitest';
import { TABLE_TRAITS, type TableTrait } from '../../../src/keys/table-traits.ts';
import type { Check } from '../../../src/progress/events.ts';
import { NO_TRAITS } from '../memory-database/inspector.ts';
import { itJudges, unknownFact, type FoundFacts } from './judging.ts';

const withTrait = (trait: TableTrait, names: readonly string[]): Partial<FoundFacts> => ({
  traits: { ...NO_TRAITS, [trait]: { known: true, value: names } },
});

/** Written out, not taken from the product: each is a decision. */
const TRAIT_STATUS: readonly (readonly [TableTrait, Check['status']])[] = [
  ['row-level-security', 'failed'],
  ['masked', 'failed'],
  ['encrypted', 'failed'],
  ['memory-optimised', 'failed'],
  ['history', 'failed'],
  ['append-only-ledger', 'failed'],
  ['filetable', 'failed'],
  ['external', 'failed'],
  ['stretched', 'failed'],
  ['read-only-columnstore', 'failed'],
  ['foreign-key', 'failed'],
  ['temporal', 'warning'],
  ['ledger', 'warning'],
  ['filestream', 'warning'],
  ['columnstore', 'warning'],
  ['indexed-view', 'warning'],
  ['computed-column', 'warning'],
  ['check', 'warning'],
  ['change-tracking', 'warning'],
  ['change-data-capture', 'warning'],
  ['replication', 'warning'],
  ['partitioned', 'passed'],
];

describe('a check of what else a table has', () => {
  itJudges([
    ...TRAIT_STATUS.map(
      ([trait, status]) =>
        [`${trait} on the table`, `${trait}:disks`, status, { facts: withTrait(trait, ['it']) }] as const,
    ),
    [
      'security policies that nobody may look for',
      'row-level-security:disks',
      'failed',
      { facts: { traits: { ...NO_TRAITS, 'row-level-security': unknownFact } } },
    ],
    [
      'indexed views that nobody may look for',
      'indexed-view:disks',
      'unknown',
      { facts: { traits: { ...NO_TRAITS, 'indexed-view': unknownFact } } },
    ],
  ]);

  it('is decided for every feature of a table', () => {
    expect(TRAIT_STATUS.map(([trait]) => trait).sort()).toEqual([...TABLE_TRAITS].sort());
  });
});
