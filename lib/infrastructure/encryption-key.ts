import { Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { NodeFunction } from './node-function.ts';
import { removalOfData } from './removal.ts';

type KeyUser = 'dynamodb' | 's3';

/** The account's own key for tables and statements. Data without its key is lost: it outlives the stack as the data does. */
export class EncryptionKey extends Key {
  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id, {
      description: `Tables and statements of reconciliation-${stage.name}`,
      enableKeyRotation: true,
      removalPolicy: removalOfData(stage),
    });
  }

  /** Only through the service that holds the data, never directly. */
  allowReads(fn: NodeFunction, service: KeyUser): void {
    fn.allow(['kms:Decrypt', 'kms:DescribeKey'], [this.keyArn], through(fn, service));
  }

  allowWrites(fn: NodeFunction, service: KeyUser): void {
    fn.allow(
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
      [this.keyArn],
      through(fn, service),
    );
  }
}

function through(fn: NodeFunction, service: KeyUser) {
  const { region, urlSuffix } = Stack.of(fn);
  return { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } };
}
