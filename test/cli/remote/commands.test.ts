import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportCommand, ownName } from '../../../lib/cli/remote/export.ts';
import { openItemsCommand } from '../../../lib/cli/remote/open-items.ts';
import type { RemoteCommand } from '../../../lib/cli/remote/remote-command.ts';
import { remoteUsage } from '../../../lib/cli/remote/remote-commands.ts';
import { showCommand } from '../../../lib/cli/remote/show.ts';
import { submitCommand } from '../../../lib/cli/remote/submit.ts';
import { tachesCommand } from '../../../lib/cli/remote/taches.ts';
import { validateCommand } from '../../../lib/cli/remote/validate.ts';
import { type ApiServer, apiServer, type Reply, type Seen } from './api-server.ts';
import { atTerminal, type Sitting } from './fake-terminal.ts';
import { wireTache } from './wire-tache.ts';

const OPERATORS = [{ id: 1, nom: 'Orange CI', description: '', account: '0700000001', code: 'OMCI' }];

let folder = '';
let server: ApiServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
});
afterEach(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Answers by the first words of a request; operators always. */
async function serve(replies: Readonly<Record<string, Reply | ((seen: Seen) => Reply)>>): Promise<ApiServer> {
  server = await apiServer((seen) => {
    if (seen.request.startsWith('GET /operateurs/')) return { body: OPERATORS };
    const [, reply] = Object.entries(replies).find(([start]) => seen.request.startsWith(start)) ?? [];
    return typeof reply === 'function' ? reply(seen) : (reply ?? { status: 404, body: { status: 404, detail: `rien à ${seen.request}` } });
  });
  return server;
}

function run(command: RemoteCommand, words: readonly string[], { environment = {}, ...sitting }: Sitting = {}) {
  return atTerminal(command, words, { ...sitting, environment: { XDG_CONFIG_HOME: folder, ...(server && { RECONCILE_API: server.address }), ...environment } });
}

/** One answer after the other, the last again and again. */
function inTurn(...replies: readonly Reply[]): () => Reply {
  let next = 0;
  return () => replies[Math.min(next++, replies.length - 1)] ?? {};
}

const file = (name: string, content = 'x') => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

describe('what goes wrong', () => {
  it('an address where nobody answers is named, with exit code 3', async () => {
    const gone = await apiServer(() => ({}));
    await gone.close();
    const words = ['--api', gone.address];
    expect(await run(tachesCommand, words)).toMatchObject({
      code: 3,
      out: '',
      err: `${gone.address} ne répond pas : rien ne répond à cette adresse. Vérifiez l'adresse et votre connexion, puis recommencez.\n`,
    });
    expect(JSON.parse((await run(tachesCommand, [...words, '--json'])).out)).toMatchObject({ error: 'reseau', adresse: gone.address });
  });

  it('the texts of the API come as they are, field by field', async () => {
    await serve({ 'GET /taches/': { status: 400, body: { status: 400, detail: 'Champs invalides.', errors: { etat: ['Valeur inconnue.'] } } } });
    expect(await run(tachesCommand, ['--etat', 'X'])).toMatchObject({ code: 1, err: 'Champs invalides.\n  etat : Valeur inconnue.\n' });
  });

  it.each([
    ['another site', { body: '<html></html>' }, 'inattendue'],
    ['a redirect', { status: 302, headers: { location: 'https://ailleurs.exemple.ci/' } }, 'renvoie ailleurs'],
    ['a failing service', { status: 503, body: '' }, '503'],
  ])('%s is no API: exit code 3', async (_, reply, text) => {
    await serve({ 'GET /taches/': reply });
    expect(await run(tachesCommand, [])).toMatchObject({ code: 3, err: expect.stringContaining(text) });
  });

  it.each([
    [tachesCommand, ['--inconnu'], 'Option inconnue : --inconnu.'],
    [tachesCommand, ['reste'], 'Argument inattendu'],
    [tachesCommand, ['--limite', '0'], '--limite'],
    [showCommand, [], 'numéro de la tâche'],
    [showCommand, ['trois'], 'trois'],
    [showCommand, ['3', '4'], 'En trop : 4'],
    [submitCommand, ['/nulle/part.xlsx', '--operateur', 'OMCI'], '/nulle/part.xlsx'],
    [submitCommand, ['x', '--operateur'], '--operateur attend une valeur'],
    [validateCommand, ['3', '--except', 'a,b', '--oui'], '--except'],
    [validateCommand, ['3'], '--oui'],
    [exportCommand, ['3', '--format', 'docx'], 'xlsx, csv, pdf'],
  ] as const)('a call that cannot be understood is told how (%#)', async (command, words, text) => {
    await serve({});
    const { code, out, err } = await run(command, words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(text);
    expect(err).toContain('Usage :');
  });

  it('what a file name or a description holds cannot steer the terminal', async () => {
    const evil = wireTache({ fileName: 'a\u001b]0;titre\u0007.xlsx', description: '\u009b31mrouge' });
    await serve({ 'GET /details_taches/3': { body: { ...evil, correspondent: [], not_correspondent: [], anomalies: [] } } });
    expect((await run(showCommand, ['3'])).out).toMatch(/^[^\p{Cc}]+(?:\n[^\p{Cc}]*)*$/u);
  });

  it('every command shows its own usage, and all of them together', async () => {
    expect(await run(showCommand, ['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('show NUMERO') });
    for (const name of ['login', 'logout', 'submit', 'taches', 'show', 'ecart', 'ecarts', 'validate', 'export', 'journal', 'operateurs'])
      expect(await remoteUsage()).toContain(`\n  ${name}`);
  });
});

describe('submit', () => {
  const CREATED = { body: { resultat: 'ok', details: wireTache({ etat: 'CREATION' }) } };

  it('sends the file as it is, with its name and its period', async () => {
    const { seen } = await serve({ 'POST /reconciliation/': CREATED, 'GET /taches/3': { body: wireTache() } });
    const { code, err } = await run(submitCommand, [file('relevé.csv', 'a;b\n'), '--operateur', 'OMCI', '--debut', '2026-03-07T00:00']);
    expect([code, err]).toEqual([0, expect.stringContaining('tâche 3')]);
    for (const text of ['name="fileName"\r\n\r\nrelevé.csv', 'name="dateDebut"\r\n\r\n2026-03-07T00:00', 'a;b\n']) expect(seen[0]?.body).toContain(text);
  });

  it('--watch goes on where the network fails for a while', async () => {
    await serve({
      'POST /reconciliation/': CREATED,
      'GET /taches/3': inTurn(
        { body: wireTache({ etat: 'ENCOURS', progression: { etape: 'lecture', lignes: 10, pourcent: 5 } }) },
        { status: 502, body: '' },
        { body: wireTache() },
      ),
    });
    expect(await run(submitCommand, [file('r.csv'), '--operateur', 'OMCI', '--watch'])).toMatchObject({ code: 0, out: expect.stringContaining('12 500') });
  });

  it('--watch draws its progress for whoever sits there, and for nobody else', async () => {
    const replies = {
      'POST /reconciliation/': CREATED,
      'GET /taches/3': inTurn({ body: wireTache({ etat: 'ENCOURS', progression: { etape: 'rapprochement', lignes: 10, pourcent: 50 } }) }, { body: wireTache() }),
    };
    await serve(replies);
    expect((await run(submitCommand, [file('r.csv'), '--operateur', 'OMCI', '--watch'], { typed: [] })).err).toContain('Rapprochement  [████████████░░░░░░░░░░░░]  50 %');
  });

  it('left with Ctrl-C tells how to come back, and the tache goes on', async () => {
    const leaving = new AbortController();
    await serve({
      'POST /reconciliation/': CREATED,
      'GET /taches/3': () => {
        leaving.abort();
        return { body: wireTache({ etat: 'ENCOURS' }) };
      },
    });
    const { code, err } = await run(submitCommand, [file('r.csv'), '--operateur', 'OMCI', '--watch'], { interrupted: leaving.signal });
    expect([code, err]).toEqual([130, expect.stringContaining('La tâche 3 continue sans vous : « show 3 »')]);
  });

  it('of a content that somebody else has handed in under another name is refused, with their name', async () => {
    await serve({ 'POST /reconciliation/': { status: 406, body: { existance: 'exist', person: 'awa' } }, 'GET /taches/?': { body: [] } });
    expect(await run(submitCommand, [file('r.csv'), '--operateur', 'OMCI'])).toMatchObject({ code: 1, err: expect.stringContaining('par awa') });
  });

  it('of a large file is told what S3 says against it', async () => {
    const refusing = await apiServer(() => ({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }));
    await serve({
      'GET /taches/?': { body: [] },
      'POST /reconciliation/uploads/': { status: 201, body: { url: refusing.address, fields: { key: 'k' }, key: 'k', expires_in: 900, tailleMax: 1_000 } },
    });
    expect(await run(submitCommand, [file('grand.csv', 'x'.repeat(5_000_000)), '--operateur', 'OMCI'])).toMatchObject({ code: 1, err: expect.stringContaining('AccessDenied') });
    await refusing.close();
  });
});

describe('show', () => {
  const unexplained = (id: number) => ({
    id,
    payment_date: '2026-03-07T10:00:00Z',
    payid: `PP${id}`,
    status: 'OK',
    phone_num: '07',
    amount: '1,000',
    trans_id: '',
    account: 'A',
    agent: 'awa',
    tache: 3,
  });
  const page = (...ids: readonly number[]) => ({ ...wireTache(), correspondent: [], not_correspondent: ids.map(unexplained), anomalies: [] });

  it('--tout follows the pages at the API that was asked, whatever address their links have', async () => {
    const { seen } = await serve({
      'GET /details_taches/3?limit=5000&cursor=1': { body: page(2) },
      'GET /details_taches/3': { body: page(1), headers: { link: '<https://ailleurs.exemple.ci/details_taches/3?limit=5000&cursor=1>; rel="next"' } },
    });
    const { out } = await run(showCommand, ['3', '--tout', '--json']);
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual([3, 1, 2]);
    expect(seen).toHaveLength(2);
  });

  it('hands what it was asked to filter by to the API', async () => {
    const { seen } = await serve({ 'GET /details_taches/3': { body: page() } });
    await run(showCommand, ['3', '--classe', 'correspondent', '--telephone', '0700000012', '--montant-min', '5', '--limite', '7']);
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.request.split('?')[1]))).toEqual({ limit: '7', classe: 'correspondent', telephone: '0700000012', montantMin: '5' });
  });
});

describe('ecarts', () => {
  const place = { tache: 3, agent: 'awa', operateur: 'OMCI', devise: 'XOF', jour: '2026-03-07', age: 4, tranche: '2-7', etat: 'persistant', motif: 'Rien.' };
  const row = (ligne: number) => ({
    type: 'not_correspondent',
    ...place,
    ligne,
    payment_date: '',
    payid: `PP${ligne}`,
    phone_num: '07',
    amount: '1,000',
    status: '',
    resolution: null,
    proposition: null,
  });
  const absent = {
    ...{ type: 'absent_operateur', ...place, cpm_trans_id: 'T1', created_at: '', cpm_payid: 'P1', cel_phone_num: '', cpm_amount: '500', cpm_trans_status: '' },
    ...{ resolution: null, proposition: { motif: 'Même référence, autre montant.' } },
  };

  it('lists what is open, with its age and what is proposed, over pages of which some are empty', async () => {
    const { seen, address } = await serve({
      'GET /ecarts/?limit=20&operateur=OMCI&cursor=b': { body: [absent] },
      'GET /ecarts/?limit=20&operateur=OMCI&cursor=a': { body: [], headers: { link: '</ecarts/?limit=20&operateur=OMCI&cursor=b>; rel="next"' } },
      'GET /ecarts/?limit=20&operateur=OMCI': () => ({ body: [row(5)], headers: { link: `<${address}/ecarts/?limit=20&operateur=OMCI&cursor=a>; rel="next"` } }),
    });
    const { out } = await run(openItemsCommand, ['--operateur', 'OMCI']);
    expect(out.split('\n')).toEqual([
      '2026-03-07     4 j  persistant  OMCI  tâche 3 n° 5  PP5  07  1,000 XOF  sans correspondant',
      "2026-03-07     4 j  persistant  OMCI  tâche 3  T1  P1  500 XOF  absent de l'opérateur",
      '      Même référence, autre montant.',
      '',
    ]);
    expect(seen).toHaveLength(3);
    expect(JSON.parse((await run(openItemsCommand, ['--operateur', 'OMCI', '--json'])).out)).toEqual([row(5), absent]);
  });

  it('--balance says how much of it is how old', async () => {
    const none = { nombre: 0, montant: 0 };
    const tranche = (name: string, nombre: number) => ({ tranche: name, nombre, montant: nombre * 12_500, not_correspondent: none, absent_operateur: none });
    const tranches = [tranche('0-1', 0), tranche('2-7', 2), tranche('8-30', 0), tranche('plus-de-30', 0)];
    await serve({
      'GET /ecarts/balance/': {
        body: [{ operateur: 'OMCI', nom: 'Orange CI', devise: 'XOF', ouverts: { nombre: 2, montant: 25_000 }, tranches, resolus: none, depuis: '2026-03-07' }],
      },
    });
    const { out } = await run(openItemsCommand, ['--balance']);
    expect(out).toContain('Orange CI (OMCI), ouvert depuis le 2026-03-07');
    expect(out).toMatch(/2-7 jours +2 +25 000 XOF/u);
    expect(out).not.toContain('8-30');
  });
});

describe('a first visa', () => {
  it('is shown to whoever must agree to it', async () => {
    const premierVisa = { auteur: 'awa', date: '2026-03-08T10:00:00.000000Z', ids: [4], motif: 'Vu.' };
    await serve({ 'GET /details_taches/3': { body: { ...wireTache(), correspondent: [], not_correspondent: [], anomalies: [], premierVisa } } });
    expect((await run(showCommand, ['3'])).out).toContain('Premier visa de awa, sans les n° 4 : une autre personne doit valider (Vu.)');
  });
});

describe('validate', () => {
  const correspondent = (id: number) => ({
    ...{
      id,
      payment_date: '2026-03-07T10:00:00Z',
      payid: 'P',
      phone_num: '',
      amount: '2,500',
      status: '',
      account: '',
      agent: '',
      created_atCorrespondent: '',
      cel_phone_numCorrespondant: '',
    },
    ...{ AmountCorrespodent: '2500', payment_methodCorrespondant: '', StautTransactionCorrespondent: '', cpm_trans_idCorrespondent: 'T', tache: 3, ambigu: false },
  });
  const replies = {
    'GET /taches/3': { body: wireTache() },
    'GET /details_taches/3': { body: { ...wireTache(), correspondent: [correspondent(7)], not_correspondent: [], anomalies: [] } },
  };

  it('says what it will do and for how much, and does nothing where the answer is not yes', async () => {
    const { seen } = await serve(replies);
    const { code, err } = await run(validateCommand, ['3', '--except', '7'], { typed: [['Continuer', '\r']] });
    expect([code, err]).toEqual([1, expect.stringContaining("Rien n'a été validé.")]);
    expect(err).toContain('0 correspondant(s) deviennent des succès au grand livre, pour 0 XOF');
    expect(err).toContain('laissés de côté : n° 7, pour 2 500 XOF');
    expect(seen.filter(({ request }) => request.startsWith('POST'))).toEqual([]);
  });

  it('with a yes sends what is left out and why, and follows what goes on after the answer', async () => {
    const finished = wireTache({
      etat: 'TERMINEE',
      montantOperateurAfter: 12_500,
      montantCinetpayAfter: 12_500,
      diffMontantAfter: 0,
      countOperatorAfter: 5,
      countCinetpayAfter: 5,
      diffCountAfter: 0,
      TrxReconciled: 1,
      TrxNonereconciled: 0,
    });
    const { seen } = await serve({
      ...replies,
      'GET /taches/3': inTurn({ body: wireTache() }, { body: wireTache({ etat: 'VALIDEE' }) }, { body: finished }),
      'POST /update_reconciliation/3': { status: 202, body: wireTache({ etat: 'VALIDEE' }) },
    });
    const { code, out } = await run(validateCommand, ['3', '--motif', 'Vu.'], { typed: [['Continuer', 'oui\r']] });
    expect([code, out]).toEqual([0, expect.stringContaining('Après validation')]);
    expect(JSON.parse(seen.find(({ request }) => request.startsWith('POST'))?.body ?? '')).toEqual({ ids: [], motif: 'Vu.' });
  });

  it('says the words of the API where a second person must agree, or may not be the same', async () => {
    await serve({
      ...replies,
      'POST /update_reconciliation/3': inTurn(
        { status: 202, body: { resultat: 'Premier visa enregistré.', details: wireTache() } },
        { status: 403, body: { status: 403, detail: 'Quatre yeux.' } },
      ),
    });
    expect(await run(validateCommand, ['3', '--oui'])).toMatchObject({ code: 0, out: 'Premier visa enregistré.\n' });
    expect(await run(validateCommand, ['3', '--oui'])).toMatchObject({ code: 1, err: 'Quatre yeux.\n' });
    expect(JSON.parse((await run(validateCommand, ['3', '--oui', '--json'])).out)).toMatchObject({ error: 403, detail: 'Quatre yeux.' });
  });
});

describe('export', () => {
  const READY = (url: string, fileName = 'rapprochement-3-OMCI.csv') => ({ body: { url, expires_in: 900, fileName } });

  it('waits while it is made, and writes the whole file under the name that it is given', async () => {
    const files = await apiServer(() => ({ body: 'a;b\r\n' }));
    await serve({ 'GET /taches/3/export?format=csv': inTurn({ status: 202, body: { detail: 'patience', retry_after: 0 } }, READY(files.address)) });
    const path = join(folder, 'sortie.csv');
    expect(await run(exportCommand, ['3', '--format', 'csv', '--sortie', path])).toMatchObject({ code: 0, out: `${path} : 5 octets\n` });
    expect(readFileSync(path, 'utf8')).toBe('a;b\r\n');
    await files.close();
  });

  it('whose transfer breaks off leaves no file, and the one that was there as it was', async () => {
    const files = await apiServer(() => ({ body: 'moitié', headers: { 'content-length': '1000', connection: 'close' } }));
    await serve({ 'GET /taches/3/export': READY(files.address) });
    const path = file('sortie.xlsx', 'avant');
    const ended = run(exportCommand, ['3', '--sortie', path]);
    await files.close();
    expect((await ended).code).toBe(3);
    expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['sortie.xlsx'], 'avant']);
  });

  it('under no name that leads elsewhere', () => {
    for (const name of ['../../ailleurs.xlsx', '/etc/passwd', 'a\\b.xlsx', '.bashrc', 'a\n.xlsx']) expect(ownName(name, 'rapprochement-3.xlsx')).toBe('rapprochement-3.xlsx');
    expect(ownName('rapprochement-3-OMCI.xlsx', 'x')).toBe('rapprochement-3-OMCI.xlsx');
  });

  it('into a folder that is not there says so', async () => {
    const files = await apiServer(() => ({ body: 'x' }));
    await serve({ 'GET /taches/3/export': READY(files.address) });
    expect(await run(exportCommand, ['3', '--sortie', join(folder, 'absent', 'x.csv')])).toMatchObject({ code: 1, err: expect.stringContaining('ENOENT') });
    await files.close();
  });
});
