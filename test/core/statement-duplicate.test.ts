import { describe, expect, it } from 'vitest';
import { failed, match, paid, transaction } from './ledger-rows.ts';
import { named } from './names.ts';

describe('3. doublon_operateur: a further statement row with a reference', () => {
  it('is the later one, wherever it stands in the file', () => {
    expect(named(match([paid(10), paid(0)], [transaction()]))).toEqual({ matched: ['1-T1'], statementDuplicates: [0] });
  });

  it('of one moment is the one with the larger amount', () => {
    expect(named(match([paid(0, { Crédit: 6_000 }), paid(0)], [transaction()]))).toEqual({ matched: ['1-T1'], statementDuplicates: [0] });
  });

  it('of one moment and amount is the one further down in the file', () => {
    expect(named(match([paid(0), paid(0, { Correspondant: '0101010101' })], [transaction()]))).toEqual({ matched: ['0-T1'], statementDuplicates: [1] });
  });

  it('is a duplicate even where the ledger knows nothing of the reference', () => {
    expect(named(match([paid(0), paid(1)], []))).toEqual({ unexplained: [0], statementDuplicates: [1] });
  });

  it('takes no failed transaction, although one would fit', () => {
    expect(named(match([paid(0), paid(1)], [transaction(), failed(1, { transId: 'T2' })]))).toEqual({ matched: ['0-T1'], statementDuplicates: [1] });
  });

  it('does not claim a second success of the reference', () => {
    expect(named(match([paid(0), paid(1)], [transaction(), transaction({ transId: 'T2' })]))).toEqual({ matched: ['0-T1'], statementDuplicates: [1], ledgerDuplicates: ['T2'] });
  });

  it('is each one after the first', () => {
    expect(named(match([paid(2), paid(0), paid(1)], [transaction()]))).toMatchObject({ matched: ['1-T1'], statementDuplicates: expect.arrayContaining([0, 2]) });
  });

  it('is not a row that was set aside, nor one that has such a row’s reference', () => {
    expect(named(match([paid(0, { Crédit: '-' }), paid(1)], [transaction()]))).toEqual({ matched: ['1-T1'] });
  });
});
