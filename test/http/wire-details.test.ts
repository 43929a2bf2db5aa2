import { describe, expect, it } from 'vitest';
import type { Details, RowDetail, TransactionDetail } from '../../lib/core/detail.ts';
import { detailsAnswer, wireDetails } from '../../lib/http/schemas/details.ts';
import { singleTache, wireTache } from '../../lib/http/schemas/tache.ts';
import { anOutcome } from '../fakes/an-outcome.ts';
import { aRowDetail, aTransactionDetail } from '../fakes/some-details.ts';
import { aTache } from '../use-cases/a-tache.ts';

const TACHE = aTache({ id: 396, state: 'ATTENTE', outcome: anOutcome() });
const NONE: Details = { correspondents: [], unexplained: [], anomalies: [] };

const wire = (details: Partial<Details>) => detailsAnswer.parse(wireDetails(TACHE, { ...NONE, ...details }));
const correspondent = (row: Partial<RowDetail> = {}, transaction: Partial<TransactionDetail> = {}) =>
  wire({ correspondents: [{ id: 5, row: aRowDetail(0, row), transaction: aTransactionDetail(0, transaction), ambiguous: false }] }).correspondent[0];

describe('the details of a tache', () => {
  it('are its own fields, the seed’s two lists, and the other exceptions', () => {
    const { correspondent: one, not_correspondent, anomalies, ...tache } = wire({});
    expect(tache).toEqual(singleTache.parse(wireTache(TACHE)));
    expect([one, not_correspondent, anomalies]).toEqual([[], [], []]);
  });
});

describe('a correspondent', () => {
  it('has the seed’s fields, their spelling included, and beside them only whether it is ambiguous', () => {
    expect(correspondent()).toEqual({
      id: 5,
      payment_date: '2026-03-07T12:00:00Z',
      payid: 'PP0',
      phone_num: '0707123456',
      amount: '5,000',
      status: 'SUCCES',
      account: '0700000001',
      agent: 'awa',
      created_atCorrespondent: '2026-03-07T12:00:10Z',
      cel_phone_numCorrespondant: '0707123456',
      AmountCorrespodent: '5000',
      payment_methodCorrespondant: 'OM',
      StautTransactionCorrespondent: 'FAILED',
      cpm_trans_idCorrespondent: 'T0',
      tache: 396,
      ambigu: false,
    });
  });

  it('of VISA, whose statement has no phone, has the two references that pair it as well', () => {
    expect(correspondent({ phone: '', transId: 'UUID-1' }, { custom: 'UUID-1', paymentMethod: 'VISA' })).toMatchObject({
      phone_num: '',
      trans_id: 'UUID-1',
      cpm_customCorrespondent: 'UUID-1',
    });
  });

  it('of an operator with phones has none of them, even where the references are the same', () => {
    const wired = correspondent({ transId: 'UUID-1' }, { custom: 'UUID-1' });
    for (const name of ['trans_id', 'cpm_customCorrespondent']) expect(wired).not.toHaveProperty(name);
  });
});

describe('a row that nothing explains', () => {
  it('has the seed’s fields and no other; its amount is the text of the file', () => {
    expect(wire({ unexplained: [{ id: 7, row: aRowDetail(3, { transId: 'X1' }) }] }).not_correspondent).toEqual([
      {
        id: 7,
        payment_date: '2026-03-07T12:00:00Z',
        payid: 'PP3',
        status: 'SUCCES',
        phone_num: '0707123456',
        amount: '5,000',
        trans_id: 'X1',
        account: '0700000001',
        agent: 'awa',
        tache: 396,
      },
    ]);
  });
});

describe('the other exceptions', () => {
  it('say their type, and show the row and the transaction that they speak of', () => {
    const { anomalies } = wire({
      anomalies: [
        { type: 'amount-differs', row: aRowDetail(1), transaction: aTransactionDetail(1) },
        { type: 'statement-duplicate', row: aRowDetail(2) },
        { type: 'ledger-duplicate', transaction: aTransactionDetail(3) },
        { type: 'absent', transaction: aTransactionDetail(4), nearEdge: true },
      ],
    });
    expect(anomalies).toMatchObject([
      { type: 'montant_different', ligne: 1, payid: 'PP1', amount: '5,000', cpm_trans_id: 'T1', cpm_amount: '5000' },
      { type: 'doublon_operateur', ligne: 2, payid: 'PP2' },
      { type: 'doublon_cinetpay', cpm_trans_id: 'T3', created_at: '2026-03-07T12:00:10Z' },
      { type: 'absent_operateur', cpm_trans_id: 'T4', limite: true },
    ]);
    for (const { motif } of anomalies) expect(motif).toMatch(/\p{L}/u);
  });
});
