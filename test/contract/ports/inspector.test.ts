/** What is read of server and schema before anything is written. */
import { describe, expect, it } from 'vitest';
import { aTarget, fillInts, INT_TABLE, toHex } from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';

onEveryServer((suite) => {
  describe('inspector', () => {
    it('tells what the schema holds, and what is missing by name', async () => {
      await suite.withDatabase(
        [
          'CREATE TABLE dbo.T (A INT NOT NULL, B NVARCHAR(30) NOT NULL, V VARBINARY(300) NULL, CONSTRAINT PK_T PRIMARY KEY (A, B))',
          "INSERT INTO dbo.T VALUES (1, N'x', 0x010203), (1, N'y', NULL), (2, N'x', 0x0102)",
          'CREATE TABLE dbo.U (Id INT NOT NULL, V VARBINARY(20) NOT NULL, Note NVARCHAR(MAX) NULL, Name NVARCHAR(20) NULL)',
        ],
        async (_, { inspector }) => {
          const target = aTarget({ key: ['A', 'B'] });
          expect(await inspector.target(target)).toMatchObject({
            found: true,
            keyColumns: [
              { type: 'INT', nullable: false, usable: true },
              { type: 'NVARCHAR(30)', nullable: false, usable: true },
            ],
            value: { typeName: 'VARBINARY(300)', kind: 'binary', capacity: 300, fixedLength: false, ansiPadded: true },
            uniqueKeyIndex: expect.any(String),
            triggers: [],
            rows: 3,
            longestValueBytes: 3,
            totalValueBytes: 5,
          });
          // An index in another order cannot be walked page by page.
          expect(await inspector.target(aTarget({ key: ['B', 'A'] }))).toMatchObject({ uniqueKeyIndex: null });
          expect(await inspector.target(aTarget({ table: 'U' }))).toMatchObject({ found: true, uniqueKeyIndex: null });
          expect(await inspector.target(aTarget({ table: 'Nope' }))).toMatchObject({ found: false });
          const withoutValue = await inspector.target(aTarget({ value: 'Nope', key: ['A', 'B'] }));
          expect(withoutValue.found ? null : String(withoutValue.missing)).toBe('value column dbo.T.Nope');
          const unmapped = await inspector.unmappedColumns({ targets: [target], ignore: [] });
          expect(unmapped.map(({ table, column }) => `${table}.${column}`.toLowerCase())).toEqual(['u.v', 'u.note']);
          const ignored = { schema: 'DBO', table: 'u', column: 'NOTE', reason: 'text' };
          expect(await inspector.unmappedColumns({ targets: [target], ignore: [ignored] })).toHaveLength(1);
          const stale = { schema: 'dbo', table: 'U', column: 'Gone', reason: 'x' };
          expect(await inspector.staleIgnores([ignored, stale])).toEqual([stale]);
        },
      );
    });

    it('describes the server, and says why where something cannot be read', async () => {
      await suite.withDatabase([INT_TABLE], async (database, { inspector }) => {
        const facts = await inspector.server([aTarget()]);
        expect(facts.database).toBe(database.name);
        expect(facts.readOnly).toBe(false);
        expect(await inspector.rights([aTarget()], [{ runId: 1, targetNo: 1, target: aTarget() }])).toEqual({
          known: true,
          value: { missing: [], tablesToMake: ['rotation.[Bounds_1_1]', 'rotation.[Journal_1_1]'], unfitTables: [] },
        });
        for (const fact of [facts.space, facts.lastFullBackup, facts.settings, facts.lockHolders]) {
          if (!fact.known) expect(String(fact.because)).toMatch(/^(?!could not)\S/);
        }
      });
    });

    it('reads a target in key order, page by page, and names keys of a page', async () => {
      await suite.withDatabase([INT_TABLE, fillInts(25)], async (_, { inspector }) => {
        const reader = await inspector.openReader(aTarget());
        const read: (string | null)[] = [];
        for (;;) {
          const page = await reader.readPage(10);
          read.push(...page.rows.map(({ value }) => toHex(value)));
          if (page.isLast) {
            expect(await reader.nameKeys(page.batchNo, [2, 5])).toEqual(
              new Map([
                [2, ['22']],
                [5, ['25']],
              ]),
            );
            break;
          }
        }
        await reader.close();
        expect(read).toEqual(Array.from({ length: 25 }, (_, i) => (i + 1).toString(16).padStart(8, '0')));
      });
    });
  });
});
