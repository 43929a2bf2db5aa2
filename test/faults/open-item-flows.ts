import type { Flow, Stage } from './flow.ts';
import { observe } from './observed.ts';
import { workIsDone } from './queues.ts';
import { importLedger, submit } from './statement-flows.ts';
import { lateTransactions, nextStatement, openStatement, operatorCode } from './world.ts';

/** A tache that waits, and what it leaves open, in the state in which nothing came since. */
export async function muchIsOpen(stage: Stage): Promise<void> {
  await importLedger(stage);
  await submit(stage, openStatement(stage.at));
  await workIsDone(stage.cloud);
}

export const importLate = ({ ask, at, agent }: Stage) => ask('POST', '/cinetpay/', { token: agent, json: lateTransactions(at) });
export const submitNext = (stage: Stage) => submit(stage, nextStatement(stage.at), `${stage.at.tag}-suite.json`);

/** What becomes of the rows and successes that a statement leaves open. */
export const OPEN_ITEM_FLOWS: readonly Flow[] = [
  {
    name: 'open items that an import explains',
    covers: ['open-items-retry-open-items', 'ledger-receive-transactions'],
    prepare: muchIsOpen,
    async act(stage) {
      await importLate(stage);
      await workIsDone(stage.cloud);
    },
    observe,
  },
  {
    name: 'open items that another statement explains',
    covers: ['open-items-retry-open-items'],
    // Done, its answer lost: the file is there already, and is one's own.
    done: [406],
    prepare: muchIsOpen,
    async act(stage) {
      await submitNext(stage);
      await workIsDone(stage.cloud);
    },
    observe,
  },
  {
    name: 'what is read of open items',
    covers: ['open-items-list-open-items', 'open-items-show-balance'],
    // Rows are named by numbers of a counter.
    shared: true,
    prepare: muchIsOpen,
    async act({ ask, at, agent }) {
      const operateur = operatorCode(at);
      for (const path of [`/ecarts/?operateur=${operateur}`, `/ecarts/?operateur=${operateur}&etat=resolu`, `/ecarts/balance/?operateur=${operateur}`])
        await ask('GET', path, { token: agent });
    },
    observe,
  },
];
