import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { ROUTES } from '../../lib/http/routes.ts';
import { documentedOperation } from './documented.ts';
import { makeScene, type Scene, statementRow, waitingTache } from './scene.ts';
import { type Asked, stageClient } from './stage-client.ts';
import type { StageName } from './start-stages.ts';

const MISSING = 999_999_999;
const FORM = 'application/x-www-form-urlencoded';
/** More than API Gateway reads. */
const ENORMOUS = Buffer.alloc(10 * 1024 * 1024 + 1, 0x20);
const LARGE = JSON.stringify({ name: 'x'.repeat(4 * 1024 * 1024) });

const numbered = z.looseObject({ id: z.int() });
const issued = z.object({ access_token: z.string(), refresh_token: z.string() });

/** Documented, and not to be had here: each with its reason. */
function outOfReach(stage: StageName, method: string, path: string, status: string): string | undefined {
  if (status === '429') return 'the local gateway throttles nobody';
  if (status === '500' || status === '504') return 'a defect, or an answer that comes too late';
  // A first visa, where the stage asks for two.
  if (status === '202' && stage !== 'local' && path.startsWith('/update_reconciliation/')) return undefined;
  if (status === '202') return 'a validation that takes longer than 18 s, an export of more than 20,000 rows';
  if (path === '/o/applications/register' && status === '409') return 'a pool with a thousand applications';
  const route = ROUTES.find((one) => one.method === method && one.path === path);
  if (stage === 'local' && route?.access !== 'bearer' && (status === '401' || status === '403')) return 'the stage asks for no token here';
  return undefined;
}

describe.each(inject('stages'))('in the stage $name', (stage) => {
  const client = stageClient(stage);
  const own = `${stage.name}-${Date.now()}`;
  let scene: Scene;
  let admin: string | undefined;
  let agent: string | undefined;

  const asAdmin = async (method: string, path: string, asked: Asked = {}) => (await client.ask(method, path, { token: admin, ...asked })).status;
  const asAgent = async (method: string, path: string, asked: Asked = {}) => (await client.ask(method, path, { token: agent, ...asked })).status;
  const made = async (path: string, json: unknown) => numbered.parse((await client.ask('POST', path, { token: admin, json })).body);

  beforeAll(async () => {
    scene = await makeScene(client, stage, 'matrice');
    admin = scene.tokens['an administrator'];
    agent = scene.tokens['the agent'];
  });

  it('accounts: registered, signed in, renewed, revoked, and each of them refused', async () => {
    const person = { username: `awa.${own}`, password: '12@hkdshdn' };
    const registered = issued.parse((await client.ask('POST', '/authentication/register', { json: person })).body);
    expect((await client.ask('POST', '/authentication/register', { json: person })).body).toEqual({ username: [expect.any(String)] });
    expect((await client.ask('POST', '/authentication/register', { json: { username: `faible.${own}`, password: 'court' } })).body).toEqual({ password: [expect.any(String)] });
    expect((await client.ask('POST', '/authentication/token', { json: { ...person, password: 'pas celui-là 1' } })).body).toMatchObject({ error: 'invalid_grant' });
    expect((await client.ask('POST', '/authentication/token', { body: '{"username":' })).status).toBe(400);
    const renewed = issued.parse((await client.ask('POST', '/authentication/token/refresh', { json: { refresh_token: registered.refresh_token } })).body);
    expect((await client.ask('POST', '/authentication/token/revoke', { json: { token: renewed.refresh_token } })).body).toEqual({ message: 'token revoked' });
    expect((await client.ask('POST', '/authentication/token/refresh', { json: { refresh_token: renewed.refresh_token } })).body).toMatchObject({ error: 'invalid_grant' });
    for (const path of ['/authentication/token/refresh', '/authentication/token/revoke']) expect((await client.ask('POST', path, { json: {} })).status).toBe(400);
  });

  it('get_user: the holder of the token in the body, which may be bad while the other is good', async () => {
    expect((await client.ask('POST', '/get_user', { token: agent, json: { token: admin } })).body).toMatchObject({ details: { usename: 'administrateur-local' } });
    for (const bad of ['an expired token', 'a revoked token', 'a bad token'] as const) {
      const answer = await client.ask('POST', '/get_user', { token: agent, json: { token: scene.tokens[bad] } });
      expect([answer.status, answer.headers.get('x-amzn-remapped-www-authenticate')]).toEqual([401, 'Bearer']);
    }
    expect(await asAgent('POST', '/get_user', { json: {} })).toBe(400);
    expect((await client.ask('POST', '/get_user', { token: scene.tokens['a machine that may read'], json: { token: agent } })).status).toBe(403);
  });

  it('a statement: taken, or refused in the words of the old system', async () => {
    const send = async (changes: Readonly<Record<string, unknown>>) =>
      client.ask('POST', '/reconciliation', { token: agent, json: { operateur: 'DDVAMTNCI', fichier: [statementRow({ Identifiant: own })], fileName: `${own}.json`, ...changes } });
    const refused = async (changes: Readonly<Record<string, unknown>>) => {
      const { status, body } = await send({ fileName: 'refus.json', ...changes });
      return [status, body];
    };
    expect(await refused({ operateur: 'INCONNU' })).toEqual([404, { operator: "doesn't exist" }]);
    expect(await refused({ fichier: [{ Date: '02-11-2025' }] })).toEqual([406, { file: 'the headers do not match' }]);
    expect(await refused({ fichier: [statementRow(), statementRow({ Montant: 'mille' })] })).toEqual([406, { file: 'empty', 'problem to line ': [1] }]);
    expect(await refused({ fichier: [] })).toEqual([406, { file: 'empty', 'problem to line ': [] }]);
    expect(await refused({ fichier: [statementRow({ Compte: '2250500000099' })] })).toEqual([406, { operator: 'invalid' }]);
    expect((await send({})).status).toBe(200);
    expect(await refused({ fileName: `${own}.json` })).toEqual([406, { existance: 'exist', person: 'agent-local' }]);
    expect((await refused({ fichier: undefined }))[0]).toBe(400);
    const form = new FormData();
    form.set('operateur', 'DDVAMTNCI');
    form.set('fichier', new Blob(['%PDF-1.4 pas un classeur']), 'releve.xlsx');
    expect(await asAgent('POST', '/reconciliation', { body: form })).toBe(422);
    expect(await asAgent('POST', '/reconciliation', { body: LARGE })).toBe(413);
  });

  it('an upload: allowed, or refused before anything is sent', async () => {
    const wish = { operateur: 'DDVAMTNCI', fileName: `grand ${own}.xlsx` };
    expect(await asAgent('POST', '/reconciliation/uploads', { json: wish })).toBe(201);
    expect(await asAgent('POST', '/reconciliation/uploads', { json: { ...wish, operateur: 'INCONNU' } })).toBe(404);
    expect(await asAgent('POST', '/reconciliation/uploads', { json: { ...wish, fileName: 'matrice.json' } })).toBe(406);
    expect(await asAgent('POST', '/reconciliation/uploads', { json: {} })).toBe(400);
  });

  it('a validation: by POST or by PUT, once, of one’s own or as a superior', async () => {
    const path = '/update_reconciliation/{id}';
    const put = await waitingTache(client, agent, `put-${stage.name}`);
    const supervisor = scene.tokens['a supervisor'];
    for (const [method, id, token, ids] of [
      ['POST', scene.tacheId, stage.name === 'local' ? agent : supervisor, [scene.correspondents[0]]],
      ['PUT', put.tacheId, supervisor, []],
    ] as const) {
      expect(await asAgent(method, path, { id, json: { ids: ['x'] } })).toBe(400);
      if (stage.name !== 'local') expect(await asAgent(method, path, { id, json: {} })).toBe(403);
      const validated = await client.ask(method, path, { id, token, json: { ids } });
      expect([validated.status, validated.body]).toEqual([201, expect.objectContaining({ countOperator: 3, countCinetpay: 3 - ids.length, diffMontant: 1500 * ids.length })]);
      expect(await asAgent(method, path, { id, json: {} })).toBe(409);
      expect(await asAgent(method, path, { id: MISSING, json: {} })).toBe(404);
    }
    expect((await client.ask('GET', '/taches/{id}', { id: put.tacheId, token: agent })).body).toMatchObject({ etat: 'TERMINEE', TrxReconciled: 3 });
  });

  it.runIf(stage.name !== 'local')('a validation of a large sum: a first visa, then the other’s', async () => {
    const path = '/update_reconciliation/{id}';
    for (const method of ['POST', 'PUT']) {
      const { tacheId: id, correspondents } = await waitingTache(client, agent, `grosse-${method.toLowerCase()}-${stage.name}`, 4_000_000);
      const visa = (token: string | undefined, json: unknown) => client.ask(method, path, { id, token, json });
      expect(await visa(scene.tokens['a supervisor'], { motif: 'Vu avec la caisse.' })).toMatchObject({
        status: 202,
        body: {
          resultat: expect.stringContaining('Premier visa enregistré'),
          premierVisa: { auteur: 'superviseur-local', ids: [], motif: 'Vu avec la caisse.' },
          details: { etat: 'ATTENTE' },
        },
      });
      expect((await client.ask('GET', '/details_taches/{id}', { id, token: agent })).body).toMatchObject({ etat: 'ATTENTE', premierVisa: { auteur: 'superviseur-local' } });
      expect((await visa(admin, { ids: correspondents.slice(0, 2), nouveauVisa: true })).status).toBe(201);
      const other = await waitingTache(client, agent, `autre-${method.toLowerCase()}-${stage.name}`, 6_000_000);
      const again = (token: string | undefined, json: unknown) => client.ask(method, path, { id: other.tacheId, token, json });
      expect((await again(scene.tokens['a supervisor'], {})).status).toBe(202);
      expect(await again(admin, { ids: [other.correspondents[0]] })).toMatchObject({ status: 409, body: { detail: expect.stringContaining('nouveauVisa') } });
      expect(await again(admin, {})).toMatchObject({ status: 201, body: { diffMontant: 0 } });
      expect((await client.ask('GET', '/taches/{id}/journal', { id: other.tacheId, token: agent })).body).toMatchObject([
        { action: 'creation' },
        { action: 'resultat' },
        { action: 'premier-visa', auteur: 'superviseur-local' },
        { action: 'validation', auteur: 'administrateur-local', donnees: { premierVisa: { auteur: 'superviseur-local' } } },
        { action: 'fin-validation' },
      ]);
    }
  });

  it.runIf(stage.name !== 'local')('whoever worked on a tache by hand does not validate it', async () => {
    const sent = await client.ask('POST', '/reconciliation', {
      token: agent,
      json: { operateur: 'DDVAMTNCI', fichier: [statementRow({ Identifiant: `yeux-${own}`, Montant: 23_456 })], fileName: `yeux ${own}.json` },
    });
    const { id } = z.object({ details: numbered }).parse(sent.body).details;
    await client.finished(id, agent ?? '');
    const shown = z.looseObject({ not_correspondent: z.array(numbered) }).parse((await client.ask('GET', '/details_taches/{id}', { id, token: agent })).body);
    const supervisor = scene.tokens['a supervisor'];
    const ligne = shown.not_correspondent[0]?.id ?? 0;
    expect((await client.ask('POST', '/taches/{id}/ecarts/{ligne}', { id, ligne, token: supervisor, json: { action: 'ecarter', motif: 'frais' } })).status).toBe(200);
    expect(await client.ask('POST', '/update_reconciliation/{id}', { id, token: supervisor, json: {} })).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('sauf agent-local, superviseur-local') },
    });
    expect((await client.ask('POST', '/update_reconciliation/{id}', { id, token: admin, json: {} })).status).toBe(201);
  });

  it('taches: by filter, by page, by number', async () => {
    expect(await asAgent('GET', '/taches', { query: '?limit=1&etat=TERMINEE&operateur=DDVAMTNCI&opateur__pk=&fileName__icontains=MATRICE' })).toBe(200);
    expect(await asAgent('GET', '/taches', { query: '?etat=PERDU' })).toBe(400);
    expect(await asAgent('GET', '/details_taches/{id}', { id: scene.tacheId, query: '?limit=2' })).toBe(200);
    expect(await asAgent('GET', '/details_taches/{id}', { id: scene.tacheId, query: '?limit=0' })).toBe(400);
    for (const id of [MISSING, 'abc', '__proto__']) for (const path of ['/taches/{id}', '/details_taches/{id}']) expect(await asAgent('GET', path, { id })).toBe(404);
  });

  it('the journal and the exports of a tache', async () => {
    const id = scene.tacheId;
    expect(await asAgent('GET', '/taches/{id}/journal', { id })).toBe(200);
    expect(await asAgent('GET', '/taches/{id}/journal', { id, query: '?limit=x' })).toBe(400);
    for (const format of ['xlsx', 'csv', 'pdf']) expect(await asAgent('GET', '/taches/{id}/export', { id, query: `?format=${format}` })).toBe(200);
    const led = await client.ask('GET', '/taches/{id}/export', { id, token: agent, query: '?format=csv&redirect=1' });
    expect([led.status, URL.canParse(led.headers.get('location') ?? '')]).toEqual([303, true]);
    expect(await asAgent('GET', '/taches/{id}/export', { id, query: '?format=doc' })).toBe(400);
    for (const path of ['/taches/{id}/journal', '/taches/{id}/export']) expect(await asAgent('GET', path, { id: MISSING, query: '?format=csv' })).toBe(404);
  });

  it('open items: what each tache leaves, and how much of it', async () => {
    const query = '?operateur=DDVAMTNCI&etat=nouveau,persistant&age=0-1&type=not_correspondent&jourMin=2020-01-01&jourMax=2030-01-01&montantMin=1&limit=1';
    expect(await asAgent('GET', '/ecarts', { query })).toBe(200);
    for (const wrong of ['etat=perdu', 'age=3', 'cursor=x', 'jourMin=hier', 'montantMin=beaucoup', 'tache=une'])
      expect(await asAgent('GET', '/ecarts', { query: `?${wrong}` })).toBe(400);
    expect(await asAgent('GET', '/ecarts/balance', { query: '?operateur=DDVAMTNCI&age=' })).toBe(200);
    expect(await asAgent('GET', '/ecarts/balance', { query: '?type=rapproche' })).toBe(400);
  });

  it('work by hand: done, refused, and too late', async () => {
    const sent = await client.ask('POST', '/reconciliation', {
      token: agent,
      json: { operateur: 'DDVAMTNCI', fichier: [statementRow({ Identifiant: `main-${own}`, Montant: 12_345 })], fileName: `main ${own}.json` },
    });
    const { id } = z.object({ details: numbered }).parse(sent.body).details;
    await client.finished(id, agent ?? '');
    const shown = z.looseObject({ not_correspondent: z.array(numbered) }).parse((await client.ask('GET', '/details_taches/{id}', { id, token: agent })).body);
    const ligne = shown.not_correspondent[0]?.id ?? 0;
    const work = (json: unknown, asked: Asked = {}) => asAgent('POST', '/taches/{id}/ecarts/{ligne}', { id, ligne, json, ...asked });
    const note = { action: 'commenter', motif: 'vu avec la caisse' };
    expect([await work(note), await work({ action: 'ecarter', motif: 'frais' }), await work({ action: 'delier', motif: 'x' })]).toEqual([200, 200, 409]);
    expect([
      await work({ action: 'commenter', motif: ' ' }),
      await work({ action: 'reprendre', motif: 'x' }),
      await work({ action: 'lier', cpm_trans_id: 'INCONNUE', motif: 'x' }),
    ]).toEqual([400, 200, 400]);
    expect([await work(note, { ligne: 1 }), await work(note, { ligne: 'x' }), await work(note, { id: MISSING })]).toEqual([404, 404, 404]);
    const detailed = await client.ask('GET', '/details_taches/{id}', { id, token: agent });
    expect(detailed.body).toMatchObject({ not_correspondent: [{ traitement: { lien: null, mise_de_cote: null, commentaires: [{ auteur: 'agent-local', motif: note.motif }] } }] });
  });

  it('an upload that cannot be used is a tache in ECHEC, which has nothing to export', async () => {
    const fileName = `illisible ${own}.json`;
    const wanted = await client.ask('POST', '/reconciliation/uploads', { token: agent, json: { operateur: 'DDVAMTNCI', fileName, contentType: 'application/json' } });
    const { url, fields } = z.object({ url: z.string(), fields: z.record(z.string(), z.string()) }).parse(wanted.body);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([JSON.stringify([statementRow({ Identifiant: own, Montant: 'mille' })])], { type: 'application/json' }), fileName);
    expect((await fetch(url, { method: 'POST', body: form })).ok).toBe(true);
    const id = await client.tacheOfFile(fileName, agent ?? '');
    expect(await client.finished(id, agent ?? '')).toBe('ECHEC');
    expect((await client.ask('GET', '/taches/{id}', { id, token: agent })).body).toMatchObject({ owner: 'agent-local', montantOperateur: 'ENCOURS' });
    expect(await asAgent('GET', '/taches/{id}/export', { id, query: '?format=csv' })).toBe(409);
  });

  it('the ledger: an array of transactions, and each that cannot be taken with its reason', async () => {
    expect(
      (
        await client.ask('POST', '/cinetpay', {
          token: agent,
          json: [{ created_at: 'hier', cpm_trans_id: own, cpm_amount: '1', payment_method: 'OM', cpm_trans_status: 'SUCCES' }],
        })
      ).body,
    ).toMatchObject({ recus: 1, rejets: [{ ligne: 0 }] });
    expect(await asAgent('POST', '/cinetpay', { json: {} })).toBe(400);
  });

  it('operators: described, changed, removed', async () => {
    expect(await asAgent('GET', '/operateurs', { query: '?fermes=oui' })).toBe(400);
    for (const path of ['/operateurs/{id}', '/operateurs/{id}/profil']) for (const id of [MISSING, 'x']) expect(await asAdmin('GET', path, { id })).toBe(404);
    const { id: _, ...known } = numbered.parse((await client.ask('GET', '/operateurs/{id}/profil', { id: 2, token: admin })).body);
    const wish = { ...known, code: `ESSAI${stage.name.toUpperCase()}`, account: '0700000077' };
    const { id } = await made('/operateurs', wish);
    expect(await asAdmin('POST', '/operateurs', { json: wish })).toBe(409);
    expect(await asAdmin('POST', '/operateurs', { json: { ...wish, code: 'minuscules' } })).toBe(400);
    expect(await asAdmin('PUT', '/operateurs/{id}', { id, json: { ...wish, description: 'autre' } })).toBe(200);
    expect(await asAdmin('PATCH', '/operateurs/{id}', { id, json: { margeMinutes: 90 } })).toBe(200);
    expect(await asAdmin('PATCH', '/operateurs/{id}', { id, json: { margeMinutes: -1 } })).toBe(400);
    expect(await asAdmin('PUT', '/operateurs/{id}', { id, json: {} })).toBe(400);
    expect(await asAdmin('PUT', '/operateurs/{id}', { id: MISSING, json: wish })).toBe(404);
    expect(await asAdmin('PATCH', '/operateurs/{id}', { id: MISSING, json: {} })).toBe(404);
    for (const method of ['PUT', 'PATCH']) expect(await asAdmin(method, '/operateurs/{id}', { id, json: { ...wish, code: 'AUTRE' } })).toBe(409);
    expect((await client.ask('DELETE', '/operateurs/{id}', { id, token: admin })).body).toMatchObject({ ferme: false });
    expect(await asAdmin('DELETE', '/operateurs/{id}', { id })).toBe(404);
  });

  it('profiles: made by an invitation, changed, each field as it may be', async () => {
    expect(await asAdmin('GET', '/profiles', { query: '?cursor=x' })).toBe(400);
    expect(await asAdmin('GET', '/profiles/{id}', { id: MISSING })).toBe(404);
    const { id } = await made('/profiles', { username: `invite.${own}`, email: 'invite@example.com', groupe: 'agent' });
    expect(await asAdmin('POST', '/profiles', { json: { username: `invite.${own}` } })).toBe(409);
    expect(await asAdmin('POST', '/profiles', { json: { username: `sans.adresse.${own}` } })).toBe(400);
    const { body } = await client.ask('POST', '/get_user', { token: agent, json: { token: admin } });
    const [administrator] = z.object({ profile: z.array(numbered) }).parse(body).profile;
    for (const method of ['PUT', 'PATCH']) {
      expect(await asAdmin(method, '/profiles/{id}', { id, json: { fonction: 'Agente', role: null } })).toBe(200);
      expect(await asAdmin(method, '/profiles/{id}', { id, json: { telephone: 'abc' } })).toBe(400);
      expect(await asAgent(method, '/profiles/{id}', { id: scene.profileId, json: { groupe: 'administrateur' } })).toBe(400);
      expect(await asAdmin(method, '/profiles/{id}', { id: MISSING, json: {} })).toBe(404);
      expect(await asAdmin(method, '/profiles/{id}', { id: administrator?.id ?? 0, json: { groupe: 'agent' } })).toBe(409);
    }
  });

  it('notices: chosen by whoever they are for, listed and sent again', async () => {
    const path = '/profiles/{id}/avis';
    const own = { id: scene.profileId };
    const chosen = (json: unknown, asked: Asked = {}) => asAgent('PUT', path, { ...own, json, ...asked });
    expect((await client.ask('GET', path, { ...own, token: agent })).body).toMatchObject({ courriel: null, sms: null, webhook: null });
    const made = await client.ask('PUT', path, { ...own, token: agent, json: { webhook: { url: 'https://avis.example.org/recu', etats: ['ECHEC'] } } });
    expect(made).toMatchObject({ status: 200, body: { webhook: { url: 'https://avis.example.org/recu', taches: 'mesTaches', secret: expect.stringMatching(/^avis_/u) } } });
    const again = await client.ask('PUT', path, { ...own, token: agent, json: made.body });
    expect(again.body).toMatchObject({ webhook: { url: 'https://avis.example.org/recu' } });
    expect(again.text).not.toContain('avis_');
    for (const url of ['http://avis.example.org/', 'https://10.0.0.1/', 'https://awa:x@avis.example.org/', 'https://avis.example.org:8443/', 'ftp://x', 'avis'])
      expect([url, await chosen({ webhook: { url, etats: ['ECHEC'] } })]).toEqual([url, 400]);
    expect(await chosen({ courriel: { etats: [] } })).toBe(400);
    // Deployed stages have no sender before somebody names one.
    expect(await chosen({ courriel: { adresse: 'agent@example.com', etats: ['ECHEC'] } })).toBe(stage.name === 'local' ? 200 : 400);
    expect(await chosen({ sms: { etats: ['ECHEC'] } })).toBe(400);
    for (const method of ['GET', 'PUT']) {
      expect(await asAgent(method, path, { id: MISSING, json: method === 'PUT' ? {} : undefined })).toBe(404);
      expect((await client.ask(method, path, { ...own, token: scene.tokens['a supervisor'], json: method === 'PUT' ? {} : undefined })).status).toBe(403);
    }
    expect([await asAdmin('PUT', path, { ...own, json: {} }), await asAdmin('GET', path, own)]).toEqual([200, 200]);
    expect((await client.ask('GET', '/taches/{id}/avis', { id: scene.tacheId, token: agent })).body).toEqual([]);
    expect(await asAgent('POST', '/taches/{id}/avis/renvoyer', { id: scene.tacheId })).toBe(202);
    for (const [method, other] of [
      ['GET', '/taches/{id}/avis'],
      ['POST', '/taches/{id}/avis/renvoyer'],
    ] as const)
      expect(await asAgent(method, other, { id: MISSING })).toBe(404);
  });

  it('roles: added, moved, removed, but for those of the product', async () => {
    const { id } = await made('/roles', { libelle: `chef ${own}`, parent: 2 });
    expect(await asAdmin('POST', '/roles', { json: { libelle: `chef ${own}`, parent: 2 } })).toBe(409);
    expect(await asAdmin('POST', '/roles', { json: { libelle: 'x', parent: MISSING } })).toBe(400);
    expect(await asAdmin('PUT', '/roles/{id}', { id, json: { libelle: `cheffe ${own}`, parent: 1 } })).toBe(200);
    expect(await asAdmin('PUT', '/roles/{id}', { id, json: { libelle: '' } })).toBe(400);
    expect(await asAdmin('PATCH', '/roles/{id}', { id, json: { parent: 2 } })).toBe(200);
    expect(await asAdmin('PATCH', '/roles/{id}', { id, json: { parent: id } })).toBe(400);
    for (const method of ['PUT', 'PATCH']) {
      expect(await asAdmin(method, '/roles/{id}', { id: MISSING, json: { libelle: 'y', parent: 1 } })).toBe(404);
      expect(await asAdmin(method, '/roles/{id}', { id: 3, json: { libelle: 'y', parent: 1 } })).toBe(409);
    }
    expect([await asAdmin('DELETE', '/roles/{id}', { id }), await asAdmin('DELETE', '/roles/{id}', { id }), await asAdmin('DELETE', '/roles/{id}', { id: 1 })]).toEqual([
      204, 404, 409,
    ]);
  });

  it('applications: in JSON and as pages', async () => {
    const html = { accept: 'text/html' };
    for (const path of ['/o/applications', '/o/applications/register']) expect((await client.ask('GET', path, { token: admin, headers: html })).text).toContain('<!DOCTYPE html>');
    expect(await asAdmin('GET', '/o/applications', { query: '?limit=x' })).toBe(400);
    const form = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
      asAdmin('POST', '/o/applications/register', { body: new URLSearchParams(fields).toString(), headers: { 'content-type': FORM, ...headers } });
    expect([await form({ name: own }), await form({ name: own }, html), await form({}, html)]).toEqual([201, 201, 400]);
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://ailleurs.example', ...html }]) expect(await form({ name: own }, headers)).toBe(403);
    for (const headers of [{}, html])
      expect(await asAdmin('POST', '/o/applications/register', { body: LARGE, headers: { 'content-type': 'application/json', ...headers } })).toBe(413);
    const client_id = z.object({ client_id: z.string() }).parse((await client.ask('POST', '/o/applications/register', { token: admin, json: { name: own } })).body).client_id;
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret: 'pas celui-là' });
    expect((await client.ask('POST', '/o/token', { body })).status).toBe(401);
    expect((await client.ask('POST', '/o/token', { body: new URLSearchParams({ grant_type: 'autre' }) })).body).toMatchObject({ error: 'unsupported_grant_type' });
  });

  it('what is larger than the gateway reads is a 413 on every route that takes a body', async () => {
    for (const { method, path } of ROUTES) {
      if (documentedOperation(method, path)?.requestBody === undefined) continue;
      expect((await client.ask(method, path, { id: 1, token: admin, body: ENORMOUS })).status).toBe(413);
    }
  });

  it('routes that ask for a token refuse nobody and whoever may only read or has no group', async () => {
    for (const { method, path, access } of ROUTES) {
      if (access === 'open' || (access !== 'bearer' && stage.name === 'local')) continue;
      expect((await client.ask(method, path, { id: 1 })).status).toBe(401);
      const token = scene.tokens[method === 'GET' ? 'somebody without a group' : 'a machine that may read'];
      expect((await client.ask(method, path, { id: 1, token })).status).toBe(403);
    }
  });

  it('reads that everybody may do', async () => {
    for (const [path, id] of [['/openapi.json'], ['/docs'], ['/operateurs'], ['/operateurs/{id}', 2]] as const)
      expect((await client.ask('GET', path, id === undefined ? {} : { id })).status).toBe(200);
    for (const path of ['/o/applications', '/o/applications/register', '/profiles', '/roles', '/operateurs/{id}/profil', '/profiles/{id}', '/taches/{id}']) {
      const id = path.startsWith('/profiles') ? scene.profileId : path.startsWith('/taches') ? scene.tacheId : 2;
      expect(await asAdmin('GET', path, { id })).toBe(200);
    }
  });

  it('the document that is served is the one of the tests, at the address of the stage', async () => {
    const { body } = await client.ask('GET', '/openapi.json');
    expect(z.looseObject({ servers: z.array(z.object({ url: z.string() })) }).parse(body).servers).toEqual([{ url: stage.api }]);
  });

  it('every documented status was given, but for those out of reach', () => {
    const documented = ROUTES.flatMap(({ method, path }) => Object.keys(documentedOperation(method, path)?.responses ?? {}).map((status) => ({ method, path, status })));
    const missing = documented.filter(({ method, path, status }) => !client.given.has(`${method} ${path} ${status}`) && outOfReach(stage.name, method, path, status) === undefined);
    expect(missing.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([]);
  });
});
