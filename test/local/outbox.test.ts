import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outboxFolder } from '../../lib/local/outbox/outbox-files.ts';
import { type OutboxServer, startOutboxServer } from '../../lib/local/outbox/outbox-server.ts';

let data = '';
let server: OutboxServer;
let ses: SESv2Client;
let sns: SNSClient;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'outbox-'));
  server = await startOutboxServer(outboxFolder(data));
  const settings = { region: 'eu-west-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' }, maxAttempts: 1 };
  [ses, sns] = [new SESv2Client({ ...settings, endpoint: server.mail }), new SNSClient({ ...settings, endpoint: server.sms })];
});
afterAll(async () => {
  await server.stop();
  await rm(data, { recursive: true, force: true });
});

const mail = (to: string, subject = 'Rapprochement n° 3 à valider') =>
  new SendEmailCommand({
    FromEmailAddress: 'rapprochement@example.com',
    Destination: { ToAddresses: [to] },
    Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: 'Écart : 12' }, Html: { Data: '<p>Écart : 12</p>' } } } },
  });

async function left(kind: string): Promise<readonly string[]> {
  const names = (await readdir(outboxFolder(data))).filter((name) => name.includes(`-${kind}-`)).sort();
  return Promise.all(names.map((name) => readFile(join(outboxFolder(data), name), 'utf8')));
}

describe('the outbox of the local machine', () => {
  it('keeps an e-mail that the SDK sends as a file that mail programs open and people read', async () => {
    const { MessageId } = await ses.send(mail('awa@example.com', `Rapprochement n° 3 à valider : ${'é'.repeat(60)}`));
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/u);
    const [text = ''] = await left('courriel');
    const [head = '', ...body] = text.split('\r\n\r\n');
    expect(head.split('\r\n').slice(0, 2)).toEqual(['From: rapprochement@example.com', 'To: awa@example.com']);
    const words = [...head.matchAll(/=\?utf-8\?B\?([^?]+)\?=/gu)].map(([word, base64 = '']) => ({ word, text: Buffer.from(base64, 'base64').toString() }));
    expect(words.map((one) => one.text).join('')).toBe(`Rapprochement n° 3 à valider : ${'é'.repeat(60)}`);
    for (const { word } of words) expect(word.length).toBeLessThanOrEqual(75);
    expect(body.join('\n')).toContain('Écart : 12');
  });

  it('keeps an SMS that the SDK sends', async () => {
    const { MessageId } = await sns.send(new PublishCommand({ PhoneNumber: '+2250700000012', Message: 'Rapprochement 3 à valider & plus' }));
    expect(MessageId).toBeTruthy();
    expect(await left('sms')).toEqual(['À : +2250700000012\n\nRapprochement 3 à valider & plus\n']);
  });

  it('refuses what the services would refuse, in their words', async () => {
    await expect(ses.send(mail('pas une adresse'))).rejects.toMatchObject({ name: 'BadRequestException' });
    await expect(sns.send(new PublishCommand({ PhoneNumber: '0700000012', Message: 'x' }))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:eu-west-1:000000000000:alarmes', Message: 'x' }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});
