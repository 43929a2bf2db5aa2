import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { NodeFunction } from '../node-function.ts';
import { type AlarmTopic, shareOf } from './alarm-topic.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** A function that fails where no HTTP answer shows it: those behind a route are seen in the API's server errors. */
export function watchFunction(alarms: AlarmTopic, fn: NodeFunction, name: string): void {
  alarms.add(fn, 'ErrorsAlarm', {
    metric: fn.lambda.metricErrors({ period: FIVE_MINUTES, statistic: Stats.SUM }),
    limit: { above: 0 },
    periods: 1,
    severity: 'soon',
    what: `The function ${name} crashed or ran out of time or memory.`,
    runbook: 'function-errors',
  });
  alarms.add(fn, 'ThrottlesAlarm', {
    metric: fn.lambda.metricThrottles({ period: FIVE_MINUTES, statistic: Stats.SUM }),
    limit: { above: 0 },
    periods: 3,
    severity: 'soon',
    what: `The function ${name} finds no free concurrency in the account.`,
    runbook: 'function-throttles',
  });
}

/** Warns before statements become too large for the time that a function has. */
export function watchDuration(alarms: AlarmTopic, fn: NodeFunction, name: string): void {
  alarms.add(fn, 'DurationAlarm', {
    metric: fn.lambda.metricDuration({ period: FIVE_MINUTES, statistic: Stats.MAXIMUM }),
    limit: { above: shareOf(fn.timeout, 0.8) },
    periods: 1,
    severity: 'soon',
    what: `The function ${name} took more than 80 % of its time.`,
    runbook: 'slow-matching',
  });
}
