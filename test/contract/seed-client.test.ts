import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import type { StageUnderTest } from './start-stages.ts';

/*
 * What a client that was written from the old system's document sends and reads: its addresses with their final slash where it has one, its field names, its bodies, and nothing
 * that this project added. It knows nothing of the project's own schemas. In a deployed stage it was changed in one thing: it sends its token with every call.
 */

const jetons = z.strictObject({
  access_token: z.string(),
  expires_in: z.literal(36000),
  token_type: z.literal('Bearer'),
  scope: z.literal('read write'),
  refresh_token: z.string(),
});
const profil = z.strictObject({ id: z.int(), telephone: z.string(), numero_whatsapp: z.string(), fonction: z.string(), matricule: z.string(), user: z.int() });
const operateur = z.strictObject({ id: z.int(), nom: z.string(), description: z.string(), account: z.string(), code: z.string() });
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{6})?Z$/u);

/** The fields of a tache in the document; others may have been added. */
const tache = <Figure extends z.ZodType>(figure: Figure) =>
  z.looseObject({
    id: z.int(),
    dateCreation: date,
    dateUpdate: date,
    etat: z.string(),
    owner: z.string(),
    fileName: z.string(),
    libelle: z.string().regex(/^tache #\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{6}$/u),
    description: z.string(),
    dateDebut: date,
    dateFin: date,
    montantOperateur: figure,
    montantCinetpay: figure,
    diffMontant: figure,
    countOperator: figure,
    countCinetpay: figure,
    diffCount: figure,
    operateur: z.int(),
  });
const listed = tache(z.string());
const single = tache(z.union([z.number(), z.literal('ENCOURS')]));

const correspondent = z.looseObject({
  id: z.int(),
  payment_date: date,
  payid: z.string(),
  phone_num: z.string(),
  amount: z.string(),
  status: z.string(),
  account: z.string(),
  agent: z.string(),
  created_atCorrespondent: z.string(),
  cel_phone_numCorrespondant: z.string(),
  AmountCorrespodent: z.string(),
  payment_methodCorrespondant: z.string(),
  StautTransactionCorrespondent: z.string(),
  cpm_trans_idCorrespondent: z.string(),
  tache: z.int(),
});
const notCorrespondent = z.looseObject({
  id: z.int(),
  payment_date: date,
  payid: z.string(),
  status: z.string(),
  phone_num: z.string(),
  amount: z.string(),
  trans_id: z.string(),
  account: z.string(),
  agent: z.string(),
  tache: z.int(),
});

function seedClient({ api, name }: StageUnderTest) {
  let bearer: string | undefined;
  const call = async (method: string, path: string, data?: unknown, authorized = name !== 'local') => {
    const response = await fetch(`${api}/${path}`, {
      method,
      headers: { ...(data !== undefined && { 'Content-Type': 'application/json' }), ...(authorized && bearer !== undefined && { Authorization: `Bearer ${bearer}` }) },
      ...(data !== undefined && { body: JSON.stringify(data) }),
    });
    const text = await response.text();
    const body: unknown = text.startsWith('<') ? text : JSON.parse(text);
    return { status: response.status, body };
  };
  return {
    get: (path: string) => call('GET', path),
    post: (path: string, data: unknown, { authorized }: { readonly authorized?: boolean } = {}) => call('POST', path, data, authorized),
    use: (token: string | undefined) => {
      bearer = token;
    },
  };
}

describe.each(inject('stages'))('a client that was written from the old document, in the stage $name', (stage) => {
  const { get, post, use } = seedClient(stage);
  const compte = { username: `ancien.client.${Date.now()}`, password: '12@hkdshdn' };
  const administrator = stage.users.find(({ groupe }) => groupe === 'administrateur');
  let tacheId = 0;

  const signIn = async (data: unknown) =>
    z
      .strictObject({ token: jetons, profile: z.tuple([profil]), details: z.strictObject({ nom: z.string(), prenom: z.string(), email: z.string(), usename: z.string() }) })
      .parse((await post('authentication/token/', data, { authorized: false })).body);

  /** In a deployed stage an administrator lets a new account in; the old system let everybody in. */
  const letIn = async (profileId: number) => {
    use((await signIn({ username: administrator?.username, password: administrator?.password })).token.access_token);
    const changed = await fetch(`${stage.api}/profiles/${profileId}`, {
      method: 'PATCH',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${(await signIn({ username: administrator?.username, password: administrator?.password })).token.access_token}`,
      },
      body: JSON.stringify({ groupe: 'agent' }),
    });
    expect(changed.status).toBe(200);
  };

  beforeAll(async () => {
    const registered = await post('authentication/register/', compte, { authorized: false });
    expect([registered.status, jetons.safeParse(registered.body).success]).toEqual([200, true]);
    const { profile } = await signIn(compte);
    if (stage.name !== 'local') await letIn(profile[0].id);
    use((await signIn(compte)).token.access_token);
  });

  it('renews and revokes its tokens', async () => {
    const { token } = await signIn(compte);
    const renewed = await post('authentication/token/refresh/', { refresh_token: token.refresh_token }, { authorized: false });
    expect(renewed.status).toBe(200);
    const { access_token } = jetons.parse(renewed.body);
    const revoked = await post('authentication/token/revoke/', { token: access_token }, { authorized: false });
    expect([revoked.status, revoked.body]).toEqual([200, { message: 'token revoked' }]);
    expect((await post('get_user/', { token: access_token }, { authorized: true })).status).toBe(401);
  });

  it('asks who it is', async () => {
    const { token } = await signIn(compte);
    use(token.access_token);
    const { status, body } = await post('get_user/', { token: token.access_token }, { authorized: true });
    const details = z.looseObject({
      nom: z.string(),
      prenom: z.string(),
      email: z.string(),
      usename: z.literal(compte.username),
      role: z.looseObject({ id: z.int(), libelle: z.string() }),
    });
    expect([status, z.strictObject({ profile: z.tuple([profil]), details }).safeParse(body).error]).toEqual([200, undefined]);
  });

  it('reads the operators and the profiles', async () => {
    const operators = z.array(operateur).parse((await get('operateurs/')).body);
    expect(operators).toContainEqual({ id: 1, nom: 'DDVA Orange CI', description: "DDVA Orange Cote d'Ivoire", account: '0789248344', code: 'DDVAOMCI' });
    expect((await get('operateurs/1')).body).toEqual(operators.find(({ id }) => id === 1));
    expect((await get('operateurs/999999')).status).toBe(404);
    const profiles = z.array(profil).parse((await get('profiles/')).body);
    expect((await get(`profiles/${profiles[0]?.id}`)).body).toEqual(profiles[0]);
  });

  it('sends a statement and is told at once that it is taken', async () => {
    const fichier = [1, 2].map((index) => ({
      Date: `10-05-2021 09:3${index}:00`,
      Identifiant: `${compte.username}-${index}`,
      Statut: 'SUCCES',
      Montant: `${index},000`,
      Numero: '0143705652 ',
      Compte: '2250500000012',
    }));
    const demande = { operateur: 'DDVAMTNCI', fichier: JSON.stringify(fichier), dateDebut: '2021-05-10T00:00', dateFin: '2021-05-10T23:59', fileName: `${compte.username}.xslx` };
    const { status, body } = await post('reconciliation/', demande, { authorized: true });
    const accepted = z.strictObject({
      resultat: z.literal('La demande de traitement a été enregistrée avec succès. Nous vous notifierons le résultat à la fin du traitement.'),
      details: single,
    });
    expect(status).toBe(200);
    tacheId = accepted.parse(body).details.id;
    const refused = async (changes: object) => {
      const answer = await post('reconciliation/', { ...demande, fileName: 'autre', ...changes }, { authorized: true });
      return [answer.status, answer.body];
    };
    expect(await refused({ fichier: JSON.stringify([{ Colonne: 1 }]) })).toEqual([406, { file: 'the headers do not match' }]);
    expect(await refused({ fichier: JSON.stringify([{ ...fichier[0], Montant: 'x' }]) })).toEqual([406, { file: 'empty', 'problem to line ': [0] }]);
    expect(await refused({ operateur: 'RIEN' })).toEqual([404, { operator: "doesn't exist" }]);
    expect(await refused({ fileName: demande.fileName })).toEqual([406, { existance: 'exist', person: compte.username }]);
  });

  it('waits for the result and reads it in the list, by itself and with its rows', async () => {
    for (let etat = ''; etat !== 'ATTENTE'; await delay(150)) {
      etat = single.parse((await get(`taches/${tacheId}`)).body).etat;
      expect(['CREATION', 'ENCOURS', 'ATTENTE']).toContain(etat);
    }
    const own = z
      .array(z.looseObject({ id: z.int() }))
      .parse((await get('taches/')).body)
      .find(({ id }) => id === tacheId);
    expect(listed.parse(own)).toMatchObject({
      montantOperateur: '3000',
      countOperator: '2',
      montantCinetpay: '0',
      dateDebut: '2021-05-10T00:00:00Z',
      dateFin: '2021-05-10T23:59:00Z',
    });
    expect((await get(`taches/${tacheId}`)).body).toMatchObject({ montantOperateur: 3000, countOperator: 2, diffMontant: 3000, diffCount: 2 });
    const details = single.extend({ correspondent: z.array(correspondent), not_correspondent: z.array(notCorrespondent) }).parse((await get(`details_taches/${tacheId}`)).body);
    expect(details.not_correspondent.map(({ amount, agent }) => [amount, agent])).toEqual([
      ['1,000', compte.username],
      ['2,000', compte.username],
    ]);
  });

  it('filters the list by the old names', async () => {
    for (const query of ['opateur__pk=DDVAMTNCI', 'etat=ATTENTE', `fileName__icontains=${compte.username}`, 'dateDebut=&dateFin=']) {
      const found = z.array(z.looseObject({ id: z.int() })).parse((await get(`taches/?${query}`)).body);
      expect(found.map(({ id }) => id)).toContain(tacheId);
    }
  });

  it('validates, once', async () => {
    // Where the stage asks for four eyes, the work of the account is for others to validate.
    if (stage.name !== 'local') {
      expect((await post(`update_reconciliation/${tacheId}`, {}, { authorized: true })).status).toBe(403);
      use((await signIn({ username: administrator?.username, password: administrator?.password })).token.access_token);
    }
    const { status, body } = await post(`update_reconciliation/${tacheId}`, {}, { authorized: true });
    expect([status, body]).toEqual([201, { montantOperateur: 3000, montantCinetpay: 0, diffMontant: 3000, countOperator: 2, countCinetpay: 0, diffCount: 2 }]);
    expect((await get(`taches/${tacheId}`)).body).toMatchObject({ etat: 'TERMINEE' });
  });

  it('registers an application and reads the list, as the old pages or as JSON', async () => {
    use((await signIn({ username: administrator?.username, password: administrator?.password })).token.access_token);
    const registered = await post('o/applications/register/', { name: 'Backoffice' });
    expect([registered.status, z.looseObject({ client_id: z.string().min(1), client_secret: z.string().min(1) }).safeParse(registered.body).success]).toEqual([201, true]);
    expect(
      z
        .array(z.looseObject({ name: z.string() }))
        .parse((await get('o/applications/')).body)
        .map((one) => one.name),
    ).toContain('Backoffice');
  });

  it('reads without a token only what the stage leaves open', async () => {
    use(undefined);
    const open = stage.name === 'local' ? 200 : 401;
    for (const path of ['taches/', `taches/${tacheId}`, `details_taches/${tacheId}`, 'profiles/', 'o/applications/'])
      expect([path, (await get(path)).status]).toEqual([path, open]);
    expect((await get('operateurs/')).status).toBe(200);
  });
});
