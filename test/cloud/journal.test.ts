import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { verifyJournal } from '../../lib/cli/verify-journal-command.ts';
import { journalAnswer } from '../../lib/http/schemas/journal.ts';
import { call, detailsOf, finishedTache, postJson, tokenOf } from './cloud-client.ts';

const submitted = z.object({ details: z.object({ id: z.number() }) });
const moment = (index: number) => `10:0${index}:00`;
const row = (index: number) => ({
  Date: `22-08-2025 ${moment(index)}`,
  Identifiant: `J-${index}`,
  Statut: 'SUCCES',
  Montant: 1_000 + index,
  Numero: `05${20_000_000 + index}`,
  Compte: '2250500000012',
});
const failed = (index: number) => ({
  created_at: `2025-08-22T${moment(index)}Z`,
  cpm_trans_id: `J-T${index}`,
  cpm_amount: String(1_000 + index),
  cpm_currency: 'XOF',
  payment_method: 'DDVAMTNCI',
  marchand: 'DDVA',
  cel_phone_num: `22505${20_000_000 + index}`,
  cpm_trans_status: 'FAILED',
  cpm_payid: '',
});

describe('the journal of a tache, through the whole local cloud', () => {
  let id = 0;
  let excluded = 0;
  beforeAll(async () => {
    const agent = await tokenOf('agent');
    await postJson('/cinetpay/', [0, 1, 2].map(failed), agent);
    const body = { operateur: 'DDVAMTNCI', fichier: [0, 1, 2, 3].map(row), dateDebut: '2025-08-22T00:00', dateFin: '2025-08-22T23:59', fileName: 'journal.json' };
    id = submitted.parse((await postJson('/reconciliation/', body, agent)).body).details.id;
    expect(await finishedTache(id)).toMatchObject({ etat: 'ATTENTE', comptes: { correspondent: 3 } });
    excluded = (await detailsOf(id)).correspondent[0]?.id ?? 0;
    const validated = await postJson(`/update_reconciliation/${id}`, { ids: [excluded], motif: ' Un client conteste. ' }, await tokenOf('superviseur'));
    expect(validated.status).toBe(201);
  });

  it('says who did what, and why, with the figures that the tache shows', async () => {
    const tache = await finishedTache(id);
    const entries = journalAnswer.parse((await call('GET', `/taches/${id}/journal`)).body);
    expect(entries.map(({ action, auteur, motif }) => [action, auteur, motif])).toEqual([
      ['creation', 'agent-local', ''],
      ['resultat', 'systeme', ''],
      ['validation', 'superviseur-local', 'Un client conteste.'],
      ['fin-validation', 'superviseur-local', ''],
    ]);
    expect(entries[1]?.donnees).toMatchObject({ montantOperateur: String(tache.montantOperateur), diffMontant: String(tache.diffMontant) });
    expect(entries[2]?.donnees).toEqual({ exclus: [excluded], correspondants: 3 });
    expect(entries[3]?.donnees).toMatchObject({ TrxReconciled: 2, montantCinetpay: String(tache.montantCinetpayAfter) });
  });

  it('comes page by page, and is proven by the command', async () => {
    const first = await call('GET', `/taches/${id}/journal?limit=3`);
    expect(journalAnswer.parse(first.body)).toHaveLength(3);
    expect(first.headers.get('link')).toContain('cursor=3');
    const { api } = inject('cloud');
    const verified = (knownHash?: string) => verifyJournal({ command: 'verify-journal', source: { kind: 'api', api, tacheId: id }, knownHash, json: false });
    expect(await verified()).toMatchObject({ kind: 'holds', entries: 4 });
    expect(await verified('0'.repeat(64))).toMatchObject({ kind: 'broken' });
  });

  it('of a tache that is not there is not there', async () => {
    expect((await call('GET', '/taches/999999/journal')).status).toBe(404);
  });
});
