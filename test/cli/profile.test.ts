import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runProfile } from '../../lib/cli/profile-command.ts';
import { profileJson, profileReport } from '../../lib/cli/profile-report.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import { operatorWish } from '../../lib/http/operator-wire.ts';
import { operatorProfile } from '../../lib/http/schemas/operator-profile.ts';
import { readStatement } from '../../lib/use-cases/read-statement.ts';
import { csv } from '../fixtures/csv-file.ts';
import type { Shape } from '../fixtures/shapes/shape.ts';
import { SHAPES } from '../fixtures/shapes/shapes.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/reconcile.ts');
const folder = mkdtempSync(join(tmpdir(), 'profile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const found = z.looseObject({
  entete: z.looseObject({ lignes: z.number() }),
  colonnes: z.array(z.looseObject({ nom: z.string(), sens: z.string().nullable() })),
  profil: operatorProfile,
  essai: z.looseObject({ convient: z.boolean(), en_erreur: z.number() }),
});

function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function profiled(path: string, operatorCode?: string) {
  const result = await runProfile({ command: 'profile', path, operatorCode, json: true });
  return { json: JSON.parse(JSON.stringify(profileJson(result))) as unknown, report: profileReport(result) };
}

/** The payids that a proposed profile reads from the file it was proposed for. */
async function payids({ bytes }: Shape, proposed: z.infer<typeof operatorProfile>): Promise<readonly string[]> {
  const reading = await readStatement(await openRows({ kind: 'bytes', bytes: await bytes() }), { ...operatorWish(proposed), id: 1 });
  return reading.kind === 'rows' ? reading.rows.map(({ payid }) => payid) : [];
}

describe('the profile that is proposed for an export', () => {
  it.each(SHAPES.map((shape) => [shape.oddity, shape] as const))('%s is one that the operators API takes and that reads its payments', async (_oddity, shape) => {
    const { json } = await profiled(file(shape.fileName, await shape.bytes()));
    const { profil, essai } = found.parse(json);
    expect(essai).toMatchObject({ convient: true, en_erreur: 0 });
    const read = await payids(shape, profil);
    // Whether money that goes out is a reversal only the operator knows.
    const wanted = shape.payments.filter(({ amount }) => amount > 0).map(({ payid }) => payid);
    expect(read.filter((payid) => wanted.includes(payid))).toEqual(wanted);
    expect(read.length - wanted.length).toBe(shape.fileName === 'mtn-momo.xls' ? 4 : 0);
  });

  it.each(SHAPES.map((shape) => [shape.oddity, shape] as const))('%s says for each column of its layout what it is for', async (_oddity, shape) => {
    const { colonnes } = found.parse((await profiled(file(shape.fileName, await shape.bytes()))).json);
    const { columns } = shape.operator.layout;
    const roleOf = (name: string | undefined) => colonnes.find(({ nom }) => nom.toLowerCase() === name?.toLowerCase())?.sens;
    expect([roleOf(columns.payid), roleOf(columns.account)]).toEqual(['référence (payid)', 'compte']);
    if (columns.phone !== undefined) expect(roleOf(columns.phone)).toBe('téléphone');
  });
});

describe('what is shown of a file', () => {
  const shown = async (content: string | Uint8Array, operatorCode?: string) => (await profiled(file('x', content), operatorCode)).report;
  const rows = (dates: readonly string[], status = 'Succès') => dates.map((date, index) => [date, `PP${index}A`, status, 500 + index, '0700000001', `070712345${index}`]);
  const HEADER = ['Date opération', 'Référence', 'Statut', 'Montant', 'Compte', 'Correspondant'];
  const table = (dates: readonly string[], status?: string) => [...csv([HEADER, ...rows(dates, status)], { delimiter: ';' })].join('');

  it('names its format by the content, the encoding and the delimiter', async () => {
    expect(await shown(Buffer.from(table(['13/03/2026 10:00']), 'latin1'))).toContain('Format  : csv, Windows-1252, séparateur point-virgule');
    expect(await shown(Buffer.from(`\ufeff${table(['13/03/2026 10:00']).replaceAll(';', '\t')}`, 'utf16le'))).toContain('csv, UTF-16, séparateur tabulation');
  });

  it('warns where no day is after the 12th: day and month may be the other way round', async () => {
    expect(await shown(table(['03/04/2026 10:00', '05/06/2026 10:00']))).toContain('jour et mois peuvent être inversés');
    expect(await shown(table(['03/04/2026 10:00', '25/06/2026 10:00']))).not.toContain('inversés');
  });

  it('has the month first where a day after the 12th says so', async () => {
    expect(await shown(table(['03/14/2026 10:00', '05/06/2026 10:00']))).toContain('"motif": "MM/dd/yyyy HH:mm"');
  });

  it('leaves words of the status that it does not know to the person', async () => {
    expect(await shown(table(['13/03/2026 10:00'], 'Traitement en cours'))).toContain('statutsSucces : aucun mot de succès reconnu');
  });

  it('says which needed column is missing, and proposes nothing', async () => {
    expect(await shown('Date opération;Référence;Statut;Compte;Divers\n13/03/2026 10:00;PP1;Succès;0700000001;x\n')).toContain(
      'Aucun profil ne peut être proposé : il manque montant.',
    );
    expect(await shown('a;b;c\n1;2;3\n')).toContain('il manque date, référence (payid), statut, montant, compte');
  });

  it('says whether the layout of a named operator fits, and why not', async () => {
    expect(await shown(table(['13/03/2026 10:00']), 'OMCI')).toContain(
      "Format de l'opérateur OMCI : ne convient pas. En-têtes attendus mais absents du fichier : Date, Heure, Crédit, Compte OM.",
    );
    const orange = 'Date;Heure;Référence;Statut;Crédit;Compte OM;Correspondant\n13/03/2026;10:00:00;PP1;Succès;500;0700000001;0707123456\n';
    expect(await shown(orange, 'OMCI')).toContain("Format de l'opérateur OMCI : convient, 1 ligne(s) lues");
    expect(await shown(orange.replace('0700000001', '0700000009'), 'OMCI')).toContain('ne convient pas. Aucune ligne du fichier ne porte le compte');
  });

  it('does not take names of columns for more than names', async () => {
    const names = ['__proto__', 'constructor', 'toString', '[a-z]+$', 'Montant'];
    expect(await shown(`${names.join(';')}\nx;y;z;w;5\n`)).toContain('__proto__');
  });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function reconcile(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [PROGRAM, ...words], (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }));
  });
}

describe('the command profile', () => {
  const orange = file('orange.csv', 'Date;Heure;Référence;Statut;Crédit;Compte OM;Correspondant\n13/03/2026;10:00:00;PP1;Succès;500;0700000001;0707123456\n');

  it('writes a report, or one JSON object', async () => {
    const report = await reconcile('profile', '--file', orange);
    expect(report).toMatchObject({ code: 0, err: '' });
    expect(report.out).toContain('Profil proposé : convient, 1 ligne(s) lues');
    const json = await reconcile('profile', '--file', orange, '--json', '--operateur', 'OMCI');
    expect(JSON.parse(json.out)).toMatchObject({ fichier: { format: 'csv' }, operateur: { code: 'OMCI', convient: true } });
  });

  it('ends with 1 where the file is no table, with 2 where it is called wrongly', async () => {
    const pdf = await reconcile('profile', '--file', file('x.pdf', '%PDF-1.7 x'));
    expect(pdf).toMatchObject({ code: 1, out: '' });
    expect(pdf.err).toContain('Fichier illisible.');
    for (const words of [['profile'], ['profile', '--file', join(folder, 'nowhere')], ['profile', '--file', orange, '--operateur', 'NONE'], ['profile', '--fil', orange]]) {
      expect((await reconcile(...words)).code).toBe(2);
    }
  });
});

describe('match with a profile that is not declared yet', () => {
  const statement = file('wave-like.csv', 'Quand;Ref;Etat;Somme;Compte;Client\n"Mar 13, 2026, 10:00:00 AM";PP1;OK;1,500;W1;771234567\n');
  const ledger = file(
    'ledger.json',
    JSON.stringify([
      {
        created_at: '2026-03-13T10:00:20Z',
        cpm_payment_date: '',
        marchand: 'A',
        EmailMarchand: 'a@example.org',
        NomDuService: 'S',
        cpm_trans_id: 'T1',
        cpm_site_id: '1',
        cpm_amount: '1500',
        cpm_currency: 'XOF',
        payment_method: 'WAVESN',
        cel_phone_num: '771234567',
        cpm_trans_status: 'SUCCES',
        cpm_payid: 'PP1',
        cpm_custom: '',
      },
    ]),
  );
  const format = {
    moment: { type: 'une-colonne', colonne: 'Quand', motif: 'MMM d, yyyy, h:mm:ss a' },
    colonnes: { payid: 'Ref', statut: 'Etat', montant: 'Somme', compte: 'Compte', telephone: 'Client' },
  };
  const whole = {
    code: 'WAVESN',
    nom: 'Wave',
    description: '',
    account: 'W1',
    pays: 'SN',
    fuseau: 'Africa/Dakar',
    devise: 'XOF',
    format,
    cleCorrespondance: 'telephone',
    cinetpay: { payment_method: 'WAVESN' },
  };
  const files = ['--statement', statement, '--ledger', ledger];

  it('reads the statement by it', async () => {
    const { code, out } = await reconcile('match', '--json', '--profil', file('wave.json', JSON.stringify(whole)), ...files);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      totaux: { montantOperateur: 1_500, diffMontant: 0 },
      classes: { rapproche: [[0, 'T1']] },
      lignes: { lues: 1, mis_de_cote_par_raison: { debit: 0 } },
    });
  });

  it('may change some fields of a known operator only', async () => {
    const patch = { account: 'W1', format, cinetpay: { payment_method: 'WAVESN' } };
    const { code, out } = await reconcile('match', '--json', '--operateur', 'OMSN', '--profil', file('patch.json', JSON.stringify(patch)), ...files);
    expect([code, out]).toEqual([0, expect.stringContaining('"rapproche":[[0,"T1"]]')]);
  });

  it('is told what is wrong with it, field by field', async () => {
    const bad = { ...whole, format: { ...format, moment: { ...format.moment, motif: 'MMM d, yyyy h:mm' } } };
    const { code, err } = await reconcile('match', '--profil', file('bad.json', JSON.stringify(bad)), ...files);
    expect([code, err]).toEqual([2, expect.stringContaining('format.moment.motif : Une heure de 1 à 12')]);
    expect((await reconcile('match', '--profil', file('bad2.json', '{"code":'), ...files)).err).toContain("n'est pas du JSON");
    expect((await reconcile('match', '--operateur', 'OMSN', '--profil', file('bad3.json', '{"pays":"FR"}'), ...files)).err).toContain('pays : ');
    expect((await reconcile('match', '--profil', join(folder, 'none.json'), ...files)).code).toBe(2);
    expect((await reconcile('match', ...files)).err).toContain('--operateur est attendu');
  });
});
