import { beforeAll, describe, expect, inject, it } from 'vitest';
import * as XLSX from 'xlsx';
import * as z from 'zod';
import { exportAnswer } from '../../lib/http/schemas/export.ts';
import { call, detailsOf, finishedTache, postJson, tokenOf } from './cloud-client.ts';

const submitted = z.object({ details: z.object({ id: z.number() }) });
const row = (index: number) => ({
  Date: '21-08-2025 10:00:00',
  Identifiant: `000${index}`,
  Statut: 'SUCCES',
  Montant: 1_000 + index,
  Numero: `05${10_000_000 + index}`,
  Compte: '2250500000012',
});

describe('an export, through the whole local cloud', () => {
  let id = 0;
  beforeAll(async () => {
    const agent = await tokenOf('agent');
    const fichier = Array.from({ length: 5 }, (_, index) => row(index));
    const answer = await postJson(
      '/reconciliation/',
      { operateur: 'DDVAMTNCI', fichier, dateDebut: '2025-08-21T00:00', dateFin: '2025-08-21T23:59', fileName: 'exports.json' },
      agent,
    );
    id = submitted.parse(answer.body).details.id;
    expect(await finishedTache(id)).toMatchObject({ etat: 'ATTENTE' });
  });

  async function fetched(format: string): Promise<Response> {
    const answer = await call('GET', `/taches/${id}/export?format=${format}`);
    expect(answer.status).toBe(200);
    return fetch(exportAnswer.parse(answer.body).url);
  }

  it('is the workbook of what the screen shows, under a name, for whoever has the link', async () => {
    const response = await fetched('xlsx');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="rapprochement-${id}-DDVAMTNCI.xlsx"`);
    const book = XLSX.read(Buffer.from(await response.arrayBuffer()));
    const rows = XLSX.utils.sheet_to_json<Record<string, unknown>>(book.Sheets['Sans correspondant'] ?? {});
    const shown = await detailsOf(id);
    expect(rows.map((one) => [one['Identifiant'], one['Référence opérateur'], String(one['Montant opérateur'])])).toEqual(
      shown.not_correspondent.map((one) => [one.id, one.payid, one.amount]),
    );
  });

  it('is a table and a page to sign as well', async () => {
    expect((await (await fetched('csv')).text()).trimEnd().split('\r\n')).toHaveLength(6);
    expect((await (await fetched('pdf')).text()).startsWith('%PDF-')).toBe(true);
  });

  it('by a link that is good for fifteen minutes and for that file only', async () => {
    const { url } = exportAnswer.parse((await call('GET', `/taches/${id}/export?format=pdf`)).body);
    const link = new URL(url);
    expect(link.searchParams.get('X-Amz-Expires')).toBe('900');
    link.searchParams.delete('X-Amz-Signature');
    expect((await fetch(link)).status).not.toBe(200);
  });

  it('leads a browser straight to the file', async () => {
    const { api } = inject('cloud');
    const response = await fetch(`${api}/taches/${id}/export?format=csv`, { headers: { accept: 'text/html' }, redirect: 'manual' });
    expect([response.status, await response.text()]).toEqual([303, '']);
    expect((await fetch(`${api}/taches/${id}/export?format=csv&redirect=1`)).headers.get('content-type')).toBe('text/csv; charset=utf-8');
  });

  it('in a format that there is not is refused, and of a tache that is not there is not there', async () => {
    expect(await call('GET', `/taches/${id}/export?format=docx`)).toMatchObject({ status: 400, body: { errors: { format: [expect.stringContaining('xlsx, csv, pdf')] } } });
    expect((await call('GET', '/taches/999999/export')).status).toBe(404);
    expect((await call('GET', '/taches/x/export')).status).toBe(404);
  });
});
