import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AUTHORIZER_ENTRY, RouteEntry } from '../http/routes.ts';
import type { Stage } from '../stage.ts';
import type { ItemAction, ItemTable } from './item-table.ts';
import { NodeFunction } from './node-function.ts';
import { allowChannels, tellChannels } from './notice-channels.ts';
import type { StatementsBucket } from './statements-bucket.ts';
import type { UserDirectory } from './user-directory.ts';
import type { WorkQueue } from './work-queue.ts';

/** The functions that work on a queue. */
type QueueEntry =
  | 'drop/receive-drop'
  | 'reconciliation/match-statement'
  | 'reconciliation/apply-validation'
  | 'ledger/import-ledger-file'
  | 'taches/make-export'
  | 'open-items/retry-open-items'
  | 'notices/send-notices';

/** The functions that run by the clock. */
type ScheduledEntry = 'reconciliation/resume-stalled' | 'taches/measure-workload';

/** Every function of the app: `functions/<entry>.ts`. */
export type Entry = RouteEntry | typeof AUTHORIZER_ENTRY | QueueEntry | ScheduledEntry;

/** What functions may be given. */
export interface Parts {
  readonly registry: ItemTable;
  readonly ledger: ItemTable;
  readonly statements: StatementsBucket;
  readonly users: UserDirectory;
  readonly drops: WorkQueue;
  readonly matchingQueue: WorkQueue;
  readonly ledgerQueue: WorkQueue;
  readonly validationQueue: WorkQueue;
  readonly exportQueue: WorkQueue;
  readonly retryQueue: WorkQueue;
  readonly noticeQueue: WorkQueue;
}

interface FunctionSettings {
  readonly memoryMegabytes: number;
  readonly timeout: Duration;
  /** Room under /tmp; 512 where absent. */
  readonly scratchMegabytes?: number;
  readonly grant: (parts: Parts, fn: NodeFunction, stage: Stage) => void;
}

// From 1,769 MB a function has a whole processor: what reads files gets one.
const ONE_PROCESSOR = 1769;
/** Answers within what API Gateway waits for. */
const QUICK = { memoryMegabytes: 1024, timeout: Duration.seconds(15) } as const;
const API_LONGEST = Duration.seconds(29);
const LAMBDA_LONGEST = Duration.minutes(15);

type Grant = FunctionSettings['grant'];

/** On the registry. */
const registryItems =
  (...actions: readonly ItemAction[]): Grant =>
  ({ registry }, fn) =>
    registry.allow(fn, actions);

const signIn =
  (...actions: readonly ItemAction[]): Grant =>
  ({ registry, users }, fn) => {
    users.allowSignIn(fn);
    registry.allow(fn, actions);
  };

/** Who has a token and no profile yet is given one. */
const MEET_USER = ['GetItem', 'PutItem', 'UpdateItem'] as const satisfies readonly ItemAction[];
/** Roles, and who holds which, say what one sees of others. */
const VIEW = ['GetItem', 'Query'] as const satisfies readonly ItemAction[];
const IMPORT = ['BatchGetItem', 'BatchWriteItem', 'PutItem', 'UpdateItem'] as const satisfies readonly ItemAction[];

const settleTransactions: Grant = ({ registry, ledger, noticeQueue }, fn) => {
  registry.allow(fn, [...VIEW, 'PutItem', 'UpdateItem']);
  ledger.allow(fn, ['PutItem', 'UpdateItem']);
  noticeQueue.allowSends(fn);
};

/** What is open is tried against what was imported. */
const importTransactions: Grant = ({ registry, ledger, retryQueue }, fn) => {
  ledger.allow(fn, IMPORT);
  registry.allow(fn, ['Query', 'PutItem']);
  retryQueue.allowSends(fn);
};

/** What each function needs and may do: a function without a line here does not compile. */
export const FUNCTIONS = {
  'applications/list-applications': { ...QUICK, grant: registryItems('Query') },
  'applications/show-registration': { ...QUICK, grant: () => {} },
  'applications/register-application': {
    ...QUICK,
    grant: ({ registry, users }, fn) => {
      users.allowApplicationRegistration(fn);
      registry.allow(fn, ['PutItem', 'UpdateItem']);
    },
  },
  'applications/grant-token': {
    ...QUICK,
    grant: ({ registry, users }, fn) => {
      users.allowApplicationSignIn(fn);
      registry.allow(fn, MEET_USER);
    },
  },
  'authentication/register-user': {
    ...QUICK,
    grant: ({ registry, users }, fn) => {
      users.allowRegistration(fn);
      registry.allow(fn, MEET_USER);
    },
  },
  'authentication/issue-token': { ...QUICK, grant: signIn(...MEET_USER) },
  'authentication/refresh-token': { ...QUICK, grant: signIn('GetItem', 'UpdateItem') },
  'authentication/revoke-token': { ...QUICK, grant: signIn('GetItem', 'PutItem') },
  // An application, or whoever signed in at the pool's own domain, is met here first: their profile is made.
  'authentication/describe-user': { ...QUICK, grant: signIn(...MEET_USER, 'Query') },
  'authorization/authorize-request': { ...QUICK, grant: signIn('GetItem') },
  'reconciliation/submit-statement': {
    memoryMegabytes: ONE_PROCESSOR,
    timeout: API_LONGEST,
    grant: ({ registry, statements, matchingQueue }, fn) => {
      registry.allow(fn, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
      statements.allowPuts(fn, ['statements/*']);
      matchingQueue.allowSends(fn);
    },
  },
  'reconciliation/request-upload': {
    ...QUICK,
    grant: ({ registry, statements }, fn) => {
      registry.allow(fn, ['GetItem', 'PutItem']);
      // What the form allows is done with this function's own permission.
      statements.allowPuts(fn, ['depot/televersements/*']);
    },
  },
  'reconciliation/validate-tache': {
    memoryMegabytes: ONE_PROCESSOR,
    timeout: API_LONGEST,
    grant: (parts, fn, stage) => {
      settleTransactions(parts, fn, stage);
      parts.validationQueue.allowSends(fn);
      fn.tell('validationRules', JSON.stringify(stage.validation));
    },
  },
  'reconciliation/apply-validation': { memoryMegabytes: ONE_PROCESSOR, timeout: LAMBDA_LONGEST, grant: settleTransactions },
  'ledger/receive-transactions': { memoryMegabytes: ONE_PROCESSOR, timeout: API_LONGEST, grant: importTransactions },
  'operators/list-operators': { ...QUICK, grant: registryItems('Query') },
  'operators/get-operator': { ...QUICK, grant: registryItems('GetItem') },
  'operators/get-operator-profile': { ...QUICK, grant: registryItems('GetItem') },
  'operators/add-operator': { ...QUICK, grant: registryItems('GetItem', 'PutItem', 'UpdateItem') },
  'operators/replace-operator': { ...QUICK, grant: registryItems('GetItem', 'Query', 'PutItem') },
  'operators/change-operator': { ...QUICK, grant: registryItems('GetItem', 'Query', 'PutItem') },
  'operators/remove-operator': { ...QUICK, grant: registryItems('GetItem', 'Query', 'PutItem', 'DeleteItem') },
  'profiles/list-profiles': { ...QUICK, grant: registryItems(...VIEW) },
  'profiles/get-profile': { ...QUICK, grant: registryItems(...VIEW) },
  'profiles/add-profile': {
    ...QUICK,
    grant: ({ registry, users }, fn) => {
      users.allowInvitations(fn);
      users.allowPlacements(fn);
      registry.allow(fn, [...VIEW, 'PutItem', 'UpdateItem']);
    },
  },
  'profiles/change-profile': {
    ...QUICK,
    grant: ({ registry, users }, fn) => {
      users.allowPlacements(fn);
      registry.allow(fn, [...VIEW, 'UpdateItem']);
    },
  },
  'notices/get-choices': {
    ...QUICK,
    grant: ({ registry }, fn, stage) => {
      registry.allow(fn, VIEW);
      tellChannels(fn, stage);
    },
  },
  'notices/change-choices': {
    ...QUICK,
    grant: ({ registry }, fn, stage) => {
      registry.allow(fn, [...VIEW, 'PutItem']);
      tellChannels(fn, stage);
    },
  },
  'notices/list-deliveries': { ...QUICK, grant: registryItems(...VIEW) },
  'notices/resend-deliveries': {
    ...QUICK,
    grant: ({ registry, noticeQueue }, fn) => {
      registry.allow(fn, [...VIEW, 'UpdateItem']);
      noticeQueue.allowSends(fn);
    },
  },
  'notices/send-notices': {
    ...QUICK,
    timeout: Duration.seconds(30),
    grant: ({ registry, noticeQueue }, fn, stage) => {
      registry.allow(fn, [...VIEW, 'PutItem', 'UpdateItem']);
      noticeQueue.allowSends(fn);
      allowChannels(fn, stage);
    },
  },
  'roles/list-roles': { ...QUICK, grant: registryItems('Query') },
  'roles/add-role': { ...QUICK, grant: registryItems('Query', 'PutItem', 'UpdateItem') },
  'roles/replace-role': { ...QUICK, grant: registryItems('Query', 'PutItem') },
  'roles/change-role': { ...QUICK, grant: registryItems('Query', 'PutItem') },
  'roles/remove-role': { ...QUICK, grant: registryItems('Query', 'DeleteItem') },
  'specification/show-document': { ...QUICK, grant: () => {} },
  'specification/show-page': { ...QUICK, grant: () => {} },
  'taches/list-taches': { ...QUICK, grant: registryItems(...VIEW) },
  'taches/get-tache': { ...QUICK, grant: registryItems(...VIEW) },
  'taches/get-tache-details': { ...QUICK, grant: registryItems(...VIEW) },
  'taches/get-journal': { ...QUICK, grant: registryItems(...VIEW) },
  'taches/work-by-hand': {
    ...QUICK,
    grant: ({ registry, ledger }, fn) => {
      registry.allow(fn, [...VIEW, 'PutItem', 'UpdateItem']);
      ledger.allow(fn, ['BatchGetItem']);
    },
  },
  // A workbook of some thousand rows is made within the answer.
  'taches/export-tache': {
    memoryMegabytes: ONE_PROCESSOR,
    timeout: API_LONGEST,
    grant: ({ registry, statements, exportQueue }, fn) => {
      registry.allow(fn, [...VIEW, 'PutItem']);
      statements.allowNewestReads(fn, ['resultats/*', 'exports/*']);
      statements.allowPuts(fn, ['exports/*']);
      exportQueue.allowSends(fn);
    },
  },
  'taches/make-export': {
    memoryMegabytes: ONE_PROCESSOR,
    timeout: LAMBDA_LONGEST,
    scratchMegabytes: 4096,
    grant: ({ registry, statements }, fn) => {
      registry.allow(fn, VIEW);
      statements.allowNewestReads(fn, ['resultats/*', 'exports/*']);
      statements.allowPuts(fn, ['exports/*']);
    },
  },
  'drop/receive-drop': {
    memoryMegabytes: ONE_PROCESSOR,
    timeout: Duration.minutes(5),
    scratchMegabytes: 4096,
    grant: ({ registry, statements, matchingQueue, ledgerQueue, noticeQueue }, fn) => {
      registry.allow(fn, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
      statements.allowReads(fn, ['depot/operateurs/*', 'depot/televersements/*']);
      statements.allowPuts(fn, ['depot/refus/*']);
      matchingQueue.allowSends(fn);
      ledgerQueue.allowSends(fn);
      noticeQueue.allowSends(fn);
    },
  },
  'reconciliation/match-statement': {
    memoryMegabytes: 3008,
    timeout: LAMBDA_LONGEST,
    scratchMegabytes: 4096,
    grant: ({ registry, ledger, statements, noticeQueue, retryQueue }, fn, stage) => {
      fn.tell('detailDays', String(stage.retentionDays.details));
      retryQueue.allowSends(fn);
      noticeQueue.allowSends(fn);
      registry.allow(fn, ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'BatchWriteItem']);
      ledger.allow(fn, ['BatchGetItem', 'Query']);
      statements.allowReads(fn, ['statements/*', 'depot/operateurs/*', 'depot/televersements/*']);
      statements.allowPuts(fn, ['resultats/*', 'depot/refus/*']);
    },
  },
  'open-items/list-open-items': { ...QUICK, memoryMegabytes: ONE_PROCESSOR, timeout: API_LONGEST, grant: registryItems(...VIEW) },
  'open-items/show-balance': { ...QUICK, timeout: API_LONGEST, grant: registryItems(...VIEW) },
  'open-items/retry-open-items': {
    memoryMegabytes: 3008,
    timeout: LAMBDA_LONGEST,
    scratchMegabytes: 4096,
    grant: ({ registry, ledger, statements, retryQueue }, fn) => {
      registry.allow(fn, [...VIEW, 'PutItem', 'UpdateItem', 'DeleteItem']);
      ledger.allow(fn, ['BatchGetItem', 'Query']);
      statements.allowNewestReads(fn, ['resultats/*']);
      retryQueue.allowSends(fn);
    },
  },
  'taches/measure-workload': { ...QUICK, timeout: Duration.minutes(1), grant: registryItems('Query') },
  'reconciliation/resume-stalled': {
    ...QUICK,
    timeout: Duration.minutes(1),
    grant: ({ registry, statements, drops, matchingQueue, validationQueue, noticeQueue }, fn) => {
      noticeQueue.allowSends(fn);
      registry.allow(fn, ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'UpdateItem']);
      statements.allowListings(fn, 'depot/*');
      for (const queue of [drops, matchingQueue, validationQueue]) {
        queue.allowSends(fn);
        queue.allowCounts(fn);
      }
    },
  },
  'ledger/import-ledger-file': {
    memoryMegabytes: ONE_PROCESSOR,
    timeout: LAMBDA_LONGEST,
    scratchMegabytes: 4096,
    grant: (parts, fn, stage) => {
      const { statements } = parts;
      importTransactions(parts, fn, stage);
      statements.allowReads(fn, ['depot/cinetpay/*']);
      statements.allowPuts(fn, ['depot/recus/*', 'depot/refus/*']);
    },
  },
} as const satisfies Record<Entry, FunctionSettings>;

export const ENTRIES: readonly string[] = Object.keys(FUNCTIONS);

export interface FunctionsProps {
  readonly stage: Stage;
  readonly functionsDirectory: string;
  readonly parts: Parts;
}

/** Makes one function of the app with what its line allows. */
export function makeFunction(scope: Construct, entry: Entry, { stage, functionsDirectory, parts }: FunctionsProps): NodeFunction {
  const settings: FunctionSettings = FUNCTIONS[entry];
  const fn = new NodeFunction(scope, constructId(entry), { stage, functionsDirectory, entry, scratchMegabytes: 512, ...settings });
  settings.grant(parts, fn, stage);
  return fn;
}

/** `taches/get-tache` → `TachesGetTache`. */
function constructId(entry: Entry): string {
  return entry.replaceAll(/(?:^|[/-])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
