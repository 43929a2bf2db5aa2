import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { workbookOf } from '../../lib/local/launch/workbook.ts';
import { finishedTache, postJson, tacheOfFile, tokenOf } from './cloud-client.ts';

const form = z.object({ url: z.string(), fields: z.record(z.string(), z.string()), key: z.string() });
const ROW = { Date: '05/01/2026', Heure: '10:00:00', Référence: 'TELEV', Statut: 'OK', Crédit: '1 000', Correspondant: '0701020304', 'Compte OM': '0700000001' };
const BODY = { operateur: 'OMCI', dateDebut: '2026-01-05T00:00', dateFin: '2026-01-05T23:59' };

let token = '';
beforeAll(async () => {
  token = await tokenOf('agent');
});

function send({ url, fields }: z.infer<typeof form>, bytes: Uint8Array, changes: Readonly<Record<string, string>> = {}): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...fields, ...changes })) body.set(name, value);
  body.set('file', new Blob([Buffer.from(bytes)]), 'n’importe quel nom.xlsx');
  return fetch(url, { method: 'POST', body });
}

describe('an upload form', () => {
  it('brings a statement in with the caller as its owner, under the name and for the period that were asked', async () => {
    const answer = await postJson('/reconciliation/uploads/', { ...BODY, fileName: 'grand relevé.xlsx' }, token);
    expect(answer).toMatchObject({ status: 201, body: { expires_in: 900, tailleMax: 1_073_741_824 } });
    expect((await send(form.parse(answer.body), workbookOf([ROW]))).status).toBe(204);
    expect(await finishedTache(await tacheOfFile('grand relevé.xlsx'))).toMatchObject({
      etat: 'ATTENTE',
      owner: 'agent-local',
      dateDebut: '2026-01-05T00:00:00Z',
      dateFin: '2026-01-05T23:59:00Z',
      countOperator: 1,
    });
    expect(await postJson('/reconciliation/uploads/', { ...BODY, fileName: 'grand relevé.xlsx' }, token)).toMatchObject({
      status: 406,
      body: { existance: 'exist', person: 'agent-local' },
    });
  });

  it('holds for its key, its content type and its sizes only', async () => {
    const asked = form.parse((await postJson('/reconciliation/uploads/', { ...BODY, fileName: 'limites.xlsx' }, token)).body);
    expect((await send(asked, workbookOf([ROW]), { key: 'depot/operateurs/OMCI/autre.xlsx' })).status).toBe(403);
    expect((await send(asked, workbookOf([ROW]), { 'Content-Type': 'text/html' })).status).toBe(403);
    expect((await send(asked, new Uint8Array())).status).toBe(400);
    expect((await send({ ...asked, fields: Object.fromEntries(Object.entries(asked.fields).filter(([name]) => name !== 'Policy')) }, workbookOf([ROW]))).status).toBe(403);
  });

  it('is given to members, for operators that exist and names that are some', async () => {
    expect((await postJson('/reconciliation/uploads/', BODY)).status).toBe(401);
    expect(await postJson('/reconciliation/uploads/', { ...BODY, fileName: 'x', operateur: 'NULLE' }, token)).toMatchObject({ status: 404, body: { operator: "doesn't exist" } });
    expect(await postJson('/reconciliation/uploads/', { ...BODY, fileName: ' ' }, token)).toMatchObject({ status: 400, body: { errors: { fileName: [expect.any(String)] } } });
    expect(await postJson('/reconciliation/uploads/', { ...BODY, fileName: 'x', dateFin: '2026-01-04T00:00' }, token)).toMatchObject({
      status: 400,
      body: { errors: { dateFin: [expect.any(String)] } },
    });
  });
});
