import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { reconciliationApp } from '../../lib/infrastructure/app.ts';
import { STAGES, withEmptyFunctions } from './synthesized.ts';

describe('the security rules of AWS Solutions', () => {
  it.each(STAGES)('find nothing in %s that is not explained', (stageName) => {
    const findings = withEmptyFunctions((functionsDirectory, outdir) => {
      const { app } = reconciliationApp({ stageName, functionsDirectory, outdir });
      return new AwsSolutionsChecks(app)
        .validateScope(app)
        .violations.map(({ ruleName, violatingResources }) => `${ruleName}: ${violatingResources.map(({ constructPath }) => constructPath)}`);
    });
    expect(findings).toEqual([]);
  });
});
