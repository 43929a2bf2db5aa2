import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../lib/adapters/notices/public-address.ts';
import { newWebhookSecret, signatureOf } from '../../lib/adapters/notices/signature.ts';
import { webhooks } from '../../lib/adapters/notices/webhook.ts';
import { pinnedAddress, webhookRefusal } from '../../lib/adapters/notices/webhook-address.ts';
import { documentedVerifier } from '../documented-verifier.ts';

const DEPLOYED = { localWebhooks: false };
const LOCAL = { localWebhooks: true };

describe('an address of the internet', () => {
  it.each(['8.8.8.8', '41.66.0.1', '2a00:1450:4007::1', '2606:4700::1111'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '192.0.0.8', '198.18.0.1'],
    ...['192.0.2.1', '203.0.113.9', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'ff02::1',
      '2002:7f00:1::',
      '2001::1',
      '2001:db8::1',
      'exemple.com',
      '',
    ],
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('a webhook may go', () => {
  it.each(['https://exemple.com/avis', 'https://exemple.com', 'https://exemple.com:443/x?y=z', 'https://8.8.8.8/', 'https://[2606:4700::1111]/'])('to %s', (url) => {
    expect(webhookRefusal(url, DEPLOYED)).toBeUndefined();
  });

  it.each([
    ...['http://exemple.com/', 'ftp://exemple.com/', 'javascript:alert(1)', 'avis', '', '//exemple.com/'],
    ...['https://awa@exemple.com/', 'https://awa:secret@exemple.com/', 'https://exemple.com:8443/', 'https://exemple.com:80/', 'https://exemple.com/#x'],
    ...['https://localhost/', 'https://a.localhost/', 'https://LOCALHOST./', 'https://serveur/', 'https://x.internal/', 'https://x.local/'],
    ...['https://127.0.0.1/', 'https://127.1/', 'https://0x7f.1/', 'https://2130706433/', 'https://0177.0.0.1/', 'https://10.0.0.1/', 'https://169.254.169.254/latest/meta-data/'],
    ...['https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://[fe80::1]/', 'https://[64:ff9b::7f00:1]/', `https://exemple.com/${'x'.repeat(2_000)}`],
  ])('not to %s', (url) => {
    expect(webhookRefusal(url, DEPLOYED)).toEqual(expect.any(String));
  });

  it('to this machine only where the stage says so, and then nowhere else without TLS', () => {
    for (const url of ['http://127.0.0.1:9000/avis', 'http://localhost:9000/', 'http://[::1]:9000/']) {
      expect([webhookRefusal(url, LOCAL), webhookRefusal(url, DEPLOYED)]).toEqual([undefined, expect.any(String)]);
    }
    for (const url of ['http://exemple.com/', 'https://10.0.0.1/', 'http://169.254.169.254/', 'http://u:p@localhost/'])
      expect(webhookRefusal(url, LOCAL)).toEqual(expect.any(String));
  });

  it('not where its name leads to a place that is not of the internet, whatever the name looks like', async () => {
    expect(await pinnedAddress(new URL('https://localhost/'), DEPLOYED)).toEqual(expect.any(String));
    expect(await pinnedAddress(new URL('https://localhost/'), LOCAL)).toMatchObject({ address: expect.stringMatching(/^(?:127\.|::1$)/u) });
  });
});

describe('a webhook that is sent', () => {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => void response.writeHead(204).end();
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  let base = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : ''}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  const send = (url = base) => webhooks(LOCAL).send({ url, secret: 's', deliveryId: 'livraison-1', body: '{"a":"é"}', at: '2026-03-08T06:00:00.000000Z' });

  it('is done once it is answered 2xx', async () => {
    expect(await send()).toEqual({ kind: 'sent' });
    expect(seen.at(-1)?.headers).toMatchObject({ 'x-reconciliation-livraison': 'livraison-1', 'x-reconciliation-signature': signatureOf('s', 1_772_949_600, '{"a":"é"}') });
  });

  it.each([
    [500, 'again'],
    [503, 'again'],
    [404, 'again'],
    [429, 'again'],
    [410, 'refused'],
  ])('and answered %i is %s', async (status, kind) => {
    answer = (_request, response) => void response.writeHead(status).end('x');
    expect(await send()).toEqual({ kind, reason: expect.stringContaining(String(status)) });
  });

  it('does not go where an answer sends it', async () => {
    answer = (_request, response) => void response.writeHead(302, { location: `${base}/ailleurs` }).end();
    const before = seen.length;
    expect(await send()).toEqual({ kind: 'refused', reason: expect.stringContaining('302') });
    expect(seen.slice(before).map(({ url }) => url)).toEqual(['/']);
  });

  it('is tried again where nobody answers, or breaks off', async () => {
    answer = (request) => void request.destroy();
    expect(await send()).toMatchObject({ kind: 'again' });
    expect(await send('http://127.0.0.1:1/')).toMatchObject({ kind: 'again', reason: 'serveur pas joint (ECONNREFUSED)' });
    expect(await send('https://nulle-part.invalid/')).toMatchObject({ kind: 'again' });
  });

  it('is not sent at all to a place that is not of the internet', async () => {
    const before = seen.length;
    expect(await webhooks(DEPLOYED).send({ url: base, secret: 's', deliveryId: 'x', body: '', at: '2026-03-08T06:00:00.000000Z' })).toMatchObject({ kind: 'refused' });
    expect(seen).toHaveLength(before);
  });
});

describe('the verifier of the guide', () => {
  const NOW = 1_772_949_600;

  it('takes what we signed, within five minutes', async () => {
    const isGenuine = await documentedVerifier();
    const secret = newWebhookSecret();
    const signature = signatureOf(secret, NOW, '{"é":1}');
    expect([-300, 0, 300].map((later) => isGenuine(secret, signature, '{"é":1}', NOW + later))).toEqual([true, true, true]);
  });

  it('refuses another body, another secret, another time, and what is no signature', async () => {
    const isGenuine = await documentedVerifier();
    const signature = signatureOf('s', NOW, 'corps');
    expect([
      isGenuine('s', signature, 'corps ', NOW),
      isGenuine('t', signature, 'corps', NOW),
      isGenuine('s', signature, 'corps', NOW + 301),
      isGenuine('s', signature.replace(String(NOW), String(NOW + 1)), 'corps', NOW),
      isGenuine('s', undefined, 'corps', NOW),
      isGenuine('s', `${signature},v1=`, 'corps', NOW),
    ]).toEqual([false, false, false, false, false, false]);
  });
});
