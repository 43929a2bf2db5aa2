import type { Flow, Stage } from './flow.ts';
import { observe } from './observed.ts';
import { workIsDone } from './queues.ts';
import { dropTransactions, submit, validateAndSettle } from './statement-flows.ts';
import { manyRows, manyTransactions } from './world.ts';

async function receiveMany(stage: Stage): Promise<void> {
  await dropTransactions(stage, { rows: manyTransactions(stage.at) });
  await workIsDone(stage.cloud);
  await submit(stage, manyRows(stage.at));
  await workIsDone(stage.cloud);
}

/** Steps that take many requests each, some of them at once. */
export const LOAD_FLOWS: readonly Flow[] = [
  {
    name: 'many transactions, and a statement of many rows',
    covers: ['ledger-import-ledger-file', 'reconciliation-match-statement'],
    many: true,
    // Done, its answer lost: the file is there already, and is one's own.
    done: [406],
    act: receiveMany,
    observe,
  },
  {
    name: 'a validation of many correspondents',
    // So many are settled by the worker: the caller does not wait for it.
    covers: ['reconciliation-validate-tache', 'reconciliation-apply-validation'],
    many: true,
    // Begun, its answer lost: it is under way, or has come to its end.
    done: [409, 202],
    prepare: receiveMany,
    act: validateAndSettle,
    observe,
  },
];
