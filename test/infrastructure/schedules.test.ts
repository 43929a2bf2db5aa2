import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lambdaFunction } from './schemas.ts';
import { reference, resourcesOf, STAGES, templateOf } from './synthesized.ts';

const rule = z.object({ ScheduleExpression: z.string(), State: z.string(), Targets: z.array(z.object({ Arn: reference })) });

describe.each(STAGES)('by the clock, in %s,', (stage) => {
  const template = templateOf(stage);

  it('stalled taches are looked for every five minutes, the workload is measured every quarter of an hour, and nothing else happens', () => {
    const functions = resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction);
    const scheduled = resourcesOf(template, 'AWS::Events::Rule', rule).map(({ properties: { ScheduleExpression, State, Targets } }) => ({
      ScheduleExpression,
      State,
      targets: Targets.map(({ Arn }) => functions.find(({ id }) => id === Arn)?.properties.FunctionName),
    }));
    expect(scheduled).toEqual(
      expect.arrayContaining([
        { ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED', targets: [`reconciliation-${stage}-reconciliation-resume-stalled`] },
        { ScheduleExpression: 'rate(15 minutes)', State: 'ENABLED', targets: [`reconciliation-${stage}-taches-measure-workload`] },
      ]),
    );
    expect(scheduled).toHaveLength(2);
  });
});
