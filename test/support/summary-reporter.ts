/**
 * The last lines of `npm test`: what was skipped and why, then exactly one line of counts:
 *
 *     random tests: SRKEY_TEST_SEED=1234 repeats them
 *     skipped: 3 × tsql is not installed
 *     tests: 412 passed, 0 failed, 3 skipped
 */
import type { Reporter, TestModule, Vitest } from 'vitest/node';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** How many tests were skipped for which reason. */
  readonly reasons: ReadonlyMap<string, number>;
}

export function summaryLines(counts: Counts): string[] {
  const reasons = [...counts.reasons].sort(([a], [b]) => a.localeCompare(b));
  return [
    ...reasons.map(([reason, count]) => `skipped: ${count} × ${reason}`),
    `tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`,
  ];
}

function count(modules: readonly TestModule[], unhandledErrors: number): Counts {
  let passed = 0;
  let failed = unhandledErrors;
  let skipped = 0;
  const reasons = new Map<string, number>();
  for (const module of modules) {
    let tests = 0;
    for (const test of module.children.allTests()) {
      tests++;
      const result = test.result();
      if (result.state === 'passed') passed++;
      else if (result.state === 'skipped') {
        skipped++;
        const reason = result.note ?? `no reason given (${module.relativeModuleId})`;
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      } else failed++;
    }
    // a file that could not be loaded has no tests to fail: it counts as one
    if (tests === 0 && !module.ok()) failed++;
    // so does a hook that failed for a whole file or group: its tests stay pending or skipped
    else failed += module.errors().length;
    for (const suite of module.children.allSuites()) failed += suite.errors().length;
  }
  return { passed, failed, skipped, reasons };
}

export default class SummaryReporter implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    this.#vitest?.logger.log(`random tests: SRKEY_TEST_SEED=${process.env['SRKEY_TEST_SEED'] ?? ''} repeats them`);
    for (const line of summaryLines(count(modules, unhandledErrors.length))) this.#vitest?.logger.log(line);
  }
}
