import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Setting } from '../environment.ts';
import type { Stage } from '../stage.ts';
import type { EncryptionKey } from './encryption-key.ts';
import type { NodeFunction } from './node-function.ts';
import { removalOfData } from './removal.ts';

const READS = ['GetItem', 'BatchGetItem', 'Query'] as const;

/** What a function may do with items: nothing here reads or empties a whole table. */
export type ItemAction = (typeof READS)[number] | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'BatchWriteItem';

export interface ItemTableProps {
  readonly stage: Stage;
  /** The setting that names the table to functions. */
  readonly setting: Setting;
  readonly key: EncryptionKey | undefined;
}

/** A table of items under `pk` and `sk`, without index: every access pattern is a key (docs/data-model.md). */
export class ItemTable extends Construct {
  readonly table: Table;
  private readonly setting: Setting;
  private readonly key: EncryptionKey | undefined;

  constructor(scope: Construct, id: string, { stage, setting, key }: ItemTableProps) {
    super(scope, id);
    this.setting = setting;
    this.key = key;
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.deployed,
      removalPolicy: removalOfData(stage),
      ...(key === undefined ? { encryption: TableEncryption.DEFAULT } : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key }),
    });
  }

  /** Lets the function do these things with the table's items, and no more: test/security holds each list to what the function is seen to do. */
  allow(fn: NodeFunction, actions: readonly ItemAction[]): void {
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      [this.table.tableArn],
    );
    if (actions.some(isWrite)) this.key?.allowWrites(fn, 'dynamodb');
    else this.key?.allowReads(fn, 'dynamodb');
    fn.tell(this.setting, this.table.tableName);
  }
}

function isWrite(action: ItemAction): boolean {
  return !READS.some((read) => read === action);
}
