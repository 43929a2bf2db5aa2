import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { queue } from './schemas.ts';
import { reference, resourcesOf, STAGES, templateOf } from './synthesized.ts';

const metricStat = z.object({ Metric: z.object({ MetricName: z.string(), Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })) }) });
const alarm = z.object({
  AlarmActions: z.array(reference),
  AlarmDescription: z.string(),
  ComparisonOperator: z.string(),
  Threshold: z.number(),
  TreatMissingData: z.string(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  Metrics: z.array(z.object({ MetricStat: metricStat.optional() })).default([]),
});
const topicPolicy = z.object({ PolicyDocument: z.object({ Statement: z.array(z.unknown()) }), Topics: z.array(reference) });

describe.each(STAGES)('alarms in %s', (stage) => {
  const template = templateOf(stage);
  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm', alarm);
  /** Ids of the resources whose metric has an alarm. */
  const watched = (metric: string) =>
    alarms.flatMap(({ properties: { MetricName, Dimensions, Metrics } }) => {
      const plain = MetricName === metric ? Dimensions : [];
      const inside = Metrics.flatMap(({ MetricStat }) => (MetricStat?.Metric.MetricName === metric ? MetricStat.Metric.Dimensions : []));
      return [...plain, ...inside].flatMap(({ Value }) => reference.safeParse(Value).data ?? []);
    });

  it('go off for the first message that is given up, in every queue of dead letters', () => {
    const graves = resourcesOf(template, 'AWS::SQS::Queue', queue).filter(({ properties }) => properties.RedrivePolicy === undefined);
    expect(watched('ApproximateNumberOfMessagesVisible').sort()).toEqual(graves.map(({ id }) => id).sort());
    for (const { properties } of alarms.filter(({ properties: { MetricName } }) => MetricName === 'ApproximateNumberOfMessagesVisible')) {
      expect(properties).toMatchObject({ Threshold: 0, ComparisonOperator: 'GreaterThanThreshold' });
    }
  });

  it('go off for work that waits, in every queue', () => {
    const work = resourcesOf(template, 'AWS::SQS::Queue', queue).filter(({ properties }) => properties.RedrivePolicy !== undefined);
    expect(watched('ApproximateAgeOfOldestMessage').sort()).toEqual(work.map(({ id }) => id).sort());
  });

  it('go off for crashes and throttles of every function that no HTTP answer speaks for', () => {
    const unseen = [/^DropReceiveDrop/, /^ReconciliationMatchStatement/, /^LedgerImportLedgerFile/, /^AuthorizationAuthorizeRequest/, /^ReconciliationResumeStalled/];
    for (const metric of ['Errors', 'Throttles']) {
      for (const name of unseen)
        expect(
          watched(metric).filter((id) => name.test(id)),
          `${metric} ${name}`,
        ).toHaveLength(1);
    }
  });

  it('go off for throttled tables and for server errors of the API', () => {
    expect(watched('ReadThrottleEvents')).toHaveLength(2);
    expect(watched('WriteThrottleEvents')).toHaveLength(2);
    expect(alarms.filter(({ properties: { MetricName } }) => MetricName === '5XXError')).toHaveLength(1);
  });

  it('go off for a match that nears the end of its time, before statements stop being matched', () => {
    const [duration] = alarms.filter(({ id, properties }) => properties.MetricName === 'Duration' && id.startsWith('ReconciliationMatchStatement'));
    expect(duration?.properties.Threshold).toBe(0.8 * 15 * 60 * 1000);
  });

  it('all reach the one topic, and CloudWatch may write to it', () => {
    const [topic] = resourcesOf(template, 'AWS::SNS::Topic', z.unknown());
    for (const { properties } of alarms) expect(properties).toMatchObject({ AlarmActions: [topic?.id], TreatMissingData: 'notBreaching' });
    const [policy] = resourcesOf(template, 'AWS::SNS::TopicPolicy', topicPolicy).filter(({ properties }) => properties.Topics.includes(topic?.id ?? ''));
    expect(policy?.properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
    );
  });

  it('say how urgent they are, what happened, and where it stands what to do', () => {
    for (const { id, properties } of alarms) expect(properties.AlarmDescription, id).toMatch(/^\[(now|soon)\] .+ What to do: docs\/runbook\.md#[a-z-]+$/);
  });
});
