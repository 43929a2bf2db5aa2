import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { AwsIdentity } from './aws-identity.ts';
import type { BucketService } from './buckets/bucket-service.ts';
import type { PoolProvision } from './cognito/provision.ts';
import type { RestApiParts } from './gateway/rest-api-parts.ts';
import type { EndpointsOf } from './lambda/function-environment.ts';
import type { LocalFunction } from './lambda/local-function.ts';
import type { WarmWorkers } from './lambda/warm-workers.ts';
import type { LocalLog } from './local-event.ts';
import type { Endpoints } from './service-endpoints.ts';
import type { LocalQueue } from './sqs/local-queue.ts';

/** What resources are made with. Maps fill up while the resources of a template are made one after the other. */
export interface LocalServices {
  readonly identity: AwsIdentity;
  readonly log: LocalLog;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly buckets: BucketService;
  readonly userPools: PoolProvision;
  /** By client id. */
  readonly clientSecrets: Map<string, string>;
  readonly endpoints: Endpoints;
  readonly endpointsOf: EndpointsOf;
  /** Absolute path of the asset behind an object key of a stack. */
  readonly assetPath: (stackName: string, objectKey: string) => string;
  /** What every function finds in its environment: region, credentials, addresses. */
  readonly environment: Readonly<Record<string, string>>;
  readonly warmWorkers: WarmWorkers;
  /** By ARN. */
  readonly functions: Map<string, LocalFunction>;
  /** By ARN. */
  readonly queues: Map<string, LocalQueue>;
  readonly restApi: RestApiParts;
  /** Begun once everything stands, in this order. */
  readonly activities: (() => Activity)[];
}

/** Something that goes on by itself until it is stopped. */
export interface Activity {
  stop(graceMs: number): Promise<void>;
}
