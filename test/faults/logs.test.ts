import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from 'vitest';
import { startFaultCloud } from './fault-cloud.ts';
import { faultRunner } from './fault-run.ts';
import type { Fault } from './faults.ts';
import type { Flow, Stage } from './flow.ts';
import { FLOWS } from './flows.ts';
import { leaksIn, markedRow } from './marks.ts';
import { emptyDeadLetters, sendTo, workIsDone, workQueues } from './queues.ts';
import { operatorCode } from './world.ts';

const ALL = process.env['FAULTS'] === '0/1';
const cloud = await startFaultCloud();
const runner = await faultRunner(cloud);

afterAll(() => cloud.stop());

/** Runs a flow, and gives the lines that were written meanwhile that hold what they may not; what it comes to is another test's. */
async function leaksOf(flow: Flow, faults: readonly Fault[] = []): Promise<readonly string[]> {
  const before = cloud.lines.length;
  let secrets: readonly string[] = [];
  const watched: Flow = {
    ...flow,
    async act(stage) {
      await flow.act(stage).finally(() => {
        secrets = [...stage.kept.values()];
      });
    },
    observe: async () => '',
  };
  await runner.run(watched, faults).catch(() => undefined);
  const lines = cloud.lines.slice(before);
  expect(lines.length).toBeGreaterThan(0);
  return leaksIn(lines, secrets);
}

/** What is wrong, and is sent in all the same. */
const REFUSED: Flow = {
  name: 'what is refused',
  covers: [],
  async act(stage) {
    const { at, agent: token, administrator, ask } = stage;
    const row = markedRow(at);
    const post = (path: string, json: unknown, as = token) => ask('POST', path, { token: as, json });
    await post('/reconciliation/', { operateur: operatorCode(at), fichier: [row], fileName: `${at.tag}.json` });
    await post('/reconciliation/', { operateur: at.tag, fichier: [row], fileName: `${at.tag}.json` });
    await post('/cinetpay/', [{ cpm_trans_id: at.tag, cel_phone_num: '0501020304' }]);
    await post('/authentication/token/', { username: `personne-${at.tag}`, password: 'mot-de-passe-faux' });
    await post('/authentication/token/', { username: { nom: 'personne-objet' }, password: ['mot-de-passe-liste'] });
    await post('/authentication/register/', { username: `personne ${at.tag}`, password: 'mot-de-passe-9' });
    await post('/authentication/token/refresh/', { refresh_token: `${at.tag}-jeton-qui-n-est-pas-un-jeton` });
    await post('/profiles/', { username: `personne-${at.tag}`, email: 'personne-sans-adresse' }, administrator);
    await post('/get_user/', { token }, `eyJhbGciOiJub25lIn0.${at.tag}.x`);
    await ask('GET', `/taches/${at.tag}?fileName__icontains=0501020304`, { token });
    await ask('GET', `/taches/?fileName__icontains=${at.tag}&dateDebut=0501020304`, { token });
    await ask('POST', '/o/token/', {
      form: { grant_type: 'password', client_id: at.tag, client_secret: 'mot-de-passe-de-client', username: `personne-${at.tag}`, password: 'mot-de-passe-9' },
    });
    await dropMarked(stage);
  },
  observe: async () => '',
};

async function dropMarked({ at }: Stage): Promise<void> {
  const put = (Key: string, Body: string) => cloud.s3.send(new PutObjectCommand({ Bucket: cloud.bucket, Key, Body }));
  await put(`depot/operateurs/${operatorCode(at)}/personne-${at.tag} 0501020304.json`, JSON.stringify([markedRow(at)]));
  await put(`depot/operateurs/${operatorCode(at)}/personne-${at.tag} 0501020304.xlsx`, `PK\u0003\u0004 0501020304 personne-${at.tag}`);
  await put(`depot/ailleurs/personne-${at.tag} 0501020304.json`, '[]');
  await put(`depot/cinetpay/personne-${at.tag}.csv`, `created_at,cpm_trans_id\n${at.tag},0501020304\n`);
  for (const name of workQueues(cloud)) await sendTo(cloud, name, JSON.stringify({ tacheId: `personne-${at.tag}`, key: '0501020304', Records: [markedRow(at)] }));
  await workIsDone(cloud);
  await emptyDeadLetters(cloud);
}

/** A bounded run takes some. */
const flows = FLOWS.filter((_, index) => ALL || index % 4 === 1);

describe('a line that holds what it may not', () => {
  it('is found by its words, and by the secrets of its run', () => {
    const secret = 'a'.repeat(30);
    expect(leaksIn(['{"message":"0501020304"}', '{"message":"w00001.json"}', `{"error":"${secret}"}`, '{"message":"done"}'], [secret])).toHaveLength(3);
  });
});

describe('no line of any function holds a phone number, a name, a password, a token, a row or an event', () => {
  it.each(flows.map((flow) => [flow.name, flow] as const))('in %s', async (_, flow) => {
    expect(await leaksOf(flow)).toEqual([]);
  });

  it('in what is refused: rows, names, passwords, tokens, addresses, files, messages', async () => {
    expect(await leaksOf(REFUSED)).toEqual([]);
  });

  // Services refuse in their own words, which may repeat what they were asked.
  it.each(flows.slice(0, ALL ? flows.length : 1).map((flow) => [flow.name, flow] as const))('in %s, where a service refuses its first call', async (_, flow) => {
    const { calls } = await runner.run(flow, []);
    const [first] = calls.filter(({ functionName }) => flow.covers.includes(functionName));
    if (first === undefined) throw new Error('no call');
    expect(await leaksOf(flow, [{ kind: 'denied', call: first }])).toEqual([]);
  });
});
