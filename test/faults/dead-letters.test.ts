import { afterAll, afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sqsDeadLetters } from '../../lib/adapters/sqs/dead-letters.ts';
import { redrive } from '../../lib/cli/redrive.ts';
import { TRIES } from '../../lib/messages/tries.ts';
import { startFaultCloud } from './fault-cloud.ts';
import { faultRunner } from './fault-run.ts';
import type { Fault } from './faults.ts';
import type { Flow } from './flow.ts';
import { tachesOf } from './observed.ts';
import { deadLetters, emptyDeadLetters, readDeadLetters, sendTo, workIsDone } from './queues.ts';
import { dropStatement, dropTransactions, STATEMENT_FLOWS } from './statement-flows.ts';

const ALL = process.env['FAULTS'] === '0/1';
const cloud = await startFaultCloud();
const runner = await faultRunner(cloud);

afterAll(() => cloud.stop());

/** Runs the command as whoever is called by the alarm does. */
async function giveBack(dryRun = false): Promise<string> {
  const lines: string[] = [];
  await redrive(sqsDeadLetters(), { stage: 'local', queue: undefined, dryRun }, (line) => lines.push(line));
  return lines.join('\n');
}

/** Poison that is given back is poison again: what one test leaves is thrown away. */
afterEach(async () => {
  await emptyDeadLetters(cloud);
  await workIsDone(cloud);
});

function flowNamed(name: string): Flow {
  const flow = STATEMENT_FLOWS.find((one) => one.name === name);
  if (flow === undefined) throw new Error(`no flow ${name}`);
  return flow;
}

const denied = (functionName: string, service: 'dynamodb' | 's3' | 'sqs', operation: string): Fault => ({
  kind: 'denied',
  call: { functionName, service, operation, nth: 1 },
  forGood: true,
});

const BROKEN = [
  ['a statement that comes by the API', denied('reconciliation-match-statement', 'dynamodb', 'Query'), 'Matching'],
  ['transactions that are dropped', denied('ledger-import-ledger-file', 'dynamodb', 'BatchWriteItem'), 'LedgerImports'],
  ...(ALL
    ? ([
        ['a statement that comes by the API', denied('reconciliation-match-statement', 's3', 'GetObject'), 'Matching'],
        ['a statement that comes by the API', denied('reconciliation-match-statement', 's3', 'PutObject'), 'Matching'],
        ['a statement that comes by the API', denied('reconciliation-match-statement', 'dynamodb', 'BatchWriteItem'), 'Matching'],
        ['a statement that is dropped', denied('drop-receive-drop', 'sqs', 'SendMessage'), 'Drops'],
        ['a statement that is dropped', denied('drop-receive-drop', 'dynamodb', 'PutItem'), 'Drops'],
        ['a statement that is dropped', denied('drop-receive-drop', 's3', 'GetObject'), 'Drops'],
        ['transactions that are dropped', denied('ledger-import-ledger-file', 's3', 'GetObject'), 'LedgerImports'],
        ['a validation whose caller is cut off', denied('reconciliation-apply-validation', 'dynamodb', 'Query'), 'Validations'],
        ['a validation whose caller is cut off', denied('reconciliation-apply-validation', 'dynamodb', 'PutItem'), 'Validations'],
      ] as const)
    : []),
] as const;

const TRIES_BY_QUEUE = { Drops: TRIES.depot, Matching: TRIES.matching, LedgerImports: TRIES.ledger, Validations: TRIES.validation } as const;
const triesOf = (queue: keyof typeof TRIES_BY_QUEUE) => TRIES_BY_QUEUE[queue];

const observedTaches = z.looseObject({ taches: z.array(z.looseObject({ journal: z.array(z.looseObject({ action: z.string() })) })) });

/** What a run came to, without what its journals tell of failures on the way: they happened. */
function apartFromFailures(state: string): unknown {
  const { taches, ...rest } = observedTaches.parse(JSON.parse(state));
  return {
    ...rest,
    taches: taches.map(({ journal, ...tache }) => ({ ...tache, journal: journal.filter(({ action }) => action !== 'echec').map(({ numero: _, ...entry }) => entry) })),
  };
}

describe('a service that fails for good', () => {
  it.each(BROKEN)('leaves, of %s, a message among the dead letters that comes to the same once it is given back', async (name, fault, queue) => {
    const flow = flowNamed(name);
    const { state: undisturbed } = await runner.run(flow, []);
    let meanwhile = '';
    const broken: Flow = {
      ...flow,
      async act(stage) {
        await flow.act(stage);
        // Each attempt that fails has the next one come within two minutes.
        expect(cloud.proxy.hidden).toHaveLength(triesOf(queue));
        expect(Math.max(...cloud.proxy.hidden)).toBeLessThan(120);
        expect(await readDeadLetters(cloud, queue)).toHaveLength(1);
        meanwhile = JSON.stringify(await tachesOf(cloud, stage.at));
        cloud.proxy.arm([]);
        expect(await giveBack()).toContain('1 rendu(s) à leur file');
        await workIsDone(cloud);
      },
    };
    const { state } = await runner.run(broken, [fault]);
    if (queue === 'Matching') expect(meanwhile).toContain('"ECHEC"');
    expect(apartFromFailures(state)).toEqual(apartFromFailures(undisturbed));
    expect(await deadLetters(cloud)).toBe(0);
  });

  it('of matching is told to the owner, in French, and is not their fault', async () => {
    const { state } = await runner.run(flowNamed('a statement that comes by the API'), [denied('reconciliation-match-statement', 'dynamodb', 'Query')]);
    expect(state).toContain("l'exploitation peut relancer la tâche");
  });
});

describe('a poison message', () => {
  it('comes to the dead letters after the tries of its queue, and holds no other up', async () => {
    const { state: undisturbed } = await runner.run(flowNamed('a statement that is dropped'), []);
    const before = cloud.lines.length;
    const flow: Flow = {
      ...flowNamed('a statement that is dropped'),
      async act(stage) {
        for (const queue of ['Drops', 'Matching', 'LedgerImports', 'Validations']) await sendTo(cloud, queue, `{"poison de": "${queue}"`);
        await dropStatement(stage);
        await workIsDone(cloud);
      },
    };
    const { state } = await runner.run(flow, []);
    expect(state).toBe(undisturbed);
    await workIsDone(cloud);
    const deliveries = cloud.lines.slice(before).filter((line) => line.includes('not one of this queue'));
    expect(deliveries).toHaveLength(TRIES.depot + TRIES.matching + TRIES.ledger + TRIES.validation);
    for (const queue of ['Drops', 'Matching', 'LedgerImports', 'Validations']) expect(await readDeadLetters(cloud, queue)).toEqual([`{"poison de": "${queue}"`]);
  });

  it('that names a tache which is not there is done with at once', async () => {
    const before = await deadLetters(cloud);
    await sendTo(cloud, 'Matching', '{"tacheId": 999999}');
    await workIsDone(cloud);
    expect(await deadLetters(cloud)).toBe(before);
  });
});

describe('npm run redrive -- --dry-run', () => {
  it('counts and shows what each message is about, names nobody, and moves nothing', async () => {
    const flow: Flow = {
      ...flowNamed('transactions that are dropped'),
      act: async (stage) => {
        await dropTransactions(stage, { key: `depot/cinetpay/Aminata Koné 0701020304 ${stage.at.tag}.csv` });
        await workIsDone(cloud);
      },
    };
    const before = await deadLetters(cloud);
    await runner.run(flow, [denied('ledger-import-ledger-file', 's3', 'GetObject')]);
    const shown = await giveBack(true);
    expect(shown).toContain('1 message(s) abandonné(s)');
    expect(shown).toContain('un fichier de depot/cinetpay/');
    expect(shown).not.toMatch(/Aminata|0701020304/u);
    expect(await deadLetters(cloud)).toBe(before + 1);
  });

  it('of a stage that is not there says so', async () => {
    const lines: string[] = [];
    expect(await redrive(sqsDeadLetters(), { stage: 'nulle', queue: undefined, dryRun: true }, (line) => lines.push(line))).toBe(false);
    expect(lines.join()).toContain('Aucune file');
  });
});
