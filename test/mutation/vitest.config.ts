import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { QuickFirst } from './quick-first.ts';

/**
 * The tests of the core alone: they must see a change of it without help from anything that stands on it.
 * They run once for each mutant, so properties try fewer cases, and the first case that fails is enough.
 */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/core/**/*.test.ts'],
    setupFiles: ['test/fixed-seed.ts'],
    sequence: { sequencer: QuickFirst },
    testTimeout: 30_000,
    isolate: false,
    env: { AWS_LAMBDA_LOG_LEVEL: 'FATAL', FC_RUNS: '100', FC_SHRINK: 'no' },
  },
});
