import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grouped } from '../../lib/cli/figures-table.ts';
import { MOST_STATEMENT_ROWS } from '../../lib/core/statement-limits.ts';
import { signedInClient } from '../../lib/local/launch/api-client.ts';
import { clientSettings } from '../../lib/local/launch/client-settings.ts';
import { workbookOf } from '../../lib/local/launch/workbook.ts';
import { workedCases } from '../fixtures/worked-cases.ts';
import { type Step, stepsOf, unprovenAmounts, withAnswers } from './guide/guide-page.ts';
import { type GuideStage, startGuideStage } from './guide/guide-stage.ts';

const GUIDE = new URL('../../docs/guide/', import.meta.url);
/** `GUIDE=ecrire` writes the answers of today into the pages instead of holding them against what they say. */
const WRITES = process.env['GUIDE'] === 'ecrire';

/** What is said of any statement, and stands in no answer. */
const LIMITS: ReadonlySet<string> = new Set([grouped(String(MOST_STATEMENT_ROWS))]);

/** One story: what a page does, the next finds done. */
const PAGES = ['premier-rapprochement', 'deposer-un-fichier', 'comprendre-le-passage', 'reprendre-un-ecart', 'valider', 'exploiter', 'reprendre-apres-incident'] as const;

const [day] = workedCases().filter(({ operateur }) => operateur === 'OMCI');

/** What a customer of the day paid from a telephone that nobody knows: nothing of the file's classes changes by it. */
const FROM_ANOTHER_PHONE = {
  created_at: '2026-03-07T12:51:20Z',
  cpm_trans_id: 'T0010400031',
  cpm_amount: '1000',
  cpm_currency: 'XOF',
  payment_method: 'OM',
  marchand: 'BOUTIQUE A',
  cel_phone_num: '2250701020304',
  cpm_trans_status: 'PENDING',
  cpm_payid: '',
};

/** A message that a queue has given up. */
async function abandon(cloud: GuideStage['cloud'], queue: string, MessageBody: string): Promise<void> {
  const sqs = new SQSClient({ ...clientSettings(cloud, 'sqs'), useQueueUrlAsEndpoint: false });
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: `reconciliation-production-${queue}` }));
  await sqs.send(new SendMessageCommand({ QueueUrl: QueueUrls.find((url) => url.includes('DeadLetters')), MessageBody }));
}

describe('the guide says what really comes, from the first sign-in to the proof of the journal', () => {
  let stage: GuideStage | undefined;

  beforeAll(async () => {
    stage = await startGuideStage();
    const file = (name: string, rows: readonly object[]) => writeFileSync(join(stage?.folder ?? '', name), workbookOf(rows));
    const statement = day?.statement ?? [];
    file('orange-07-mars.xlsx', statement);
    file('orange-abime.xlsx', [...statement.slice(0, 3), { ...statement[3], Crédit: 'mille' }, { ...statement[4], Date: '32/03/2026' }]);
    file(
      'orange-autre-compte.xlsx',
      statement.slice(0, 3).map((row) => ({ ...row, 'Compte OM': '0799999999' })),
    );
    file('mtn-18-mars.xlsx', workedCases().find(({ operateur }) => operateur === 'MTNCI')?.statement ?? []);
    await abandon(stage.cloud, 'Matching', JSON.stringify({ tacheId: 1 }));
    const client = await signedInClient(stage.cloud.api, { username: 'binta.traore', password: stage.password, groupe: 'superviseur' });
    await client.importTransactions([...(day?.ledger ?? []), FROM_ANOTHER_PHONE]);
  });
  afterAll(() => stage?.stop());

  it.each(PAGES)('%s', async (name) => {
    const path = new URL(`${name}.md`, GUIDE);
    const page = readFileSync(path, 'utf8');
    const answered: Step[] = [];
    for (const { person, command } of stepsOf(page, 'awa')) answered.push({ person, command, answer: (await stage?.run({ person, command })) ?? '' });
    expect(answered).not.toHaveLength(0);
    const now = withAnswers(page, answered);
    if (WRITES) writeFileSync(path, now);
    else expect(page).toBe(now);
    expect(unprovenAmounts(now).filter((amount) => !LIMITS.has(amount))).toEqual([]);
  });
});

describe('the table of contents of the guide', () => {
  const contents = readFileSync(new URL('README.md', GUIDE), 'utf8');
  const pages = readdirSync(GUIDE).filter((name) => name.endsWith('.md') && name !== 'README.md');

  it('leads to every page that there is, and to no other', () => {
    const named = [...contents.matchAll(/\]\(([\w-]+\.md)\)/gu)].map(([, name]) => name);
    expect(named.toSorted()).toEqual(pages.toSorted());
  });

  it.each(pages)('and no link of %s leads nowhere', (name) => {
    const text = readFileSync(new URL(name, GUIDE), 'utf8');
    for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/gu)) expect(() => readFileSync(new URL(link, new URL(name, GUIDE)))).not.toThrow();
  });
});
