import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { ClosingLine } from './closing-line.ts';

const ROOT = join(import.meta.dirname, '..');

/** Most tests need nothing but themselves; those under test/cloud share one local cloud, made from the synthesized template. */
export default defineConfig({
  root: ROOT,
  test: {
    reporters: ['default', new ClosingLine()],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    setupFiles: ['test/fixed-seed.ts'],
    // Functions that a test calls write nothing between its lines, unless it looks at what they write.
    env: { AWS_LAMBDA_LOG_LEVEL: 'FATAL' },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: ['test/cloud/**', 'test/contract/**', 'test/faults/**', 'test/infrastructure/**'] } },
      // Importing aws-cdk-lib once a file takes longer than all of these tests together: they share one.
      { extends: true, test: { name: 'infrastructure', include: ['test/infrastructure/**/*.test.ts'], isolate: false } },
      { extends: true, test: { name: 'cloud', include: ['test/cloud/**/*.test.ts'], globalSetup: ['test/cloud/start-cloud.ts'], testTimeout: 120_000, hookTimeout: 180_000 } },
      // Two clouds of their own, one as open as the old system and one as it is deployed: here everything is tried.
      {
        extends: true,
        test: { name: 'contract', include: ['test/contract/**/*.test.ts'], globalSetup: ['test/contract/start-stages.ts'], testTimeout: 120_000, hookTimeout: 180_000 },
      },
      // A cloud for each file, whose functions meet faults on their way to the services.
      { extends: true, test: { name: 'faults', include: ['test/faults/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 180_000 } },
    ],
  },
});
