import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fc, rounds } from '../../support/random.ts';
import { SqlError } from '../../../src/embedded/backend.ts';
import type { SqlSession } from '../../../src/embedded/backend.ts';
import { tokenize } from '../../../src/embedded/tsql/lexer.ts';
import { readDeviations } from '../../../src/db/statements/account.ts';
import { commitBatch } from '../../../src/db/statements/batch.ts';
import { CANDIDATE_COLUMNS } from '../../../src/db/statements/inspection.ts';
import { commitFromJournal } from '../../../src/db/statements/journal-batch.ts';
import { createSessionTables } from '../../../src/db/statements/page.ts';
import { planTarget } from '../../../src/db/statements/run.ts';
import { TARGETS } from '../engine/targets.ts';
import { run, startServer } from '../engine/support.ts';
import type { TestServer } from '../engine/support.ts';

const [first] = TARGETS;
const bound = first!.bound;
const tables = { bounds: 'rotation.[Bounds_1_1]', journal: 'rotation.[Journal_1_1]' };

const TEXTS = [
  commitBatch(bound, tables, 'apply'),
  planTarget(bound, tables),
  createSessionTables(bound),
  readDeviations(bound, tables, { from: 'cursor', to: 'bound' }, 'applied', false),
  commitFromJournal('undo', bound, tables, { from: 'cursor', to: 'bound' }),
  CANDIDATE_COLUMNS,
  "SELECT DISTINCT TOP (3) a.x, CASE a.x WHEN 1 THEN N'y' ELSE 'z' END FROM (SELECT 1 AS x UNION ALL SELECT NULL) a WHERE a.x IS NOT NULL ORDER BY 1 DESC",
  "SELECT SUM(x.a) / COUNT(*), MIN(x.b) FROM #v x WHERE x.b LIKE 'a%' AND x.a BETWEEN 1 AND 1.5e0 GROUP BY x.a HAVING MAX(x.b) > 0x01",
  "DECLARE @a DECIMAL(38, 4) = 1.5, @b NVARCHAR(20) = N'x'; IF @a > 1 AND NOT EXISTS (SELECT 1 FROM #v) PRINT @b ELSE BEGIN SELECT @a * 2; END",
  'INSERT INTO #v (a, b) SELECT ISNULL(MAX(a), 0) + 1, CONVERT(VARCHAR(20), SYSUTCDATETIME(), 126) FROM #v; SELECT DATEADD(DAY, 1, GETDATE()), LEN(b), SUBSTRING(b, 1, 2) FROM #v',
];
const WORDS = TEXTS.flatMap((text) =>
  tokenize(text)
    .slice(0, -1)
    .map((token) => text.slice(token.start, token.end)),
);

/** A catalogue text with some tokens dropped, repeated, swapped or replaced by tokens of the others. */
const damaged = fc
  .tuple(
    fc.constantFrom(...TEXTS),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'repeat', 'replace', 'swap'), fc.constantFrom(...WORDS)), {
      minLength: 1,
      maxLength: 4,
    }),
  )
  .map(([text, edits]) => {
    const words = tokenize(text)
      .slice(0, -1)
      .map((token) => text.slice(token.start, token.end));
    for (const [at, edit, word] of edits) {
      const i = at % words.length;
      if (edit === 'drop') words.splice(i, 1);
      else if (edit === 'repeat') words.splice(i, 0, words[i]!);
      else if (edit === 'replace') words[i] = word;
      else [words[i], words[(i + 1) % words.length]] = [words[(i + 1) % words.length]!, words[i]!];
      if (words.length === 0) return '';
    }
    return words.join(' ');
  });

let server: TestServer;
let session: SqlSession;

beforeAll(() => {
  server = startServer();
  session = server.connect();
});
afterAll(() => {
  server.close();
});

describe('damaged statements', () => {
  it('never answer anything but results or a SqlError', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async (text) => {
        session.reset();
        await run(
          session,
          "CREATE TABLE #v (a INT NULL, b VARCHAR(40) NULL); INSERT INTO #v VALUES (1, 'abc'), (2, NULL)",
        );
        try {
          await run(session, text);
        } catch (error) {
          if (!(error instanceof SqlError)) throw error;
          // severity 20 and above is a fault of the engine
          expect(error.severity, `${error.message}\n${text}`).toBeLessThan(20);
        }
      }),
      { numRuns: rounds(3000) },
    );
  });

  it('answer a SqlError for text that is no T-SQL at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (text) => {
        try {
          await run(session, text);
        } catch (error) {
          if (!(error instanceof SqlError)) throw error;
        }
      }),
      { numRuns: rounds(1500) },
    );
  });
});
