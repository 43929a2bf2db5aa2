import { Aws, Duration } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption, QueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Setting } from '../environment.ts';
import type { NodeFunction } from './node-function.ts';

export interface WorkQueueProps {
  /** How often a message is tried before it goes to the dead letters. */
  readonly tries: number;
  /** The longest that its consumer works: nobody else sees the message meanwhile. */
  readonly consumerTimeout: Duration;
  /** The setting that gives the queue's URL to functions, where any needs it. */
  readonly setting?: Setting;
}

export interface Delivery {
  readonly batchSize: number;
  /** How many batches are worked on at once. */
  readonly concurrency?: number;
}

/** A queue of work with its dead letters, both reached over TLS only. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  private readonly policy: QueuePolicy;
  private readonly setting: Setting | undefined;

  constructor(scope: Construct, id: string, { tries, consumerTimeout, setting }: WorkQueueProps) {
    super(scope, id);
    this.setting = setting;
    // A message keeps its age when it moves: its grave must last longer than its queue.
    this.deadLetters = new Queue(this, 'DeadLetters', { encryption: QueueEncryption.SQS_MANAGED, retentionPeriod: Duration.days(14) });
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: consumerTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: tries },
    });
    this.policy = tlsOnly(this, 'Policy', this.queue);
    tlsOnly(this, 'DeadLettersPolicy', this.deadLetters);
  }

  allowSends(fn: NodeFunction): void {
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn]);
    if (this.setting !== undefined) fn.tell(this.setting, this.queue.queueUrl);
  }

  /** Lets the function see how many messages wait. */
  allowCounts(fn: NodeFunction): void {
    fn.allow(['sqs:GetQueueAttributes'], [this.queue.queueArn]);
  }

  /** Lets S3 send the events of one bucket of this account. */
  allowEventsOf(bucketArn: string): void {
    this.policy.document.addStatements(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('s3.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': bucketArn }, StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }

  /** Has the function work on the messages. It reports the ones that failed, and may bring their next try forward. */
  deliverTo(fn: NodeFunction, { batchSize, concurrency }: Delivery): void {
    // The first three are what Lambda itself does with the function's role. The CDK's own event source would allow one more that nobody needs.
    fn.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'], [this.queue.queueArn]);
    fn.lambda.addEventSourceMapping('Messages', {
      eventSourceArn: this.queue.queueArn,
      batchSize,
      reportBatchItemFailures: true,
      ...(concurrency === undefined ? {} : { maxConcurrency: concurrency }),
    });
    if (this.setting !== undefined) fn.tell(this.setting, this.queue.queueUrl);
  }
}

function tlsOnly(scope: Construct, id: string, queue: Queue): QueuePolicy {
  const policy = new QueuePolicy(scope, id, { queues: [queue] });
  policy.document.addStatements(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['sqs:*'],
      resources: [queue.queueArn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  return policy;
}
