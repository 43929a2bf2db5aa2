import * as z from 'zod';
import { storedTransaction } from '../../lib/adapters/dynamodb/ledger-row.ts';
import { storedOperator } from '../../lib/adapters/dynamodb/stored-operator.ts';
import { storedTache } from '../../lib/adapters/dynamodb/stored-tache.ts';
import { LedgerReader } from '../../lib/core/ledger-intake.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import { UnreadableFile } from '../../lib/files/unreadable-file.ts';
import { wireListedTache, wireTache } from '../../lib/http/schemas/tache.ts';
import { queueEndpoint } from '../../lib/messages/queue-endpoint.ts';
import { dropMessage, exportMessage, ledgerMessage, matchingMessage } from '../../lib/messages/schemas.ts';
import { frenchRefusal } from '../../lib/use-cases/french-refusal.ts';
import { matchFiles } from '../../lib/use-cases/match-files.ts';
import { readLedger } from '../../lib/use-cases/read-ledger.ts';
import { sourceOfRows } from '../fixtures/row-source.ts';
import { plainRow } from '../fixtures/table.ts';
import type { StatementInput } from './statement-input.ts';

/** What is documented to come of a file: a reason why it cannot be read, a refusal, or a result whose bridge closes. @throws whatever else */
export async function statementOutcome({ bytes, operator, ledger }: Pick<StatementInput, 'bytes' | 'operator' | 'ledger'>): Promise<string> {
  try {
    const outcome = await matchFiles(await openRows({ kind: 'bytes', bytes }), () => readLedger(sourceOfRows(ledger.map(plainRow)), operator), operator, {});
    switch (outcome.kind) {
      case 'refused':
        return `refused: ${outcome.refusal.kind}${frenchRefusal(outcome.refusal) === '' ? ' without a word' : ''}`;
      case 'reconciled': {
        const { bridge, classes } = outcome.reconciliation;
        const classed = [classes.matched, classes.amountDiffers, classes.statementDuplicates, classes.correspondents, classes.unexplained].reduce(
          (sum, { length }) => sum + length,
          0,
        );
        if (classed !== outcome.reading.rows.length) throw new Error(`${classed} of ${outcome.reading.rows.length} rows are in a class`);
        if (bridge.amountResidual !== 0 || bridge.countResidual !== 0) throw new Error(`a residual of ${bridge.amountResidual} and ${bridge.countResidual}`);
        return 'reconciled';
      }
      case 'ledger-headers-missing':
        throw new Error('the header of the ledger was not found');
      default:
        return outcome satisfies never;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return `unreadable: ${error.reason}`;
    throw error;
  }
}

/** What comes of any file that is dropped as a ledger: rows taken or rejected one by one. @throws whatever else */
export async function ledgerOutcome(bytes: Buffer): Promise<string> {
  try {
    const source = await openRows({ kind: 'bytes', bytes });
    const reader = new LedgerReader(source);
    let taken = 0;
    for await (const batch of source.batches) for (const transaction of reader.read(batch)) taken += storedTransaction.parse(transaction).transId === '' ? 0 : 1;
    if (!reader.headerFound) return 'ledger without its columns';
    if (taken + reader.rejected.length > reader.count) throw new Error('more transactions than rows');
    return 'ledger read';
  } catch (error) {
    if (error instanceof UnreadableFile) return `unreadable: ${error.reason}`;
    throw error;
  }
}

const QUEUES = { matching: matchingMessage, drops: dropMessage, ledger: ledgerMessage, exports: exportMessage };
export type QueueName = keyof typeof QUEUES;

/** A message is worked on, or is named as failed by its own id; the good one beside it is always worked on. @throws whatever else */
export async function messageOutcome(queue: QueueName, body: string): Promise<string> {
  const worked: unknown[] = [];
  const record = (messageId: string, text: string) => ({ messageId, receiptHandle: 'r', body: text, attributes: { ApproximateReceiveCount: '1' } });
  const schema: z.ZodType = z.union([QUEUES[queue], z.object({ good: z.literal(true) })]);
  const handler = queueEndpoint({
    message: schema,
    work: async (message) => {
      worked.push(message);
    },
  });
  const answer: unknown = await Reflect.apply(handler, undefined, [{ Records: [record('mutated', body), record('good', '{"good":true}')] }, {}]);
  const failed = z
    .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) })
    .parse(answer)
    .batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  if (failed.includes('good') || failed.length + worked.length !== 2) throw new Error(`${failed} failed, ${worked.length} were worked on`);
  return failed.length === 0 ? 'message taken' : 'message refused';
}

/** An item is refused by its schema, or what it says can be shown. @throws whatever else */
export function itemOutcome(kind: 'tache' | 'operator' | 'transaction', item: unknown): string {
  const parsed = { tache: storedTache, operator: storedOperator, transaction: storedTransaction }[kind].safeParse(item);
  if (!parsed.success) return `item refused: ${kind}`;
  if (kind === 'tache') {
    const tache = storedTache.parse(item);
    wireTache(tache);
    wireListedTache(tache);
  }
  return `item taken: ${kind}`;
}
