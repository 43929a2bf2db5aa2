import { AdminAddUserToGroupCommand, AdminSetUserPasswordCommand } from '@aws-sdk/client-cognito-identity-provider';
import { type AttributeValue, DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { registeredAnswer } from '../../lib/http/schemas/application.ts';
import { workbookOf } from '../../lib/local/launch/workbook.ts';
import { type Api, apiOf, signIn, tokenOf, until } from './api.ts';
import { CLOSED_STAGE, type ClosedCloud, makeStranger, objectText, putObject, sendMessage } from './closed-cloud.ts';

const identified = z.object({ id: z.int() });
const deliveries = z.array(z.object({ canal: z.string(), etat: z.string(), essaisManques: z.int() }));
const submitted = z.object({ details: identified });
const tokens = z.object({ access_token: z.string(), refresh_token: z.string() });
const PASSWORD = 'mot-de-passe-choisi-1';

const row = (reference: string, changes: object = {}) => ({
  Date: '11/02/2026',
  Heure: '10:00:00',
  Référence: reference,
  Statut: 'OK',
  Crédit: '1 000',
  Correspondant: '0701020304',
  'Compte OM': '0700000001',
  ...changes,
});
const transaction = (id: string, changes: object = {}) => ({
  created_at: '2026-02-11T10:00:10Z',
  cpm_trans_id: id,
  cpm_amount: '1000',
  cpm_currency: 'XOF',
  payment_method: 'OM',
  cel_phone_num: '2250701020304',
  cpm_trans_status: 'FAILED',
  cpm_payid: '',
  ...changes,
});

/** Whose calls the run makes. */
interface Callers {
  readonly nobody: Api;
  readonly administrator: Api;
  readonly supervisor: Api;
  readonly agent: Api;
}

/** Uses every function of the app, each in every way in which it meets a service. Each step says which. */
export async function useEverything(closed: ClosedCloud): Promise<void> {
  const as = async (groupe: string) => apiOf(closed, await tokenOf(closed, groupe));
  const callers = { nobody: apiOf(closed), administrator: await as('administrateur'), supervisor: await as('superviseur'), agent: await as('agent') };
  for (const path of ['/openapi.json', '/docs/']) await callers.nobody.call('GET', path);
  await usePeople(closed, callers);
  await useApplications(closed, callers);
  await useOperators(callers);
  const profileId = await chooseNotices(callers);
  const id = await useStatements(closed, callers);
  await useOpenItems(closed, callers, id);
  await useNotices(closed, callers, profileId, id);
  await useExports(closed, callers, id);
  await useDrops(closed, callers);
  await resumeStalled(closed);
  await closed.cloud.functionNamed(`reconciliation-${CLOSED_STAGE}-taches-measure-workload`).invoke('{}');
  await failEverything(closed);
}

async function usePeople(closed: ClosedCloud, { nobody, administrator, supervisor }: Callers): Promise<void> {
  await nobody.call('POST', '/authentication/register/', { username: 'inscrite', password: PASSWORD });
  const own = await signIn(closed, 'inscrite', PASSWORD);
  // Her group changed where only the pool knows it: the next token tells.
  await closed.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: closed.cloud.outputs['UserPoolId'], Username: 'inscrite', GroupName: 'agent' }));
  const renewed = tokens.parse((await nobody.call('POST', '/authentication/token/refresh/', { refresh_token: own.refresh_token })).body);
  await apiOf(closed, renewed.access_token).call('POST', '/get_user/', { token: renewed.access_token });
  for (const token of [own.access_token, own.refresh_token]) await nobody.call('POST', '/authentication/token/revoke/', { token });
  // Nobody of ours has met her before her first token.
  await makeStranger(closed, 'etrangere', PASSWORD);
  const stranger = await signIn(closed, 'etrangere', PASSWORD);
  await apiOf(closed, stranger.access_token).call('POST', '/get_user/', { token: stranger.access_token });

  const role = identified.parse((await administrator.call('POST', '/roles/', { libelle: 'guichet', parent: 2 })).body);
  const invited = { username: 'invitee', email: 'invitee@example.com', groupe: 'agent', role: role.id };
  const { id } = identified.parse((await administrator.call('POST', '/profiles/', invited)).body);
  await closed.cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: closed.cloud.outputs['UserPoolId'], Username: 'invitee', Password: PASSWORD, Permanent: true }));
  await administrator.call('PATCH', `/profiles/${id}`, { groupe: 'superviseur', fonction: 'Superviseure', nom: 'Essai' });
  for (const path of ['/profiles/', `/profiles/${id}`, '/roles/']) await supervisor.call('GET', path);
  await administrator.call('PATCH', `/roles/${role.id}`, { libelle: 'guichet du port' });
  await administrator.call('PUT', `/roles/${role.id}`, { libelle: 'guichet du marché', parent: 1 });
  await administrator.call('PATCH', `/profiles/${id}`, { role: null });
  await administrator.call('DELETE', `/roles/${role.id}`);
}

async function useApplications(closed: ClosedCloud, { nobody, administrator }: Callers): Promise<void> {
  await administrator.call('GET', '/o/applications/register/', undefined, { accept: 'text/html' });
  const registered = async (fields: object) => registeredAnswer.parse((await administrator.call('POST', '/o/applications/register/', fields)).body);
  const ask = async ({ client_id, client_secret }: z.infer<typeof registeredAnswer>, fields: Readonly<Record<string, string>>) =>
    (await nobody.call('POST', '/o/token/', new URLSearchParams({ client_id, client_secret, ...fields }))).body;
  const machine = await registered({ name: 'machine' });
  const { access_token } = z.object({ access_token: z.string() }).parse(await ask(machine, { grant_type: 'client_credentials' }));
  await apiOf(closed, access_token).call('POST', '/get_user/', { token: access_token });
  const desk = await registered({ name: 'guichet', authorization_grant_type: 'password' });
  // Who signs in with an application is met here first.
  await makeStranger(closed, 'ailleurs', PASSWORD);
  const { refresh_token } = tokens.parse(await ask(desk, { grant_type: 'password', username: 'ailleurs', password: PASSWORD }));
  const renewed = tokens.parse(await ask(desk, { grant_type: 'refresh_token', refresh_token }));
  await nobody.call('POST', '/authentication/token/revoke/', { token: renewed.refresh_token });
  await administrator.call('GET', '/o/applications/');
}

async function useOperators({ administrator, agent, nobody }: Callers): Promise<void> {
  const { id: _, ...described } = z.looseObject({ id: z.int() }).parse((await administrator.call('GET', '/operateurs/2/profil')).body);
  const wish = { ...described, code: 'ESSAIA', nom: 'Essai A', account: '0700000099' };
  const { id } = identified.parse((await administrator.call('POST', '/operateurs/', wish)).body);
  for (const path of ['/operateurs/', `/operateurs/${id}`]) await nobody.call('GET', path);
  // A currency changes only where no tache counts in it: they are looked for.
  await administrator.call('PATCH', `/operateurs/${id}`, { devise: 'XAF' });
  await administrator.call('PUT', `/operateurs/${id}`, { ...wish, devise: 'XOF' });
  await agent.call('POST', '/reconciliation/', { operateur: 'ESSAIA', fileName: 'essai.json', fichier: [row('ESSAI', { 'Compte OM': '0700000099' })] });
  // One that has a tache is closed, one that has none goes.
  await administrator.call('DELETE', `/operateurs/${id}`);
  const other = identified.parse((await administrator.call('POST', '/operateurs/', { ...wish, code: 'ESSAIB', nom: 'Essai B' })).body);
  await administrator.call('DELETE', `/operateurs/${other.id}`);
}

/** @returns a tache with a result */
async function useStatements(closed: ClosedCloud, { administrator, supervisor, agent }: Callers): Promise<number> {
  await agent.call('POST', '/cinetpay/', [transaction('A'), transaction('B'), transaction('C', { cel_phone_num: '2250701020309' })]);
  // Another moment moves its row.
  await agent.call('POST', '/cinetpay/', [transaction('C', { cel_phone_num: '2250701020309', created_at: '2026-02-11T10:00:20Z' })]);
  const fichier = [row('A'), row('B', { Heure: '10:00:05' }), row('C', { Correspondant: '0701020309' }), row('seul', { Crédit: '77' })];
  const submission = { operateur: 'OMCI', dateDebut: '2026-02-11T00:00', dateFin: '2026-02-11T23:59', fileName: 'complet.json', fichier };
  const { id } = submitted.parse((await agent.call('POST', '/reconciliation/', submission)).body).details;
  await agent.finishedTache(id);
  for (const path of ['/taches/', `/taches/${id}`, `/details_taches/${id}`, `/taches/${id}/journal`]) await supervisor.call('GET', path);
  const { not_correspondent } = z.looseObject({ not_correspondent: z.array(identified) }).parse((await agent.call('GET', `/details_taches/${id}`)).body);
  await supervisor.call('POST', `/taches/${id}/ecarts/${not_correspondent[0]?.id}`, { action: 'commenter', motif: 'essai' });
  // Whoever links a row may not validate.
  await agent.call('POST', `/taches/${id}/ecarts/${not_correspondent[0]?.id}`, { action: 'lier', cpm_trans_id: 'A', motif: 'essai' });
  // One of its transactions became a success meanwhile: its row is looked at.
  await agent.call('POST', '/cinetpay/', [transaction('B', { cpm_trans_status: 'ACCEPTED', cpm_payid: 'AUTRE' })]);
  await supervisor.call('POST', `/update_reconciliation/${id}`, {});
  // As if the call had been cut off before it settled anything: its message does the rest.
  await agent.call('POST', '/cinetpay/', [transaction('D', { cel_phone_num: '2250701020310' })]);
  const other = { ...submission, fileName: 'coupe.json', fichier: [row('D', { Correspondant: '0701020310' })] };
  const cutOff = submitted.parse((await agent.call('POST', '/reconciliation/', other)).body).details.id;
  await agent.finishedTache(cutOff);
  await beginValidation(closed, cutOff);
  await sendMessage(closed, 'ValidationsQueueName', { tacheId: cutOff });
  await until('the validation to end', async () => ((await administrator.finishedTache(cutOff)).etat === 'TERMINEE' ? true : undefined));
  return id;
}

/** What is open is read, tried again, and asked for again where somebody else is at it. */
async function useOpenItems(closed: ClosedCloud, { agent, supervisor }: Callers, id: number): Promise<void> {
  const asked = (action: string) => closed.recorder.calls().filter((call) => call.fn.endsWith('retry-open-items') && call.action === action).length;
  await until('the open items', async () => z.array(z.unknown()).parse((await supervisor.call('GET', `/ecarts/?tache=${id}`)).body).length > 0 || undefined);
  await supervisor.call('GET', '/ecarts/balance/');
  const lease = { pk: { S: 'reprise-en-cours#OMCI' }, sk: { S: 'bail' } };
  const table = { TableName: closed.cloud.outputs['RegistryTableName'] };
  await closed.dynamodb.send(new PutItemCommand({ ...table, Item: { ...lease, holder: { S: 'un autre' }, until: { S: '9999' } } }));
  await agent.call('POST', '/cinetpay/', [transaction('E', { cpm_trans_status: 'SUCCES', cpm_payid: 'seul' })]);
  await until('the retry to be asked for again', () => Promise.resolve(asked('sqs:SendMessage') > 0 || undefined));
  await closed.dynamodb.send(new DeleteItemCommand({ ...table, Key: lease }));
  // One of the transactions has moved: its pointer is asked.
  await until('what is due to be done', () => Promise.resolve((asked('dynamodb:DeleteItem') > 0 && asked('dynamodb:BatchGetItem') > 0) || undefined));
  await sendMessage(closed, 'RetriesQueueName', {});
}

/** The agent wants to be told of everything, at a place that nobody has. @returns the number of their profile */
async function chooseNotices({ administrator, agent, supervisor }: Callers): Promise<number> {
  // An agent sees no profile but their own.
  const [{ id }] = z.tuple([identified]).parse((await agent.call('GET', '/profiles/')).body);
  const choice = { etats: ['ATTENTE', 'TERMINEE', 'ECHEC'], taches: 'toutes' };
  await administrator.call('PATCH', `/profiles/${id}`, { telephone: '+2250700000012' });
  const chosen = { courriel: { ...choice, adresse: 'avis@example.com' }, sms: choice, webhook: { ...choice, url: 'https://avis.example.invalid/' } };
  await agent.call('PUT', `/profiles/${id}/avis`, chosen);
  await agent.call('GET', `/profiles/${id}/avis`);
  // A superior sees the profile, and is refused its choices.
  await supervisor.call('GET', `/profiles/${id}/avis`);
  await supervisor.call('PUT', `/profiles/${id}/avis`, {});
  return id;
}

async function useNotices({ cloud, dynamodb }: ClosedCloud, { agent }: Callers, profileId: number, tacheId: number): Promise<void> {
  await until('the e-mail and the SMS, and a webhook that could not be sent', async () => {
    const told = deliveries.parse((await agent.call('GET', `/taches/${tacheId}/avis`)).body);
    const isSent = (name: string) => told.some(({ canal, etat }) => canal === name && etat === 'envoye');
    return (isSent('courriel') && isSent('sms') && told.some(({ canal, essaisManques }) => canal === 'webhook' && essaisManques > 0)) || undefined;
  });
  // As if an hour had passed: it was given up, and is sent again on demand.
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: cloud.outputs['RegistryTableName'],
      Key: { pk: { S: `avis#${tacheId}` }, sk: { S: 'resultat#webhook#agent-local' } },
      UpdateExpression: 'SET #state = :failed',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':failed': { S: 'echoue' } },
    }),
  );
  await agent.call('POST', `/taches/${tacheId}/avis/renvoyer`);
  await agent.call('PUT', `/profiles/${profileId}/avis`, {});
}

/** A small export is made in the call; one that says it is large, by its worker. */
async function useExports(closed: ClosedCloud, { agent, supervisor }: Callers, id: number): Promise<void> {
  const fetched = async (format: string) => {
    const { body } = await agent.call('GET', `/taches/${id}/export?format=${format}`);
    const ready = z.object({ url: z.url() }).safeParse(body);
    return ready.success ? (await fetch(ready.data.url)).ok || undefined : undefined;
  };
  for (const format of ['xlsx', 'csv', 'pdf']) await until(`the ${format}`, () => fetched(format));
  await changeOutcome(closed, id, 'counts.#name', { name: 'read' }, { N: '1000000' });
  await until('the large export', () => fetched('csv'));
  await supervisor.call('GET', `/taches/${id}/export?format=pdf`);
  // Its lines are gone: a delivery that fails.
  await changeOutcome(closed, id, 'edition', {}, { S: 'perdue' });
  await sendMessage(closed, 'ExportsQueueName', { tacheId: id, format: 'csv' });
}

async function changeOutcome({ dynamodb, cloud }: ClosedCloud, id: number, path: string, names: Readonly<Record<string, string>>, value: AttributeValue): Promise<void> {
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: cloud.outputs['RegistryTableName'],
      Key: { pk: { S: 'tache' }, sk: { S: String(id).padStart(12, '0') } },
      UpdateExpression: `SET outcome.${path} = :value`,
      ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: Object.fromEntries(Object.entries(names).map(([key, name]) => [`#${key}`, name])) }),
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}

async function beginValidation({ dynamodb, cloud }: ClosedCloud, id: number): Promise<void> {
  await dynamodb.send(
    new UpdateItemCommand({
      TableName: cloud.outputs['RegistryTableName'],
      Key: { pk: { S: 'tache' }, sk: { S: String(id).padStart(12, '0') } },
      UpdateExpression: 'SET #state = :begun, validation = :validation',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':begun': { S: 'VALIDEE' }, ':validation': { M: { by: { S: 'agent-local' }, at: { S: '2026-02-11T12:00:00.000000Z' }, excluded: { L: [] } } } },
    }),
  );
}

async function useDrops(closed: ClosedCloud, { administrator, agent }: Callers): Promise<void> {
  const form = z.object({ url: z.string(), fields: z.record(z.string(), z.string()) });
  const { url, fields } = form.parse((await agent.call('POST', '/reconciliation/uploads/', { operateur: 'OMCI', fileName: 'televerse.xlsx' })).body);
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const bytes = Buffer.from(workbookOf([row('televerse')]));
  body.set('file', new Blob([bytes]), 'x');
  await fetch(url, { method: 'POST', body });
  await administrator.finishedTache(await administrator.tacheOfFile('televerse.xlsx'));
  // The same content again is refused at once, and told.
  await putObject(closed, 'depot/operateurs/OMCI/encore.xlsx', bytes);
  await administrator.finishedTache(await administrator.tacheOfFile('encore.xlsx'));
  await putObject(closed, 'depot/operateurs/OMCI/mauvais.xlsx', workbookOf([row('mauvais', { Crédit: 'x' })]));
  await administrator.finishedTache(await administrator.tacheOfFile('mauvais.xlsx'));
  await putObject(closed, 'depot/operateurs/NULLE/x.csv', 'a\n1\n');
  await until('the report', () => objectText(closed, 'depot/refus/operateurs/NULLE/x.csv.rapport.json'));
  const header = 'created_at,cpm_trans_id,cpm_amount,payment_method,cpm_trans_status,cpm_payid\n';
  for (const [name, second] of [
    ['un', '00'],
    // The same transaction at another moment.
    ['deux', '01'],
  ] as const) {
    await putObject(closed, `depot/cinetpay/${name}.csv`, `${header}2026-02-11T10:01:${second}Z,DEPOT,1000,OM,SUCCES,P\nhier,X${name},1,OM,SUCCES,P\n`);
    await until('the report', () => objectText(closed, `depot/refus/cinetpay/${name}.csv.rapport.json`));
  }
}

/** Longer than any key of S3: the message is one of the queue, and its work fails. */
const impossibleKey = (folder: string) => `depot/${folder}/`.padEnd(2_000, 'x');

/** A failed delivery is brought back sooner: each queue sees one. */
async function failEverything(closed: ClosedCloud): Promise<void> {
  const used = (action: string) => () => Promise.resolve(closed.recorder.calls().filter((call) => call.action === action).length >= 7 || undefined);
  await sendMessage(closed, 'LedgerImportsQueueName', { key: impossibleKey('cinetpay'), versionId: 'x' });
  await sendMessage(closed, 'DropsQueueName', { Records: [{ s3: { object: { key: impossibleKey('operateurs/OMCI'), versionId: 'x' } } }] });
  await sendMessage(closed, 'ValidationsQueueName', { tacheId: 999_999_999 });
  await sendMessage(closed, 'NoticesQueueName', { event: 'resultat' });
  await failAMatch(closed);
  await until('the failed messages', used('sqs:ChangeMessageVisibility'));
}

/** A tache whose statement lies under a key that S3 does not take. */
async function failAMatch(closed: ClosedCloud): Promise<void> {
  const id = 999_999;
  await putTache(closed, id, { key: impossibleKey('operateurs/OMCI') });
  await sendMessage(closed, 'MatchingQueueName', { tacheId: id });
}

/** Taches on which nobody works any more, one of each kind, and one that was resumed in vain too often. */
async function resumeStalled(closed: ClosedCloud): Promise<void> {
  await putTache(closed, 999_991, { key: 'depot/operateurs/OMCI/perdu.csv' });
  await putTache(closed, 999_992, { key: 'statements/OMCI/perdu', state: 'ENCOURS' });
  await putTache(closed, 999_993, { key: 'statements/OMCI/perdu', state: 'VALIDEE' });
  await putTache(closed, 999_994, { key: 'statements/OMCI/perdu', resumptions: 3 });
  const resumer = closed.cloud.functionNamed(`reconciliation-${CLOSED_STAGE}-reconciliation-resume-stalled`);
  const sent = () => closed.recorder.calls().filter(({ fn, action }) => fn === resumer.settings.name && action === 'sqs:SendMessage');
  // A queue in which something waits is passed over.
  await until('the stalled taches to be resumed', async () => {
    // So much later that what was dropped before should have been heard of.
    await resumer.invoke(JSON.stringify({ time: new Date(Date.now() + 3_600_000).toISOString() }));
    // To each queue of work, and of what was given up to that of notices.
    return sent().length === 4 ? true : undefined;
  });
}

/** Nothing has happened to it for an hour. */
async function putTache(
  { dynamodb, cloud }: ClosedCloud,
  id: number,
  { key, state = 'CREATION', resumptions = 0 }: { key: string; state?: string; resumptions?: number },
): Promise<void> {
  const at = { S: new Date(Date.now() - 3_600_000).toISOString().replace('Z', '000Z') };
  await dynamodb.send(
    new PutItemCommand({
      TableName: cloud.outputs['RegistryTableName'],
      Item: {
        pk: { S: 'tache' },
        sk: { S: String(id).padStart(12, '0') },
        id: { N: String(id) },
        createdAt: at,
        updatedAt: at,
        state: { S: state },
        owner: { S: 'agent-local' },
        fileName: { S: 'perdu.csv' },
        description: { S: '' },
        operatorCode: { S: 'OMCI' },
        operatorId: { N: '2' },
        currency: { S: 'XOF' },
        bounds: { M: {} },
        source: { M: { key: { S: key }, versionId: { S: 'x' } } },
        ...(resumptions > 0 && { resumptions: { N: String(resumptions) } }),
      },
    }),
  );
}
