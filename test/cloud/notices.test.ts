import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { choicesAnswer, deliveryList, webhookNotice } from '../../lib/http/schemas/notice.ts';
import { documentedVerifier } from '../documented-verifier.ts';
import { call, finishedTache, postJson, until } from './cloud-client.ts';

const cloud = inject('cloud');
const submitted = z.object({ details: z.object({ id: z.number() }) });
const profiles = z.object({ profile: z.tuple([z.object({ id: z.int() })]) });
/** Somebody of whom no other test knows: their own taches are these. */
const PERSON = { username: 'prevenue', password: 'motdepasse#1-prevenue' };
const ADDRESS = 'prevenue@example.com';
const PHONE = '+225 07 00 00 00 12';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver that fails at its first notice. */
function receiver() {
  const received: Received[] = [];
  const server = createServer(async (incoming, response) => {
    received.push({ headers: incoming.headers, body: await readText(incoming) });
    response.writeHead(received.length === 1 ? 500 : 204).end();
  });
  return {
    received,
    listen: () => new Promise<number>((resolve) => server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())))),
    stop: () => server.close(),
  };
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The messages of a kind that were left about a tache, oldest first. */
async function outbox(kind: 'courriel' | 'sms', about: string): Promise<readonly string[]> {
  const names = await readdir(cloud.outbox).catch(() => []);
  const texts = await Promise.all(names.filter((name) => name.includes(`-${kind}-`)).map((name) => readFile(join(cloud.outbox, name), 'utf8')));
  return texts.filter((text) => text.includes(about));
}

describe('notices, through the whole local cloud', () => {
  const { received, listen, stop } = receiver();
  let agent = '';
  let profileId = 0;
  let id = 0;
  let secret = '';
  const put = (path: string, body: object) => call('PUT', path, { token: agent, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  const ofTache = (index: number) => webhookNotice.parse(JSON.parse(received[index]?.body ?? ''));

  beforeAll(async () => {
    agent = z.object({ access_token: z.string() }).parse((await postJson('/authentication/register/', PERSON)).body).access_token;
    profileId = profiles.parse((await postJson('/get_user/', { token: agent }, agent)).body).profile[0].id;
    await put(`/profiles/${profileId}`, { telephone: PHONE, numero_whatsapp: PHONE });
    const etats = ['ATTENTE', 'TERMINEE', 'ECHEC'];
    const answer = await put(`/profiles/${profileId}/avis/`, {
      courriel: { adresse: ADDRESS, etats },
      sms: { etats },
      webhook: { url: `http://127.0.0.1:${await listen()}/avis`, etats },
    });
    expect(answer.status).toBe(200);
    secret = choicesAnswer.parse(answer.body).webhook?.secret ?? '';
    const fichier = [{ Date: '24-09-2025 10:00:00', Identifiant: 'AVIS-1', Statut: 'SUCCES', Montant: 1_234_567, Numero: '0530000001', Compte: '2250500000012' }];
    const sent = await postJson('/reconciliation/', { operateur: 'DDVAMTNCI', fichier, dateDebut: '2025-09-24T00:00', dateFin: '2025-09-24T23:59', fileName: 'avis.json' }, agent);
    id = submitted.parse(sent.body).details.id;
    await finishedTache(id);
  });
  afterAll(async () => {
    await put(`/profiles/${profileId}/avis`, {});
    stop();
  });

  it('the choices are read back, without the secret, which was shown once', async () => {
    const { body } = await call('GET', `/profiles/${profileId}/avis`, { token: agent });
    expect(body).toMatchObject({ courriel: { adresse: ADDRESS, taches: 'mesTaches' }, sms: { telephone: PHONE }, canaux: { courriel: true, sms: true, webhook: true } });
    expect(JSON.stringify(body)).not.toContain(secret);
    expect(secret).toMatch(/^avis_.{40,}$/u);
  });

  it('an e-mail tells of the tache that waits, with the six figures and the bridge', async () => {
    const mail = await until('the e-mail', async () => (await outbox('courriel', `Rapprochement n° ${id} à valider`))[0]);
    expect(mail).toContain(`To: ${ADDRESS}`);
    expect(mail).toMatch(/^Subject: =\?utf-8\?B\?/mu);
    for (const line of [
      "Total de l'opérateur : 1 234 567 (1)",
      'Total de CinetPay : 0 (0)',
      'Écart (opérateur − CinetPay) : 1 234 567 (1)',
      "Sans correspondant : chez l'opérateur seulement : 1 234 567 (1)",
    ])
      expect(mail.replaceAll('\u00a0', ' ')).toContain(line);
    expect(mail).toContain('<html lang="fr">');
  });

  it('an SMS tells it shortly, and no number of a payer', async () => {
    const sms = await until('the SMS', async () => (await outbox('sms', `Rapprochement ${id} (DDVAMTNCI) à valider`))[0]);
    expect(sms).toContain('1 234 567 - 0 = 1 234 567 XOF, 1 ligne(s)');
    expect(sms).toContain('À : +2250700000012');
    expect(sms).not.toContain('0530000001');
  });

  it('a webhook is signed, tried again after a 500 under the same id, and verified by what the guide gives to receivers', async () => {
    await until('the second attempt', async () => (received.length >= 2 ? true : undefined));
    const isGenuine = await documentedVerifier();
    for (const { headers, body } of received.slice(0, 2)) {
      expect(isGenuine(secret, headers['x-reconciliation-signature']?.toString(), body)).toBe(true);
      expect(isGenuine('un autre secret', headers['x-reconciliation-signature']?.toString(), body)).toBe(false);
      expect(isGenuine(secret, headers['x-reconciliation-signature']?.toString(), body.replace('1234567', '1234568'))).toBe(false);
    }
    expect(new Set(received.map(({ headers }) => headers['x-reconciliation-livraison'])).size).toBe(1);
    expect(ofTache(1)).toMatchObject({
      evenement: 'tache.attente',
      destinataire: { utilisateur: PERSON.username, whatsapp: PHONE },
      tache: { id, etat: 'ATTENTE', montantOperateur: 1_234_567, passage: { residu: 0 } },
    });
  });

  it('a message that is delivered again tells nobody twice; the end of the validation is told once more', async () => {
    const sqs = new SQSClient({ region: cloud.environment['AWS_REGION'] ?? '', endpoint: cloud.endpoints.sqs, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    const QueueUrl = `${cloud.endpoints.sqs}/000000000000/${cloud.outputs['NoticesQueueName']}`;
    for (let time = 0; time < 2; time += 1) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ tacheId: id, event: 'resultat' }) }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ tacheId: id, event: 'resultat', channel: 'courriel', username: PERSON.username }) }));
    expect((await postJson(`/update_reconciliation/${id}`, {}, agent)).status).toBe(201);
    await until('the e-mail of the end', async () => (await outbox('courriel', `Rapprochement n° ${id} validé`))[0]);
    await until('the webhook of the end', async () => (received.length >= 3 ? true : undefined));
    expect(ofTache(2)).toMatchObject({ evenement: 'tache.terminee', tache: { etat: 'TERMINEE', TrxReconciled: 0 } });
    expect([await outbox('courriel', `Rapprochement n° ${id} à valider`), await outbox('sms', `Rapprochement ${id} (DDVAMTNCI) à valider`), received]).toMatchObject([
      { length: 1 },
      { length: 1 },
      { length: 3 },
    ]);
  });

  it('what was sent is listed, and webhooks are sent again on demand, under the ids that they had', async () => {
    const listed = await until('all to be sent', async () => {
      const deliveries = deliveryList.parse((await call('GET', `/taches/${id}/avis`, { token: agent })).body);
      return deliveries.length === 6 && deliveries.every(({ etat }) => etat === 'envoye') ? deliveries : undefined;
    });
    expect(listed.find(({ canal, evenement }) => canal === 'webhook' && evenement === 'resultat')).toMatchObject({ essaisManques: 1, motif: 'réponse 500' });
    const ids = received.slice(1, 3).map(({ headers }) => headers['x-reconciliation-livraison']);
    expect(await call('POST', `/taches/${id}/avis/renvoyer/`, { token: agent })).toMatchObject({ status: 202, body: [{ canal: 'webhook' }, { canal: 'webhook' }] });
    await until('both to come again', async () => (received.length >= 5 ? true : undefined));
    expect(
      received
        .slice(3)
        .map(({ headers }) => headers['x-reconciliation-livraison'])
        .sort(),
    ).toEqual(ids.sort());
  });
});
