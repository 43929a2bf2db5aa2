import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { lambdaFunction, queue } from './schemas.ts';
import { reference, resourcesOf, STAGES, templateOf, written } from './synthesized.ts';

const metricStat = z.object({ Metric: z.object({ MetricName: z.string(), Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })) }) });
const alarm = z.object({
  AlarmActions: z.array(reference),
  AlarmDescription: z.string(),
  ComparisonOperator: z.string(),
  Threshold: z.number(),
  EvaluationPeriods: z.number(),
  Period: z.number().optional(),
  TreatMissingData: z.string(),
  MetricName: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  Metrics: z.array(z.object({ MetricStat: metricStat.optional() })).default([]),
});
const method = z.object({ Integration: z.object({ Type: z.string(), Uri: z.unknown().transform(written) }) });
const rule = z.object({ ScheduleExpression: z.string(), Targets: z.array(z.object({ Arn: reference })) });
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

  it('go off for crashes and throttles of every function: by itself, or, behind a route, as a server error of the API', () => {
    const functions = resourcesOf(template, 'AWS::Lambda::Function', lambdaFunction).map(({ id }) => id);
    const uris = resourcesOf(template, 'AWS::ApiGateway::Method', method).flatMap(({ properties: { Integration } }) => (Integration.Type === 'AWS_PROXY' ? [Integration.Uri] : []));
    const answering = functions.filter((id) => uris.some((uri) => uri.includes(`<${id}>`)));
    expect(answering.length).toBeGreaterThan(20);
    const silent = functions.filter((id) => !answering.includes(id)).sort();
    // Every queue, both clocks, the authorizer.
    expect(silent).toHaveLength(10);
    for (const metric of ['Errors', 'Throttles']) expect(watched(metric).sort(), metric).toEqual(silent);
    expect(alarms.filter(({ properties: { MetricName } }) => MetricName === '5XXError')).toHaveLength(1);
  });

  it('go off for a clock that does not ring, and count silence as such', () => {
    const rules = resourcesOf(template, 'AWS::Events::Rule', rule).map(({ properties }) => properties);
    expect(watched('Invocations').sort()).toEqual(rules.flatMap(({ Targets }) => Targets.map(({ Arn }) => Arn)).sort());
    for (const { properties } of alarms.filter(({ properties: { MetricName } }) => MetricName === 'Invocations')) {
      expect(properties).toMatchObject({ Threshold: 1, ComparisonOperator: 'LessThanThreshold', TreatMissingData: 'breaching', EvaluationPeriods: 3 });
      const [own] = rules.filter(({ Targets }) => Targets.some(({ Arn }) => properties.Dimensions.some(({ Value }) => reference.safeParse(Value).data === Arn)));
      expect(own?.ScheduleExpression).toBe(`rate(${(properties.Period ?? 0) / 60} minutes)`);
    }
  });

  it('go off for throttled requests of every table', () => {
    const tables = resourcesOf(template, 'AWS::DynamoDB::Table', z.unknown()).map(({ id }) => id);
    expect(watched('ReadThrottleEvents').sort()).toEqual(tables.sort());
    expect(watched('WriteThrottleEvents').sort()).toEqual(tables.sort());
  });

  it('go off for a match that nears the end of its time, before statements stop being matched', () => {
    const [duration] = alarms.filter(({ id, properties }) => properties.MetricName === 'Duration' && id.startsWith('ReconciliationMatchStatement'));
    expect(duration?.properties.Threshold).toBe(0.8 * 15 * 60 * 1000);
  });

  it('all reach the one topic, and CloudWatch may write to it', () => {
    const [topic] = resourcesOf(template, 'AWS::SNS::Topic', z.unknown());
    for (const { properties } of alarms) expect(properties).toMatchObject({ AlarmActions: [topic?.id] });
    const [policy] = resourcesOf(template, 'AWS::SNS::TopicPolicy', topicPolicy).filter(({ properties }) => properties.Topics.includes(topic?.id ?? ''));
    expect(policy?.properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service: 'cloudwatch.amazonaws.com' } }),
    );
  });

  it('take the silence of everything but a clock for what it is: nothing happened', () => {
    for (const { id, properties } of alarms) expect(properties.TreatMissingData, id).toBe(properties.MetricName === 'Invocations' ? 'breaching' : 'notBreaching');
  });

  it('say how urgent they are, what happened, and where it stands what to do', () => {
    for (const { id, properties } of alarms) expect(properties.AlarmDescription, id).toMatch(/^\[(now|soon)\] .+ What to do: docs\/runbook\.md#[a-z-]+$/);
  });
});
