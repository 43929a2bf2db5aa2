import { Construct } from 'constructs';
import type { Stage } from '../../stage.ts';
import type { Clock } from '../clock.ts';
import type { ItemTable } from '../item-table.ts';
import type { NodeFunction } from '../node-function.ts';
import type { ReconciliationApi } from '../reconciliation-api.ts';
import type { WorkQueue } from '../work-queue.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { watchApi } from './api-alarms.ts';
import { watchClock } from './clock-alarms.ts';
import { watchDuration, watchFunction } from './function-alarms.ts';
import { watchQueue } from './queue-alarms.ts';
import { watchTable } from './table-alarms.ts';

export interface AlarmsProps {
  readonly stage: Stage;
  readonly api: ReconciliationApi;
  readonly authorizer: NodeFunction;
  /** By the name that alarms call their functions. */
  readonly clocks: Readonly<Record<string, Clock>>;
  /** By the name that alarms call them. */
  readonly workers: Readonly<Record<string, NodeFunction>>;
  readonly queues: Readonly<Record<string, WorkQueue>>;
  readonly tables: Readonly<Record<string, ItemTable>>;
}

/** What somebody is told of without looking. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { stage, api, authorizer, workers, clocks, queues, tables }: AlarmsProps) {
    super(scope, id);
    const topic = new AlarmTopic(this, 'Topic', stage);
    for (const [name, queue] of Object.entries(queues)) watchQueue(topic, queue, name);
    for (const [name, fn] of Object.entries(workers)) {
      watchFunction(topic, fn, name);
      watchDuration(topic, fn, name);
    }
    for (const [name, clock] of Object.entries(clocks)) {
      watchFunction(topic, clock.fn, name);
      watchClock(topic, clock, name);
    }
    watchFunction(topic, authorizer, 'authorize-request');
    for (const [name, table] of Object.entries(tables)) watchTable(topic, table, name);
    watchApi(topic, api);
  }
}
