import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import * as XLSX from 'xlsx';
import * as z from 'zod';
import { detailsAnswer } from '../../lib/http/schemas/details.ts';
import { singleTache } from '../../lib/http/schemas/tache.ts';
import { workbookOf } from '../../lib/local/launch/workbook.ts';
import { postJson, tokenOf } from './cloud-client.ts';
import { type Ended, reconcile } from './command-line.ts';

const home = mkdtempSync(join(tmpdir(), 'terminal-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const { api, users } = inject('cloud');
const agent = users.find(({ groupe }) => groupe === 'agent');
const password = agent?.password ?? '';
const DAY = '2025-07-14';
const time = (index: number) => `09:${String(index).padStart(2, '0')}:00`;
const row = (index: number) => ({
  Date: `14-07-2025 ${time(index)}`,
  Identifiant: `TERM-${index}`,
  Statut: 'SUCCES',
  Montant: 1_000 + index,
  Numero: `05${40_000_000 + index}`,
  Compte: '2250500000012',
});
/** Rows 0–2 are successes on both sides, 3–5 are paid and not known as such, 6 and 7 are known to nobody. */
const transaction = (index: number) => ({
  created_at: `${DAY}T${time(index)}Z`,
  cpm_trans_id: `TERM-T${index}`,
  cpm_amount: String(1_000 + index),
  cpm_currency: 'XOF',
  payment_method: 'DDVAMTNCI',
  marchand: 'DDVA',
  cel_phone_num: `22505${40_000_000 + index}`,
  cpm_trans_status: index < 3 ? 'SUCCES' : 'FAILED',
  cpm_payid: index < 3 ? `TERM-${index}` : '',
});
const BOUNDS = ['--operateur', 'DDVAMTNCI', '--debut', `${DAY}T00:00`, '--fin', `${DAY}T23:59`];

function run(...words: readonly string[]): Promise<Ended> {
  return reconcile(words, { home });
}

function file(name: string, content: Uint8Array | string): string {
  writeFileSync(join(home, name), content);
  return name;
}

const numbered = z.object({ id: z.int() });

describe('at the terminal, against the whole local cloud', () => {
  let id = '';

  beforeAll(async () => {
    await postJson('/cinetpay/', [0, 1, 2, 3, 4, 5].map(transaction), await tokenOf('agent'));
    file('releve.xlsx', workbookOf([0, 1, 2, 3, 4, 5, 6, 7].map(row)));
  });

  it('nobody can hand in a statement who has not signed in, and is told how', async () => {
    const { code, err } = await run('submit', 'releve.xlsx', ...BOUNDS, '--api', api);
    expect(code).toBe(3);
    expect(err).toContain(`login --api ${api}`);
    expect((await run('taches')).code).toBe(2);
  });

  it('a wrong password is told in the words of the API, and nothing is kept', async () => {
    const refused = await reconcile(['login', '--api', api, '--utilisateur', agent?.username ?? '', '--json'], { home, input: 'pas le bon\n' });
    expect([refused.code, JSON.parse(refused.out)]).toEqual([1, { error: 400, error_description: expect.stringContaining('incorrect') }]);
    expect(readdirSync(home)).not.toContain('.config');
  });

  it('a person signs in once: their tokens are kept for them alone, and their password nowhere', async () => {
    const signedIn = await reconcile(['login', '--api', `${api}/`, '--utilisateur', agent?.username ?? ''], { home, input: `${password}\n` });
    expect(signedIn).toMatchObject({ code: 0, out: `Connecté à ${api} : ${agent?.username}.\n`, err: '' });
    const folder = join(home, '.config', 'reconciliation', 'sessions');
    const [name = ''] = readdirSync(folder);
    expect([statSync(join(folder, name)).mode & 0o777, statSync(folder).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(readFileSync(join(folder, name), 'utf8')).not.toContain(password);
  });

  it('submit --watch follows a statement to its result: figures, bridge, and exit code 0', async () => {
    const { code, out, err } = await run('submit', 'releve.xlsx', ...BOUNDS, '--watch');
    expect(err).toMatch(/^Relevé déposé : tâche \d+\.\n$/u);
    id = /tâche (\d+)/u.exec(err)?.[1] ?? '';
    expect(code).toBe(0);
    for (const text of ['ATTENTE', 'montants en XOF', 'Différence', '5 025', 'Résidu', '3 correspondant(s), 2 sans correspondant']) expect(out).toContain(text);
  });

  it('a file that was handed in before is not taken again: its tache is shown, and the exit code is 1', async () => {
    const { code, out, err } = await run('submit', 'releve.xlsx', ...BOUNDS, '--watch');
    expect([code, err]).toEqual([1, expect.stringContaining('déjà été déposé')]);
    expect(out).toContain(`Tâche ${id} `);
    const asJson = await run('submit', 'releve.xlsx', ...BOUNDS, '--json');
    expect(JSON.parse(asJson.out)).toMatchObject({ error: 406, existance: 'exist', person: agent?.username, tache: { id: Number(id) } });
  });

  it('what the API refuses is told with what to do, as its own body with --json', async () => {
    const bad = file('faux.xlsx', workbookOf([row(0), { ...row(1), Montant: 'mille' }]));
    expect(await run('submit', bad, ...BOUNDS)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('à partir de 0 : 1') });
    expect(JSON.parse((await run('submit', bad, ...BOUNDS, '--json')).out)).toEqual({ error: 406, file: 'empty', 'problem to line ': [1] });
    expect(await run('submit', bad, '--operateur', 'NULLEPART')).toMatchObject({ code: 1, err: expect.stringContaining('opérateur') });
    expect(await run('submit', bad, '--operateur', 'DDVAMTNCI', '--debut', 'hier')).toMatchObject({ code: 1, err: expect.stringContaining('AAAA-MM-JJTHH:MM') });
  });

  it('a statement larger than a request goes straight to S3, and --strict tells of what it left open by exit code 4', async () => {
    const wide = file('grand.json', JSON.stringify([8, 9].map((index) => ({ ...row(index), Remarque: 'x'.repeat(2_400_000) }))));
    const { code, out } = await run('submit', wide, ...BOUNDS, '--watch', '--strict', '--json');
    expect(code).toBe(4);
    expect(singleTache.parse(JSON.parse(out))).toMatchObject({ etat: 'ATTENTE', owner: agent?.username, fileName: 'grand.json', countOperator: 2, dateDebut: `${DAY}T00:00:00Z` });
  });

  it('a statement that turns out to be unusable on the way ends in ECHEC and exit code 1', async () => {
    const wrong = file('autre-compte.json', JSON.stringify([8, 9].map((index) => ({ ...row(index), Compte: '2250500099999', Remarque: 'x'.repeat(2_400_000) }))));
    const { code, out } = await run('submit', wrong, ...BOUNDS, '--watch');
    expect([code, out]).toEqual([1, expect.stringContaining('ECHEC')]);
    expect(out).toContain('compte');
  });

  it('show gives the exceptions under their classes, some or all, and filters them', async () => {
    const all = await run('show', id);
    expect(all.code).toBe(0);
    for (const text of [`Tâche ${id} `, 'Correspondants :', 'TERM-T4 (FAILED)', 'Sans correspondant :', 'TERM-7']) expect(all.out).toContain(text);
    const some = await run('show', id, '--limite', '2');
    expect(some.out).toContain('--tout');
    expect(some.out).not.toContain('TERM-T5');
    const filtered = await run('show', id, '--classe', 'not_correspondent', '--payid', 'TERM-6');
    expect(filtered.out).toContain('TERM-6');
    expect(filtered.out).not.toContain('TERM-7  ');
    expect(await run('show', id, '--classe', 'inconnue')).toMatchObject({ code: 1, err: expect.stringContaining('classe :') });
    expect(await run('show', '999999')).toMatchObject({ code: 1, err: expect.stringContaining('999999') });
  });

  it('show --json is the answer of the API; with --tout a line for the tache and one for each exception', async () => {
    expect(detailsAnswer.parse(JSON.parse((await run('show', id, '--json')).out)).correspondent).toHaveLength(3);
    const lines = (await run('show', id, '--json', '--tout')).out
      .trimEnd()
      .split('\n')
      .map((line) => z.looseObject({ classe: z.string() }).parse(JSON.parse(line)));
    expect(lines.map(({ classe }) => classe)).toEqual(['tache', 'correspondent', 'correspondent', 'correspondent', 'not_correspondent', 'not_correspondent']);
    expect(numbered.parse(lines[0]).id).toBe(Number(id));
  });

  it('taches lists what there is, newest first, by filters, as a table or as JSON', async () => {
    const { code, out } = await run('taches', '--operateur', 'DDVAMTNCI', '--fichier', 'releve.xlsx');
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^ +${id} +ATTENTE +DDVAMTNCI .+ 5 025 +releve\\.xlsx$`, 'mu'));
    const listed = z.array(numbered).parse(JSON.parse((await run('taches', '--limite', '2', '--json')).out));
    expect(listed).toHaveLength(2);
    expect(listed.map((one) => one.id)).toEqual(listed.map((one) => one.id).toSorted((one, other) => other - one));
    const lines = (await run('taches', '--tout', '--json', '--operateur', 'DDVAMTNCI')).out.trimEnd().split('\n');
    expect(lines.map((line) => numbered.parse(JSON.parse(line)).id)).toContain(Number(id));
  });

  it('ecart works by hand on a row that nothing explains, with a reason, and journal says so', async () => {
    const { not_correspondent } = detailsAnswer.parse(JSON.parse((await run('show', id, '--json')).out));
    const line = String(not_correspondent[0]?.id);
    expect(await run('ecart', id, line, '--ecarter')).toMatchObject({ code: 1, err: expect.stringContaining('motif :') });
    expect(await run('ecart', id, line, '--ecarter', '--commenter', '--motif', 'x')).toMatchObject({ code: 2 });
    expect(await run('ecart', id, line, '--lier', 'NULLE-PART', '--motif', 'x')).toMatchObject({ code: 1, err: expect.stringContaining('NULLE-PART') });
    const { code, out } = await run('ecart', id, line, '--ecarter', '--motif', 'Remboursé à la caisse.');
    expect([code, out]).toEqual([0, expect.stringContaining(`mise de côté par ${agent?.username} : Remboursé à la caisse.`)]);
    expect((await run('journal', id)).out).toContain(`${agent?.username}  mise-de-cote : Remboursé à la caisse.`);
    const journal = file('journal.json', (await run('journal', id, '--json')).out);
    expect(await run('verify-journal', '--file', journal)).toMatchObject({ code: 0, out: expect.stringContaining('3 écriture(s)') });
  });

  it('validate shows the figures after it, but for the correspondents that are left out; a second time is refused', async () => {
    const { correspondent } = detailsAnswer.parse(JSON.parse((await run('show', id, '--json')).out));
    const left = String(correspondent[0]?.id);
    expect(await run('validate', id, '--except', left)).toMatchObject({ code: 2, err: expect.stringContaining('--oui') });
    expect(await run('validate', id, '--except', '999999999', '--oui')).toMatchObject({ code: 1, err: expect.stringContaining('999999999') });
    const { code, out } = await run('validate', id, '--except', left, '--motif', 'Un client conteste.', '--oui');
    expect([code, out]).toEqual([0, expect.stringContaining('TERMINEE')]);
    expect(out).toContain('2 transaction(s) rapprochée(s), 3 non rapprochée(s)');
    expect(await run('validate', id, '--oui')).toMatchObject({ code: 1, err: expect.stringContaining('déjà validée') });
    expect((await run('verify-journal', '--api', api, '--tache', id)).out).toContain('tient');
  });

  it('export writes what the API hands out, under its name or another', async () => {
    const { code, out } = await run('export', id, '--json');
    const path = join(home, `rapprochement-${id}-DDVAMTNCI.xlsx`);
    expect([code, JSON.parse(out)]).toEqual([0, { tache: Number(id), format: 'xlsx', fichier: path, octets: statSync(path).size }]);
    expect(XLSX.read(readFileSync(path)).SheetNames).toContain('Synthèse');
    expect((await run('export', id, '--format', 'pdf', '--sortie', 'etat.pdf')).code).toBe(0);
    expect(readFileSync(join(home, 'etat.pdf'), 'latin1').slice(0, 5)).toBe('%PDF-');
    expect(await run('export', '999999')).toMatchObject({ code: 1 });
  });

  it('ecarts lists what is still open, of all taches, and how much of it', async () => {
    const { code, out } = await run('ecarts', '--tache', id);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^${DAY} .+ DDVAMTNCI +tâche ${id} n° \\d+ +TERM-7 .+ sans correspondant$`, 'mu'));
    expect((await run('ecarts', '--operateur', 'DDVAMTNCI', '--balance')).out).toContain('(DDVAMTNCI), ouvert depuis le');
    expect(z.array(z.unknown()).parse(JSON.parse((await run('ecarts', '--limite', '1', '--json')).out))).toHaveLength(1);
    expect(await run('ecarts', '--age', 'vieux')).toMatchObject({ code: 1, err: expect.stringContaining('age') });
  });

  it('operateurs names the codes that submit wants', async () => {
    expect((await run('operateurs')).out).toMatch(/^OMCI +Orange CI/mu);
  });

  it('an application signs in for itself, and may hand in and look', async () => {
    const { body } = await postJson('/o/applications/register/', { name: 'nuit' });
    const { client_id, client_secret } = z.object({ client_id: z.string(), client_secret: z.string() }).parse(body);
    const machine = mkdtempSync(join(tmpdir(), 'machine-'));
    const call = { home: machine, environment: { RECONCILE_API: api, RECONCILE_SECRET: client_secret } };
    expect((await reconcile(['login', '--application', client_id], call)).code).toBe(0);
    writeFileSync(join(machine, 'nuit.json'), JSON.stringify([row(20)]));
    const ended = await reconcile(['submit', 'nuit.json', ...BOUNDS, '--watch', '--json'], call);
    expect([ended.code, singleTache.parse(JSON.parse(ended.out)).etat]).toEqual([0, 'ATTENTE']);
    rmSync(machine, { recursive: true });
  });

  it('logout ends the sign-in everywhere', async () => {
    const saved = () => readdirSync(join(home, '.config', 'reconciliation', 'sessions'));
    const { jeton } = z.object({ jeton: z.string() }).parse(JSON.parse(readFileSync(join(home, '.config', 'reconciliation', 'sessions', saved()[0] ?? ''), 'utf8')));
    expect((await run('logout')).code).toBe(0);
    expect(saved()).toEqual([]);
    const later = await reconcile(['submit', 'releve.xlsx', ...BOUNDS], { home, environment: { RECONCILE_API: api, RECONCILIATION_TOKEN: jeton } });
    expect(later).toMatchObject({ code: 3, err: expect.stringContaining('reconnectez-vous') });
  });
});
