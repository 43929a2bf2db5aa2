import { Duration } from 'aws-cdk-lib';
import { MathExpression, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ItemTable } from '../item-table.ts';
import type { AlarmTopic } from './alarm-topic.ts';

/** A table on demand only refuses where one partition is too hot, or where it grows faster than it can double. */
export function watchTable(alarms: AlarmTopic, items: ItemTable, name: string): void {
  const metric = (metricName: string) => items.table.metric(metricName, { statistic: Stats.SUM });
  alarms.add(items, 'ThrottlesAlarm', {
    metric: new MathExpression({
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: { reads: metric('ReadThrottleEvents'), writes: metric('WriteThrottleEvents') },
      period: Duration.minutes(5),
      label: `${name} throttles`,
    }),
    limit: { above: 0 },
    periods: 3,
    severity: 'soon',
    what: `The table ${name} has refused reads or writes for a quarter of an hour.`,
    runbook: 'table-throttles',
  });
}
