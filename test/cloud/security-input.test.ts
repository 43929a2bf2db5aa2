import { beforeAll, describe, expect, inject, it } from 'vitest';
import { call, finishedTache, objectText, postJson, putObject, tacheOfFile, tokenOf, until } from './cloud-client.ts';

const cloud = inject('cloud');
const run = Date.now();
let agent = '';
beforeAll(async () => {
  agent = await tokenOf('agent');
});

const row = (reference: string, changes: object = {}) => ({
  Date: '04/01/2026',
  Heure: '10:00:00',
  Référence: reference,
  Statut: 'Succès',
  Crédit: '1 000',
  Correspondant: '0701020304',
  'Compte OM': '0700000001',
  ...changes,
});

describe('a path', () => {
  it.each([
    '/taches/..%2F..%2Fetc%2Fpasswd',
    '/taches/%2e%2e',
    '/taches/1%00',
    '/taches/1%0d%0aX:1',
    '/profiles/-1',
    '/profiles/1e3',
    '/profiles/0x1',
    '/operateurs/__proto__',
    '/operateurs/constructor',
    '/details_taches/9999999999999999999',
    '/taches/%F0%28%8C%28',
    '/taches/%',
  ])('%s names nothing: it is a 400 or a 404 and never a defect', async (path) => {
    const { status } = await call('GET', path);
    expect([400, 403, 404]).toContain(status);
  });
});

describe('a line break', () => {
  it('in a query reaches no header', async () => {
    const { status, headers } = await call('GET', `/operateurs/?fermes=&x=${encodeURIComponent('a\r\nSet-Cookie: vole=1')}`);
    expect(status).toBe(200);
    expect(headers.get('set-cookie')).toBeNull();
    const listed = await call('GET', `/taches/?limit=1&operateur=${encodeURIComponent('>\r\nX-Injecte: 1')}`);
    expect([listed.status, listed.headers.get('x-injecte')]).toEqual([200, null]);
  });

  it('in a field is refused, or stays within the text', async () => {
    expect((await postJson('/reconciliation/', { operateur: 'OMCI\r\nX: 1', fichier: [row('x')], fileName: 'x' }, agent)).status).toBe(404);
    expect((await postJson('/reconciliation/', { operateur: 'OMCI', fichier: [row('x')], fileName: 'a\r\nb' }, agent)).status).toBe(400);
    expect((await postJson('/reconciliation/uploads/', { operateur: 'OMCI', fileName: 'x', contentType: 'text/csv\r\nX-Amz-Acl: public-read' }, agent)).status).toBe(400);
  });
});

describe('the names of prototypes', () => {
  it('as keys of a body change nothing of what others are answered', async () => {
    const bodies = ['{"__proto__":{"owner":"vole","status":200},"operateur":"OMCI"}', '{"constructor":{"prototype":{"vole":true}}}', '[{"__proto__":[]}]'];
    for (const body of bodies) {
      const answer = await call('POST', '/reconciliation/', { token: agent, body, headers: { 'content-type': 'application/json' } });
      expect(answer.status).toBe(400);
    }
    expect(JSON.stringify((await call('GET', '/operateurs/2')).body)).not.toContain('vole');
  });

  it('as columns and values of a statement are texts', async () => {
    const text = `[{"__proto__":{"Date":"x"},"constructor":"y",${JSON.stringify(row(`__proto__-${run}`)).slice(1)}]`;
    const answer = await postJson('/reconciliation/', { operateur: 'OMCI', fichier: text, fileName: `__proto__ ${run}.json` }, agent);
    expect(answer.status).toBe(200);
  });

  it('as the name of an operator, a role or a state are those of none', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect((await postJson('/reconciliation/', { operateur: name, fichier: [row('x')], fileName: 'x' }, agent)).status).toBe(404);
      expect((await call('GET', `/taches/?etat=${name}`)).status).toBe(400);
    }
  });
});

describe('a key of the drop folder', () => {
  it('that climbs is a text: nothing is read or written elsewhere', async () => {
    const key = `depot/operateurs/OMCI/../../../resultats/${run}/lignes.csv`;
    await putObject(key, 'a\n1\n');
    const report = await until('the report', () => objectText(`depot/refus/operateurs/OMCI/../../../resultats/${run}/lignes.csv.rapport.json`));
    expect(JSON.parse(report)).toMatchObject({ fichier: key, raison: expect.stringContaining('Emplacement inconnu') });
  });

  it('with formulas, tags and orders in its name and cells is reported as the JSON text that it is', async () => {
    const name = `=cmd|'x'!A1<script>${run}.csv`;
    const header = 'Date,Heure,Référence,Statut,Crédit,Correspondant,Compte OM\n';
    await putObject(`depot/operateurs/OMCI/${name}`, `${header}=1+1,10:00:00,"=HYPERLINK(""http://x"")",+1,@SUM(1),0701020304,0700000001\n`);
    const tache = await finishedTache(await tacheOfFile(name));
    expect(tache).toMatchObject({ etat: 'ECHEC', fileName: name });
    const report = await objectText(`depot/refus/operateurs/OMCI/${name}.rapport.json`);
    expect(JSON.parse(report ?? '')).toMatchObject({ fichier: `depot/operateurs/OMCI/${name}`, lignes: [{ ligne: 0 }] });
  });
});

describe('what is too large', () => {
  it('in a header is a 431, in a query or a field a 400, and in a body a 413', async () => {
    const huge = 'x'.repeat(9_000);
    expect((await fetch(`${cloud.api}/operateurs/`, { headers: { 'x-long': 'x'.repeat(12_000) } })).status).toBe(431);
    expect((await call('GET', `/taches/?etat=${huge}`)).status).toBe(400);
    expect((await postJson('/reconciliation/', { operateur: 'OMCI', fichier: [row('x')], fileName: huge }, agent)).status).toBe(400);
    expect((await postJson('/reconciliation/', { operateur: huge, fichier: [row('x')], fileName: 'x' }, agent)).status).toBe(404);
    expect((await postJson('/authentication/token/', { username: huge, password: huge })).status).toBe(400);
    expect((await postJson('/cinetpay/', [{ x: 'x'.repeat(5_000_000) }], agent)).status).toBe(413);
  });

  it('in nesting is a 400, or a refusal of the file where the nesting is in the file, and never a defect', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const sent = (fichier: string) =>
      call('POST', '/reconciliation/', {
        token: agent,
        body: `{"operateur":"OMCI","fileName":"profond.json","fichier":${fichier}}`,
        headers: { 'content-type': 'application/json' },
      });
    expect((await sent(deep)).status).toBe(400);
    expect((await sent(`"${deep}"`)).status).toBe(422);
  });
});
