/** What a table has besides rows, as preflight learns of it. */
import { expect, it } from 'vitest';
import { TABLE_TRAITS } from '../../../src/keys/table-traits.ts';
import type { TraitFacts } from '../../../src/rotation/ports.ts';
import { aTarget, INT_TABLE } from '../../support/port-fixtures.ts';
import { onEveryServer } from '../../support/port-suite.ts';

/** Traits that were found, with the names; what cannot be read must say why. */
function foundIn(traits: TraitFacts): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {};
  for (const trait of TABLE_TRAITS) {
    const fact = traits[trait];
    if (!fact.known) expect(String(fact.because)).toMatch(/^(?!could not)\S/);
    else if (fact.value.length > 0) found[trait] = fact.value;
  }
  return found;
}

onEveryServer((suite) => {
  it('a plain table has none', async () => {
    await suite.withDatabase([INT_TABLE], async (_, { inspector }) => {
      const facts = await inspector.target(aTarget());
      if (!facts.found) throw new Error(String(facts.missing));
      expect(foundIn(facts.traits)).toEqual({});
      expect(facts.traits['row-level-security']).toEqual({ known: true, value: [] });
    });
  });

  it('what is tied to the value is found, and what is tied to other columns is not', async () => {
    const schema = [
      'CREATE TABLE dbo.Parent (Code VARCHAR(50) NOT NULL PRIMARY KEY, Number INT NOT NULL UNIQUE)',
      `CREATE TABLE dbo.T (Id INT NOT NULL PRIMARY KEY, V VARCHAR(50) NULL, Number INT NULL, Length AS DATALENGTH(V), Twice AS Number * 2,
        CONSTRAINT CK_V CHECK (DATALENGTH(V) > 2), CONSTRAINT CK_Number CHECK (Number > 0),
        CONSTRAINT FK_V FOREIGN KEY (V) REFERENCES dbo.Parent (Code), CONSTRAINT FK_Number FOREIGN KEY (Number) REFERENCES dbo.Parent (Number))`,
    ];
    if (!suite.server.capabilities.constraints) {
      await expect(suite.database.query(schema[1]!)).rejects.toMatchObject({ number: 40517 });
      return;
    }
    await suite.withDatabase(schema, async (database, { inspector }) => {
      try {
        const facts = await inspector.target(aTarget());
        if (!facts.found) throw new Error(String(facts.missing));
        const lower = Object.entries(foundIn(facts.traits)).map(([trait, names]) => [
          trait,
          names.map((name) => name.toLowerCase()),
        ]);
        const byDefinition = suite.server.capabilities.bracketedDefinitions
          ? { 'computed-column': ['length'], check: ['ck_v'] }
          : {};
        expect(Object.fromEntries(lower)).toEqual({ ...byDefinition, 'foreign-key': ['fk_v'] });
        const parent = await inspector.target(aTarget({ table: 'Parent', key: ['Number'], value: 'Code' }));
        if (!parent.found) throw new Error(String(parent.missing));
        expect(Object.keys(foundIn(parent.traits))).toEqual(['foreign-key']);
      } finally {
        await database.query('DROP TABLE dbo.T');
      }
    });
  });

  it('a view or a synonym in the place of a table is called what it is', async () => {
    const view = 'CREATE VIEW dbo.W AS SELECT Id, V FROM dbo.T';
    if (!suite.server.capabilities.constraints) {
      await expect(suite.database.query(view)).rejects.toMatchObject({ number: 40517 });
      return;
    }
    await suite.withDatabase([INT_TABLE, view], async (database, { inspector }) => {
      try {
        const facts = await inspector.target(aTarget({ table: 'W' }));
        expect(facts.found ? null : String(facts.missing)).toBe(
          'table dbo.W (that is a view: name the table that it reads)',
        );
      } finally {
        await database.query('DROP VIEW dbo.W');
      }
    });
  });
});
