import { OPERATORS } from '../../lib/core/catalogue.ts';
import { type Random, randomOf } from '../../lib/local/sample/random.ts';
import { anOutcome } from '../fakes/an-outcome.ts';
import { aTache } from '../use-cases/a-tache.ts';
import { mutatedBytes, mutatedValue } from './mutations.ts';
import { itemOutcome, ledgerOutcome, messageOutcome, statementOutcome } from './outcomes.ts';
import { ledgerInput, statementInput } from './statement-input.ts';

/** One input, and what comes of it: the name of a documented outcome. */
interface Trial {
  readonly made: string;
  /** The input itself, as it would be kept. */
  readonly input: Buffer;
  run(): Promise<string>;
}

/** The input of a seed: the same one at every run. */
export async function trialOf(seed: number): Promise<Trial> {
  const random = randomOf(seed, 7);
  const kind = random.below(10);
  if (kind < 6) {
    const statement = await statementInput(random);
    return { made: statement.made, input: statement.bytes, run: () => statementOutcome(statement) };
  }
  if (kind === 6) {
    const { bytes, made } = await ledgerInput(random);
    return { made, input: bytes, run: () => ledgerOutcome(bytes) };
  }
  return kind < 9 ? messageTrial(random) : itemTrial(random);
}

const MESSAGES = {
  matching: { tacheId: 12 },
  drops: { Records: [{ eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'b' }, object: { key: 'depot/operateurs/OMCI/relev%C3%A9+1.csv', versionId: 'v1', size: 3 } } }] },
  ledger: { key: 'depot/cinetpay/a.csv', versionId: 'v1' },
  exports: { tacheId: 12, format: 'csv' },
} as const;

function messageTrial(random: Random): Trial {
  const queue = random.pick(['matching', 'drops', 'ledger', 'exports'] as const);
  const value = JSON.stringify(mutatedValue(random, MESSAGES[queue])) ?? '';
  const body = random.chance(0.4) ? mutatedBytes(random, Buffer.from(value)).toString('utf8') : value;
  return { made: `message of ${queue}`, input: Buffer.from(body), run: () => messageOutcome(queue, body) };
}

const TOTALS = anOutcome().totals;
const ITEMS = {
  tache: [
    aTache({ period: { start: '2026-03-01T00:00:00Z', end: '2026-03-01T23:59:00Z' }, progress: { step: 'lecture', rows: 5, percent: 25 } }),
    aTache({ state: 'ATTENTE', outcome: anOutcome({ matched: 1, read: 1 }) }),
    aTache({
      state: 'TERMINEE',
      currency: 'CDF',
      outcome: anOutcome(),
      validation: {
        by: 'awa',
        at: '2026-03-02T08:00:00.000000Z',
        excluded: [1],
        result: { totals: TOTALS, reconciled: 0, notReconciled: 0, conflicts: 0, finishedAt: '2026-03-02T08:00:01.000000Z' },
      },
    }),
  ],
  operator: OPERATORS,
  transaction: [
    {
      transId: 'A1',
      createdAt: '2026-03-01T08:00:00Z',
      paymentDate: '',
      merchant: 'M',
      merchantEmail: '',
      serviceName: 'S',
      siteId: '1',
      amount: '1000',
      currency: 'XOF',
      paymentMethod: 'OM',
      phone: '2250701020304',
      status: 'FAILED',
      payid: '',
      custom: '',
    },
  ],
} as const;

function itemTrial(random: Random): Trial {
  const kind = random.pick(['tache', 'tache', 'operator', 'transaction'] as const);
  const items: readonly object[] = ITEMS[kind];
  let item: unknown = items[random.below(items.length)];
  for (let left = random.between(1, 3); left > 0; left -= 1) item = mutatedValue(random, item);
  return { made: `item of ${kind}`, input: Buffer.from(JSON.stringify(item) ?? ''), run: async () => itemOutcome(kind, item) };
}
