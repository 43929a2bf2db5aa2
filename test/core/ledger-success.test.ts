import { describe, expect, it } from 'vitest';
import { statusVerdict } from '../../lib/core/ledger.ts';
import { match, paid, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

describe('the status of a ledger row', () => {
  it.each(['SUCCES', 'SUCCESS', 'ACCEPTED', 'succes', ' Success ', 'accepted\t'])('"%s" means success', (status) => {
    expect(statusVerdict(status)).toBe('success');
  });

  it.each([
    'FAILURE',
    'FAIL',
    'ECHEC',
    'CANCELED',
    'ANNULE',
    'REFUSED',
    'REJECTED',
    'DECLINED',
    'INITIATED',
    'CREATED',
    'WAITING',
    'PROCESSING',
    'EXPIRED',
    'TIMEOUT',
    'ABANDONED',
  ])('"%s" is a word for no success', (status) => {
    expect(statusVerdict(status)).toBe('not-success');
  });

  it.each(['', ' ', 'FAILED', 'failed ', 'INSUCCES', 'CANCELLED', 'PENDING', 'ERROR_FLOOZPAY_UNAVAILABLE', 'WAITING_FOR_CUSTOMER', 'TRANSACTION_CANCEL', 'PENDING_REVIEW'])(
    '"%s" means no success',
    (status) => {
      expect(statusVerdict(status)).toBe('not-success');
    },
  );

  it.each(['MYSTERE', 'NO_ERROR_', 'ERROR', 'SUCCEEDED', 'SUCCES ?', 'OK', 'UNSUCCES'])('"%s" is unknown: no success, and unclassified', (status) => {
    expect(statusVerdict(status)).toBe('unclassified');
  });

  it('that is unknown is counted, and its row can still explain a payment', () => {
    const result = match([paid(0)], [transaction({ status: 'MYSTERE', payid: '' }), transaction({ transId: 'T2', status: 'PENDING', payid: '', phone: '0101010101' })]);
    expect(result.unclassified).toBe(1);
    expect(named(result)).toEqual({ correspondents: ['0-T1'] });
  });

  it('that is no success makes its reference worthless', () => {
    expect(named(match([paid(0)], [transaction({ status: 'FAILED', phone: '0101010101' })]))).toEqual({ unexplained: [0] });
  });
});
