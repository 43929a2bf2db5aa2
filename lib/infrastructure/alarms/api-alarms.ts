import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ReconciliationApi } from '../reconciliation-api.ts';
import type { AlarmTopic } from './alarm-topic.ts';

/** Server errors are ours: a caller's mistake never answers 5xx. */
export function watchApi(alarms: AlarmTopic, api: ReconciliationApi): void {
  alarms.add(api, 'ServerErrorsAlarm', {
    metric: api.stage.metricServerError({ period: Duration.minutes(5), statistic: Stats.SUM }),
    limit: { above: 0 },
    periods: 1,
    severity: 'now',
    what: 'The API answered with a server error.',
    runbook: 'api-errors',
  });
}
