import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, PeriodOverride, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { BusinessFigures } from './business-figures.ts';
import type { NodeFunction } from './node-function.ts';
import type { ReconciliationApi } from './reconciliation-api.ts';
import type { WorkQueue } from './work-queue.ts';

export interface DashboardProps {
  readonly stage: Stage;
  readonly business: BusinessFigures;
  readonly api: ReconciliationApi;
  /** By the name that the graphs show. */
  readonly queues: Readonly<Record<string, WorkQueue>>;
  readonly workers: Readonly<Record<string, NodeFunction>>;
}

/** One page that answers: what is there to do, what was found, do calls succeed, does work move, has any been given up. */
export function addDashboard(scope: Construct, id: string, { stage, business, api, queues, workers }: DashboardProps): void {
  const dashboard = new Dashboard(scope, id, { dashboardName: `reconciliation-${stage.name}`, defaultInterval: Duration.days(1), periodOverride: PeriodOverride.AUTO });
  const ofQueues = (metric: (queue: WorkQueue, label: string) => IMetric) => Object.entries(queues).map(([name, queue]) => metric(queue, name));
  const ofWorkers = (metric: (fn: NodeFunction, label: string) => IMetric) => Object.entries(workers).map(([name, fn]) => metric(fn, name));
  dashboard.addWidgets(
    graph('Taches by state', business.ofWorkload('CREATION', 'ENCOURS', 'ATTENTE', 'VALIDEE', 'ECHEC'), business.ofWorkload('TERMINEE')),
    graph('Taches: longest waiting in s', business.ofWorkload('oldestUnmatched', 'oldestUnvalidated')),
  );
  dashboard.addWidgets(
    graph('Statements: rows an hour', business.ofStatements('read', 'matched')),
    graph('Statements: breaks an hour', business.ofStatements('correspondents', 'unexplained', 'absent', 'amountDiffers', 'bad')),
  );
  dashboard.addWidgets(
    graph(
      'API: calls and errors',
      [api.stage.metricCount({ label: 'calls' }), api.stage.metricClientError({ label: 'refused (4xx)', statistic: Stats.SUM })],
      [api.stage.metricServerError({ label: 'failed (5xx)', statistic: Stats.SUM })],
    ),
    graph('API: latency in ms', [
      api.stage.metricLatency({ label: 'median', statistic: Stats.p(50) }),
      api.stage.metricLatency({ label: '99th percentile', statistic: Stats.p(99) }),
    ]),
  );
  dashboard.addWidgets(
    graph(
      'Work: waiting messages',
      ofQueues(({ queue }, label) => queue.metricApproximateNumberOfMessagesVisible({ label, statistic: Stats.MAXIMUM })),
    ),
    graph(
      'Work: age of the oldest in s',
      ofQueues(({ queue }, label) => queue.metricApproximateAgeOfOldestMessage({ label, statistic: Stats.MAXIMUM })),
    ),
    graph(
      'Work given up',
      ofQueues(({ deadLetters }, label) => deadLetters.metricApproximateNumberOfMessagesVisible({ label, statistic: Stats.MAXIMUM })),
    ),
  );
  dashboard.addWidgets(
    graph(
      'Workers: longest run in ms',
      ofWorkers(({ lambda }, label) => lambda.metricDuration({ label, statistic: Stats.MAXIMUM })),
    ),
    graph(
      'Workers: crashes',
      ofWorkers(({ lambda }, label) => lambda.metricErrors({ label, statistic: Stats.SUM })),
    ),
  );
}

function graph(title: string, left: IMetric[], right: IMetric[] = []): GraphWidget {
  return new GraphWidget({ title, left, right, width: 8, height: 6 });
}
