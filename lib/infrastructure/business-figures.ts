import { Duration } from 'aws-cdk-lib';
import { type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { BUSINESS_LINES } from '../log/business-lines.ts';
import type { Stage } from '../stage.ts';
import type { NodeFunction } from './node-function.ts';

/** What the matcher tells of each statement, and what a graph calls it. */
const OF_STATEMENTS = {
  read: 'rows read',
  matched: 'matched',
  correspondents: 'correspondents',
  unexplained: 'unexplained',
  absent: 'absent at the operator',
  amountDiffers: 'amounts differ',
  bad: 'bad rows',
} as const;

/** What is told of the taches of the last month, a quarter of an hour after another. */
const OF_WORKLOAD = {
  CREATION: 'CREATION',
  ENCOURS: 'ENCOURS',
  ATTENTE: 'ATTENTE',
  VALIDEE: 'VALIDEE',
  TERMINEE: 'TERMINEE',
  ECHEC: 'ECHEC',
  oldestUnmatched: 'not matched',
  oldestUnvalidated: 'not validated',
} as const;

type StatementFigure = keyof typeof OF_STATEMENTS;
type WorkloadFigure = keyof typeof OF_WORKLOAD;

export interface BusinessFiguresProps {
  readonly stage: Stage;
  readonly matcher: NodeFunction;
  readonly workload: NodeFunction;
}

/** The figures of the trade, taken from the lines in which the functions log them: no function calls CloudWatch. */
export class BusinessFigures extends Construct {
  readonly #statements: ReadonlyMap<StatementFigure, MetricFilter>;
  readonly #workload: ReadonlyMap<WorkloadFigure, MetricFilter>;

  constructor(scope: Construct, id: string, { stage, matcher, workload }: BusinessFiguresProps) {
    super(scope, id);
    const filter = (fn: NodeFunction, line: string, figure: string) =>
      new MetricFilter(this, `${line === BUSINESS_LINES.matched ? 'Statement' : 'Workload'}${figure}`, {
        logGroup: fn.logGroup,
        filterPattern: FilterPattern.stringValue('$.message', '=', line),
        metricNamespace: `Reconciliation/${stage.name}`,
        metricName: figure,
        metricValue: `$.${figure}`,
      });
    this.#statements = new Map(keysOf(OF_STATEMENTS).map((figure) => [figure, filter(matcher, BUSINESS_LINES.matched, figure)]));
    this.#workload = new Map(keysOf(OF_WORKLOAD).map((figure) => [figure, filter(workload, BUSINESS_LINES.workload, figure)]));
  }

  /** Sums over the statements that were matched. */
  ofStatements(...figures: readonly StatementFigure[]): IMetric[] {
    return metricsOf(this.#statements, figures, (figure) => ({ label: OF_STATEMENTS[figure], statistic: Stats.SUM, period: Duration.hours(1) }));
  }

  /** As they stand. */
  ofWorkload(...figures: readonly WorkloadFigure[]): IMetric[] {
    return metricsOf(this.#workload, figures, (figure) => ({ label: OF_WORKLOAD[figure], statistic: Stats.MAXIMUM, period: Duration.minutes(15) }));
  }
}

function metricsOf<Figure extends string>(
  filters: ReadonlyMap<Figure, MetricFilter>,
  figures: readonly Figure[],
  options: (figure: Figure) => { readonly label: string; readonly statistic: string; readonly period: Duration },
): IMetric[] {
  return figures.flatMap((figure) => filters.get(figure)?.metric(options(figure)) ?? []);
}

function keysOf<Key extends string>(record: Readonly<Record<Key, string>>): readonly Key[] {
  const isKey = (name: string): name is Key => Object.hasOwn(record, name);
  return Object.keys(record).filter(isKey);
}
