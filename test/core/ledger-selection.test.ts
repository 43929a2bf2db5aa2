import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import { compareCandidates, isSelected, type LedgerTransaction } from '../../lib/core/ledger.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { candidates, match, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

const selected = (code: string, changes: Partial<LedgerTransaction>) => isSelected(transaction(changes), operatorNamed(code).ledger);

describe('a ledger row belongs to an operator', () => {
  it('when its payment method is the operator’s, to the letter', () => {
    expect(selected('OMCI', { paymentMethod: 'OM' })).toBe(true);
    expect(selected('OMCI', { paymentMethod: 'om' })).toBe(false);
    expect(selected('OMCI', { paymentMethod: 'OMSN' })).toBe(false);
  });

  it('when merchant and service are the operator’s, where it names them', () => {
    expect(selected('OMONECI', { merchant: 'ONECI - RNPP', serviceName: 'ONECI' })).toBe(true);
    expect(selected('OMONECI', { merchant: 'ONECI - RNPP', serviceName: 'SHOP' })).toBe(false);
    expect(selected('OMONECI', { merchant: 'BOUTIQUE A', serviceName: 'ONECI' })).toBe(false);
    expect(selected('DDVAMOOVCI', { paymentMethod: 'DDVAMOOVCI', merchant: 'DDVA', serviceName: 'anything' })).toBe(true);
  });

  it('unless an exclude clause fits with all of its values', () => {
    expect(selected('OMCI', { merchant: 'ONECI - RNPP' })).toBe(false);
    expect(selected('OMCI', { merchant: 'DDVA' })).toBe(true);
    expect(isSelected(transaction({ merchant: 'DDVA' }), { paymentMethod: 'OM', exclude: [{ paymentMethod: 'OM', merchant: 'DDVA' }] })).toBe(false);
  });

  it('of one of the clauses: any is enough', () => {
    const exclude = [{ merchant: 'A' }, { serviceName: 'S' }];
    expect(isSelected(transaction({ merchant: 'A' }), { paymentMethod: 'OM', exclude })).toBe(false);
    expect(isSelected(transaction({ serviceName: 'S' }), { paymentMethod: 'OM', exclude })).toBe(false);
    expect(isSelected(transaction({ merchant: 'B' }), { paymentMethod: 'OM', exclude })).toBe(true);
  });

  it('never to two operators of the catalogue at once', () => {
    for (const operator of OPERATORS) {
      const { paymentMethod, merchant = 'BOUTIQUE A', serviceName = 'SHOP' } = operator.ledger;
      const owners = OPERATORS.filter(({ ledger }) => isSelected(transaction({ paymentMethod, merchant, serviceName }), ledger));
      expect(owners.map(({ code }) => code)).toEqual([operator.code]);
    }
  });
});

describe('a ledger row of an operator', () => {
  it('is compared in the currency of the operator', () => {
    const congo = operatorNamed('OMRDC');
    expect(candidates([transaction({ paymentMethod: 'OMCD', amount: '12.50' })], congo)[0]?.amount).toBe(1_250);
    expect(candidates([transaction({ amount: '5000.00' })])[0]?.amount).toBe(5_000);
  });

  it('with an amount that its currency does not have is left out, and counted', () => {
    const result = match([], [transaction({ amount: '5000.50' }), transaction({ transId: 'T2' })]);
    expect([named(result), result.foreign]).toEqual([{ absent: ['T2'] }, 1]);
  });

  it('is not counted as left out when it is another operator’s', () => {
    const result = match([], [transaction({ amount: 'x', paymentMethod: 'MOMO' })]);
    expect([named(result), result.foreign]).toEqual([{}, 0]);
  });
});

it('ledger rows come by creation, and those of one instant by transaction id', () => {
  const rows = [
    transaction({ transId: 'T9' }),
    transaction({ transId: 'T2', createdAt: '2026-03-07T12:00:01Z' }),
    transaction({ transId: 'T1', createdAt: '2026-03-07T12:00:01Z' }),
    transaction({ transId: 'T0', createdAt: '2026-03-07T12:00:02Z' }),
  ];
  for (const some of [rows, rows.toReversed()]) {
    const sorted = candidates(some).toSorted(compareCandidates);
    expect(sorted.map((candidate) => candidate.transaction.transId)).toEqual(['T9', 'T1', 'T2', 'T0']);
  }
  const [one, other] = candidates([transaction(), transaction()]);
  expect(one && other && compareCandidates(one, other)).toBe(0);
});
