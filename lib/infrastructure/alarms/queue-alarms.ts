import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { WorkQueue } from '../work-queue.ts';
import type { AlarmTopic } from './alarm-topic.ts';

const OLD = Duration.hours(1);

/** Work that was given up, and work that nobody takes up. */
export function watchQueue(alarms: AlarmTopic, queue: WorkQueue, name: string): void {
  alarms.add(queue, 'DeadLettersAlarm', {
    metric: queue.deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: Stats.MAXIMUM }),
    limit: { above: 0 },
    periods: 1,
    severity: 'now',
    what: `A message of the queue ${name} was given up after every try failed: a file or a statement is not processed.`,
    runbook: 'dead-letters',
  });
  alarms.add(queue, 'AgeAlarm', {
    metric: queue.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5), statistic: Stats.MAXIMUM }),
    limit: { above: OLD.toSeconds() },
    periods: 2,
    severity: 'soon',
    what: `A message of the queue ${name} has been waiting for more than an hour.`,
    runbook: 'old-messages',
  });
}
