import { describe, expect, it } from 'vitest';
import { Candidates, candidatesOf } from '../../lib/core/candidates.ts';
import type { Candidate } from '../../lib/core/ledger.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { noonAfter, transaction } from './ledger-rows.ts';

const orange = operatorNamed('OMCI');
const congo = operatorNamed('OMRDC');
const NOON = Date.UTC(2026, 2, 7, 12) / 1_000;

describe('the ledger rows of an operator', () => {
  it('look like the transactions that they were read from', () => {
    const [candidate] = candidatesOf([transaction({ payid: ' PP1 ', custom: 'C1' })], orange);
    const { transId, createdAt, amount, phone, paymentMethod, status, payid, custom } = candidate?.transaction ?? transaction();
    expect({ transId, createdAt, amount, phone, paymentMethod, status, payid, custom }).toEqual({
      transId: 'T1',
      createdAt: '2026-03-07T12:00:00Z',
      amount: '5000',
      phone: '0707123456',
      paymentMethod: 'OM',
      status: 'SUCCES',
      payid: 'PP1',
      custom: 'C1',
    });
    expect(candidate).toMatchObject({ created: NOON * 1_000_000, amount: 5_000, payid: 'PP1', verdict: 'success', correspondence: '2250707123456' });
  });

  it('tell a success from what is none, and from what nobody knows', () => {
    expect(
      candidatesOf(
        ['SUCCES', 'FAILED', 'MYSTERE'].map((status) => transaction({ status })),
        orange,
      ).map(({ verdict }) => verdict),
    ).toEqual(['success', 'not-success', 'unclassified']);
  });

  it('keep a phone that was a number as a number: it may have lost its zero', () => {
    const phones = candidatesOf([transaction({ phone: 707_123_456 }), transaction({ phone: '707123456' }), transaction({ phone: '' })], orange);
    expect(phones.map((one) => one.transaction.phone)).toEqual([707_123_456, '707123456', '']);
    expect(phones.map((one) => one.correspondence)).toEqual(['2250707123456', '707123456', undefined]);
    expect([0, 1, 2].map((row) => phones.correspondenceNumber(row))).toEqual([2_250_707_123_456, 707_123_456, Number.NaN]);
  });

  it('are compared by custom reference where the operator says so, and never by a number then', () => {
    const visa = operatorNamed('DDVAVISA');
    const { paymentMethod, merchant = 'M', serviceName = 'S' } = visa.ledger;
    const rows = candidatesOf(
      ['C1', '-'].map((custom) => transaction({ paymentMethod, merchant, serviceName, custom })),
      visa,
    );
    expect(rows.map((one) => one.correspondence)).toEqual(['C1', undefined]);
    expect(rows.correspondenceNumber(0)).toBeNaN();
  });

  it('show an amount with the decimals that the ledger gave it, more or fewer than the operator’s currency has', () => {
    const cents = ['12.5', '12', '12.50', '12.500000'].map((amount) => transaction({ paymentMethod: 'OMCD', amount }));
    const read = candidatesOf(cents, congo);
    expect(read.map(({ amount }) => amount)).toEqual([1_250, 1_200, 1_250, 1_250]);
    expect(read.map((one) => one.transaction.amount)).toEqual(['12.5', '12', '12.50', '12.500000']);
    expect(candidatesOf([transaction({ amount: '5000.00' })], orange).map((one) => [one.amount, one.transaction.amount])).toEqual([[5_000, '5000.00']]);
  });

  it('have no amount where their currency does not have it', () => {
    expect(candidatesOf([transaction({ amount: '5000.50' })], orange).map(({ amount }) => amount)).toEqual([Number.NaN]);
  });

  it('come one before the other by creation, then by transaction id', () => {
    const rows = candidatesOf([transaction(), transaction({ transId: 'T2' }), transaction({ transId: 'T0', createdAt: noonAfter(1) })], orange);
    expect([rows.comesBefore(0, 1), rows.comesBefore(1, 0), rows.comesBefore(1, 2), rows.comesBefore(2, 0), rows.comesBefore(0, 0)]).toEqual([true, false, true, false, false]);
  });

  it('are as many seconds from a moment, whole ones, before it as after it', () => {
    const rows = candidatesOf([transaction({ createdAt: '2026-03-07T12:00:00.999999Z' })], orange);
    expect([rows.second(0), rows.secondsFrom(0, NOON - 3), rows.secondsFrom(0, NOON + 3)]).toEqual([NOON, 3, 3]);
  });

  it('of another operator, or without a moment, keep their place and are out', () => {
    const rows = candidatesOf([transaction({ paymentMethod: 'MOMO' }), transaction({ createdAt: 'hier' }), transaction()], orange);
    expect([0, 1, 2].map((row) => rows.isIn(row))).toEqual([false, false, true]);
    expect([rows.length, rows.transIds.text(0), rows.payids.text(0), rows.created(0), rows.amount(0)]).toEqual([3, 'T1', '', Number.NaN, Number.NaN]);
    expect(rows.at(2).transaction).toMatchObject({ transId: 'T1', payid: 'PP1', status: 'SUCCES' });
  });

  it('may be taken out, and stay what they are', () => {
    const rows = candidatesOf([transaction(), transaction({ transId: 'T2' })], orange);
    rows.takeOut(0);
    expect([rows.isIn(0), rows.isIn(1), rows.at(0).verdict]).toEqual([false, true, 'success']);
  });

  it('can be gone through like any list', () => {
    const rows = candidatesOf([transaction({ transId: 'T2' }), transaction({ transId: 'T1' })], orange);
    const id = ({ transaction: { transId } }: Candidate) => transId;
    expect([...rows].map(id)).toEqual(['T2', 'T1']);
    expect(rows.map((one, index) => `${index}${id(one)}`)).toEqual(['0T2', '1T1']);
    expect(rows.filter((one) => id(one) === 'T1').map(id)).toEqual(['T1']);
    expect(rows.toSorted((one, other) => (id(one) < id(other) ? -1 : 1)).map(id)).toEqual(['T1', 'T2']);
  });

  it('may be more than room was made for, or than were expected', () => {
    const many = Array.from({ length: 2_500 }, (_, index) =>
      transaction({ transId: `T${index}`, payid: `PP${index}`, amount: String(index), custom: `C${index % 3}`, status: `S${index % 5}` }),
    );
    const grown = candidatesOf(many, orange);
    const expected = new Candidates(orange);
    expected.expect(10);
    for (const [index, one] of many.entries()) {
      expected.push(one);
      if (index === 1_100) expected.expect(2_000);
    }
    for (const rows of [grown, expected]) {
      expect(rows.length).toBe(2_500);
      expect(rows.map((one) => [one.transaction.transId, one.payid, one.amount, one.transaction.custom, one.transaction.status])).toEqual(
        many.map(({ transId, payid, amount, custom, status }) => [transId, payid, Number(amount), custom, status]),
      );
    }
  });

  it('have room for all that are expected before the first of them comes', () => {
    const rows = new Candidates(orange);
    rows.expect(5_000);
    const { created, amounts, decimals, states, transIds, payids } = rows.parts;
    expect([created, amounts, decimals, states].map(({ length }) => length)).toEqual([5_000, 5_000, 5_000, 5_000]);
    expect(Math.min(transIds.ends.length, payids.ends.length)).toBeGreaterThan(5_000);
  });

  it('are the same in another thread', () => {
    const rows = candidatesOf(
      [transaction({ custom: 'C1', phone: 707_123_456 }), transaction({ transId: 'T2', paymentMethod: 'MOMO' }), transaction({ transId: 'T3', amount: '12.00' })],
      orange,
    );
    const taken = Candidates.of(structuredClone(rows.parts), orange);
    expect([0, 1, 2].map((row) => taken.isIn(row))).toEqual([true, false, true]);
    expect([taken.length, taken.created(0), taken.at(2).transaction.amount, taken.at(0).transaction.phone]).toEqual([3, NOON * 1_000_000, '12.00', 707_123_456]);
    expect([taken.at(0).payid, taken.at(0).correspondence, taken.at(0).transaction.custom, taken.at(2).verdict]).toEqual(['PP1', '2250707123456', 'C1', 'success']);
    taken.push(transaction({ transId: 'T4', status: 'FAILED' }));
    expect(taken.at(3)).toMatchObject({ verdict: 'not-success', amount: 5_000 });
  });
});
