import { describe, expect, it } from 'vitest';
import { accountOf } from '../../lib/core/account.ts';
import type { Cell } from '../../lib/core/rows.ts';
import { refusalOf } from '../../lib/core/statement-refusal.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readObjects } from './reading.ts';

const orange = operatorNamed('OMCI');
const withAccounts = (...accounts: Cell[]) =>
  readObjects(
    orange,
    accounts.map((account) => orangeRow({ 'Compte OM': account })),
  );

describe('the account of a statement', () => {
  it.each<Cell>(['0700000001', '700000001', 700_000_001, '2250700000001', 2_250_700_000_001, '+225 07 00 00 00 01', '002250700000001', ' 0700000001\t'])(
    'is the operator’s where the cell is %j',
    (account) => {
      expect(withAccounts(account)).toMatchObject({ accountFound: true, bad: [] });
    },
  );

  it.each<Cell>(['0700000002', '00000001', 'CINETPAY', '10700000001'])('is another one where the cell is %j', (account) => {
    expect(withAccounts(account).accountFound).toBe(false);
  });

  it('is not found in a statement that names none', () => {
    expect(withAccounts('')).toMatchObject({ accountFound: false, bad: [{ problems: [{ column: 'Compte OM', reason: 'valeur manquante' }] }] });
  });

  it('that is a text is compared without case', () => {
    expect(accountOf(' CinetPay ', 'CI')).toBe(accountOf('CINETPAY', 'CI'));
    expect(accountOf('ECOECI0016', 'CI')).toBe(accountOf('ecoeci0016', 'CI'));
    expect(accountOf('CINETPAY', 'CI')).not.toBe(accountOf('ONECI', 'CI'));
  });

  it.each(['FRI:0700000001/MSISDN', 'fri:2250700000001/msisdn', 'tel:+2250700000001', 'tel:+225-07-00-00-00-01;ext=1'])('may be wrapped: %s', (account) => {
    expect(accountOf(account, 'CI')).toBe(accountOf('0700000001', 'CI'));
  });

  it('is a number where it is digits alone, with the country code where more than six follow it', () => {
    expect([' FRI:0700000001/MSISDN ', '22500700000001'].map((account) => accountOf(account, 'CI'))).toEqual(['700000001', '700000001']);
    expect(['0700+000001', '0700A', '225123', '225123456', '2251234567', '99912345678'].map((account) => accountOf(account, 'CI'))).toEqual([
      '0700+000001',
      '0700a',
      '225123',
      '225123456',
      '1234567',
      '99912345678',
    ]);
  });

  it('may be a wrapped name', () => {
    expect(accountOf('FRI:CinetPay.sp/USER', 'CI')).toBe(accountOf('cinetpay.sp', 'CI'));
    expect(accountOf('Friend/USER', 'CI')).toBe('friend/user');
  });

  it('that no row carries makes the file another operator’s', () => {
    const reading = withAccounts('0700000002', '0700000003');
    expect(refusalOf(reading, 'refuse')).toEqual({ kind: 'account' });
    expect(refusalOf(reading, 'quarantine')).toEqual({ kind: 'account' });
  });

  it('that some rows do not carry makes those rows bad', () => {
    const reading = withAccounts('0700000001', '0700000002', '0700000001');
    expect(reading.bad.map(({ number, problems }) => [number, problems.map(({ column }) => column)])).toEqual([[1, ['Compte OM']]]);
    expect(reading.rows.map(({ number }) => number)).toEqual([0, 2]);
  });

  it('counts as found on a row that is set aside', () => {
    const reading = readObjects(orange, [orangeRow({ Crédit: '-' }), orangeRow({ 'Compte OM': '0700000002' })]);
    expect(reading.accountFound).toBe(true);
  });
});
