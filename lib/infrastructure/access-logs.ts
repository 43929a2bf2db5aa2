import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { removalOfData } from './removal.ts';

/** Who read and wrote objects of another bucket, kept as long as the logs of the stage. */
export class AccessLogs extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      // S3 delivers logs to no bucket with a key of the account's own.
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ id: 'access-logs', expiration: Duration.days(stage.logRetentionDays) }],
      removalPolicy: removalOfData(stage),
    });
  }

  /** Lets S3 write the log of one bucket of this account. Gives what that bucket's properties must say. */
  of(bucketArn: string, prefix: string): { readonly destinationBucketName: string; readonly logFilePrefix: string } {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`${prefix}*`)],
        conditions: { ArnEquals: { 'aws:SourceArn': bucketArn }, StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
    return { destinationBucketName: this.bucket.bucketName, logFilePrefix: prefix };
  }
}
