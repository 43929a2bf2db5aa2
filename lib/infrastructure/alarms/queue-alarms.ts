import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { WorkQueue } from '../work-queue.ts';
import type { AlarmTopic } from './alarm-topic.ts';

const OLD = Duration.hours(1);

/** Work that was given up, and work that nobody takes up. `work` says what a message is. */
export function watchQueue(alarms: AlarmTopic, queue: WorkQueue, work: string): void {
  alarms.add(queue, 'DeadLettersAlarm', {
    metric: queue.deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
    above: 0,
    periods: 1,
    severity: 'now',
    what: `${work} was given up after every try failed.`,
    runbook: 'dead-letters',
  });
  alarms.add(queue, 'AgeAlarm', {
    metric: queue.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }),
    above: OLD.toSeconds(),
    periods: 2,
    severity: 'soon',
    what: `${work} has been waiting for more than an hour.`,
    runbook: 'old-messages',
  });
}
