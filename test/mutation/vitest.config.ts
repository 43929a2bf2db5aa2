import { defineConfig } from 'vitest/config';

/** The tests of the core alone: they must see a change of it without help from anything that stands on it. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/core/**/*.test.ts'],
    setupFiles: ['test/fixed-seed.ts'],
    testTimeout: 30_000,
    isolate: false,
    env: { AWS_LAMBDA_LOG_LEVEL: 'FATAL' },
  },
});
