import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// One seed for the whole run, told by the summary reporter.
process.env['SRKEY_TEST_SEED'] ??= String(randomInt(0x7fffffff));

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    exclude: ['test/bench/**', 'test/campaign/**', 'test/campaigns/**', 'node_modules/**', 'dist/**'],
    // Processes, not threads: the product starts worker threads, and blocks in node:sqlite, of its own.
    pool: 'forks',
    maxWorkers: 2,
    // Engines behind that door may take seconds for what SQL Server does at once.
    testTimeout: process.env['SRKEY_TEST_SERVER'] === undefined ? 60_000 : 900_000,
    hookTimeout: 60_000,
    globalSetup: ['test/support/fresh-build.ts'],
    reporters: ['default', fileURLToPath(new URL('./support/summary-reporter.ts', import.meta.url))],
    // the tests speak English and see no terminal, whoever starts them
    env: { LANG: 'C.UTF-8', NO_COLOR: '1' },
  },
});
