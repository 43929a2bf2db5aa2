import { describe, expect, it } from 'vitest';
import { type LinkedTransaction, linksToSettle, rowData, treatmentsOf, UNTREATED } from '../../lib/core/manual-work.ts';
import { entry } from './journal-entries.ts';

const LINK: LinkedTransaction = { transId: 'T1', amount: '5000', success: false, payid: 'PP1', paymentDate: '2026-03-07 12:00:00' };
const tied = (number: number, row: number, changes: Partial<LinkedTransaction> = {}) => entry(number, 'lien', { data: rowData(row, { ...LINK, ...changes }) });
const said = (number: number) => ({ by: 'awa', at: entry(number, 'lien').at, text: 'vu avec le marchand' });

describe('what people have done with a row', () => {
  it('is what the journal was told, whole', () => {
    expect(treatmentsOf([tied(1, 5)])).toEqual(new Map([[5, { ...UNTREATED, link: { ...LINK, ...said(1) } }]]));
  });

  it('names the row alone where no transaction is tied to it', () => {
    expect(rowData(5)).toEqual({ ecart: 5 });
  });

  it('keeps whether the transaction was a success already', () => {
    expect(treatmentsOf([tied(1, 5, { success: true })]).get(5)?.link?.success).toBe(true);
  });

  it('is undone by whoever takes it back, and by nothing else', () => {
    const aside = entry(2, 'mise-de-cote', { data: rowData(5) });
    expect(treatmentsOf([tied(1, 5), aside]).get(5)).toEqual({ link: { ...LINK, ...said(1) }, setAside: said(2), comments: [] });
    expect(treatmentsOf([tied(1, 5), aside, entry(3, 'lien-retire', { data: rowData(5) })]).get(5)).toEqual({ link: undefined, setAside: said(2), comments: [] });
    expect(treatmentsOf([tied(1, 5), aside, entry(3, 'mise-de-cote-retiree', { data: rowData(5) })]).get(5)).toMatchObject({ link: LINK, setAside: undefined });
  });

  it('holds every comment, in the order in which they were written', () => {
    const comments = [1, 2].map((number) => entry(number, 'commentaire', { data: rowData(5), reason: `remarque ${number}` }));
    expect(
      treatmentsOf(comments)
        .get(5)
        ?.comments.map(({ text }) => text),
    ).toEqual(['remarque 1', 'remarque 2']);
  });

  it('is kept for each row apart', () => {
    expect([...treatmentsOf([tied(1, 5), tied(2, 6, { transId: 'T2' })])].map(([row, { link }]) => [row, link?.transId])).toEqual([
      [5, 'T1'],
      [6, 'T2'],
    ]);
  });

  it('is void where it comes after the validation has begun', () => {
    expect(treatmentsOf([entry(1, 'validation'), tied(2, 5)]).size).toBe(0);
    expect(treatmentsOf([tied(1, 5), entry(2, 'validation'), entry(3, 'lien-retire', { data: rowData(5) })]).get(5)?.link).toMatchObject(LINK);
  });

  it('is nothing where an entry names no row, or is of another kind', () => {
    expect(treatmentsOf([entry(1, 'commentaire'), entry(2, 'resultat', { data: { ecart: '5' } })]).size).toBe(0);
    expect(treatmentsOf([tied(1, 5), entry(2, 'ecarts-resolus', { data: rowData(5) })]).get(5)?.link).toMatchObject(LINK);
  });

  it('of an entry that says less than it should is empty text, never "undefined"', () => {
    expect(treatmentsOf([entry(1, 'lien', { data: { ecart: 5 } })]).get(5)?.link).toMatchObject({ transId: '', amount: '', success: false, payid: '', paymentDate: '' });
  });
});

describe('what a validation has to settle of what people tied', () => {
  it('is each transaction that is no success yet, once', () => {
    const links = linksToSettle([tied(1, 5), tied(2, 6, { transId: 'T2', success: true })]);
    expect([...links.keys()]).toEqual(['T1']);
    expect(links.get('T1')).toMatchObject(LINK);
  });

  it('is nothing that was taken back or only set aside', () => {
    expect(linksToSettle([tied(1, 5), entry(2, 'lien-retire', { data: rowData(5) }), entry(3, 'mise-de-cote', { data: rowData(6) })]).size).toBe(0);
  });
});
