/**
 * Each catalogue statement passes a T-SQL grammar that none of us wrote (the ANTLR community's, prebuilt), so that the
 * embedded server's own parser cannot make us believe in T-SQL that is none.
 */
import antlr from 'antlr4ts-sql';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { splitBatches } from '../../src/db/state-layout.ts';
import { wholeCatalogue } from './statement-catalogue.ts';

interface TsqlParser {
  removeErrorListeners(): void;
  addErrorListener(listener: { syntaxError(...report: unknown[]): void }): void;
  tsql_file(): unknown;
}

const dialect = new antlr.antlr4tsSQL(antlr.SQLDialect.TSQL);

/** The grammar knows upper-case keywords only. */
function syntaxErrors(text: string): string[] {
  const errors: string[] = [];
  const parser = dialect.getParserFromSQL(text.toUpperCase()) as unknown as TsqlParser;
  parser.removeErrorListeners();
  parser.addErrorListener({
    syntaxError: (...[, , line, column, message]) =>
      errors.push(`${String(line)}:${String(column)} ${String(message)}`),
  });
  parser.tsql_file();
  return errors;
}

describe('the statement catalogue', () => {
  it('is judged by a grammar that can say no', () => {
    expect(syntaxErrors('SELECT 1 FROM WHERE x = 1')).not.toEqual([]);
  });

  it('has no two texts under one name', () => {
    const names = wholeCatalogue().map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(wholeCatalogue())('%s is T-SQL', (_, text) => {
    expect(syntaxErrors(text)).toEqual([]);
  });

  it.each([
    'sql/rotation/state.sql',
    'sql/rotation/rights.sql',
    'sql/rotation/remove-rights.sql',
    'sql/srkey/schema.sql',
  ])('%s is T-SQL', (file) => {
    const script = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    // The grammar knows GRANT with one permission on a table alone ("GRANT Object Permissions" and its relatives tell more).
    const known = script.replaceAll(/^GRANT .*;$/gm, '');
    for (const batch of splitBatches(known)) expect(syntaxErrors(batch)).toEqual([]);
  });
});
