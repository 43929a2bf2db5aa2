import { describe, expect, it } from 'vitest';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { failed, match, paid, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

const visa = operatorNamed('DDVAVISA');
const visaRow = (uuid: string, changes = {}) => ({
  'Date et heure': '03-07-26 12:00:00',
  'ID de requête': `V${uuid}`,
  Décision: 'ACCEPT',
  Montant: 5_000,
  'ID du marchand': 'ecoeci0016',
  'UUID de la transaction': uuid,
  ...changes,
});
const second = { transId: 'T2' };

describe('5. correspondent: a row left over and a transaction that is not a success', () => {
  it('are paired by phone and amount, however the phone is spelled on either side', () => {
    expect(named(match([paid(0, { Correspondant: '+225 07 07 12 34 56' })], [failed(30, { phone: 707_123_456 })]))).toEqual({ correspondents: ['0-T1'] });
  });

  it('are not paired where amount or phone differs', () => {
    expect(named(match([paid(0)], [failed(0, { amount: '5001' }), failed(0, { ...second, phone: '0707123457' })]))).toEqual({ unexplained: [0] });
  });

  it('are paired even where the failed transaction carries the reference', () => {
    expect(named(match([paid(0)], [failed(0, { payid: 'PP1' })]))).toEqual({ correspondents: ['0-T1'] });
  });

  it('are paired only for what no reference matched', () => {
    expect(named(match([paid(0)], [transaction(), failed(0, second)]))).toEqual({ matched: ['0-T1'] });
  });

  it('are paired at the smallest difference of time, before or after', () => {
    expect(named(match([paid(0)], [failed(31), failed(-30, second)]))).toEqual({ correspondents: ['0-T2'] });
  });

  it('are paired in the order of closeness, not of the file: each candidate goes to the row that is nearest', () => {
    const rows = [paid(0), paid(100, { Référence: 'PP2' })];
    expect(named(match(rows, [failed(90), failed(-50, second)]))).toEqual({ correspondents: ['0-T2', '1-T1'] });
  });

  it('are one to one: a row without a transaction of its own stays unexplained', () => {
    expect(named(match([paid(0), paid(10, { Référence: 'PP2' })], [failed(11)]))).toEqual({ correspondents: ['1-T1'], unexplained: [0] });
  });

  it('may lie hours apart', () => {
    expect(named(match([paid(0)], [failed(-12 * 3_600)]))).toEqual({ correspondents: ['0-T1'] });
  });

  it('on a tie take the transaction that comes after the row', () => {
    expect(named(match([paid(0)], [failed(-10), failed(10, second)]))).toEqual({ correspondents: ['0-T2!'] });
  });

  it('on a tie after the row take the earlier one, by fractions of its second', () => {
    expect(named(match([paid(0)], [failed(10.5), failed(10.25, second)]))).toEqual({ correspondents: ['0-T2!'] });
  });

  it('of one instant take the smaller transaction id', () => {
    expect(named(match([paid(0)], [failed(10, { transId: 'T9' }), failed(10, { transId: 'T10' })]))).toEqual({ correspondents: ['0-T10!'] });
  });

  it('for one transaction and two rows as near take the row before it', () => {
    expect(named(match([paid(10), paid(-10, { Référence: 'PP0' })], [failed(0)]))).toEqual({ correspondents: ['1-T1!'], unexplained: [0] });
  });

  it('for one transaction and two rows of one second take the smaller payid, then the one higher up in the file', () => {
    expect(named(match([paid(0, { Référence: 'PP2' }), paid(0)], [failed(5)]))).toEqual({ correspondents: ['1-T1!'], unexplained: [0] });
    expect(named(match([paid(0, { Référence: '-' }), paid(0, { Référence: '-' })], [failed(5)]))).toEqual({ correspondents: ['0-T1!'], unexplained: [1] });
  });

  it('compare whole seconds: 0.9 seconds after is as near as at the same time', () => {
    expect(named(match([paid(0)], [failed(0.9), failed(0.1, second)]))).toEqual({ correspondents: ['0-T2!'] });
    expect(named(match([paid(0)], [failed(-0.1), failed(0.9, second)]))).toEqual({ correspondents: ['0-T2'] });
  });

  it('without a phone on the ledger side are not paired', () => {
    expect(named(match([paid(0)], [failed(0, { phone: '' }), failed(0, { ...second, phone: 'NULL' })]))).toEqual({ unexplained: [0] });
  });
});

describe('5. correspondent, for a layout without phone', () => {
  const failedVisa = (custom: string, changes = {}) => failed(0, { paymentMethod: 'DDVAVISAM', custom, phone: '', ...changes });

  it('is found by the transId of the row and the custom reference of the transaction', () => {
    expect(named(match([visaRow('U1'), visaRow('U2')], [failedVisa('U2')], visa))).toEqual({ correspondents: ['1-T1'], unexplained: [0] });
  });

  it('needs the same amount', () => {
    expect(named(match([visaRow('U1')], [failedVisa('U1', { amount: '4999' })], visa))).toEqual({ unexplained: [0] });
  });

  it.each(['', '-', 'NULL'])('is never found by an empty reference "%s"', (nothing) => {
    expect(named(match([visaRow(nothing)], [failedVisa(nothing)], visa))).toEqual({ unexplained: [0] });
  });

  it('of letters is never taken for one of digits, however many there are', () => {
    const rows = ['A', 'B', 'C', 'D'].map((id) => visaRow(id));
    const digits = ['1', '2', '3', '0'].map((custom, index) => failedVisa(custom, { transId: `T${index}` }));
    expect(named(match(rows, digits, visa))).toEqual({ unexplained: [0, 1, 2, 3] });
  });

  it('does not look at phones', () => {
    expect(named(match([visaRow('U1')], [failedVisa('', { phone: 'U1' })], visa))).toEqual({ unexplained: [0] });
  });
});
