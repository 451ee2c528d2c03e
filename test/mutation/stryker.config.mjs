/**
 * Mutation campaign: Stryker changes the source one place at a time and the tests must notice. `npm run campaign:mutation`
 * works on what must never be wrong: envelopes, roots and the engine. Pass `-- --mutate src/crypto/oaep.ts` for a part.
 */
export default {
  mutate: ['src/crypto/**/*.ts', 'src/rotation/**/*.ts', '!src/crypto/worker.ts'],
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts' },
  // A mutant that loops must not stop the campaign, and the machines are shared.
  timeoutMS: 60_000,
  concurrency: 2,
  ignoreStatic: true,
  reporters: ['clear-text', 'progress', 'json'],
  jsonReporter: { fileName: 'coverage/mutation.json' },
  clearTextReporter: { allowColor: false, reportTests: false },
  thresholds: { high: 90, low: 80, break: 70 },
  ignorePatterns: ['coverage', '.git', 'docker'],
  tempDirName: '.stryker-tmp',
};
