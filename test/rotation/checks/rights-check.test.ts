import { describe } from 'vitest';
import type { Fact, MissingRight, RightsFacts } from '../../../src/rotation/ports.ts';
import { itJudges, unknownFact } from './judging.ts';

const lacking = (right: MissingRight): Fact<RightsFacts> => ({
  known: true,
  value: { missing: [right], tablesToMake: [], unfitTables: [] },
});

describe('a check of the rights', () => {
  itJudges([
    [
      'a missing right',
      'rights',
      'failed',
      { rights: lacking({ purpose: 'write', permission: 'UPDATE', on: 'dbo.disks (Wrapped)' }) },
    ],
    [
      'a missing right to make tables',
      'rights',
      'failed',
      { rights: lacking({ purpose: 'create', permission: 'CREATE TABLE', on: 'the database' }) },
    ],
    ['rights not known', 'rights', 'unknown', { rights: unknownFact }],
  ]);
});
