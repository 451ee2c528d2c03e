/** What a statement text must keep to on servers that no test here can run on. */
import { describe, expect, it } from 'vitest';
import { runTables } from '../../src/db/statements/binding.ts';
import { createTargetTables } from '../../src/db/statements/run.ts';
import { aBoundTarget, wholeCatalogue } from './statement-catalogue.ts';

/** Words of a text by their lower-case form; literals and comments left out. */
function spellings(text: string): Map<string, Set<string>> {
  const code = text.replaceAll(/N?'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]/g, ' ');
  const words = new Map<string, Set<string>>();
  for (const [word] of code.matchAll(/@{0,2}#?\w+/g)) {
    const forms = words.get(word.toLowerCase()) ?? new Set();
    words.set(word.toLowerCase(), forms.add(word));
  }
  return words;
}

describe('the statement catalogue', () => {
  it('spells each name in one way only, for case-sensitive collations', () => {
    const texts = wholeCatalogue().map(([, text]) => text);
    const mixed = [...spellings(texts.join('\n')).values()].filter((forms) => forms.size > 1);
    // Two names each: the function and the column; parameter of sp_getapplock and variable; our column and the catalogue's.
    expect(mixed.map((forms) => [...forms].sort()).sort()).toEqual([
      ['@Resource', '@resource'],
      ['Definition', 'definition'],
      ['Growth', 'growth'],
      ['Name', 'name'],
      ['OBJECT_ID', 'object_id'],
      ['SCHEMA_ID', 'schema_id'],
    ]);
  });

  it.each(wholeCatalogue())("%s joins the customer's rows and the journal row by row", (_, text) => {
    const joins = text
      .split(';')
      .filter((part) => /\bJOIN\b/.test(part) && /Journal_1_2|\[dbo\]\.\[T\]/.test(part))
      .filter((part) => !part.includes('OPTION (LOOP JOIN, FORCE ORDER, MAXDOP 1)'));
    expect(joins).toEqual([]);
  });

  it.each(wholeCatalogue())('%s reads past locks only to measure', (_, text) => {
    const measures = text.includes('DATALENGTH') && !text.includes('JOIN') && !text.includes('TOP');
    if (measures) expect(text).toMatch(/ WITH \(NOLOCK\);$/);
    else expect(text).not.toContain('NOLOCK');
  });

  it.each([
    [900, /[^D] \(Key1, Key2\)\);$/],
    [902, /PRIMARY KEY NONCLUSTERED \(Key1, Key2\)\);$/],
  ])('keeps a journal whose key has %i bytes within the limit of clustered indexes', (bytes, ends) => {
    const target = aBoundTarget(['INT', 'NVARCHAR(449)'], {});
    const keyColumns = target.keyColumns.map((column, i) => ({ ...column, maxBytes: i === 0 ? 4 : bytes - 4 }));
    const [, journal] = createTargetTables({ ...target, keyColumns }, runTables(1, 2));
    expect(journal).toMatch(ends);
  });
});
