import { Aws, Duration, Stack, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { AccessLogs } from './access-logs.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { NodeFunction } from './node-function.ts';
import { removalOfNamed } from './removal.ts';
import type { WorkQueue } from './work-queue.ts';

export interface StatementsBucketProps {
  readonly stage: Stage;
  /** Told of every object that arrives under `depot/`. */
  readonly arrivals: WorkQueue;
  readonly key: EncryptionKey | undefined;
}

/** `statements/*`, or another folder with everything under it. */
export type Folder = `${string}/*`;

/** Statements, the drop folder `depot/`, full results and exports. */
export class StatementsBucket extends Construct {
  readonly bucket: Bucket;
  private readonly key: EncryptionKey | undefined;
  private readonly resource: CfnBucket;

  constructor(scope: Construct, id: string, { stage, arrivals, key }: StatementsBucketProps) {
    super(scope, id);
    this.key = key;
    // The queue must let the bucket in before the bucket exists: only a name that is known beforehand breaks the circle.
    const bucketName = `reconciliation-${stage.name}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
    const bucketArn = `arn:${Aws.PARTITION}:s3:::${bucketName}`;
    arrivals.allowEventsOf(bucketArn);

    this.bucket = new Bucket(this, 'Bucket', {
      bucketName,
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: lifecycle(stage),
      removalPolicy: removalOfNamed(stage),
      ...(key === undefined ? { encryption: BucketEncryption.S3_MANAGED } : { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }),
    });
    const resource = this.bucket.node.defaultChild;
    if (!(resource instanceof CfnBucket)) throw new Error('a bucket without its resource');
    this.resource = resource;
    resource.loggingConfiguration = new AccessLogs(this, 'AccessLogs', stage).of(bucketArn, 'statements/');
    // In the bucket's own properties: the CDK's way would add a function that only exists to set them.
    resource.notificationConfiguration = {
      queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: arrivals.queue.queueArn, filter: { s3Key: { rules: [{ name: 'prefix', value: 'depot/' }] } } }],
    };
    this.bucket.node.addDependency(arrivals);
  }

  /** Lets the function read the objects under these folders. Every object has a version, and is only ever read by it. */
  allowReads(fn: NodeFunction, folders: readonly Folder[]): void {
    fn.allow(['s3:GetObjectVersion'], this.objectsOf(folders, fn));
    // Without it S3 answers 403 for an object that is gone. Narrowed by s3:prefix it would not help: a GetObject carries no prefix.
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    this.key?.allowReads(fn, 's3');
    fn.tell('bucket', this.bucket.bucketName);
  }

  /** Lets the function read the objects under these folders as they are now. A link that it signs stands on this. */
  allowNewestReads(fn: NodeFunction, folders: readonly Folder[]): void {
    fn.allow(['s3:GetObject'], this.objectsOf(folders, fn));
    fn.allow(['s3:ListBucket'], [this.bucket.bucketArn]);
    this.key?.allowReads(fn, 's3');
    fn.tell('bucket', this.bucket.bucketName);
  }

  /** Lets the function see what lies in a folder, every version of it. */
  allowListings(fn: NodeFunction, folder: Folder): void {
    fn.allow(['s3:ListBucketVersions'], [this.bucket.bucketArn], { StringEquals: { 's3:prefix': folder.slice(0, -1) } });
    fn.tell('bucket', this.bucket.bucketName);
  }

  allowPuts(fn: NodeFunction, folders: readonly Folder[]): void {
    fn.allow(['s3:PutObject'], this.objectsOf(folders, fn));
    this.key?.allowWrites(fn, 's3');
    fn.tell('bucket', this.bucket.bucketName);
  }

  private objectsOf(folders: readonly Folder[], fn: NodeFunction): string[] {
    const bucketId = Stack.of(this).getLogicalId(this.resource);
    return folders.map((folder) => {
      Validations.of(fn).acknowledge({ id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${folder}]`, reason: `Keys under ${folder} are not known beforehand.` });
      return this.bucket.arnForObjects(folder);
    });
  }
}

/** An export is made again when it is asked for again. */
const EXPORT_DAYS = 7;

function lifecycle({ retentionDays }: Stage): LifecycleRule[] {
  return [
    { id: 'statements', prefix: 'statements/', expiration: Duration.days(retentionDays.statements) },
    { id: 'results', prefix: 'resultats/', expiration: Duration.days(retentionDays.results) },
    { id: 'exports', prefix: 'exports/', expiration: Duration.days(EXPORT_DAYS) },
    { id: 'drops', prefix: 'depot/', expiration: Duration.days(retentionDays.drops) },
    {
      id: 'remains',
      abortIncompleteMultipartUploadAfter: Duration.days(7),
      noncurrentVersionExpiration: Duration.days(retentionDays.oldVersions),
      expiredObjectDeleteMarker: true,
    },
  ];
}
