/** What a table can have besides rows that bears on swapping values in it. Found by `src/db`, judged by the checks. */

export const TABLE_TRAITS = [
  /** An enabled security policy: it may hide rows from SELECT. */
  'row-level-security',
  /** Dynamic data masking on a key or value column, for a login without UNMASK. */
  'masked',
  /** Always Encrypted on a key or value column. */
  'encrypted',
  'memory-optimised',
  /** A system-versioned temporal table; its name is the history table. */
  'temporal',
  /** The history of another table: temporal or ledger. */
  'history',
  /** An updatable ledger table. */
  'ledger',
  'append-only-ledger',
  'filetable',
  /** The value column is stored as files (FILESTREAM). */
  'filestream',
  /** An external table: its rows are elsewhere. */
  'external',
  /** Stretch Database: rows may be elsewhere. */
  'stretched',
  'partitioned',
  'columnstore',
  /** A nonclustered columnstore index of a version in which it makes the table read-only. */
  'read-only-columnstore',
  /** A view with an index that holds the value. */
  'indexed-view',
  /** A computed column made of the value. */
  'computed-column',
  /** A CHECK constraint on the value, or a rule bound to it. */
  'check',
  /** A foreign key from or to the value. */
  'foreign-key',
  'change-tracking',
  'change-data-capture',
  'replication',
] as const;

export type TableTrait = (typeof TABLE_TRAITS)[number];
