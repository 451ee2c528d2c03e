/**
 * Tests that need a program of the machine (openssl, tsql, docker …): skipped where it is missing, counted and named in
 * the last lines of `npm test`. With `SRKEY_TEST_REQUIRE=all` a missing program fails the run (docker apart: containers
 * cannot run everywhere).
 *
 *     describe.skipIf(needs('openssl'))('…', () => { … });
 *     it('…', (context) => { requireProgram(context, 'openssl'); … });
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { TestContext } from 'vitest';

/** Programs whose absence is accepted even under SRKEY_TEST_REQUIRE=all. */
const OPTIONAL_PROGRAMS: readonly string[] = ['docker'];

/** The sentence that the summary counts; see summary-reporter.ts. */
export function missingProgramNote(program: string): string {
  return `${program} is not installed`;
}

/** The full path of a program on PATH, or null. */
export function findProgram(program: string): string | null {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, program + ending);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // look on
      }
    }
  }
  return null;
}

function isRequired(program: string): boolean {
  return process.env['SRKEY_TEST_REQUIRE'] === 'all' && !OPTIONAL_PROGRAMS.includes(program);
}

/** The program's path; skips the test with a counted reason where it is missing, or fails it when it is required. */
export function requireProgram(context: TestContext, program: string): string {
  const path = findProgram(program);
  if (path !== null) return path;
  if (isRequired(program)) throw new Error(`${missingProgramNote(program)}, and SRKEY_TEST_REQUIRE=all asks for it`);
  context.skip(missingProgramNote(program));
}

/** Skips the test for a reason that the summary names, e.g. an environment variable that is not set. */
export function skipBecause(context: TestContext, reason: string): never {
  if (process.env['SRKEY_TEST_REQUIRE'] === 'all' && !/docker|container|SRKEY_TEST_SERVER/i.test(reason)) {
    throw new Error(`${reason}, and SRKEY_TEST_REQUIRE=all allows no such skip`);
  }
  context.skip(reason);
}
