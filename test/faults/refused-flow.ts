import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Flow, Stage } from './flow.ts';
import { markedRow } from './marks.ts';
import { emptyDeadLetters, sendTo, workIsDone } from './queues.ts';
import { operatorCode } from './world.ts';

/** Everything that is wrong and is sent in all the same, each with something in it that no line of a log may hold. No fault is needed: it is refused. */
export const REFUSED: Flow = {
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
    await dropRefused(stage);
  },
  observe: async () => '',
};

async function dropRefused({ cloud, at }: Stage): Promise<void> {
  const put = (Key: string, Body: string) => cloud.s3.send(new PutObjectCommand({ Bucket: cloud.bucket, Key, Body }));
  const folder = `depot/operateurs/${operatorCode(at)}`;
  await put(`${folder}/personne-${at.tag} 0501020304.json`, JSON.stringify([markedRow(at)]));
  await put(`${folder}/personne-${at.tag} 0501020304.xlsx`, `PK\u0003\u0004 0501020304 personne-${at.tag}`);
  await put(`depot/ailleurs/personne-${at.tag} 0501020304.json`, '[]');
  await put(`depot/cinetpay/personne-${at.tag}.csv`, `created_at,cpm_trans_id\n${at.tag},0501020304\n`);
  await sendTo(cloud, 'Matching', JSON.stringify({ tacheId: `personne-${at.tag}`, key: '0501020304', Records: [markedRow(at)] }));
  await workIsDone(cloud);
  await emptyDeadLetters(cloud);
}
