import { describe, expect, it } from 'vitest';
import * as XLSX from 'xlsx';
import { amountText } from '../../lib/core/money.ts';
import { workbookExport } from '../../lib/exports/workbook-export.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import { paid } from '../core/ledger-rows.ts';
import { aResult, bytesOf, HOSTILE, LONG_REFERENCE, matchedWorld } from './a-result.ts';

async function workbook(world = matchedWorld(), changes: Parameters<typeof aResult>[1] = {}, mostRows?: number): Promise<XLSX.WorkBook> {
  const { subject, lines } = await aResult(await world, changes);
  return XLSX.read(await bytesOf(workbookExport(subject, lines(), mostRows)), { cellFormula: true, cellNF: true });
}

const sheetOf = (book: XLSX.WorkBook, name: string): XLSX.WorkSheet => book.Sheets[name] ?? {};
/** Rows by header. */
const rowsOf = (book: XLSX.WorkBook, name: string) => XLSX.utils.sheet_to_json<Record<string, unknown>>(sheetOf(book, name), { raw: true });

describe('the workbook of a reconciliation', () => {
  it('has a summary and a sheet for each kind of row', async () => {
    expect((await workbook()).SheetNames).toEqual(['Synthèse', 'Rapprochées', 'Correspondants', 'Sans correspondant', 'Anomalies', 'Mises de côté', 'Lignes en erreur']);
  });

  it('holds every row once, under the sheet of its class', async () => {
    const book = await workbook();
    const references = Object.fromEntries(
      book.SheetNames.slice(1).map((name) => [name, rowsOf(book, name).map((row) => row['Référence opérateur'] ?? row['Transaction CinetPay'] ?? row['Ligne (0 = première)'])]),
    );
    expect(references).toEqual({
      Rapprochées: ['PP1'],
      Correspondants: [LONG_REFERENCE],
      'Sans correspondant': [HOSTILE],
      Anomalies: ['PP2', 'PP1', 'T5', 'T6'],
      'Mises de côté': ['@mise'],
      'Lignes en erreur': [6],
    });
  });

  it('says of each anomaly what it is, why, and what it adds to the difference', async () => {
    expect(rowsOf(await workbook(), 'Anomalies').map((row) => [row['Classe'], row['Motif'], row['Écart expliqué']])).toEqual([
      ['Montants différents', "Même référence, montants différents : 900 chez l'opérateur, 1000 chez CinetPay.", -100],
      ['Doublon opérateur', 'Une autre ligne du relevé porte déjà cette référence.', 5_000],
      ['Doublon CinetPay', 'Un autre succès de CinetPay porte déjà cette référence.', -5_000],
      ["Absente chez l'opérateur", expect.stringContaining("près d'un bord"), -5_000],
    ]);
  });

  it('keeps leading zeros and long references as texts, and dates and amounts as numbers with a format', async () => {
    const sheet = sheetOf(await workbook(), 'Correspondants');
    const cellUnder = (header: string): XLSX.CellObject => {
      const column = Object.keys(sheet).find((name) => /^[A-Z]+1$/u.test(name) && sheet[name].v === header);
      return sheet[`${column?.slice(0, -1)}2`];
    };
    expect(cellUnder('Référence opérateur')).toMatchObject({ t: 's', v: LONG_REFERENCE });
    expect(cellUnder('Téléphone')).toMatchObject({ t: 's', v: '0707000003' });
    expect(cellUnder('Compte')).toMatchObject({ t: 's', v: '0700000001' });
    expect(cellUnder('Montant opérateur')).toMatchObject({ t: 'n', v: 5_000, z: '#,##0' });
    expect(cellUnder('Date opérateur')).toMatchObject({ t: 'n', z: expect.stringMatching(/dd\/mm\/yyyy/u), w: '07/03/2026 12:01:40' });
  });

  it('has no formula anywhere, whatever the cells say', async () => {
    const book = await workbook();
    const formulas = book.SheetNames.flatMap((name) => Object.values(sheetOf(book, name)).filter((cell: unknown) => typeof cell === 'object' && cell !== null && 'f' in cell));
    expect(formulas).toEqual([]);
    expect(rowsOf(book, 'Sans correspondant')[0]?.['Référence opérateur']).toBe(HOSTILE);
    expect(rowsOf(book, 'Correspondants')[0]?.['Transaction CinetPay']).toBe('+T3');
  });

  it('keeps texts that XML or spreadsheet programs have another meaning for', async () => {
    const texts = ['a\u0000b', '_x0041_', '\ud800x', '<b>&amp;', 'été 🦁', 'x\r\ny'];
    const world = await matchedWorld(texts.map((text, index) => paid(index, { Référence: `${index}${text}.` })));
    const { subject, lines } = await aResult(world);
    const { sheets = [] } = await openRows({ kind: 'bytes', bytes: await bytesOf(workbookExport(subject, lines())) });
    const cells: unknown[] = [];
    for await (const batch of sheets.find(({ name }) => name === 'Sans correspondant')?.batches ?? []) cells.push(...batch.slice(cells.length === 0 ? 1 : 0).map((row) => row[3]));
    expect(cells).toEqual(['0a\ufffdb.', '1_x0041_.', '2\ufffdx.', '3<b>&amp;.', '4été 🦁.', '5x\r\ny.']);
  });

  it('shows the figures and the bridge of the tache, which add up', async () => {
    const world = await matchedWorld();
    const cells = XLSX.utils.sheet_to_json<readonly unknown[]>(sheetOf(await workbook(Promise.resolve(world)), 'Synthèse'), { header: 1 });
    const figure = (label: string) => cells.find(([first]) => typeof first === 'string' && first.startsWith(label))?.slice(1, 3);
    const { totals, bridge } = world.tache.outcome ?? { totals: undefined, bridge: undefined };
    expect(figure("Total de l'opérateur")).toEqual([totals?.operatorAmount, totals?.operatorCount]);
    expect(figure('Total de CinetPay')).toEqual([totals?.ledgerAmount, totals?.ledgerCount]);
    expect(figure('Écart (')).toEqual([totals?.amountDifference, totals?.countDifference]);
    expect(figure('Somme du passage')).toEqual(figure('Écart ('));
    expect(figure('Résidu')).toEqual([0, 0]);
    expect(figure('Correspondants :')).toEqual([bridge?.correspondents.amount, bridge?.correspondents.count]);
    expect(figure('Absentes chez')).toEqual([bridge?.absent.amount, bridge?.absent.count]);
  });

  it('shows moments as the clocks of the operator do', async () => {
    const book = await workbook(matchedWorld(), { timeZone: 'Africa/Douala' });
    const [row] = XLSX.utils.sheet_to_json<Record<string, unknown>>(sheetOf(book, 'Rapprochées'), { raw: false });
    expect(row?.['Date opérateur']).toBe('07/03/2026 13:00:00');
  });

  it('goes on in further sheets where one is full', async () => {
    const world = await matchedWorld(Array.from({ length: 7 }, (_, index) => paid(index, { Référence: `R${index}` })));
    const book = await workbook(Promise.resolve(world), {}, 4);
    const names = book.SheetNames.filter((name) => name.startsWith('Sans'));
    expect(names).toEqual(['Sans correspondant', 'Sans correspondant 2', 'Sans correspondant 3']);
    expect(names.map((name) => rowsOf(book, name).map((row) => row['Référence opérateur']))).toEqual([['R0', 'R1', 'R2'], ['R3', 'R4', 'R5'], ['R6']]);
  });

  it('writes cents where the currency has some', async () => {
    const world = await matchedWorld();
    const book = await workbook(Promise.resolve({ ...world, tache: { ...world.tache, currency: 'USD' } }));
    expect(rowsOf(book, 'Rapprochées')[0]?.['Montant opérateur']).toBe(Number(amountText(5_000, 2)));
  });

  it('is not handed out where its lines are not those of the tache', async () => {
    const { subject, lines } = await aResult(await matchedWorld());
    const { outcome } = subject;
    const other = [
      { ...outcome, counts: { ...outcome.counts, matched: 2 } },
      { ...outcome, counts: { ...outcome.counts, unexplained: 0 } },
      { ...outcome, bridge: { ...outcome.bridge, absent: { amount: -4_999, count: -1 } } },
    ];
    for (const wrong of other) await expect(bytesOf(workbookExport({ ...subject, outcome: wrong }, lines()))).rejects.toThrow(/line/u);
  });
});
