/** The fast tests of what the mutation campaign changes: no server, no child process. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/crypto/**/*.test.ts', 'test/rotation/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    env: { LANG: 'C.UTF-8', NO_COLOR: '1', SRKEY_TEST_SEED: '1' },
  },
});
