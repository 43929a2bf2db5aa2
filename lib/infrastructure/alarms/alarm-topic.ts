import { Aws, type Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Stage } from '../../stage.ts';

export interface AlarmProps {
  readonly metric: IMetric;
  /** Goes off above this value, or below it … */
  readonly limit: { readonly above: number } | { readonly below: number };
  /** … in so many periods of the metric in a row. */
  readonly periods: number;
  /** `now`: money or people wait for it. `soon`: within the working day. */
  readonly severity: 'now' | 'soon';
  /** What has happened, for whom is woken by it. */
  readonly what: string;
  /** Heading of docs/runbook.md that says what to do. */
  readonly runbook: string;
}

/** Where all alarms of a stage go. */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: `Alarmes reconciliation ${stage.name}`, enforceSSL: true });
    // A policy of its own replaces the one that lets the account's alarms in.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    if (stage.alarmEmail !== undefined) this.topic.addSubscription(new EmailSubscription(stage.alarmEmail));
  }

  /** Raises an alarm. No data means that nothing happened, which is above no limit, and below any. */
  add(scope: Construct, id: string, { metric, limit, periods, severity, what, runbook }: AlarmProps): Alarm {
    const breach =
      'above' in limit
        ? { threshold: limit.above, comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD, treatMissingData: TreatMissingData.NOT_BREACHING }
        : { threshold: limit.below, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD, treatMissingData: TreatMissingData.BREACHING };
    const alarm = new Alarm(scope, id, {
      ...breach,
      metric,
      evaluationPeriods: periods,
      alarmDescription: `[${severity}] ${what} What to do: docs/runbook.md#${runbook}`,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    return alarm;
  }
}

/** Part of a duration in milliseconds, as the Duration metric counts. */
export function shareOf(duration: Duration, share: number): number {
  return Math.round(duration.toMilliseconds() * share);
}
