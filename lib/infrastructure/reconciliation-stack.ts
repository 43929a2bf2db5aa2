import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AUTHORIZER_ENTRY } from '../http/routes.ts';
import { TRIES } from '../messages/tries.ts';
import type { Stage } from '../stage.ts';
import { Alarms } from './alarms/alarms.ts';
import { BusinessFigures } from './business-figures.ts';
import { Clock } from './clock.ts';
import { addDashboard } from './dashboard.ts';
import { EncryptionKey } from './encryption-key.ts';
import { type Entry, FUNCTIONS, makeFunction, type Parts } from './functions.ts';
import { ItemTable } from './item-table.ts';
import type { NodeFunction } from './node-function.ts';
import { ReconciliationApi } from './reconciliation-api.ts';
import { StatementsBucket } from './statements-bucket.ts';
import { UserDirectory } from './user-directory.ts';
import { WorkQueue } from './work-queue.ts';

export interface ReconciliationStackProps {
  readonly stage: Stage;
  /** Folder of the functions' bundles: `<area>/<name>/index.mjs`. */
  readonly functionsDirectory: string;
}

/** Everything of one stage. */
export class ReconciliationStack extends Stack {
  constructor(scope: Construct, { stage, functionsDirectory }: ReconciliationStackProps) {
    const stackName = `reconciliation-${stage.name}`;
    super(scope, stackName, { stackName, terminationProtection: stage.deployed, description: 'Reconciliation of mobile-money statements with the CinetPay ledger' });

    const key = stage.customerKeys ? new EncryptionKey(this, 'Key', stage) : undefined;
    const registry = new ItemTable(this, 'Registry', { stage, key, setting: 'registryTable' });
    const ledger = new ItemTable(this, 'Ledger', { stage, key, setting: 'ledgerTable' });
    const users = new UserDirectory(this, 'Users', stage);
    const drops = new WorkQueue(this, 'Drops', { tries: TRIES.depot, consumerTimeout: FUNCTIONS['drop/receive-drop'].timeout, setting: 'dropsQueueUrl' });
    const matchingQueue = new WorkQueue(this, 'Matching', {
      tries: TRIES.matching,
      consumerTimeout: FUNCTIONS['reconciliation/match-statement'].timeout,
      setting: 'matchingQueueUrl',
    });
    const ledgerQueue = new WorkQueue(this, 'LedgerImports', { tries: TRIES.ledger, consumerTimeout: FUNCTIONS['ledger/import-ledger-file'].timeout, setting: 'ledgerQueueUrl' });
    const validationQueue = new WorkQueue(this, 'Validations', {
      tries: TRIES.validation,
      consumerTimeout: FUNCTIONS['reconciliation/apply-validation'].timeout,
      setting: 'validationQueueUrl',
    });
    const exportQueue = new WorkQueue(this, 'Exports', { tries: TRIES.exports, consumerTimeout: FUNCTIONS['taches/make-export'].timeout, setting: 'exportQueueUrl' });
    const noticeQueue = new WorkQueue(this, 'Notices', { tries: TRIES.notices, consumerTimeout: FUNCTIONS['notices/send-notices'].timeout, setting: 'noticeQueueUrl' });
    const retryQueue = new WorkQueue(this, 'Retries', { tries: TRIES.retries, consumerTimeout: FUNCTIONS['open-items/retry-open-items'].timeout, setting: 'retryQueueUrl' });
    const statements = new StatementsBucket(this, 'Statements', { stage, key, arrivals: drops });
    const parts: Parts = { registry, ledger, users, statements, drops, matchingQueue, ledgerQueue, validationQueue, exportQueue, retryQueue, noticeQueue };

    const made = new Map<Entry, NodeFunction>();
    const functionOf = (entry: Entry): NodeFunction => {
      const fn = made.get(entry) ?? makeFunction(this, entry, { stage, functionsDirectory, parts });
      made.set(entry, fn);
      return fn;
    };
    drops.deliverTo(functionOf('drop/receive-drop'), { batchSize: 1, concurrency: 10 });
    matchingQueue.deliverTo(functionOf('reconciliation/match-statement'), { batchSize: 1, concurrency: 10 });
    validationQueue.deliverTo(functionOf('reconciliation/apply-validation'), { batchSize: 1, concurrency: 5 });
    ledgerQueue.deliverTo(functionOf('ledger/import-ledger-file'), { batchSize: 1, concurrency: 5 });
    exportQueue.deliverTo(functionOf('taches/make-export'), { batchSize: 1, concurrency: 5 });
    noticeQueue.deliverTo(functionOf('notices/send-notices'), { batchSize: 1, concurrency: 5 });
    retryQueue.deliverTo(functionOf('open-items/retry-open-items'), { batchSize: 1, concurrency: 5 });
    const resumeStalled = new Clock(this, 'ResumeStalled', { fn: functionOf('reconciliation/resume-stalled'), every: Duration.minutes(5) });
    const measureWorkload = new Clock(this, 'MeasureWorkload', { fn: functionOf('taches/measure-workload'), every: Duration.minutes(15) });
    const api = new ReconciliationApi(this, 'Api', { stage, functionOf });

    const workers = {
      'receive-drop': functionOf('drop/receive-drop'),
      'match-statement': functionOf('reconciliation/match-statement'),
      'apply-validation': functionOf('reconciliation/apply-validation'),
      'import-ledger-file': functionOf('ledger/import-ledger-file'),
      'make-export': functionOf('taches/make-export'),
      'retry-open-items': functionOf('open-items/retry-open-items'),
      'send-notices': functionOf('notices/send-notices'),
    };
    const clocks = { 'resume-stalled': resumeStalled, 'measure-workload': measureWorkload };
    const queues = { drops, matching: matchingQueue, 'ledger imports': ledgerQueue, validations: validationQueue, exports: exportQueue, retries: retryQueue, notices: noticeQueue };
    new Alarms(this, 'Alarms', { stage, api, authorizer: functionOf(AUTHORIZER_ENTRY), workers, clocks, queues, tables: { registry, ledger } });
    const business = new BusinessFigures(this, 'Business', { stage, matcher: functionOf('reconciliation/match-statement'), workload: measureWorkload.fn });
    addDashboard(this, 'Dashboard', { stage, business, api, workers, queues });

    output(this, 'ApiUrl', api.api.url);
    output(this, 'BucketName', statements.bucket.bucketName);
    output(this, 'UserPoolId', users.pool.userPoolId);
    output(this, 'UserPoolClientId', users.backOffice.userPoolClientId);
    output(this, 'SignInUrl', users.signInUrl);
    output(this, 'RegistryTableName', registry.table.tableName);
    output(this, 'LedgerTableName', ledger.table.tableName);
    output(this, 'DropsQueueName', drops.queue.queueName);
    output(this, 'MatchingQueueName', matchingQueue.queue.queueName);
    output(this, 'LedgerImportsQueueName', ledgerQueue.queue.queueName);
    output(this, 'ValidationsQueueName', validationQueue.queue.queueName);
    output(this, 'ExportsQueueName', exportQueue.queue.queueName);
    output(this, 'RetriesQueueName', retryQueue.queue.queueName);
    output(this, 'NoticesQueueName', noticeQueue.queue.queueName);
  }
}

function output(stack: Stack, id: string, value: string): void {
  new CfnOutput(stack, id, { value });
}
