import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { choicesAnswer, deliveryList } from '../../lib/http/schemas/notice.ts';
import { call } from './api-calls.ts';
import { isUnnoticed } from './faults.ts';
import type { Flow, Stage } from './flow.ts';
import { normalised } from './normalised.ts';
import { tachesOf } from './observed.ts';
import { workIsDone } from './queues.ts';
import { importLedger, submit } from './statement-flows.ts';
import { isGenuine, startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';
import { operatorCode } from './world.ts';

const PASSWORD = 'mot-de-passe-7';
const ETATS = ['ATTENTE', 'TERMINEE', 'ECHEC'];
const signedIn = z.object({ access_token: z.string() });
const holder = z.object({ profile: z.tuple([z.object({ id: z.int() })]) });

/** Somebody of whom no other run knows: what they choose to be told of disturbs nobody. */
const nameOf = ({ at }: Stage) => `personne-${at.tag.toLowerCase()}`;
const addressOf = (stage: Stage) => `${nameOf(stage)}@example.org`;
const TELEPHONE = '+2250501020304';

function kept({ kept: values }: Stage, name: string): string {
  const value = values.get(name);
  if (value === undefined) throw new Error(`nothing was kept as ${name}`);
  return value;
}

const receivers = new WeakMap<Stage, WebhookReceiver>();

function receiverOf(stage: Stage): WebhookReceiver {
  const receiver = receivers.get(stage);
  if (receiver === undefined) throw new Error('no receiver listens');
  return receiver;
}

const choicesPath = (stage: Stage) => `/profiles/${kept(stage, 'profile')}/avis`;

/** A person with a telephone, and a server of theirs. */
async function somebody(stage: Stage): Promise<void> {
  const { cloud } = stage;
  const { body } = await call(cloud, 'POST', '/authentication/register/', { json: { username: nameOf(stage), password: PASSWORD } });
  const token = signedIn.parse(body).access_token;
  const told = await call(cloud, 'POST', '/get_user/', { token, json: { token } });
  const profile = String(holder.parse(told.body).profile[0].id);
  await call(cloud, 'PUT', `/profiles/${profile}`, { token, json: { telephone: TELEPHONE, numero_whatsapp: TELEPHONE } });
  stage.kept.set('token', token);
  stage.kept.set('profile', profile);
  const receiver = await startWebhookReceiver();
  receivers.set(stage, receiver);
  stage.kept.set('webhook', `${await cloud.proxy.front('notices-send-notices', 'webhook', receiver.origin)}/avis`);
}

/** By all three channels. */
const allChannels = (stage: Stage) => ({
  courriel: { adresse: addressOf(stage), etats: ETATS },
  sms: { etats: ETATS },
  webhook: { url: kept(stage, 'webhook'), etats: ETATS },
});

/** Somebody who is told of their own taches. */
async function listener(stage: Stage): Promise<void> {
  await somebody(stage);
  const { body } = await call(stage.cloud, 'PUT', choicesPath(stage), { token: kept(stage, 'token'), json: allChannels(stage) });
  stage.kept.set('secret', choicesAnswer.parse(body).webhook?.secret ?? '');
}

/** The choices are read by whoever tells somebody of something: they end with their run. */
async function leave(stage: Stage): Promise<void> {
  receiverOf(stage).stop();
  await call(stage.cloud, 'PUT', choicesPath(stage), { token: kept(stage, 'token'), json: {} });
}

/** The listener sends a statement, and is told what it comes to. */
async function submitOwn(stage: Stage): Promise<void> {
  await submit({ ...stage, agent: kept(stage, 'token') });
  await workIsDone(stage.cloud);
}

/** What lies in the outbox and has a word in it that only this run has, as its receiver reads it. */
async function outbox({ cloud }: Stage, kind: 'courriel' | 'sms', word: string): Promise<readonly string[]> {
  const names = await readdir(cloud.cloud.outbox).catch(() => []);
  const texts = await Promise.all(names.filter((name) => name.includes(`-${kind}-`)).map((name) => readFile(join(cloud.cloud.outbox, name), 'utf8')));
  return texts.filter((text) => text.includes(word)).map((text) => (kind === 'sms' ? text : plainPart(text)));
}

function plainPart(mail: string): string {
  const [, , part = ''] = mail.split('Content-Type: ');
  return part
    .slice(part.indexOf('\r\n\r\n'))
    .replace(/--partie-.*/su, '')
    .trim();
}

/**
 * Whoever dies between the sending and its note, is refused the note, or hears no answer to the sending sends once more, under the same id. Nothing else may. To be asked
 * while the faults of the run are known yet.
 */
function noteDoubles(stage: Stage): void {
  const doubled = [...stage.cloud.proxy.done].some((fault) => {
    const { functionName, service, operation } = fault.call;
    if (functionName === 'notices-resend-deliveries') return !isUnnoticed(fault);
    const isSent = service !== 'dynamodb' && service !== 'sqs';
    return functionName === 'notices-send-notices' && (isSent || fault.kind.startsWith('killed') || (operation === 'UpdateItem' && !isUnnoticed(fault)));
  });
  stage.kept.set('doubles', doubled ? '1' : '0');
}

/** The different texts that arrived, and how often that is not what it should be. */
function arrived(stage: Stage, texts: readonly string[], times: number) {
  const doubles = texts.length - times;
  return { texts: [...new Set(texts)], amiss: doubles === 0 || doubles === Number(kept(stage, 'doubles')) ? 0 : doubles };
}

/** What was sent as its receivers see it, and what the API says of it. @param webhooks how often each should have come */
async function noticesState(stage: Stage, webhooks = 1): Promise<string> {
  try {
    const { cloud, at } = stage;
    const { arrivals } = receiverOf(stage);
    const taches = (await tachesOf(cloud, at)).map(({ id }) => id);
    const token = kept(stage, 'token');
    const answers = await Promise.all(taches.map((id) => call(cloud, 'GET', `/taches/${id}/avis`, { token })));
    const deliveries = answers.flatMap(({ body }) => deliveryList.parse(body));
    const own = deliveries.filter(({ canal }) => canal === 'webhook').map(({ livraison }) => livraison);
    const genuine = await Promise.all(arrivals.map((arrival) => isGenuine(arrival, kept(stage, 'secret'))));
    const state = {
      // How often it failed before it was sent, and why, is what a fault may come to.
      deliveries: deliveries.map(({ essaisManques: _, motif: __, ...delivery }) => delivery),
      mail: arrived(stage, await outbox(stage, 'courriel', addressOf(stage)), 1),
      sms: arrived(stage, await outbox(stage, 'sms', operatorCode(at)), 1),
      webhook: arrived(
        stage,
        arrivals.map(({ body }) => body),
        webhooks,
      ),
      ids: [...new Set(arrivals.map(({ delivery }) => delivery))].map((id) => own.indexOf(id)),
      genuine: genuine.every(Boolean),
    };
    const text = normalised({ ...state, webhook: { ...state.webhook, texts: state.webhook.texts.map((body): unknown => JSON.parse(body)) } }, at, taches);
    return text.replaceAll(/\d{2}\/\d{2}\/\d{4} à \d{2}:\d{2}:\d{2}/gu, '<moment>').replaceAll(/(_reconciliation|details_taches)\/\d+/gu, '$1/<tache>');
  } finally {
    await leave(stage);
  }
}

/** What people choose to be told of, and what they are told. */
export const NOTICE_FLOWS: readonly Flow[] = [
  {
    name: 'what somebody chooses to be told of',
    covers: ['notices-get-choices', 'notices-change-choices'],
    prepare: somebody,
    async act(stage) {
      const token = kept(stage, 'token');
      await stage.ask('GET', choicesPath(stage), { token });
      await stage.ask('PUT', choicesPath(stage), { token, json: allChannels(stage) });
      await stage.ask('PUT', choicesPath(stage), { token, json: { ...allChannels(stage), sms: null } });
    },
    async observe(stage) {
      const { body } = await call(stage.cloud, 'GET', choicesPath(stage), { token: kept(stage, 'token') });
      await leave(stage);
      return normalised(body, stage.at);
    },
  },
  {
    name: 'a result that somebody is told of',
    covers: ['notices-send-notices'],
    // Done, its answer lost: the file is there already, and is one's own.
    done: [406],
    async prepare(stage) {
      await listener(stage);
      await importLedger(stage);
    },
    async act(stage) {
      await submitOwn(stage);
      noteDoubles(stage);
    },
    observe: (stage) => noticesState(stage),
  },
  {
    name: 'notices that are sent again',
    covers: ['notices-list-deliveries', 'notices-resend-deliveries'],
    async prepare(stage) {
      await listener(stage);
      await importLedger(stage);
      await submitOwn(stage);
      const [tache] = await tachesOf(stage.cloud, stage.at);
      stage.kept.set('tache', String(tache?.id));
    },
    async act(stage) {
      const token = kept(stage, 'token');
      await stage.ask('GET', `/taches/${kept(stage, 'tache')}/avis`, { token });
      await stage.ask('POST', `/taches/${kept(stage, 'tache')}/avis/renvoyer`, { token });
      await workIsDone(stage.cloud);
      noteDoubles(stage);
    },
    observe: (stage) => noticesState(stage, 2),
  },
];
