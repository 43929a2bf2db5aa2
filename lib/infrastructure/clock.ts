import type { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { NodeFunction } from './node-function.ts';

export interface ClockProps {
  readonly fn: NodeFunction;
  readonly every: Duration;
}

/** Calls a function again and again. */
export class Clock extends Construct {
  readonly fn: NodeFunction;
  readonly every: Duration;

  constructor(scope: Construct, id: string, { fn, every }: ClockProps) {
    super(scope, id);
    this.fn = fn;
    this.every = every;
    new Rule(this, 'Rule', { schedule: Schedule.rate(every), targets: [new LambdaFunction(fn.lambda)] });
  }
}
