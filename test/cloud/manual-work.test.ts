import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { exportAnswer } from '../../lib/http/schemas/export.ts';
import { journalAnswer } from '../../lib/http/schemas/journal.ts';
import { call, detailsOf, finishedTache, postJson, tokenOf } from './cloud-client.ts';

const submitted = z.object({ details: z.object({ id: z.number() }) });
const ROW = { Date: '23-08-2025 10:00:00', Identifiant: 'M-1', Statut: 'SUCCES', Montant: 4_321, Numero: '0530000001', Compte: '2250500000012' };
const TRANSACTION = {
  created_at: '2025-08-23T09:59:00Z',
  cpm_trans_id: 'M-T1',
  cpm_amount: '4321',
  cpm_currency: 'XOF',
  payment_method: 'DDVAMTNCI',
  marchand: 'DDVA',
  cel_phone_num: '2250530000099',
  cpm_trans_status: 'FAILED',
  cpm_payid: '',
};

describe('work by hand, through the whole local cloud', () => {
  let agent = '';
  let id = 0;
  let ligne = 0;
  const work = (body: object, token = agent) => postJson(`/taches/${id}/ecarts/${ligne}`, body, token);

  beforeAll(async () => {
    agent = await tokenOf('agent');
    await postJson('/cinetpay/', [TRANSACTION], agent);
    const body = { operateur: 'DDVAMTNCI', fichier: [ROW], dateDebut: '2025-08-23T00:00', dateFin: '2025-08-23T23:59', fileName: 'travail.json' };
    id = submitted.parse((await postJson('/reconciliation/', body, agent)).body).details.id;
    expect(await finishedTache(id)).toMatchObject({ etat: 'ATTENTE', comptes: { not_correspondent: 1 } });
    ligne = (await detailsOf(id)).not_correspondent[0]?.id ?? 0;
  });

  it('links a row to a transaction that only people know to be its own, which the validation then makes a success', async () => {
    expect(await work({ action: 'lier', cpm_trans_id: 'M-T1' })).toMatchObject({ status: 400, body: { errors: { motif: [expect.any(String)] } } });
    expect(await work({ action: 'lier', cpm_trans_id: 'M-T1', motif: 'Payé par sa femme.' })).toMatchObject({
      status: 200,
      body: { id: ligne, traitement: { lien: { cpm_trans_id: 'M-T1', auteur: 'agent-local' } } },
    });
    expect((await detailsOf(id)).not_correspondent[0]?.traitement?.lien?.motif).toBe('Payé par sa femme.');
    const table = exportAnswer.parse((await call('GET', `/taches/${id}/export?format=csv`)).body);
    expect(await (await fetch(table.url)).text()).toContain('Liée à M-T1 par agent-local : Payé par sa femme.');
    expect(await postJson(`/update_reconciliation/${id}`, {}, agent)).toMatchObject({ status: 201, body: { countCinetpay: 1, diffMontant: 0 } });
    expect(await finishedTache(id)).toMatchObject({ TrxReconciled: 1, TrxNonereconciled: 0 });
    expect(await work({ action: 'delier', motif: 'trop tard' })).toMatchObject({ status: 409 });
    const journal = journalAnswer.parse((await call('GET', `/taches/${id}/journal`)).body);
    expect(journal.map(({ action }) => action)).toEqual(['creation', 'resultat', 'lien', 'validation', 'fin-validation']);
  });
});
