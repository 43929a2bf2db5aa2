import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { workloadOf } from '../../lib/core/workload.ts';
import { BUSINESS_LINES } from '../../lib/log/business-lines.ts';
import { matchStatement } from '../../lib/use-cases/match-statement.ts';
import { paid } from '../core/ledger-rows.ts';
import { aWorld } from '../fakes/world.ts';
import { aTache } from '../use-cases/a-tache.ts';
import { lambdaFunction } from './schemas.ts';
import { reference, resourcesOf, STAGES, templateOf, written } from './synthesized.ts';

const metricFilter = z.object({
  FilterPattern: z.string(),
  LogGroupName: reference,
  MetricTransformations: z.tuple([z.object({ MetricName: z.string(), MetricNamespace: z.string(), MetricValue: z.string() })]),
});
const dashboard = z.object({ DashboardBody: z.unknown().transform(written) });

/** What the functions log, by the message of the line. */
async function figuresOfLines(): Promise<ReadonlyMap<string, object>> {
  const world = aWorld();
  const source = await world.objects.put('statements/OMCI/1', JSON.stringify([paid(0)]), 'application/json');
  await world.taches.create(aTache({ id: 1, source }));
  return new Map<string, object>([
    [BUSINESS_LINES.matched, (await matchStatement(world, 1)) ?? {}],
    [BUSINESS_LINES.workload, workloadOf([], 0)],
  ]);
}

describe.each(STAGES)('the figures of the trade in %s', (stage) => {
  const template = templateOf(stage);
  const filters = resourcesOf(template, 'AWS::Logs::MetricFilter', metricFilter).map(({ properties }) => properties);
  const loggers = new Map(resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction).map(({ properties }) => [properties.LoggingConfig.LogGroup, properties.FunctionName]));

  it('are each in the line that their filter looks for', async () => {
    const lines = await figuresOfLines();
    for (const { FilterPattern, MetricTransformations } of filters) {
      const message = /^\{ \$\.message = "(.+)" \}$/.exec(FilterPattern)?.[1] ?? FilterPattern;
      expect(lines.get(message), message).toHaveProperty(MetricTransformations[0].MetricValue.replace('$.', ''), expect.any(Number));
    }
  });

  it('are taken from the log of the function that writes the line', () => {
    for (const { FilterPattern, LogGroupName } of filters) {
      const writer = FilterPattern.includes(`"${BUSINESS_LINES.matched}"`) ? 'reconciliation-match-statement' : 'taches-measure-workload';
      expect(loggers.get(LogGroupName)).toBe(`reconciliation-${stage}-${writer}`);
    }
  });

  it('are all on the dashboard: taches by state, rows, breaks, the oldest that wait', () => {
    const [body = ''] = resourcesOf(template, 'AWS::CloudWatch::Dashboard', dashboard).map(({ properties }) => properties.DashboardBody);
    const shown = filters.map(({ MetricTransformations: [{ MetricName, MetricNamespace }] }) => `"${MetricNamespace}","${MetricName}"`);
    expect(shown).toEqual(expect.arrayContaining(['ATTENTE', 'read', 'unexplained', 'oldestUnvalidated'].map((name) => `"Reconciliation/${stage}","${name}"`)));
    for (const metric of shown) expect(body).toContain(metric);
  });
});
