import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Clock } from '../clock.ts';
import type { AlarmTopic } from './alarm-topic.ts';

/** The clock may ring a little early or late: a period without a call happens. */
const SILENT_PERIODS = 3;

/** A function that is called by the clock, and that nobody misses when the clock does not ring. */
export function watchClock(alarms: AlarmTopic, { fn, every }: Clock, name: string): void {
  alarms.add(fn, 'SilenceAlarm', {
    metric: fn.lambda.metricInvocations({ period: every, statistic: Stats.SUM }),
    limit: { below: 1 },
    periods: SILENT_PERIODS,
    severity: 'soon',
    what: `The clock has not called the function ${name} for ${SILENT_PERIODS * every.toMinutes()} minutes.`,
    runbook: 'silent-clock',
  });
}
