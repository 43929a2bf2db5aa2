import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { call, detailsOf, finishedTache, postJson, tokenOf } from './cloud-client.ts';

let agent = '';
let supervisor = '';
let days = 0;

/** A day for each tache: none sees the ledger rows of another. */
interface Day {
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly date: string;
}

const seconds = (index: number) => `10:${String(Math.floor(index / 60)).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}`;
const row = ({ name, date }: Day, index: number) => ({
  Date: `${date.split('-').toReversed().join('-')} ${seconds(index)}`,
  Identifiant: `${name}-${index}`,
  Statut: 'SUCCES',
  Montant: 1_000 + index,
  Numero: `05${10_000_000 + index}`,
  Compte: '2250500000012',
});
const failed = ({ name, date }: Day, index: number, changes: object = {}) => ({
  created_at: `${date}T${seconds(index)}Z`,
  cpm_trans_id: `${name}-T${index}`,
  cpm_amount: String(1_000 + index),
  cpm_currency: 'XOF',
  payment_method: 'DDVAMTNCI',
  marchand: 'DDVA',
  cel_phone_num: `22505${10_000_000 + index}`,
  cpm_trans_status: 'FAILED',
  cpm_payid: '',
  ...changes,
});

const submitted = z.object({ details: z.object({ id: z.number() }) });

function submit({ name, date }: Day, fichier: readonly object[], fileName = `${name}.json`) {
  return postJson('/reconciliation/', { operateur: 'DDVAMTNCI', fichier, dateDebut: `${date}T00:00`, dateFin: `${date}T23:59`, fileName }, agent);
}

/** A tache in ATTENTE whose rows are all correspondents. */
async function waiting(name: string, rows: number): Promise<{ readonly id: number; readonly ids: readonly number[]; readonly day: Day }> {
  const day = { name, date: `2025-10-${String(++days).padStart(2, '0')}` };
  const numbers = Array.from({ length: rows }, (_, index) => index);
  await postJson(
    '/cinetpay/',
    numbers.map((index) => failed(day, index)),
    agent,
  );
  const answer = await submit(
    day,
    numbers.map((index) => row(day, index)),
  );
  const { id } = submitted.parse(answer.body).details;
  expect(await finishedTache(id)).toMatchObject({ etat: 'ATTENTE', comptes: { correspondent: rows } });
  return { id, day, ids: (await detailsOf(id)).correspondent.map((correspondent) => correspondent.id) };
}

const validate = (id: number, body: unknown, token = agent) => postJson(`/update_reconciliation/${id}`, body, token);

beforeAll(async () => {
  agent = await tokenOf('agent');
  supervisor = await tokenOf('superviseur');
});

describe('a validation', () => {
  it('makes the transactions of correspondents successes, but for those excluded, and counts them', async () => {
    const { id, ids } = await waiting('exclusion', 4);
    const answer = await validate(id, { ids: [String(ids[0]), ids[1]] });
    const tache = await finishedTache(id);
    expect([answer.status, answer.body]).toEqual([201, { montantOperateur: 4_006, montantCinetpay: 2_005, diffMontant: 2_001, countOperator: 4, countCinetpay: 2, diffCount: 2 }]);
    expect(tache).toMatchObject({
      etat: 'TERMINEE',
      montantCinetpay: 0,
      montantCinetpayAfter: 2_005,
      countCinetpayAfter: 2,
      diffMontantAfter: 2_001,
      TrxReconciled: 2,
      TrxNonereconciled: 2,
    });
    expect(tache.dateValidation).toBeDefined();
    expect(tache.dateFinValidation).toBeDefined();
  });

  it('can be asked for by PUT, with no body at all, and by a superior', async () => {
    const { id } = await waiting('put', 2);
    expect(await call('PUT', `/update_reconciliation/${id}/`, { token: supervisor })).toMatchObject({ status: 201, body: { countCinetpay: 2, diffMontant: 0 } });
  });

  it('happens once: the second of two at once is told 409, and so is one that comes later', async () => {
    const { id } = await waiting('deux', 3);
    const answers = await Promise.all([validate(id, {}), validate(id, {}, supervisor)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    expect(await validate(id, {})).toMatchObject({ status: 409, body: { detail: expect.stringContaining('déjà validée') } });
    expect(await finishedTache(id)).toMatchObject({ TrxReconciled: 3, TrxNonereconciled: 0 });
  });

  it('leaves a transaction alone that became a success meanwhile, and counts it as not reconciled', async () => {
    const { id, day } = await waiting('conflit', 2);
    const paid = failed(day, 0, { cpm_trans_status: 'ACCEPTED', cpm_payid: 'AUTRE' });
    expect(await postJson('/cinetpay/', [paid], agent)).toMatchObject({ body: { modifies: 1 } });
    await validate(id, {});
    expect(await finishedTache(id)).toMatchObject({ etat: 'TERMINEE', TrxReconciled: 1, TrxNonereconciled: 1, countCinetpayAfter: 1 });
  });

  it('is never taken back by an import of the same transactions', async () => {
    const { id, day } = await waiting('retour', 1);
    await validate(id, {});
    expect(await postJson('/cinetpay/', [failed(day, 0, { cpm_trans_status: 'ECHEC' })], agent)).toMatchObject({ body: { modifies: 0, inchanges: 1 } });
    const again = await submit(day, [{ ...row(day, 0), Statut: 'OK' }], 'retour encore.json');
    const second = submitted.parse(again.body).details.id;
    expect(await finishedTache(second)).toMatchObject({ comptes: { rapproche: 1, correspondent: 0 } });
  });

  it('of ids that are no correspondents of the tache changes nothing', async () => {
    const { id } = await waiting('étranger', 1);
    expect(await validate(id, { ids: [999_999_999] })).toMatchObject({ status: 400, body: { errors: { ids: [expect.stringContaining('999999999')] } } });
    expect(await validate(id, { ids: ['x'] })).toMatchObject({ status: 400 });
    expect(await finishedTache(id)).toMatchObject({ etat: 'ATTENTE' });
  });

  it('of a tache that is not there is a 404, and without a token a 401', async () => {
    expect(await validate(999_999, {})).toMatchObject({ status: 404 });
    expect(await call('POST', '/update_reconciliation/1', { body: '{}' })).toMatchObject({ status: 401 });
  });

  it('of somebody else’s tache is a 404 for an agent', async () => {
    const { id } = await waiting('autrui', 1);
    const username = `autre.agent.${Date.now()}`;
    const registered = await postJson('/authentication/register/', { username, password: '12@hkdshdn' });
    const { access_token } = z.object({ access_token: z.string() }).parse(registered.body);
    expect(await validate(id, {}, access_token)).toMatchObject({ status: 404 });
  });

  it('of several hundred correspondents comes to its end within one answer', async () => {
    const rows = 600;
    const { id } = await waiting('beaucoup', rows);
    expect((await validate(id, {})).status).toBe(201);
    expect(await finishedTache(id)).toMatchObject({ etat: 'TERMINEE', TrxReconciled: rows });
  });
});
