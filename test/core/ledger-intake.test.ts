import { describe, expect, it } from 'vitest';
import { decimalsOf, LedgerReader, REQUIRED_LEDGER_COLUMNS } from '../../lib/core/ledger-intake.ts';
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

  it('is taken whole: each column is a field of its transaction', () => {
    const row = {
      ...GOOD,
      cpm_currency: 'xof',
      cpm_payment_date: '2026-03-07 12:00:09',
      marchand: 'BOUTIQUE A',
      EmailMarchand: 'a@boutique.example',
      NomDuService: 'SHOP',
      cpm_site_id: 12,
      cpm_custom: 'C1',
    };
    expect(read([row]).transactions).toEqual([
      {
        transId: 'T1',
        createdAt: '2026-03-07T12:00:00Z',
        paymentDate: '2026-03-07 12:00:09',
        merchant: 'BOUTIQUE A',
        merchantEmail: 'a@boutique.example',
        serviceName: 'SHOP',
        siteId: '12',
        amount: '5000',
        currency: 'XOF',
        paymentMethod: 'OM',
        phone: '0707123456',
        status: 'SUCCES',
        payid: 'PP1',
        custom: 'C1',
      },
    ]);
  });

  it.each([
    ['cpm_trans_id', 200],
    ['payment_method', 200],
    ['cpm_payid', 4_000],
    ['cpm_trans_status', 4_000],
  ])('may have a %s of %i characters, and none more', (column, most) => {
    expect(read([{ ...GOOD, [column]: 'x'.repeat(most) }]).rejected).toEqual([]);
    expect(read([{ ...GOOD, [column]: 'x'.repeat(most + 1) }]).rejected).toEqual([{ number: 0, reason: `${column} trop long` }]);
  });

  it('says what is wrong with its amount, and what moment it should have', () => {
    expect(read([{ ...GOOD, cpm_amount: '5000.50' }]).rejected).toEqual([{ number: 0, reason: 'cpm_amount illisible : trop de décimales pour la devise' }]);
    expect(read([{ ...GOOD, created_at: true }]).rejected).toEqual([{ number: 0, reason: 'created_at illisible : attendu une date et heure UTC comme 2026-03-12T08:27:39Z' }]);
  });

  it('of a workbook that counts from 1904 keeps its moment', () => {
    expect(read([{ ...GOOD, created_at: 46_088.5 - 1_462 }], { epoch: 1904, typed: true }).transactions).toMatchObject([{ createdAt: '2026-03-07T12:00:00Z' }]);
  });

  it('with a phone of other than up to fifteen digits keeps it as text', () => {
    for (const phone of ['0707123456', '70712345x', 'x707123456', '7071234567890123', ''])
      expect(read([{ ...GOOD, cel_phone_num: phone }], { epoch: 1900, typed: false }).transactions).toMatchObject([{ phone }]);
    expect(read([{ ...GOOD, cel_phone_num: '7' }], { epoch: 1900, typed: false }).transactions).toMatchObject([{ phone: 7 }]);
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

describe('a reader of ledger rows', () => {
  it('knows where the columns are once it has seen the header, -1 where there is none', () => {
    const reader = new LedgerReader(TYPED);
    expect(reader.columns).toBeUndefined();
    reader.read([Object.keys(GOOD)]);
    expect(reader.columns).toMatchObject({ createdAt: 0, transId: 1, amount: 2, payid: 7, custom: -1 });
  });

  it('numbers rows after those that were read elsewhere', () => {
    const reader = new LedgerReader(TYPED);
    reader.read([Object.keys(GOOD)]);
    reader.countRow();
    reader.read([Object.values({ ...GOOD, cpm_trans_id: '' })]);
    expect([reader.count, reader.rejected]).toEqual([2, [{ number: 1, reason: 'cpm_trans_id manquant' }]]);
  });

  it('keeps amounts with the decimals of their currency, two where it does not know it', () => {
    expect(['XOF', ' xaf ', 'USD', 'CDF', 'EUR', '', 'toString'].map(decimalsOf)).toEqual([0, 0, 2, 2, 2, 2, 2]);
  });
});
