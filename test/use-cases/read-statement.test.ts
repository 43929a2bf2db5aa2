import { describe, expect, it } from 'vitest';
import type { Row } from '../../lib/core/rows.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import { readStatement } from '../../lib/use-cases/read-statement.ts';
import { orangeRow } from '../core/reading.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { workbookFile } from '../fixtures/shapes/workbook-file.ts';

const orange = operatorNamed('OMCI');
const HEADER: Row = Object.keys(orangeRow());
const row = (payid: string): Row => Object.values(orangeRow({ Référence: payid }));
const BOOKS = ['xlsx', 'biff8', 'xlsb'] as const;

async function read(bookType: (typeof BOOKS)[number], sheets: Readonly<Record<string, readonly Row[]>>, sheet?: string) {
  const bytes = workbookFile(Object.entries(sheets), { bookType });
  const operator = operatorNamed('OMCI', { layout: { ...orange.layout, ...(sheet !== undefined && { sheet }) } });
  const reading = await readStatement(await openRows({ kind: 'bytes', bytes }), operator);
  return reading.kind === 'rows' ? { payids: reading.rows.map(({ payid }) => payid), sheet: reading.sheet } : reading;
}

describe.each(BOOKS)('the sheet of a workbook (%s) that is read', (book) => {
  it('is the first that has the columns and any row, and the sheets after it are named', async () => {
    const cover: readonly Row[] = [['Relevé'], ['Date', 'Montant']];
    expect(await read(book, { Couverture: cover, Vide: [], Gabarit: [HEADER], Mars: [HEADER, row('PP1')], Avril: [HEADER, row('PP2')] })).toEqual({
      payids: ['PP1'],
      sheet: { name: 'Mars', unread: ['Avril'] },
    });
  });

  it('is the one that the layout names, in any case and with or without accents', async () => {
    const sheets = { Modèle: [HEADER, row('EXEMPLE')], Opérations: [HEADER, row('PP1')] };
    expect(await read(book, sheets, 'OPERATIONS ')).toEqual({ payids: ['PP1'], sheet: undefined });
  });

  it('is not another where the named one is missing', async () => {
    expect(await read(book, { A: [HEADER, row('PP1')], B: [['x']] }, 'Opérations')).toEqual({ kind: 'sheet-missing', sheet: 'Opérations', present: ['A', 'B'] });
  });

  it('gives the refusal: of several that do not fit the one that came closest', async () => {
    expect(await read(book, { A: [['Date', 'Heure']], B: [HEADER.slice(1), row('PP1').slice(1)], C: [['x']] })).toEqual({ kind: 'headers-missing', missing: ['Date'] });
    expect(await read(book, { A: [['x']], B: [HEADER] })).toEqual({ kind: 'no-rows' });
  });
});

describe('the only sheet of a workbook', () => {
  it('needs no telling', async () => {
    expect(await read('xlsx', { Feuil1: [HEADER, row('PP1')] })).toEqual({ payids: ['PP1'], sheet: undefined });
  });
});

describe('a workbook of more sheets than any year has days', () => {
  it.each(BOOKS)('is refused: %s', async (bookType) => {
    const sheets = Array.from({ length: 1_001 }, (_, index) => [`F${index}`, [['x']]] as const);
    await expect(openRows({ kind: 'bytes', bytes: workbookFile(sheets, { bookType }) })).rejects.toMatchObject({ reason: 'too-large' });
  });
});

describe('a statement of more rows than are taken in one', () => {
  const statement = (rows: number) => Buffer.from([HEADER, ...Array.from({ length: rows }, (_, index) => row(`PP${index}`))].map((cells) => cells.join(';')).join('\n'));
  const reading = async (bytes: Buffer, most?: number) => readStatement(await openRows({ kind: 'bytes', bytes }), orange, undefined, most);

  it('is refused with how to divide it', async () => {
    await expect(reading(statement(4), 3)).rejects.toMatchObject({ reason: 'statement-too-large', french: expect.stringContaining('Divisez-le par jour ou par période') });
  });

  it('is refused as a workbook, too', async () => {
    const bytes = workbookFile([['Mars', [HEADER, row('PP1'), row('PP2')]]], { bookType: 'xlsx' });
    await expect(readStatement(await openRows({ kind: 'bytes', bytes }), orange, undefined, 1)).rejects.toMatchObject({ reason: 'statement-too-large' });
  });

  it('is taken up to the last one', async () => {
    expect(await reading(statement(3), 3)).toMatchObject({ kind: 'rows', count: 3 });
  });
});
