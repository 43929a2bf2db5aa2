import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { chainBreak } from '../../lib/core/journal.ts';
import { entryOfWire, journalAnswer } from '../../lib/http/schemas/journal.ts';
import { balanceAnswer, openItemsAnswer } from '../../lib/http/schemas/open-items.ts';
import { journalHash } from '../../lib/use-cases/journal.ts';
import { call, detailsOf, finishedTache, postJson, putObject, tokenOf, until } from './cloud-client.ts';

const submitted = z.object({ details: z.object({ id: z.number() }) });

/** A row of Orange Cameroun, whose clocks are an hour ahead of UTC. */
const row = (reference: string, changes: object) => ({
  Date: '10/09/2025',
  Heure: '12:00:00',
  Référence: reference,
  Statut: 'Succès',
  Crédit: '5000',
  Correspondant: '655000001',
  'Compte OM': '650000005',
  ...changes,
});
const transaction = (id: string, changes: object) => ({
  created_at: '2025-09-10T11:00:00Z',
  cpm_trans_id: id,
  cpm_amount: '5000',
  cpm_currency: 'XAF',
  payment_method: 'OMCM',
  cel_phone_num: '237655000001',
  cpm_trans_status: 'SUCCES',
  ...changes,
});

/** Its reference comes to the ledger the next day. */
const LATE_ROW = row('OI-LATE', {});
/** Nothing ever explains it. */
const LONELY_ROW = row('OI-LONELY', { Crédit: '700', Correspondant: '655000002' });
/** The operator books it after midnight. */
const NIGHT = transaction('OI-NIGHT', { created_at: '2025-09-10T21:30:00Z', cpm_amount: '900', cel_phone_num: '237655000003', cpm_payid: 'OI-NIGHT-REF' });
const NIGHT_ROW = row('OI-NIGHT-REF', { Date: '11/09/2025', Heure: '00:40:00', Crédit: '900', Correspondant: '655000003' });

const GUIDE = readFileSync(new URL('../../docs/guide/suivre-les-ecarts.md', import.meta.url), 'utf8');
const [guideBalance = '', guideList = ''] = Array.from(GUIDE.matchAll(/```json\n(.*?)```/gsu), ([, json = '']) => json);
const GUIDE_BALANCE = balanceAnswer.parse(JSON.parse(guideBalance));
const GUIDE_LIST = openItemsAnswer.parse(JSON.parse(guideList));

/** An item but for its numbers and today. */
function shown(item: z.infer<typeof openItemsAnswer>[number] | undefined) {
  return { ...item, tache: 0, ligne: 0, age: 0, resolution: { ...item?.resolution, date: '' } };
}

describe('what stays open, through the whole local cloud', () => {
  let agent = '';
  let first = 0;
  let second = 0;

  const reconciled = async (day: string, fichier: readonly object[]) => {
    const body = { operateur: 'OMCM', fichier, dateDebut: `2025-09-${day}T00:00`, dateFin: `2025-09-${day}T23:59`, fileName: `ecarts-${day}.json` };
    const { id } = submitted.parse((await postJson('/reconciliation/', body, agent)).body).details;
    expect(await finishedTache(id)).toMatchObject({ etat: 'ATTENTE' });
    return id;
  };
  const list = async (query: string) => openItemsAnswer.parse((await call('GET', `/ecarts/?${query}`)).body);
  const balance = async (query: string) => balanceAnswer.parse((await call('GET', `/ecarts/balance/?${query}`)).body)[0];
  const listed = (what: string, query: string, count: number) => until(what, async () => ((await list(query)).length === count ? await list(query) : undefined));
  const journalOf = async (id: number) => journalAnswer.parse((await call('GET', `/taches/${id}/journal`)).body);

  beforeAll(async () => {
    agent = await tokenOf('agent');
    await postJson('/cinetpay/', [NIGHT], agent);
    first = await reconciled('10', [LATE_ROW, LONELY_ROW]);
  });

  it('is listed across taches as soon as a reconciliation has left it', async () => {
    const items = await listed('three open items', `tache=${first}`, 3);
    expect(items).toMatchObject([
      { type: 'absent_operateur', operateur: 'OMCM', jour: '2025-09-10', tranche: 'plus-de-30', cpm_trans_id: 'OI-NIGHT', cpm_amount: '900', resolution: null },
      { type: 'not_correspondent', jour: '2025-09-10', payid: 'OI-LATE', agent: 'agent-local', devise: 'XAF', resolution: null },
      { type: 'not_correspondent', payid: 'OI-LONELY', amount: '700', resolution: null },
    ]);
    expect(await balance(`tache=${first}`)).toMatchObject({ operateur: 'OMCM', ouverts: { nombre: 3, montant: 6_600 }, resolus: { nombre: 0, montant: 0 }, depuis: '2025-09-10' });
  });

  it('is resolved by the ledger of the next day, which comes by the drop folder, and is then what the guide shows', async () => {
    await putObject('depot/cinetpay/ecarts.json', JSON.stringify([transaction('OI-T-LATE', { cpm_payid: 'OI-LATE' })]));
    const [resolved] = await listed('the late row', `tache=${first}&etat=resolu`, 1);
    expect(resolved).toMatchObject({ payid: 'OI-LATE', etat: 'resolu', resolution: { par: 'ligne_tardive', cpm_trans_id: 'OI-T-LATE' } });
    expect(shown(resolved)).toEqual(shown(GUIDE_LIST[0]));
    expect(await balance(`tache=${first}`)).toEqual(GUIDE_BALANCE[0]);
    expect(await list(`tache=${first}&etat=nouveau,persistant`)).toMatchObject([
      { cpm_trans_id: 'OI-NIGHT', etat: 'persistant' },
      { payid: 'OI-LONELY', etat: 'persistant' },
    ]);
  });

  it('is resolved by the statement of the next day, though its success lies outside of the window', async () => {
    second = await reconciled('11', [NIGHT_ROW]);
    const items = await listed('the late success', `tache=${first}&etat=resolu`, 2);
    expect(items[0]).toMatchObject({ cpm_trans_id: 'OI-NIGHT', resolution: { par: 'succes_tardif', tache: second, ligne: 0 } });
  });

  it('is told in the journals, which hold, while the classes and the bridge stay what the run found', async () => {
    const entries = await journalOf(first);
    expect(entries.map(({ action }) => action)).toEqual(['creation', 'resultat', 'ecarts-resolus', 'ecarts-resolus']);
    expect(entries.slice(2).map(({ auteur, donnees }) => [auteur, donnees['nombre'], donnees['montant']])).toEqual([
      ['systeme', 1, '5000'],
      ['systeme', 1, '900'],
    ]);
    expect(chainBreak(first, entries.map(entryOfWire), journalHash)).toBeUndefined();
    expect(await finishedTache(first)).toMatchObject({ comptes: { not_correspondent: 2, absent_operateur: 1 }, passage: { residu: 0, not_correspondent: { nombre: 2 } } });
    expect((await detailsOf(first)).not_correspondent).toHaveLength(2);
  });

  it('is told after the validation too', async () => {
    expect(await postJson(`/update_reconciliation/${first}`, {}, agent)).toMatchObject({ status: 201 });
    await postJson('/cinetpay/', [transaction('OI-T-LONELY', { cpm_payid: 'OI-LONELY', cpm_amount: '700', cel_phone_num: '237655000002' })], agent);
    await listed('the lonely row', `tache=${first}&etat=resolu`, 3);
    const entries = await journalOf(first);
    expect(entries.map(({ action }) => action).slice(4)).toEqual(['validation', 'fin-validation', 'ecarts-resolus']);
    expect(chainBreak(first, entries.map(entryOfWire), journalHash)).toBeUndefined();
    expect(await balance(`tache=${first}`)).toMatchObject({ ouverts: { nombre: 0, montant: 0 }, resolus: { nombre: 3, montant: 6_600 }, depuis: null });
  });

  it('goes page by page, the oldest first', async () => {
    const seen: unknown[] = [];
    for (let path: string | undefined = `/ecarts/?operateur=OMCM&jourMin=2025-09-10&jourMax=2025-09-10&limit=1`; path !== undefined; ) {
      const { body, headers } = await call('GET', path);
      seen.push(...openItemsAnswer.parse(body).filter(({ tache }) => tache === first));
      const next = /<[^>]*?(\/ecarts[^>]*)>; rel="next"/u.exec(headers.get('link') ?? '')?.[1];
      path = next;
    }
    expect(seen).toEqual(await list(`tache=${first}`));
  });
});
