import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line that says how many tests ran, so that a run of no test cannot look like a good one. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) for (const test of module.children.allTests()) counts[test.result().state] += 1;
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped + counts.pending} skipped`);
    if (counts.passed === 0) process.exitCode = 1;
  }
}
