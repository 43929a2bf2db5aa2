import { beforeAll, describe, expect, it } from 'vitest';
import { workbookOf } from '../../lib/local/launch/workbook.ts';
import { call, finishedTache, objectText, postJson, putObject, tacheOfFile, tokenOf, until } from './cloud-client.ts';

const HEADERS = ['Date', 'Heure', 'Référence', 'Statut', 'Crédit', 'Correspondant', 'Compte OM'] as const;
const good = (payid: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  Date: '02/01/2026',
  Heure: '10:00:00',
  Référence: payid,
  Statut: 'Succès',
  Crédit: '1 000',
  Correspondant: '0701020304',
  'Compte OM': '0700000001',
  ...changes,
});

let token = '';
let files = 0;
const submit = (changes: Readonly<Record<string, unknown>>) =>
  postJson(
    '/reconciliation/',
    { operateur: 'OMCI', fichier: [good('A')], dateDebut: '2026-01-02T00:00', dateFin: '2026-01-02T23:59', fileName: `refus ${++files}.json`, ...changes },
    token,
  );
const form = (bytes: Uint8Array, fileName: string) => {
  const body = new FormData();
  body.set('operateur', 'OMCI');
  body.set('fichier', new Blob([Buffer.from(bytes)]), fileName);
  return call('POST', '/reconciliation/', { body, token });
};

beforeAll(async () => {
  token = await tokenOf('agent');
});

describe('POST /reconciliation/ with a body that is none', () => {
  it.each([['null'], ['""'], ['[]'], ['"x"'], ['{"a":'], [''], ['42']])('%s is a 400 that says so in French', async (body) => {
    const answer = await call('POST', '/reconciliation/', { body, token, headers: { 'content-type': 'application/json' } });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({ type: 'about:blank', status: 400, detail: expect.stringMatching(/requête/iu) });
  });

  it('5 MB of JSON is a 413 that tells of the drop folder', async () => {
    const answer = await submit({ fichier: Array.from({ length: 32_000 }, (_, index) => good(`PP${index}`)) });
    expect(answer).toMatchObject({ status: 413, body: { status: 413, detail: expect.stringContaining('depot/operateurs/') } });
  });

  it('11 MB is a 413 of the gateway', async () => {
    const answer = await call('POST', '/reconciliation/', { body: 'x'.repeat(11 * 1024 * 1024), token, headers: { 'content-type': 'application/json' } });
    expect(answer).toMatchObject({ status: 413, body: { status: 413 } });
  });

  it('missing fields are named', async () => {
    const answer = await postJson('/reconciliation/', { operateur: 'OMCI' }, token);
    expect(answer).toMatchObject({ status: 400, body: { errors: { fileName: ['Ce champ est obligatoire.'], fichier: [expect.any(String)] } } });
  });
});

describe('the seed’s refusals, to the letter', () => {
  it('an unknown operator', async () => {
    expect(await submit({ operateur: 'OMXX' })).toMatchObject({ status: 404, body: { operator: "doesn't exist" } });
  });

  it.each(HEADERS)('a file in which the header %s is missing', async (header) => {
    const { [header]: _, ...row } = good('A');
    const answer = await submit({ fichier: [row] });
    expect([answer.status, answer.body]).toEqual([406, { file: 'the headers do not match' }]);
  });

  it.each([[[]], [{ Feuil1: [] }], ['[]']])('a file without rows: %j', async (fichier) => {
    const answer = await submit({ fichier });
    expect([answer.status, answer.body]).toEqual([406, { file: 'empty', 'problem to line ': [] }]);
  });

  it('every bad row is listed by its 0-based number', async () => {
    const rows = [
      good('A'),
      good('B', { Date: '32/01/2026' }),
      good('C', { Crédit: 'mille' }),
      good('D', { 'Compte OM': '0799999999' }),
      good('E'),
      good('', {}),
      good('G', { Correspondant: '' }),
    ];
    const answer = await submit({ fichier: rows });
    expect([answer.status, answer.body]).toEqual([406, { file: 'empty', 'problem to line ': [1, 2, 3, 5, 6] }]);
  });

  it("a statement of another account than the operator's", async () => {
    const answer = await submit({ fichier: [good('A', { 'Compte OM': '0788888888' })] });
    expect([answer.status, answer.body]).toEqual([406, { operator: 'invalid' }]);
  });

  it('the same file name or the same content twice, whatever else differs', async () => {
    const fichier = [good('deux fois')];
    expect(await submit({ fichier, fileName: 'deux-fois.json' })).toMatchObject({ status: 200 });
    const byName = await submit({ fichier: [good('autre')], fileName: 'deux-fois.json' });
    const byContent = await submit({ fichier, fileName: 'autre-nom.json' });
    expect([byName.status, byName.body]).toEqual([406, { existance: 'exist', person: 'agent-local' }]);
    expect([byContent.status, byContent.body]).toEqual([406, { existance: 'exist', person: 'agent-local' }]);
  });

  it('headers in another order, in another case, without accents, below a preamble, are taken', async () => {
    const preamble = { COLONNE1: 'Relevé du compte' };
    const header = { COLONNE1: 'COMPTE OM', b: 'credit', c: ' reference ', d: 'HEURE', e: 'date', f: 'correspondant', g: 'Statut' };
    const row = { COLONNE1: '0700000001', b: '1 000', c: 'PREAMBULE', d: '10:00:00', e: '02/01/2026', f: '0701020304', g: 'Succès' };
    expect(await submit({ fichier: [preamble, header, row] })).toMatchObject({ status: 200 });
  });
});

describe('files that are not what they seem', () => {
  it.each([
    ['a text under an xlsx name', Buffer.from('%PDF-1.4 pas un classeur'), 422],
    ['a truncated xlsx', workbookOf([good('A')]).subarray(0, 2_000), 422],
    ['a zip without a sheet', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), 422],
    ['nothing at all', Buffer.alloc(0), 406],
  ])('%s is refused in French', async (_, bytes, status) => {
    const answer = await form(bytes, 'releve.xlsx');
    expect(answer.status).toBe(status);
  });

  it('a real xlsx in a form is taken, and its name stands for a missing fileName', async () => {
    const answer = await form(workbookOf([good('FORM')]), 'déposé à la main.xlsx');
    expect(answer).toMatchObject({ status: 200, body: { details: { fileName: 'déposé à la main.xlsx' } } });
  });
});

describe('file names', () => {
  it.each([['../../etc/passwd'], ['relevé 🧾 du 2.json'], ['x'.repeat(255)], ['🧾'.repeat(255)]])('%s is kept as a text and is never a path', async (fileName) => {
    expect(await submit({ fileName, fichier: [good(fileName)] })).toMatchObject({ status: 200, body: { details: { fileName } } });
  });

  it('300 characters and control characters are refused, naming the field', async () => {
    for (const fileName of ['x'.repeat(300), 'a\u0000b', '  ']) {
      expect(await submit({ fileName })).toMatchObject({ status: 400, body: { errors: { fileName: [expect.any(String)] } } });
    }
  });
});

describe('the drop folder', () => {
  it('a file with bad rows gives a tache in ECHEC and the list beside it', async () => {
    await putObject('depot/operateurs/OMCI/mauvaises lignes é+.xlsx', workbookOf([good('A'), good('B', { Crédit: 'x' })]));
    const tache = await finishedTache(await tacheOfFile('mauvaises lignes é+.xlsx'));
    expect(tache).toMatchObject({ etat: 'ECHEC', montantOperateur: 'ENCOURS', description: expect.stringContaining('ligne 1') });
    const report = await objectText('depot/refus/operateurs/OMCI/mauvaises lignes é+.xlsx.rapport.json');
    expect(JSON.parse(report ?? '{}')).toMatchObject({ tache: tache.id, lignes: [{ ligne: 1, problemes: [{ column: 'Crédit' }] }] });
  });

  it('a key that fits no pattern is left alone and reported once', async () => {
    await putObject('depot/n’importe où.csv', 'a,b\n1,2\n');
    const report = await until('the report', () => objectText('depot/refus/n’importe où.csv.rapport.json'));
    expect(JSON.parse(report)).toMatchObject({ fichier: 'depot/n’importe où.csv', raison: expect.stringContaining('Emplacement inconnu') });
    expect(await objectText('depot/n’importe où.csv')).toBe('a,b\n1,2\n');
  });

  it('an operator that nobody knows is reported with those that exist', async () => {
    await putObject('depot/operateurs/NULLE/part.csv', 'a\n');
    const report = await until('the report', () => objectText('depot/refus/operateurs/NULLE/part.csv.rapport.json'));
    expect(JSON.parse(report)).toMatchObject({ raison: expect.stringContaining('OMCI') });
  });

  it('the same bytes under another name are recognised', async () => {
    const bytes = workbookOf([good('MEMES OCTETS')]);
    await putObject('depot/operateurs/OMCI/premier.xlsx', bytes);
    await finishedTache(await tacheOfFile('premier.xlsx'));
    await putObject('depot/operateurs/OMCI/second.xlsx', bytes);
    expect(await finishedTache(await tacheOfFile('second.xlsx'))).toMatchObject({ etat: 'ECHEC', description: expect.stringContaining('déjà été traité') });
  });

  it('a ledger file is imported, and what cannot be taken is reported', async () => {
    await putObject(
      'depot/cinetpay/export.csv',
      'created_at,cpm_trans_id,cpm_amount,payment_method,cpm_trans_status,cpm_payid\n2026-01-02T10:00:00Z,DEPOT1,1000,OM,SUCCES,P1\nhier,DEPOT2,1000,OM,SUCCES,P2\n',
    );
    const report = await until('the report', () => objectText('depot/refus/cinetpay/export.csv.rapport.json'));
    expect(JSON.parse(report)).toMatchObject({ rejets: [{ ligne: 1 }] });
    const again = await postJson(
      '/cinetpay/',
      [{ created_at: '2026-01-02T10:00:00Z', cpm_trans_id: 'DEPOT1', cpm_amount: '1000', payment_method: 'OM', cpm_trans_status: 'SUCCES', cpm_payid: 'P1' }],
      token,
    );
    expect(again).toMatchObject({ status: 200, body: { recus: 1, nouveaux: 0, inchanges: 1, modifies: 0, rejets: [] } });
  });
});
