import { describe, expect, it } from 'vitest';
import { LedgerReader, REQUIRED_LEDGER_COLUMNS } from '../../lib/core/ledger-intake.ts';
import type { Cell, Row } from '../../lib/core/rows.ts';
import { cellsOf, headersOf } from '../fixtures/row-source.ts';

const TYPED = { epoch: 1900, typed: true } as const;
const GOOD = {
  created_at: '2026-03-07T12:00:00Z',
  cpm_trans_id: 'T1',
  cpm_amount: '5000',
  cpm_currency: 'XOF',
  payment_method: 'OM',
  cel_phone_num: '0707123456',
  cpm_trans_status: 'SUCCES',
  cpm_payid: 'PP1',
};

function read(objects: readonly Readonly<Record<string, Cell>>[], conventions: ConstructorParameters<typeof LedgerReader>[0] = TYPED) {
  const headers = headersOf(objects);
  return readTable([headers, ...objects.map((object) => cellsOf(object, headers))], conventions);
}

function readTable(rows: readonly Row[], conventions: ConstructorParameters<typeof LedgerReader>[0] = TYPED) {
  const reader = new LedgerReader(conventions);
  const transactions = reader.read(rows);
  return { transactions, rejected: reader.rejected, count: reader.count, headerFound: reader.headerFound };
}

describe('a ledger export', () => {
  it('may lack every column but the moment, id, amount, method and status', () => {
    const { created_at, cpm_trans_id, cpm_amount, payment_method, cpm_trans_status } = GOOD;
    const { transactions } = read([{ created_at, cpm_trans_id, cpm_amount, payment_method, cpm_trans_status }]);
    expect(transactions).toMatchObject([{ transId: 'T1', merchant: '', phone: '', payid: '', custom: '' }]);
  });

  it.each(REQUIRED_LEDGER_COLUMNS)('without the column %s has no header', (column) => {
    const object = Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== column));
    expect(read([object])).toMatchObject({ headerFound: false, transactions: [], count: 0 });
  });

  it('may have lines above its header, blank lines, and headers in another case', () => {
    const headers = Object.keys(GOOD).map((name) => ` ${name.toUpperCase()}`);
    expect(readTable([['Export'], [], headers, [], Object.values(GOOD), [null, '']])).toMatchObject({ headerFound: true, count: 1, transactions: [{ transId: 'T1' }] });
  });

  it('may be split over any number of batches', () => {
    const reader = new LedgerReader(TYPED);
    const taken = [Object.keys(GOOD), Object.values(GOOD), Object.values(GOOD)].flatMap((row) => reader.read([row]));
    expect([taken.length, reader.count]).toEqual([2, 2]);
  });
});

describe('a ledger row', () => {
  it.each<[string, Cell, string]>([
    ['created_at', '07/03/2026 12:00:00', 'created_at illisible'],
    ['created_at', null, 'created_at illisible'],
    ['cpm_trans_id', ' ', 'cpm_trans_id manquant'],
    ['cpm_trans_id', 'T'.repeat(201), 'cpm_trans_id trop long'],
    ['cpm_amount', 'cinq mille', 'cpm_amount illisible'],
    ['cpm_amount', '5000.50', 'cpm_amount illisible'],
    ['cpm_amount', null, 'cpm_amount manquant'],
    ['cpm_amount', '-', 'cpm_amount manquant'],
    ['payment_method', '', 'payment_method manquant'],
  ])('with %s %j is rejected, with its number and the reason, and the others are taken', (column, value, reason) => {
    const { transactions, rejected } = read([GOOD, { ...GOOD, [column]: value }, { ...GOOD, cpm_trans_id: 'T3' }]);
    expect(rejected).toEqual([{ number: 1, reason: expect.stringContaining(reason) }]);
    expect(transactions.map(({ transId }) => transId)).toEqual(['T1', 'T3']);
  });

  it('without a status is taken: it is no success', () => {
    expect(read([{ ...GOOD, cpm_trans_status: null }]).transactions).toMatchObject([{ status: '' }]);
  });

  it('keeps its moment to the microsecond, in UTC', () => {
    expect(read([{ ...GOOD, created_at: '2026-03-07 13:00:00.1234567+01:00' }]).transactions).toMatchObject([{ createdAt: '2026-03-07T12:00:00.123456Z' }]);
    expect(read([{ ...GOOD, created_at: 46_088.5 }]).transactions).toMatchObject([{ createdAt: '2026-03-07T12:00:00Z' }]);
  });

  it.each<[string, Cell, string]>([
    ['XOF', '5 000', '5000'],
    ['XOF', '5000.00', '5000'],
    ['CDF', '12.5', '12.50'],
    ['usd', 12.5, '12.50'],
    ['', '5000', '5000.00'],
    ['EUR', '12.50', '12.50'],
  ])('in %s keeps the amount %j as %s', (currency, cell, amount) => {
    expect(read([{ ...GOOD, cpm_currency: currency, cpm_amount: cell }]).transactions).toMatchObject([{ amount }]);
  });

  it('keeps a phone cell that is a number as a number: it may have lost its zero', () => {
    expect(read([{ ...GOOD, cel_phone_num: 707_123_456 }]).transactions).toMatchObject([{ phone: 707_123_456 }]);
    expect(read([{ ...GOOD, cel_phone_num: '707123456' }]).transactions).toMatchObject([{ phone: '707123456' }]);
    expect(read([{ ...GOOD, cel_phone_num: '707123456' }], { epoch: 1900, typed: false }).transactions).toMatchObject([{ phone: 707_123_456 }]);
  });

  it('loses the blanks around its texts', () => {
    expect(read([{ ...GOOD, cpm_payid: '\tPP1\u00a0', payment_method: ' OM ' }]).transactions).toMatchObject([{ payid: 'PP1', paymentMethod: 'OM' }]);
  });
});
